import type { PlainDay, Tx } from '../../kernel/index.ts'
import {
  type HouseholdFact,
  type HouseholdRevision,
  householdRevision,
  listBelievedOfHouseholds,
} from '../household/facts.ts'
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

export interface HeadChange {
  readonly revisions: readonly HouseholdRevision[]
  /** Believed rows the change touches: what it records is later than these. */
  readonly believed: readonly HouseholdFact[]
}

/** Nobody heads a household after death: until the members choose, it has no head. */
export async function endHeadship(
  tx: Tx,
  personId: PersonId,
  { households, day }: { readonly households: readonly HouseholdId[]; readonly day: PlainDay },
): Promise<HeadChange> {
  if (households.length === 0) return { revisions: [], believed: [] }
  const facts = await listBelievedOfHouseholds(tx, households)
  const believed = facts.filter(
    (fact) =>
      fact.kind === 'head' && fact.value === personId && (fact.to === null || fact.to > day),
  )
  const revisions = believed.map(({ householdId, from, to }) =>
    householdRevision({
      householdId,
      kind: 'head',
      from: from > day ? from : day,
      to,
      value: null,
    }),
  )
  return { revisions, believed }
}

/** Who comes back heads the household again, on days on which nobody else was chosen. */
export async function restoreHeadship(
  tx: Tx,
  personId: PersonId,
  acts: ReadonlySet<ActId>,
): Promise<HeadChange> {
  const lost = await tx.query<HouseholdFact>(
    `select f.household_id as "householdId", f.kind, f.value, lower(f.valid) as "from",
       upper(f.valid) as "to", f.act_id as "actId", f.recorded_at as "recordedAt"
     from register.member m join register.household_fact f using (household_id)
     where m.person_id = $1 and f.kind = 'head' and f.superseded_by = any($2::uuid[])
       and f.value = to_jsonb($1::text)
     order by f.superseded_at`,
    [personId, [...acts]],
  )
  if (lost.length === 0) return { revisions: [], believed: [] }
  const ids = [...new Set(lost.map((row) => row.householdId))]
  const facts = await listBelievedOfHouseholds(tx, ids)
  const heads = facts.filter((fact) => fact.kind === 'head')
  const revisions: HouseholdRevision[] = []
  for (const { householdId, from, to } of lost) {
    const same = [...heads, ...revisions].filter((one) => one.householdId === householdId)
    const covered = same.map((one) => ({ from: one.from, to: one.to ?? null }))
    for (const days of gaps({ from, to }, covered)) {
      revisions.push(householdRevision({ householdId, kind: 'head', ...days, value: personId }))
    }
  }
  return { revisions, believed: heads }
}
