import type { Instant } from '../../kernel/index.ts'
import type { PersonRecord } from '../person/record.ts'

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
