import { type Block, capital, type PaperCell, type PaperDocument } from '../../../web/index.ts'
import type { MyCopy } from '../../reads/copy.ts'
import type { MyLine, ReadTold } from '../../reads/queries.ts'
import type { Complaint, Consent } from '../../reads/store.ts'
import {
  attributeText,
  deedText,
  lawWords,
  monthOf,
  purposeWords,
  roleWords,
  unitWords,
  type Wording,
  whoWords,
} from '../wording.ts'
import { inRows, type LineRow } from './rows.ts'

/** Whose copy, taken where. */
export interface Taken {
  readonly copy: MyCopy
  readonly name: string
  /** Address of this register, so that the paper says where it can be checked. */
  readonly origin: string
}

/** The log of a person to print: every line by month, then questions and consents. */
export function logDocument(wording: Wording, { copy, name, origin }: Taken): PaperDocument {
  const { t, profile } = wording
  const { madeAt, reads } = copy
  const at = t.instant(madeAt)
  const others = reads.filter((line) => !line.isOwn)
  const own = reads.length - others.length
  return {
    title: t('exchange.copy.log.title', { name }),
    issuer: profile.state.registerOffice[t.lang],
    lead: t('exchange.copy.log.lead', { at, n: others.length, own }),
    blocks: [
      ...(copy.isWhole ? [] : [notWhole(wording)]),
      ...linesByMonth(wording, others),
      ...questions(wording, copy.complaints),
      ...consents(wording, copy.consents),
    ],
    foot: t('exchange.copy.foot', { at, origin }),
    madeAt,
  }
}

const notWhole = ({ t }: Wording): Block => ({
  kind: 'note',
  title: t('exchange.copy.log.not-whole'),
  text: t('exchange.copy.log.not-whole-why'),
})

function linesByMonth(wording: Wording, reads: readonly MyLine[]): Block[] {
  const { t } = wording
  if (reads.length === 0) return [{ kind: 'text', text: t('exchange.reads.nobody') }]
  const columns = [
    { label: t('exchange.copy.log.when'), share: 3 },
    { label: t('exchange.copy.log.who'), share: 7 },
    { label: t('exchange.copy.log.what'), share: 4 },
  ]
  const months = Map.groupBy(reads, (line) => monthOf(wording, line.at))
  return [...months].flatMap(([month, lines]): Block[] => {
    const caption = capital(t.month(month))
    const rows = inRows(lines).map((row) => rowOf(wording, row))
    return [
      { kind: 'heading', text: caption },
      { kind: 'table', caption, columns, rows },
    ]
  })
}

function rowOf(wording: Wording, [line, ...again]: LineRow): readonly PaperCell[] {
  const { t } = wording
  const { told, state, hiddenUntil, logLine } = line
  const inLog =
    logLine === null ? '' : t('exchange.read.in-log', { n: t.number(Number(logLine) + 1) })
  const more = again.length === 0 ? '' : t('exchange.read.again', { n: again.length })
  const when = { text: t.instant(line.at), meta: [inLog, more].filter(Boolean).join(' ') }
  if (told === null) {
    const until = hiddenUntil === null ? '' : t.day(hiddenUntil)
    const title = t(`exchange.read.${state}.plain`)
    return [when, { text: title, meta: t(`exchange.read.${state}.until`, { until }) }, '']
  }
  const about = [
    [roleWords(wording, told.role), unitWords(wording, told.unit)].filter(Boolean).join(', '),
    told.case === null ? '' : t('exchange.read.case', { case: told.case }),
    lawWords(wording, told.legalBasis),
    ...marksOf(wording, told),
  ]
  const meta = about.filter((one) => one !== '').join('. ')
  const what = attributeText(wording, told.attributes)
  const who = { text: deedText(wording, told), meta }
  return [when, who, what === '' ? t('exchange.copy.log.nothing') : what]
}

const marksOf = ({ t }: Wording, { flags, code }: ReadTold): string[] => [
  ...flags.map((flag) =>
    t.has(`exchange.read.flag.${flag}`) ? t(`exchange.read.flag.${flag}`) : flag,
  ),
  ...(code === null ? [] : [t('exchange.read.flag.refused')]),
]

function questions(wording: Wording, complaints: readonly Complaint[]): Block[] {
  const { t } = wording
  if (complaints.length === 0) return []
  const rows = complaints.map(({ addressee, question, askedAt, dueOn, answer }) => ({
    name: t('exchange.why.to', { who: whoWords(wording, addressee), at: t.instant(askedAt) }),
    value: question,
    meta: answer ?? t('exchange.why.due', { day: t.day(dueOn) }),
  }))
  return [
    { kind: 'heading', text: t('exchange.copy.log.questions') },
    { kind: 'facts', rows },
  ]
}

function consents(wording: Wording, given: readonly Consent[]): Block[] {
  const { t } = wording
  if (given.length === 0) return []
  const rows = given.map(({ agencyName, purpose, from, to, withdrawnAt }) => {
    const until =
      to === null ? t('exchange.consent.no-end') : t('exchange.consent.until', { day: t.day(to) })
    const since = t('exchange.consent.since', { day: t.day(from) })
    const meta = withdrawnAt === null ? `${since}, ${until}` : t('exchange.consent.withdrawn')
    return { name: agencyName, value: capital(purposeWords(wording, purpose)), meta }
  })
  return [
    { kind: 'heading', text: t('exchange.consent.title') },
    { kind: 'facts', rows },
  ]
}
