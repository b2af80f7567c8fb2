import type { Translator } from '../../kernel/index.ts'
import { type Content, type Html, html } from '../../kernel/index.ts'
import { button, hidden, linkButton } from './actions.ts'
import { writeDay } from './days.ts'

/** One act of a life: a document, decision or event, at the day it took effect (yyyy-mm-dd). */
export interface LifeAct {
  readonly day: string
  readonly label: string
}

export interface AsOf {
  /** The page that shows the record; gets `valid` and `known` by GET. */
  readonly action: string
  /** Other parameters the page needs. */
  readonly fields?: Readonly<Record<string, string>>
  /** The days being seen and the present day, yyyy-mm-dd. */
  readonly valid: string
  readonly known: string
  readonly today: string
  readonly acts: readonly LifeAct[]
  /** What was typed, when it was no day; shown again with the remedy. */
  readonly wrong?: { readonly valid?: string; readonly known?: string }
}

/**
 * Two dates, "true on day" and "as known on day", and the axis of a life. Every ring is a link that
 * moves the first date to its act; the fields do the same without the picture.
 */
export function asOf(t: Translator, given: AsOf): Html {
  const { action, fields = {}, valid, known, today, wrong = {} } = given
  const home = linkButton(t('web.asof.today'), addressOf(action, fields), LESS_PLAIN)
  const inputs = [
    dayInput('valid', t('web.asof.valid'), { day: valid, wrong: wrong.valid }),
    dayInput('known', t('web.asof.known'), { day: known, wrong: wrong.known }),
  ]
  const right = wrong.valid === undefined && wrong.known === undefined
  const remedy = html`<p class="why" id="asof-error" role="alert">${t('web.day.wrong')}</p>`
  return html`<section class="asof" aria-label=${t('web.asof.label')}>
<form action=${action}>${hidden(fields)}${inputs}${button(t('web.asof.show'), { less: true })}
${valid === today && known === today ? null : home}</form>
${right ? null : remedy}${axis(t, given)}</section>`
}

const LESS_PLAIN = { kind: 'plain', less: true } as const

interface DayInput {
  readonly day: string
  /** What was typed instead of a day. */
  readonly wrong: string | undefined
}

function dayInput(name: string, label: string, { day, wrong }: DayInput): Html {
  const bad = wrong === undefined ? null : 'true'
  const input = html`<input class="w8 num" id=${name} name=${name} inputmode="numeric"
  autocomplete="off" maxlength="10" value=${wrong ?? writeDay(day)} aria-invalid=${bad}
  aria-describedby=${bad && 'asof-error'}>`
  return html`<div class=${bad && 'wrong'}><label for=${name}>${label}</label>${input}</div>`
}

function addressOf(action: string, fields: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(fields).toString()
  return query === '' ? action : `${action}?${query}`
}

/** Sizes in units of the picture, which are pixels or nearly: one for each width of a screen. */
interface Paper {
  readonly name: 'broad' | 'middle' | 'phone'
  readonly width: number
  /** Rings nearer than this become one, so that each can be hit (WCAG 2.2, 2.5.8). */
  readonly apart: number
  readonly ticks: number
}
const PAPERS: readonly Paper[] = [
  { name: 'broad', width: 1000, apart: 30, ticks: 7 },
  { name: 'middle', width: 640, apart: 30, ticks: 6 },
  { name: 'phone', width: 326, apart: 28, ticks: 4 },
]

function axis(t: Translator, given: AsOf): Content {
  if (given.acts.length === 0) return null
  return html`<div class="axis">${PAPERS.map((paper) => axisOn(paper, t, given))}</div>`
}

/** A day as years, so that an axis is even: 2020-07-02 is 2020.5. */
function yearsOf(day: string): number {
  const [y = 0, m = 1, d = 1] = day.split('-').map(Number)
  return y + (m - 1) / 12 + (d - 1) / 372
}

const px = (value: number): string => value.toFixed(1)

function axisOn(paper: Paper, t: Translator, given: AsOf): Html {
  const { name, width } = paper
  const days = [...given.acts.map((act) => act.day), given.valid]
  const from = Math.min(...days.map(yearsOf))
  const to = Math.max(...days.map(yearsOf), yearsOf(given.today), from + 1)
  const x = (day: string): number => 18 + ((yearsOf(day) - from) / (to - from)) * (width - 36)
  const seen = px(x(given.valid))
  const pin = Math.min(Math.max(x(given.valid), 43), width - 43)
  return html`<svg viewBox="0 0 ${width} 68" width=${width} height="68" role="group"
  aria-label=${t('web.asof.axis', { day: t.day(given.valid) })} font-size="13"
  class="chart ${name}"><line x1="0" y1="32" x2=${width} y2="32" class="zero" stroke-width="2"/>
${yearTicks(paper, x, { from, to, pin })}
<line x1=${seen} y1="20" x2=${seen} y2="44" class="s1" stroke-width="3"/>
<rect class="pin" x=${px(pin - 43)} y="42" width="86" height="24" rx="12"/>
<text x=${px(pin)} y="58.5" class="on-pin" text-anchor="middle" font-weight="600"
>${writeDay(given.valid)}</text>${ringsOn(t, given, { paper, x })}</svg>`
}

interface Range {
  readonly from: number
  readonly to: number
  readonly pin: number
}

function yearTicks({ width, ticks }: Paper, x: (day: string) => number, range: Range): Content {
  const { from, to, pin } = range
  const step = [1, 2, 5, 10, 20, 50].find((years) => (to - from) / years <= ticks) ?? 100
  const marks: Html[] = []
  for (let year = Math.ceil(from / step) * step; year <= to; year += step) {
    const at = x(`${String(year).padStart(4, '0')}-01-01`)
    const free = Math.abs(at - pin) > 64 && at > 14 && at < width - 14
    const word = html`<text x=${px(at)} y="58" class="soft" text-anchor="middle">${year}</text>`
    marks.push(
      html`<line x1=${px(at)} y1="32" x2=${px(at)} y2="38" class="zero"/>${free ? word : null}`,
    )
  }
  return marks
}

interface Ring {
  readonly at: number
  /** The latest act of the ring: the day its link shows. */
  readonly day: string
  readonly labels: readonly string[]
}

interface Drawn {
  readonly paper: Paper
  readonly x: (day: string) => number
}

function ringsOn(t: Translator, given: AsOf, { paper, x }: Drawn): Content {
  let free = Number.NEGATIVE_INFINITY
  return gathered(paper, x, given.acts).map((ring) => {
    const [first = '', ...more] = ring.labels
    const word = more.length > 0 ? `${first} +${more.length}` : first
    // Letters of 13 units are about 7 wide: a word that would touch the one before is left out.
    const half = word.length * 3.6
    const middle = Math.min(Math.max(ring.at, half), paper.width - half)
    const fits = paper.name !== 'phone' && middle - half > free + 10
    if (fits) free = middle + half
    return ringLink(t, given, { ring, word, middle: fits ? middle : null })
  })
}

interface Named {
  readonly ring: Ring
  readonly word: string
  /** Where the word stands; null where there is no room for it. */
  readonly middle: number | null
}

function ringLink(t: Translator, given: AsOf, { ring, word, middle }: Named): Html {
  const { at, day, labels } = ring
  const fields = { ...given.fields, valid: writeDay(day), known: writeDay(given.known) }
  const title = `${t.list([...new Set(labels)])}, ${t.day(day)}`
  const name = labels.length > 1 ? `${word}: ${title}` : title
  const [cx, full] = [px(at), day <= given.valid]
  const core = full ? html`<circle class="c1" cx=${cx} cy="32" r="3"/>` : null
  const words =
    middle === null
      ? null
      : html`<text x=${px(middle)} y="14" class="soft" text-anchor="middle">${word}</text>`
  // Without a word beside it the ring says its name when pointed at.
  return html`<a href=${addressOf(given.action, fields)} aria-label=${name}
  aria-current=${day === given.valid ? 'true' : null}><circle class="target" cx=${cx} cy="32" r="13"
>${middle === null ? html`<title>${name}</title>` : null}</circle>
<circle class="hole" cx=${cx} cy="32" r="8"/>
<circle class=${full ? 's1' : 's0'} cx=${cx} cy="32" r="7"/>${core}${words}</a>`
}

/** Acts that would stand on one another become one ring. */
function gathered({ apart }: Paper, x: (day: string) => number, acts: readonly LifeAct[]): Ring[] {
  const rings: Ring[] = []
  for (const { day, label } of [...acts].sort((a, b) => (a.day < b.day ? -1 : 1))) {
    const last = rings.at(-1)
    if (last !== undefined && x(day) - last.at < apart) {
      rings[rings.length - 1] = { at: last.at, day, labels: [...last.labels, label] }
    } else rings.push({ at: x(day), day, labels: [label] })
  }
  return rings
}
