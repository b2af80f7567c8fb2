import { type Content, type Html, html, type Translator } from '../../../kernel/index.ts'
import { bitsText } from './wording.ts'

/** The bits on which a machine decides by itself, and the space around what is drawn. */
export interface Scale {
  readonly low: number
  readonly high: number
  readonly threshold: number
}

const MARGIN = 0.16

/** A scale that holds every sum on the way, zero and the threshold. */
export function scaleOf(prior: number, weights: readonly number[], threshold: number): Scale {
  const sums = [0, threshold, prior]
  let sum = prior
  for (const weight of weights) {
    sum += weight
    sums.push(sum)
  }
  const [least, most] = [Math.min(...sums), Math.max(...sums)]
  const room = Math.max(1, (most - least) * MARGIN)
  return { low: least - room, high: most + room, threshold }
}

const place = ({ low, high }: Scale, bits: number): string =>
  `${(((bits - low) / (high - low)) * 100).toFixed(1)}%`

/** Zero and the threshold run through all rows. */
function rules(scale: Scale): Html {
  const [zero, gate] = [place(scale, 0), place(scale, scale.threshold)]
  return html`<line class="zero" x1=${zero} x2=${zero} y1="0" y2="100%"/>
<line class="s1" x1=${gate} x2=${gate} y1="0" y2="100%" stroke-dasharray="5 4"/>`
}

/** Names zero and the threshold, above the column. */
export function fallHead(t: Translator, scale: Scale): Html {
  const gate = t('linkage.review.threshold', { bits: t.number(scale.threshold, 1) })
  const y = '2rem'
  return html`<span class="unseen">${t('linkage.review.weight')}</span>
<svg class="chart" aria-hidden="true"><text class="soft" x=${place(scale, 0)} y=${y}
  text-anchor="middle" font-size="13">0</text><text class="soft" x=${place(scale, scale.threshold)}
  y=${y} text-anchor=${scale.threshold > (scale.high + scale.low) / 2 ? 'end' : 'middle'}
  font-size="13">${gate}</text></svg>`
}

/** One step: it starts where the one above ended. */
export function fallStep(
  t: Translator,
  scale: Scale,
  [from, bits]: readonly [number, number],
): Html {
  const to = from + bits
  const [low, high] = [Math.min(from, to), Math.max(from, to)]
  const sign = bitsText({ t }, bits)
  const width = `${(((high - low) / (scale.high - scale.low)) * 100).toFixed(1)}%`
  const bar: Content =
    sign === '0'
      ? null
      : html`<rect class=${bits > 0 ? 'c1' : 'c4'} x=${place(scale, low)} width=${width} y="28%"
  height="44%" rx="2"/>`
  const nearGate = Math.abs(scale.threshold - high) < (scale.high - scale.low) * 0.12
  const isLeft = bits < 0 || nearGate
  const [x, dx, anchor] = isLeft ? [low, -6, 'end'] : [high, 6, 'start']
  return html`<span class="unseen">${t('linkage.review.bits', { bits: sign })}</span>
<svg class="chart" aria-hidden="true">${rules(scale)}${bar}<line class="zero" x1=${place(scale, to)}
  x2=${place(scale, to)} y1="72%" y2="128%"/><text x=${place(scale, x)} dx=${dx}
  text-anchor=${anchor} y="50%" dy=".36em" font-size="13" font-weight="600">${sign}</text></svg>`
}

/** The sum, from zero. */
export function fallSum(t: Translator, scale: Scale, sum: number): Html {
  const [low, high] = [Math.min(0, sum), Math.max(0, sum)]
  const span = scale.high - scale.low
  const width = `${(((high - low) / span) * 100).toFixed(1)}%`
  const isWide = (high - low) / span > 0.2
  const x = isWide ? place(scale, low) : place(scale, high)
  return html`<span class="unseen">${t('linkage.review.bits', { bits: bitsText({ t }, sum) })}</span>
<svg class="chart" aria-hidden="true">${rules(scale)}<rect class="c3" x=${place(scale, low)}
  width=${width} y="24%" height="52%" rx="2"/><text x=${x} dx="8" y="50%" dy=".36em" font-size="14"
  font-weight="700" class=${isWide ? 'on' : null}>${t.number(sum, 1)}</text></svg>`
}
