import type { Instant } from '../../kernel/index.ts'
import { type Block, drawDocument } from '../../web/index.ts'
import type { PersonRecord } from '../person/record.ts'
import { placeOf } from './record.ts'
import {
  actWords,
  codeWords,
  type FactLine,
  linesOf,
  PARTS,
  type Part,
  type Wording,
} from './wording.ts'

/**
 * The citizen's record as a file for machines (Law 91/2025, right of access): the facts with their
 * days and the acts they rest on, keyed by running numbers instead of internal ids.
 */
export function recordCopyJson(record: PersonRecord, at: Instant): string {
  const acts = new Map(record.acts.map(({ actId }, place) => [actId, place + 1]))
  const copy = {
    format: 'goc-record-1',
    madeAt: at,
    number: record.number,
    asOf: { day: record.day, known: record.known },
    facts: record.facts.map(({ kind, key, value, from, to, actId, recordedAt }) => ({
      kind,
      ...(key !== '' && { key }),
      value,
      from,
      to,
      recordedAt,
      act: acts.get(actId) ?? null,
    })),
    household: record.household,
    acts: record.acts.map(({ actId, ...act }) => ({ act: acts.get(actId), ...act })),
    duplicates: record.duplicates,
  }
  return `${JSON.stringify(copy, null, 2)}\n`
}

/** The same to read and to print: each line with its source, in the reader's language. */
export function recordCopyPdf(
  wording: Wording,
  record: PersonRecord,
  at: Instant,
): Promise<Buffer> {
  const { t, profile } = wording
  const name = record.facts.find((fact) => fact.kind === 'name')?.value as { full: string }
  return drawDocument(t, {
    title: name?.full ?? t('register.record.title'),
    issuer: profile.state.registerOffice[t.lang],
    lead: t('register.copy.note'),
    blocks: recordBlocks(wording, record),
    foot: t('register.copy.made', { at: t.instant(at) }),
    madeAt: at,
  })
}

/** A record as parts of a printed page: each line with its source, the household, the acts. */
export function recordBlocks(wording: Wording, record: PersonRecord): Block[] {
  const { t } = wording
  const parts = Object.keys(PARTS) as Part[]
  const blocks = parts.flatMap((part): Block[] => {
    const rows = linesOf(wording, record.facts, part).map((line) => ({
      name: line.name,
      value: line.text,
      meta: [line.note, since(wording, record, line)].filter(Boolean).join('. '),
    }))
    if (rows.length === 0) return []
    return [
      { kind: 'heading', text: t(`register.part.${part}`) },
      { kind: 'facts', rows },
    ]
  })
  return [...blocks, ...householdBlocks(wording, record), ...actBlocks(wording, record)]
}

function since({ t }: Wording, { acts }: PersonRecord, { fact }: FactLine): string {
  const from = t('register.record.since', { from: t.day(fact.from) })
  return `${from}, ${t('register.record.paper', { n: placeOf(acts, fact.actId) })}`
}

function actBlocks(wording: Wording, { acts }: PersonRecord): Block[] {
  const rows = acts.map((act, at) => {
    const { title, meta } = actWords(wording, act)
    return { name: String(at + 1), value: title, meta }
  })
  return [
    { kind: 'heading', text: wording.t('register.record.acts') },
    { kind: 'facts', rows },
  ]
}

function householdBlocks(wording: Wording, { household }: PersonRecord): Block[] {
  const { t } = wording
  if (household.length === 0) return []
  const rows = household.map((member) => [
    member.name ?? t('register.kin.unnamed'),
    codeWords(wording, 'relation-to-head', member.relation),
  ])
  const title = t('register.family.household')
  const columns = [
    { label: t('register.fact.name'), share: 3 },
    { label: t('register.fact.household'), share: 2 },
  ]
  return [
    { kind: 'heading', text: title },
    { kind: 'table', caption: title, columns, rows },
  ]
}
