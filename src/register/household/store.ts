import type { Instant, PlainDay, Tx } from '../../kernel/index.ts'
import type { ActId, AsOf, HouseholdId, PersonId } from '../types.ts'

/** That a person is of a household, and what to its head. */
export interface Membership {
  readonly householdId: HouseholdId
  readonly personId: PersonId
  readonly relation: string
}

/** The household a person is of on a day, as known at a moment. */
export async function findHouseholdOf(
  tx: Tx,
  personId: PersonId,
  asOf: AsOf,
): Promise<Membership | undefined> {
  const [row] = await tx.prepared<Membership>(
    'register.household-of',
    `select f.person_id as "personId", f.value ->> 'household' as "householdId",
       f.value ->> 'relation' as relation
     from register.fact f
     where f.person_id = $1 and f.kind = 'household' and f.valid @> $2::date
       and f.recorded_at <= coalesce($3::timestamptz, 'infinity')
       and (f.superseded_at is null or f.superseded_at > coalesce($3::timestamptz, 'infinity'))
     limit 1`,
    [personId, asOf.day, asOf.known],
  )
  return row
}

/** Who is of a household on a day, as known at a moment; the head first. */
export async function listMembers(
  tx: Tx,
  householdId: HouseholdId,
  asOf: AsOf,
): Promise<Membership[]> {
  return tx.prepared<Membership>(
    'register.members',
    `select f.person_id as "personId", f.value ->> 'household' as "householdId",
       f.value ->> 'relation' as relation
     from register.member m join register.fact f using (person_id)
     where m.household_id = $1 and f.kind = 'household' and f.value ->> 'household' = $1::text
       and f.valid @> $2::date and f.recorded_at <= coalesce($3::timestamptz, 'infinity')
       and (f.superseded_at is null or f.superseded_at > coalesce($3::timestamptz, 'infinity'))
     order by f.value ->> 'relation' <> 'head', lower(f.valid), f.person_id`,
    [householdId, asOf.day, asOf.known],
  )
}

/** Whoever changes a household waits for whoever does so already. */
export async function lockHouseholds(tx: Tx, householdIds: readonly HouseholdId[]): Promise<void> {
  await tx.prepared(
    'register.households-lock',
    `select pg_advisory_xact_lock(k) from (
       select hashtextextended(h::text, 4101) as k from unnest($1::uuid[]) as h order by h) l`,
    [[...new Set(householdIds)].sort()],
  )
}

export async function insertHousehold(
  tx: Tx,
  householdId: HouseholdId,
  { actId, at }: { readonly actId: ActId; readonly at: Instant },
): Promise<void> {
  await tx.prepared(
    'register.household-insert',
    'insert into register.household (household_id, act_id, recorded_at) values ($1, $2, $3)',
    [householdId, actId, at],
  )
}

/** Remembers who has ever been of a household; when and as what is the persons' facts. */
export async function insertMembers(
  tx: Tx,
  householdId: HouseholdId,
  personIds: readonly PersonId[],
): Promise<void> {
  await tx.prepared(
    'register.member-insert',
    `insert into register.member (household_id, person_id)
     select $1, p from unnest($2::uuid[]) as p on conflict do nothing`,
    [householdId, personIds],
  )
}

/** A number for a residence file: the unit's code and a serial that is never given again. */
export async function nextFile(tx: Tx, unitCode: string): Promise<string> {
  const [row] = await tx.prepared<{ serial: string }>(
    'register.household-file',
    `select lpad(nextval('register.household_file')::text, 8, '0') as serial`,
  )
  return `${unitCode}-${row?.serial ?? ''}`
}

/** Which of some persons are protected on a day: their names are kept from lists. */
export async function listProtected(
  tx: Tx,
  personIds: readonly PersonId[],
  day: PlainDay,
): Promise<ReadonlySet<PersonId>> {
  const rows = await tx.prepared<{ personId: PersonId }>(
    'register.protected-of',
    `select person_id as "personId" from register.fact
     where person_id = any($1::uuid[]) and kind = 'protected' and superseded_at is null
       and valid @> $2::date`,
    [personIds, day],
  )
  return new Set(rows.map((row) => row.personId))
}
