import { type Content, type Html, html, type Translator } from '../../kernel/index.ts'

/**
 * An identification number in groups set apart by margins, so that copying it gives bare digits.
 * Takes what the profile's `group` answers (`079 097 375 971`), or bare digits, then in threes.
 */
export function idNumber(grouped: string): Html {
  const parts = grouped.includes(' ') ? grouped.split(' ') : (grouped.match(/.{1,3}/gsu) ?? [])
  const shown = parts.map((part, at) => (at === 0 ? part : html`<b>${part}</b>`))
  return html`<span class="id">${shown}</span>`
}

/** One figure large, with the words that say what it counts. */
export function big(figure: Content, words: Content): Html {
  return html`<p class="big">${figure} <span class="lead">${words}</span></p>`
}

export interface CodeLook {
  /** Names and texts of JSON in their own colours; the words still say everything without them. */
  readonly json?: boolean
  /** Texts that mean that something does not fit. */
  readonly wrong?: readonly string[]
}

/** Text written by a machine or read by one: scrolls in itself, reachable by the keyboard. */
export function code(text: string, label: string, look: CodeLook = {}): Html {
  const shown = html`<code>${look.json ? tinted(text, look.wrong ?? []) : text}</code>`
  return html`<pre tabindex="0" role="group" aria-label=${label} data-copy>${shown}</pre>`
}

const JSON_TEXT = /("(?:[^"\\\n]|\\.)*")(\s*:)?/g

function tinted(text: string, wrong: readonly string[]): Content {
  const parts: Content[] = []
  let from = 0
  for (const { 0: whole, 1: quoted = '', 2: colon, index } of text.matchAll(JSON_TEXT)) {
    const isWrong = wrong.includes(quoted.slice(1, -1))
    const tone = colon !== undefined ? 'k' : isWrong ? 'x' : 'v'
    parts.push(text.slice(from, index), html`<span class=${tone}>${quoted}</span>`, colon)
    from = index + whole.length
  }
  return [...parts, text.slice(from)]
}

export interface MonthCount {
  /** yyyy-mm */
  readonly month: string
  readonly count: number
}

const STEP = 22.4
const TALL = 6
const FLOOR = TALL * 14

/**
 * Counts by month, one dot each, so that small counts are counted; where a month has more than six,
 * a dot stands for several and the words below say so. The same figures in a table behind.
 */
export function monthDots(t: Translator, label: string, months: readonly MonthCount[]): Html {
  const each = dotWorth(Math.max(0, ...months.map((one) => one.count)))
  const height = FLOOR + 22
  const width = (Math.max(1, months.length) * STEP).toFixed(1)
  const worth =
    each === 1 ? null : html`<p class="from">${t('web.chart.dot-worth', { n: each })}</p>`
  return html`<figure class="chart">
<svg viewBox="0 0 ${width} ${height}" width=${width} height=${height} role="img"
  aria-label=${label} font-size="12">${dots(t, months, each)}
<line x1="0" y1=${FLOOR} x2=${width} y2=${FLOOR} class="zero"/></svg>${worth}
<details><summary>${t('web.chart.table')}</summary>${countTable(t, label, months)}</details>
</figure>`
}

function dots(t: Translator, months: readonly MonthCount[], each: number): Content {
  return months.map(({ month, count }, at) => {
    const x = (11 + at * STEP).toFixed(1)
    const fill = at === months.length - 1 ? 'c1' : 'c0'
    const marks = Array.from({ length: Math.ceil(count / each) }, (_, up) => {
      const y = FLOOR - 10 - up * 14
      return html`<circle class=${fill} cx=${x} cy=${y} r="5"/>`
    })
    // Every third month has its name, counted from the last.
    if ((months.length - 1 - at) % 3 !== 0) return marks
    const name = t('web.chart.month', { n: Number(month.slice(5)) })
    const y = FLOOR + 16
    return [marks, html`<text x=${x} y=${y} class="soft" text-anchor="middle">${name}</text>`]
  })
}

function countTable(t: Translator, label: string, months: readonly MonthCount[]): Html {
  const rows = months.map(({ month, count }) => {
    const figure = html`<td class="num">${t.number(count)}</td>`
    return html`<tr><th scope="row">${t.month(month)}</th>${figure}</tr>`
  })
  const top = html`<th scope="col">${t('web.chart.month-head')}</th>
<th scope="col" class="num">${t('web.chart.count-head')}</th>`
  return html`<table><caption class="unseen">${label}</caption>
<thead><tr>${top}</tr></thead><tbody>${rows}</tbody></table>`
}

/** 1, 2, 5, 10, 20, 50… so that the tallest month fits. */
function dotWorth(most: number): number {
  for (let ten = 1; ; ten *= 10) {
    for (const step of [1, 2, 5]) if (most <= step * ten * TALL) return step * ten
  }
}
