import type { Translator } from '../../kernel/index.ts'
import { type Content, type Html, html } from '../../kernel/index.ts'

/**
 * An identification number in groups set apart by margins, so that copying it gives bare digits.
 * Takes what the profile's `group` answers (`079 097 375 971`), or bare digits, then in threes.
 */
export function idNumber(grouped: string): Html {
  const parts = grouped.includes(' ') ? grouped.split(' ') : (grouped.match(/.{1,3}/gsu) ?? [])
  return html`<span class="id">${parts.map((part, at) => (at === 0 ? part : html`<b>${part}</b>`))}</span>`
}

/** One figure large, with the words that say what it counts. */
export function big(figure: Content, words: Content): Html {
  return html`<p class="big">${figure} <span class="lead">${words}</span></p>`
}

/** Text written by a machine or read by one: scrolls in itself, reachable by the keyboard. */
export function code(text: string, label: string): Html {
  return html`<pre tabindex="0" role="group" aria-label=${label} data-copy><code>${text}</code></pre>`
}

export interface MonthCount {
  /** yyyy-mm */
  readonly month: string
  readonly count: number
}

const STEP = 22.4
const TALL = 6

/**
 * Counts by month, one dot each, so that small counts are counted; where a month has more than six,
 * a dot stands for several and the words below say so. The same figures in a table behind.
 */
export function monthDots(t: Translator, label: string, months: readonly MonthCount[]): Html {
  const most = Math.max(0, ...months.map((one) => one.count))
  const each = dotWorth(most)
  const height = 22 + TALL * 14
  const floor = height - 22
  const width = Math.max(1, months.length) * STEP
  const marks = months.flatMap(({ month, count }, at) => {
    const x = (11 + at * STEP).toFixed(1)
    const fill = at === months.length - 1 ? 'c1' : 'c0'
    const dots = Array.from(
      { length: Math.ceil(count / each) },
      (_, up) => html`<circle class=${fill} cx=${x} cy=${floor - 10 - up * 14} r="5"/>`,
    )
    const named = (months.length - 1 - at) % 3 === 0
    const name = html`<text x=${x} y=${height - 6} class="soft" font-size="12" text-anchor="middle">${t('web.chart.month', { n: Number(month.slice(5)) })}</text>`
    return named ? [...dots, name] : dots
  })
  const rows = months.map(
    ({ month, count }) =>
      html`<tr><th scope="row">${t.month(month)}</th><td class="num">${t.number(count)}</td></tr>`,
  )
  const worth =
    each === 1 ? null : html`<p class="from">${t('web.chart.dot-worth', { n: each })}</p>`
  return html`<figure class="chart"><svg viewBox="0 0 ${width.toFixed(1)} ${height}" width=${width.toFixed(1)} height=${height} role="img" aria-label=${label} font-size="14">${marks}<line x1="0" y1=${floor} x2=${width.toFixed(1)} y2=${floor} class="zero"/></svg>${worth}<details><summary>${t('web.chart.table')}</summary><table><caption class="unseen">${label}</caption><thead><tr><th scope="col">${t('web.chart.month-head')}</th><th scope="col" class="num">${t('web.chart.count-head')}</th></tr></thead><tbody>${rows}</tbody></table></details></figure>`
}

/** 1, 2, 5, 10, 20, 50… so that the tallest month fits. */
function dotWorth(most: number): number {
  for (let ten = 1; ; ten *= 10) {
    for (const step of [1, 2, 5]) if (most <= step * ten * TALL) return step * ten
  }
}
