import { type Content, type Html, html, type PlainDay } from '../../../kernel/index.ts'
import { bits, type Fact, facts, type Node, note, type State, tag } from '../../../web/index.ts'
import type { MyLine, ReadTold } from '../../reads/queries.ts'
import type { Complaint } from '../../reads/store.ts'
import { ATTRIBUTES } from '../../types.ts'
import {
  attributeList,
  attributeText,
  type Deed,
  deedOf,
  deedWords,
  lawWords,
  roleWords,
  unitWords,
  type Wording,
} from '../wording.ts'

/** What a line is drawn with. */
export interface Drawn {
  readonly today: PlainDay
  /** Basis and proof unfolded. */
  readonly open?: boolean
  /** Without the links, where the line is quoted on another page. */
  readonly quoted?: boolean
  /** Older lines that say the same: told with this one, each with its own proof. */
  readonly again?: readonly MyLine[]
}

/** One line of the log as a node of the stem: who, why, when, what; then basis and proof. */
export function lineNode(wording: Wording, line: MyLine, drawn: Drawn): Node {
  const { t } = wording
  const { told } = line
  const id = `e-${line.event}`
  if (told === null) return sealedNode(wording, line)
  const { state, flags } = markedBy(wording, told)
  const body = html`${metaOf(wording, told)}${flags}${attributesOf(wording, told)}
${complaintNote(wording, line.complaint, drawn.today)}${basisOf(wording, line, drawn)}`
  return {
    id,
    state,
    word: t(`exchange.read.shape.${state === 'done' ? 'plain' : state}`),
    when: whenOf(wording, line, drawn),
    title: deedWords(wording, told),
    body,
  }
}

function whenOf({ t }: Wording, { at }: MyLine, { quoted = false, again = [] }: Drawn): string {
  const when = quoted ? t.instant(at) : t.shortInstant(at)
  const more = again.length
  return more === 0 ? when : `${when}, ${t('exchange.read.again', { n: more })}`
}

/** Hidden by law until a day, or erased by law: that it is there is told, and nothing else. */
function sealedNode({ t }: Wording, { state, hiddenUntil, event, logLine }: MyLine): Node {
  const until = hiddenUntil === null ? '' : t.day(hiddenUntil)
  const more = html`<details><summary>${t(`exchange.read.${state}.why`)}</summary>
<p class="meta">${t(`exchange.read.${state}.because`)}</p></details>`
  const where = logLine === null ? null : html` ${t('exchange.read.in-log', at(t, logLine))}`
  return {
    id: `e-${event}`,
    state: 'idle',
    word: t(`exchange.read.shape.${state}`),
    title: t.html(`exchange.read.${state}.title`),
    body: html`<p class="meta">${t(`exchange.read.${state}.until`, { until })}${where}</p>${more}`,
  }
}

/** People count from one. */
const at = (t: Wording['t'], logLine: number) => ({ n: t.number(Number(logLine) + 1) })

const MARKS: Readonly<Record<string, State>> = {
  'outside-area': 'you',
  'break-glass': 'late',
  protected: 'you',
  'not-confirmed': 'you',
}

/** The shape of a line, and in words whatever was out of the ordinary. */
function markedBy({ t }: Wording, { outcome, flags }: ReadTold): { state: State; flags: Content } {
  const marks = flags.map((flag): { state: State; words: string } => {
    const key = `exchange.read.flag.${flag}`
    return { state: MARKS[flag] ?? 'you', words: t.has(key) ? t(key) : flag }
  })
  if (outcome === 'refused')
    marks.unshift({ state: 'late', words: t('exchange.read.flag.refused') })
  const state = marks.find((mark) => mark.state === 'late')?.state ?? marks[0]?.state ?? 'done'
  const tags = marks.map((mark) => html`<p>${tag(t, mark.state, mark.words)}</p>`)
  return { state, flags: tags }
}

/** Role and place of an officer; that a machine asked, of an agency; case and operator. */
function metaOf(wording: Wording, told: ReadTold): Html | null {
  const { t } = wording
  const { kind, unit, role, operator, subjects, isBulk } = told
  const words = isAsking(told)
    ? [t('exchange.read.by-machine'), operator && t('exchange.read.operator', { operator })]
    : [
        kind === 'officer' &&
          [roleWords(wording, role), unitWords(wording, unit)].filter(Boolean).join(', '),
      ]
  const more = [
    told.case !== null && t('exchange.read.case', { case: told.case }),
    isBulk && subjects > 1 && t('exchange.read.among', { n: subjects }),
  ]
  const all = [...words, ...more].filter((one) => typeof one === 'string' && one !== '')
  return all.length === 0 ? null : html`<p class="meta">${all.map(sentence).join(' ')}</p>`
}

const ASKING: ReadonlySet<Deed> = new Set(['asked', 'listed', 'cleaned'])
/** An agency's program asked, and was told right or wrong only. */
const isAsking = (told: ReadTold): boolean =>
  ASKING.has(deedOf(told)) || (told.kind === 'agency' && told.outcome === 'refused')

const sentence = (words: string | false | null): string =>
  /[.!?]$/.test(String(words)) ? String(words) : `${words}.`

function attributesOf(wording: Wording, told: ReadTold): Html | null {
  const { attributes, operation } = told
  // Whoever answers a question sees the question: its title says so.
  if (attributes.length === 0 || operation.startsWith('complaint')) return null
  const label = wording.t(isAsking(told) ? 'exchange.read.asked' : 'exchange.read.seen')
  return bits(label, attributeList(wording, attributes))
}

/** Law, what was left alone, line of the log; proof and "why?". */
function basisOf(wording: Wording, line: MyLine, drawn: Drawn): Content {
  const { open = false, quoted = false, again = [] } = drawn
  const { t } = wording
  const { told } = line
  if (told === null) return null
  const rows: Fact[] = [{ name: t('exchange.read.law'), value: lawWords(wording, told.legalBasis) }]
  const left = leftAlone(wording, told)
  if (left !== '') rows.push({ name: t('exchange.read.not-asked'), value: left })
  rows.push({ name: t('exchange.read.log-line'), value: logWords(wording, line) })
  if (told.code !== null) {
    rows.push({ name: t('exchange.read.refused-as'), value: html`<code>${told.code}</code>` })
  }
  if (quoted) return facts(rows)
  return html`<details open=${open}><summary>${t('exchange.read.basis')}</summary>${facts(rows)}
${linksOf(wording, line)}${again.map((one) => olderOf(wording, one))}</details>`
}

/** An older line that says the same: when, and its own proof. */
function olderOf(wording: Wording, line: MyLine): Html {
  return html`<div id=${`e-${line.event}`}><p class="meta num">${wording.t.shortInstant(line.at)}</p>
${linksOf(wording, line)}</div>`
}

function logWords({ t }: Wording, { logLine }: MyLine): Content {
  return logLine === null
    ? t('exchange.read.log-soon')
    : html`<span class="num">${at(t, logLine).n}</span>`
}

/** What an agency could ask in general and did not: it helps to see how little was enough. */
function leftAlone(wording: Wording, told: ReadTold): string {
  const { attributes } = told
  if (!ASKING.has(deedOf(told)) || attributes.length === 0) return ''
  const asked = new Set(attributes)
  const left = LEFT_TOLD.filter((name) => !asked.has(name))
  return attributeText(wording, left, [wording.t('exchange.read.never-asked')])
}
/** The parts of a name say nothing beside the name. */
const LEFT_TOLD = ATTRIBUTES.filter((name) => name !== 'given_name' && name !== 'family_name')

function linksOf({ t }: Wording, { event, isProvable, complaint }: MyLine): Html {
  const proof = isProvable
    ? html`<a href=${`/reads/${event}/proof`}>${t('exchange.read.proof')}</a>
<a href="/ledger/verify.html">${t('exchange.read.check')}</a>`
    : null
  const why = t(complaint === null ? 'exchange.read.ask-why' : 'exchange.read.see-why')
  return html`<p class="row">${proof}<a href=${`/reads/${event}/why`}>${why}</a></p>`
}

/** The question asked about a line, with its clock, or its answer. */
export function complaintNote(
  { t }: Wording,
  complaint: Complaint | null,
  today: PlainDay,
): Content {
  if (complaint === null) return null
  const { addressee, answer, lawful, dueOn, answeredAt } = complaint
  const who = whoOf(t, addressee)
  if (answer !== null && answeredAt !== null) {
    const kind = lawful === false ? 'late' : 'done'
    const title = t(`exchange.why.answered.${lawful === false ? 'unlawful' : 'lawful'}`, { who })
    return note({ kind, level: 3, title, body: html`<p>${answer}</p>` })
  }
  const late = dueOn < today
  const words = t(late ? 'exchange.why.overdue' : 'exchange.why.open', { who, day: t.day(dueOn) })
  return html`<p>${tag(t, late ? 'late' : 'doing', words)}</p>`
}

const whoOf = (t: Wording['t'], addressee: string): string =>
  t.has(`exchange.read.kind.${addressee}`) ? t(`exchange.read.kind.${addressee}`) : addressee

/** The person's own looks and deeds in a row, as one node that does not drown the others. */
export function ownNode({ t }: Wording, lines: readonly MyLine[]): Node {
  const counts = Map.groupBy(lines, (line) => ownKey(t, line.told))
  const words = [...counts].map(([key, some]) => t(`exchange.read.own.${key}`, { n: some.length }))
  const [newest] = lines
  const when =
    newest === undefined ? null : t('exchange.read.own.latest', { at: t.shortInstant(newest.at) })
  const what = t('exchange.read.own.title', { what: t.list(words) })
  return {
    state: 'idle',
    word: t('exchange.read.shape.own'),
    body: html`<p class="meta">${what} ${when}</p>`,
  }
}

function ownKey(t: Wording['t'], told: ReadTold | null): string {
  const key = told?.operation ?? 'other'
  return t.has(`exchange.read.own.${key}`) ? key : 'other'
}
