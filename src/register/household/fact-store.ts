import type { Instant, Tx } from '../../kernel/index.ts'
import { refusingRaces } from '../facts.ts'
import type { ActId, AsOf, HouseholdId, PersonId } from '../types.ts'
import type { HouseholdFact, HouseholdRevision } from './facts.ts'

/**
 * The one writer of household facts, as `revise` is of persons': what was believed of the same
 * household and kind on those days is superseded, its days outside stay believed.
 */
export async function reviseHouseholds(
  tx: Tx,
  revisions: readonly HouseholdRevision[],
  { actId, at }: { readonly actId: ActId; readonly at: Instant },
): Promise<void> {
  if (revisions.length === 0) return
  const done = tx.prepared(
    'register.revise-households',
    `with new as (
       select household_id, kind, daterange("from", "to") as valid, value
       from unnest($1::uuid[], $2::text[], $3::date[], $4::date[], $5::jsonb[])
         as n (household_id, kind, "from", "to", value)
     ), hit as (
       update register.household_fact f
       set superseded_at = $7::timestamptz, superseded_by = $6::uuid
       from new n
       where f.household_id = n.household_id and f.kind = n.kind
         and f.superseded_at is null and f.valid && n.valid
       returning f.household_id, f.kind, f.key, f.valid, f.value, f.act_id
     ), rest as (
       select h.household_id, h.kind, h.key, h.value, h.act_id,
         unnest(datemultirange(h.valid) - (select range_agg(n.valid) from new n
           where n.household_id = h.household_id and n.kind = h.kind)) as valid
       from hit h
     )
     insert into register.household_fact
       (household_id, kind, key, valid, value, act_id, recorded_at)
     select household_id, kind, key, valid, value, act_id, $7::timestamptz from rest
     union all
     select household_id, kind, '', valid, value, $6::uuid, $7::timestamptz from new
     where value is not null`,
    [
      revisions.map((one) => one.householdId),
      revisions.map((one) => one.kind),
      revisions.map((one) => one.from),
      revisions.map((one) => one.to ?? null),
      revisions.map((one) => (one.value === null ? null : JSON.stringify(one.value))),
      actId,
      at,
    ],
  )
  await refusingRaces(done)
}

const COLUMNS = `f.household_id as "householdId", f.kind, f.value, lower(f.valid) as "from",
  upper(f.valid) as "to", f.act_id as "actId", f.recorded_at as "recordedAt"`

/** All that is believed of some households, of any day. */
export async function listBelievedOfHouseholds(
  tx: Tx,
  householdIds: readonly HouseholdId[],
): Promise<HouseholdFact[]> {
  return tx.prepared<HouseholdFact>(
    'register.household-believed',
    `select ${COLUMNS} from register.household_fact f
     where f.household_id = any($1::uuid[]) and f.superseded_at is null
     order by f.household_id, f.kind, lower(f.valid)`,
    [householdIds],
  )
}

/** What held of a household on a day, as known at a moment (null: as believed now). */
export async function listHouseholdAsOf(
  tx: Tx,
  householdId: HouseholdId,
  asOf: AsOf,
): Promise<HouseholdFact[]> {
  return tx.prepared<HouseholdFact>(
    'register.household-as-of',
    `select ${COLUMNS} from register.household_fact f
     where f.household_id = $1 and f.valid @> $2::date
       and f.recorded_at <= coalesce($3::timestamptz, 'infinity')
       and (f.superseded_at is null or f.superseded_at > coalesce($3::timestamptz, 'infinity'))
     order by f.kind`,
    [householdId, asOf.day, asOf.known],
  )
}

/** All that held of a household on any day, as known at a moment (null: as believed now). */
export async function listHouseholdLife(
  tx: Tx,
  householdId: HouseholdId,
  known: Instant | null,
): Promise<HouseholdFact[]> {
  return tx.prepared<HouseholdFact>(
    'register.household-life',
    `select ${COLUMNS} from register.household_fact f
     where f.household_id = $1 and f.recorded_at <= coalesce($2::timestamptz, 'infinity')
       and (f.superseded_at is null or f.superseded_at > coalesce($2::timestamptz, 'infinity'))
     order by lower(f.valid), f.kind`,
    [householdId, known],
  )
}

/** What some acts ended of the households a person was ever a member of, in their order. */
export async function listEndedBy(
  tx: Tx,
  personId: PersonId,
  acts: readonly ActId[],
): Promise<HouseholdFact[]> {
  return tx.query<HouseholdFact>(
    `select ${COLUMNS} from register.member m join register.household_fact f using (household_id)
     where m.person_id = $1 and f.superseded_by = any($2::uuid[])
     order by f.superseded_at`,
    [personId, acts],
  )
}
