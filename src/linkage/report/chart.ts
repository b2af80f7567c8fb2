import { type Content, type Html, html, type Translator } from '../../kernel/index.ts'
import { table } from '../../web/index.ts'

export interface Chart {
  readonly title: string
  /** The finding, in one line. */
  readonly says: Content
  readonly picture: Html
  /** The same figures as a table. */
  readonly behind: Html
}

/** A picture with the table behind it. */
export function chart(t: Translator, { title, says, picture, behind }: Chart): Html {
  return html`<figure class="chart"><figcaption><h2>${title}</h2><p class="meta">${says}</p></figcaption>
${picture}<details><summary>${t('linkage.report.table')}</summary>${behind}</details></figure>`
}

const round = (value: number): number => Math.round(value * 10) / 10

/** A bar of a histogram: everything from `from` up to the next bar. */
export interface Bin {
  readonly from: number
  readonly count: number
}

const WIDTH = 920
const TALL = 220
const LEFT = 64
const FOOT = 40
const TICKS = 4

/**
 * How many pairs weigh how much; bars by the root of the count, so that the few doubtful pairs are
 * seen beside the many clear ones. The line is where pairs begin to be taken for one person.
 */
export function histogram(
  t: Translator,
  { bins, threshold, label }: { bins: readonly Bin[]; threshold: number; label: string },
): Html {
  const most = Math.max(1, ...bins.map(({ count }) => count))
  const step = (WIDTH - LEFT) / Math.max(1, bins.length)
  const tall = (count: number) => (Math.sqrt(count) / Math.sqrt(most)) * TALL
  const first = bins[0]?.from ?? 0
  const x = (weight: number) => LEFT + (weight - first) * step
  const ticks = Array.from({ length: TICKS + 1 }, (_, at) => Math.round(most * (at / TICKS) ** 2))
  const lines = [...new Set(ticks)].map((count) => {
    const y = round(TALL - tall(count) + 16)
    return html`<line class=${count === 0 ? 'zero' : 'grid'} x1=${LEFT} x2=${WIDTH} y1=${y} y2=${y} />
<text class="soft" x=${LEFT - 8} y=${y + 4.5} text-anchor="end">${t.number(count)}</text>`
  })
  const bars = bins.map(({ from, count }) => {
    const height = round(Math.max(count > 0 ? 1.5 : 0, tall(count)))
    const shade = from >= threshold ? 'c1' : 'c2'
    const left = round(x(from) + 0.5)
    return html`<rect class=${shade} x=${left} y=${round(TALL - height + 16)} width=${round(Math.max(1, step - 1))} height=${height} />`
  })
  const every = Math.ceil(bins.length / 16)
  const names = bins
    .filter((_, at) => at % every === 0)
    .map(
      ({ from }) =>
        html`<text class="soft" x=${round(x(from))} y=${TALL + FOOT - 6} text-anchor="middle">${t.number(from)}</text>`,
    )
  const at = round(x(threshold))
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${label}><svg viewBox="0 0 ${WIDTH} ${TALL + FOOT}" width=${WIDTH} height=${TALL + FOOT} role="img" aria-label=${label} font-size="14">
${lines}${bars}${names}<line class="zero" x1=${at} x2=${at} y1="4" y2=${TALL + 16} stroke-width="1.5" stroke-dasharray="2 4" />
<text x=${at + 6} y="14">${t('linkage.report.threshold')}</text></svg></div>`
}

/** A level of a field, and log2 of how much it tells. */
export interface LevelBar {
  readonly label: string
  readonly weight: number
  readonly m: number
  readonly u: number
}

const ROW = 26
const NAME = 250
const SCALE_most = 24

/** How much each level tells: to the right for one person, to the left against it. */
export function levelBars(t: Translator, label: string, bars: readonly LevelBar[]): Html {
  const middle = NAME + (WIDTH - NAME) * 0.38
  const bit = (WIDTH - NAME) / 2 / SCALE_most
  const tall = bars.length * ROW + 8
  const marks = bars.map(({ label: name, weight }, at) => {
    const y = at * ROW + 4
    const shown = Math.max(-SCALE_most * 0.7, Math.min(SCALE_most, weight))
    const width = round(Math.abs(shown) * bit)
    const left = round(weight < 0 ? middle - width : middle)
    const beside = weight < 0 ? round(left - 6) : round(left + width + 6)
    return html`<text x="0" y=${y + 16}>${name}</text>
<rect class=${weight < 0 ? 'c4' : 'c1'} x=${left} y=${y + 3} width=${Math.max(1.5, width)} height=${ROW - 10} rx="2" />
<text class="soft" x=${beside} y=${y + 16} text-anchor=${weight < 0 ? 'end' : 'start'}>${t.number(weight, 1)}</text>`
  })
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${label}><svg viewBox="0 0 ${WIDTH} ${tall}" width=${WIDTH} height=${tall} role="img" aria-label=${label} font-size="14">
<line class="zero" x1=${round(middle)} x2=${round(middle)} y1="0" y2=${tall} />${marks}</svg></div>`
}

export function levelTable(t: Translator, caption: string, bars: readonly LevelBar[]): Html {
  const say = (key: string) => t(`linkage.report.${key}`)
  return table({
    caption,
    columns: [
      { label: say('level') },
      { label: say('m'), kind: 'num' as const },
      { label: say('u'), kind: 'num' as const },
      { label: say('weight'), kind: 'num' as const },
    ],
    rows: bars.map(({ label, m, u, weight }) => [
      label,
      t.percent(m, 2),
      u < 0.0001 ? u.toExponential(1) : t.percent(u, 2),
      t.number(weight, 1),
    ]),
    dense: true,
    stacked: false,
  })
}

/** A field of a pair: the level it reached and what that weighs. */
export interface Step {
  readonly field: string
  readonly level: string
  readonly weight: number
}

/** From the prior, field by field, to the sum: each bar begins where the last one ended. */
export function waterfall(
  t: Translator,
  { label, prior, steps }: { label: string; prior: number; steps: readonly Step[] },
): Html {
  const sums: number[] = [prior]
  for (const { weight } of steps) sums.push((sums.at(-1) ?? 0) + weight)
  const total = sums.at(-1) ?? 0
  const low = Math.min(0, ...sums)
  const high = Math.max(0, ...sums)
  const x = (weight: number) => NAME + ((weight - low) / (high - low || 1)) * (WIDTH - NAME - 70)
  const rows = [
    { name: t('linkage.report.prior'), from: 0, to: prior, shade: 'c0' },
    ...steps.map(({ field, level, weight }, at) => ({
      name: `${field}: ${level}`,
      from: sums[at] ?? 0,
      to: (sums[at] ?? 0) + weight,
      shade: weight < 0 ? 'c4' : 'c1',
    })),
    { name: t('linkage.report.total'), from: 0, to: total, shade: 'c3' },
  ]
  const tall = rows.length * ROW + 8
  const zero = round(x(0))
  const marks = rows.map(({ name, from, to, shade }, at) => {
    const y = at * ROW + 4
    const left = round(Math.min(x(from), x(to)))
    const width = round(Math.max(1.5, Math.abs(x(to) - x(from))))
    return html`<text x="0" y=${y + 16}>${name}</text>
<rect class=${shade} x=${left} y=${y + 3} width=${width} height=${ROW - 10} rx="2" />
<text class="soft" x=${round(left + width + 6)} y=${y + 16}>${t.number(to - from, 1)}</text>`
  })
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${label}><svg viewBox="0 0 ${WIDTH} ${tall}" width=${WIDTH} height=${tall} role="img" aria-label=${label} font-size="14">
<line class="zero" x1=${zero} x2=${zero} y1="0" y2=${tall} stroke-dasharray="2 4" />${marks}</svg></div>`
}
