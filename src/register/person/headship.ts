import type { PlainDay, Tx } from '../../kernel/index.ts'
import { listBelievedOfHouseholds, listEndedBy } from '../household/fact-store.ts'
import type { HouseholdFact, HouseholdRevision } from '../household/facts.ts'
import { listMembers } from '../household/store.ts'
import type { ActId, FactValues, HouseholdId, PersonId } from '../types.ts'
import { gaps, type OwnedFact } from './revisions.ts'

/** Households a person was a member of on a day or after, by rows of their record. */
export const householdsOf = (rows: readonly OwnedFact[], day: PlainDay): HouseholdId[] => [
  ...new Set(
    rows
      .filter((row) => row.kind === 'household' && (row.to === null || row.to > day))
      .map((row) => (row.value as FactValues['household']).household),
  ),
]

export interface HouseholdChange {
  readonly revisions: readonly HouseholdRevision[]
  /** Households left without a head while others are of it. */
  readonly headless: readonly HouseholdId[]
  /** Believed rows the change touches: what it records is later than these. */
  readonly believed: readonly HouseholdFact[]
}

const NOTHING: HouseholdChange = { revisions: [], headless: [], believed: [] }

/**
 * What becomes of the households of somebody who dies: nobody heads one after death, and until the
 * members choose, it has no head. The household of the last member ends.
 */
export async function endHeadship(
  tx: Tx,
  personId: PersonId,
  { households, day }: { readonly households: readonly HouseholdId[]; readonly day: PlainDay },
): Promise<HouseholdChange> {
  if (households.length === 0) return NOTHING
  const [facts, ...members] = await Promise.all([
    listBelievedOfHouseholds(tx, households),
    ...households.map((id) => listMembers(tx, id, { day, known: null })),
  ])
  const alone = new Set(
    households.filter((_, at) => members[at]?.every((one) => one.personId === personId)),
  )
  const isHeaded = (fact: HouseholdFact): boolean => fact.kind === 'head' && fact.value === personId
  const believed = facts.filter(
    (fact) =>
      (alone.has(fact.householdId) || isHeaded(fact)) && (fact.to === null || fact.to > day),
  )
  return {
    believed,
    headless: believed.flatMap((fact) => (alone.has(fact.householdId) ? [] : [fact.householdId])),
    revisions: believed.map(({ householdId, kind, from, to }) => {
      return { householdId, kind, from: from > day ? from : day, to, value: null }
    }),
  }
}

/** What the acts ended of a household holds again, on days of which nothing else was said. */
export async function restoreHeadship(
  tx: Tx,
  personId: PersonId,
  acts: ReadonlySet<ActId>,
): Promise<HouseholdChange> {
  const lost = await listEndedBy(tx, personId, [...acts])
  if (lost.length === 0) return NOTHING
  const ids = [...new Set(lost.map((row) => row.householdId))]
  const believed = await listBelievedOfHouseholds(tx, ids)
  const revisions: HouseholdRevision[] = []
  for (const { householdId, kind, from, to, value } of lost) {
    const covered = [...believed, ...revisions]
      .filter((one) => one.householdId === householdId && one.kind === kind)
      .map((one) => ({ from: one.from, to: one.to ?? null }))
    for (const days of gaps({ from, to }, covered)) {
      revisions.push({ householdId, kind, ...days, value })
    }
  }
  return { revisions, headless: [], believed }
}
