import { addDays, type Content, type Html, html } from '../../../kernel/index.ts'
import { facts as pairs, type Row, table, writeDay } from '../../../web/index.ts'
import type { ActView, FactView, KinView } from '../../person/record-view.ts'
import {
  actWords,
  type FactLine,
  linesOf,
  PARTS,
  type Part,
  shownText,
  type Wording,
} from '../wording.ts'
import { addressOf, type Purpose, personPath } from './frame.ts'

/** The words of a table of facts, and what its links lead on with. */
export interface Telling {
  readonly wording: Wording
  readonly purpose: Purpose
  readonly acts: readonly ActView[]
}

const PARTS_IN_ORDER = Object.keys(PARTS) as readonly Part[]

/** Facts of one day, each with the days it holds and the act it rests on, which opens below it. */
export function factsTable(telling: Telling, all: readonly FactView[], caption: string): Html {
  const { t } = telling.wording
  const lines = PARTS_IN_ORDER.flatMap((part) => linesOf(telling.wording, all, part))
  return table({
    caption,
    dense: true,
    columns: [
      { label: t('register.desk.fact'), kind: 'head' },
      { label: t('register.desk.value') },
      { label: t('register.desk.from'), kind: 'day', short: t('register.desk.from-short') },
      { label: t('register.desk.to'), kind: 'day', short: t('register.desk.to-short') },
      { label: t('register.desk.act') },
    ],
    rows: lines.map((line, at) => rowOf(telling, line, lines[at - 1]?.fact === line.fact)),
  })
}

function rowOf(telling: Telling, line: FactLine, isSame: boolean): Row {
  const { wording, acts } = telling
  const { t } = wording
  const { fact, name, note } = line
  const below = note === null ? null : html`<p class="meta small">${note}</p>`
  const act = acts.find((one) => one.actId === fact.actId)
  const cells = [
    name,
    html`${shownValue(telling, line)}${below}`,
    writeDay(fact.from),
    fact.to === null
      ? html`<span class="meta">${t('register.desk.now')}</span>`
      : lastDay(wording, fact),
  ]
  // A birth is several lines of one fact: its act opens below the first.
  if (act === undefined || isSame) return { cells: [...cells, act && actWords(wording, act).title] }
  return {
    cells: [...cells, html`<details><summary>${actWords(wording, act).title}</summary></details>`],
    open: actDetails(wording, { act, fact, acts }),
  }
}

/** The last day it held, as in a field; the register stores the first it no longer did. */
export const lastDay = ({ t }: Wording, { to }: Pick<FactView, 'to'>): string =>
  to === null ? t('register.desk.now') : writeDay(addDays(to, -1))

/** A value; whom it names can be opened, for the same purpose. */
export function shownValue({ purpose }: Pick<Telling, 'purpose'>, line: FactLine): Content {
  const { handle } = (line.fact.value ?? {}) as Partial<KinView>
  if (handle === undefined || line.fact.kind === 'household') return shownText(line)
  return html`<a href=${addressOf(personPath(handle), { for: purpose })}>${line.text}</a>`
}

interface Justified {
  readonly act: ActView
  readonly fact: FactView
  readonly acts: readonly ActView[]
}

/** Why a fact holds: document, office, law, when it was written down, and what came later. */
export function actDetails(wording: Wording, { act, fact, acts }: Justified): Html {
  const { t, profile } = wording
  const law = profile.legalBases.find(({ code }) => code === act.legalBasis)
  const office = [act.body, act.unitId && wording.units.fullTitleOf(act.unitId, t.lang)]
  const later = acts.find((one) => one.actId === fact.supersededBy)
  const decided = act.decidedOn && t('register.desk.act.decided', { day: t.day(act.decidedOn) })
  const rows: [string, Content][] = [
    ['document', [actWords(wording, act).title, decided].filter(Boolean).join(', ')],
    ['office', office.filter(Boolean).join(', ')],
    ['law', law?.words[t.lang] ?? act.legalBasis],
    ['recorded', t.instant(fact.recordedAt)],
    ['note', act.note],
    ['later', later && supersession(wording, fact, later)],
  ]
  return pairs(
    rows.flatMap(([name, value]) =>
      value ? [{ name: t(`register.desk.act.${name}`), value }] : [],
    ),
  )
}

/** "Replaced on … by …": since when the register no longer believes it. */
export function supersession(wording: Wording, fact: FactView, by: ActView): string {
  const { t } = wording
  const at = fact.supersededAt === null ? '' : t.instant(fact.supersededAt)
  return t('register.desk.superseded', { at, by: actWords(wording, by).title })
}

/** "born 3 March 1994", "born in 1994". */
export const bornWords = ({ t }: Wording, on: string): string =>
  t(on.length === 10 ? 'register.desk.born' : 'register.desk.born-in', { on: t.day(on) })
