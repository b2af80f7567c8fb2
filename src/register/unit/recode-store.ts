import { type Instant, type PlainDay, type Tx, uuidv7 } from '../../kernel/index.ts'
import type { ActId, FactKind, HouseholdId, PersonId, UnitId } from '../types.ts'

export type Phase = 'persons' | 'households' | 'done'

/** How far a pass over the register has come. */
export interface Pass {
  readonly recodeId: string
  readonly actId: ActId
  readonly number: number
  readonly phase: Phase
  readonly lastId: string | null
}

/** Steps of passes wait for each other: two operators do not move the same people at once. */
export async function lockRecoding(tx: Tx): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('register.unit_recode'))`)
}

/** The last pass for a day, where it stopped. */
export async function findLastPass(tx: Tx, on: PlainDay): Promise<Pass | undefined> {
  const [row] = await tx.query<Pass>(
    `select r.recode_id as "recodeId", r.act_id as "actId", s.number, s.phase,
       s.last_id as "lastId"
     from register.unit_recode r join register.unit_recode_step s using (recode_id)
     where r.on_day = $1 order by r.recode_id desc, s.number desc limit 1`,
    [on],
  )
  return row
}

export async function insertPass(
  tx: Tx,
  pass: { readonly on: PlainDay; readonly actId: ActId; readonly at: Instant },
): Promise<Pass> {
  const recodeId = uuidv7()
  await tx.query(
    `insert into register.unit_recode (recode_id, on_day, act_id, recorded_at)
     values ($1, $2, $3, $4)`,
    [recodeId, pass.on, pass.actId, pass.at],
  )
  return { recodeId, actId: pass.actId, number: 0, phase: 'persons', lastId: null }
}

export interface Step {
  readonly phase: Phase
  readonly lastId: string | null
  readonly revised: number
  readonly reviews: number
}

export async function insertStep(tx: Tx, pass: Pass, step: Step & { at: Instant }): Promise<void> {
  await tx.query(
    `insert into register.unit_recode_step
       (recode_id, number, phase, last_id, revised, reviews, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [pass.recodeId, pass.number + 1, step.phase, step.lastId, step.revised, step.reviews, step.at],
  )
}

/** The whole of a pass, for its report. */
export async function sumOfPass(
  tx: Tx,
  recodeId: string,
): Promise<{ readonly revised: number; readonly reviews: number }> {
  const [row] = await tx.query<{ revised: number; reviews: number }>(
    `select sum(revised)::bigint as revised, sum(reviews)::bigint as reviews
     from register.unit_recode_step where recode_id = $1`,
    [recodeId],
  )
  return row ?? { revised: 0, reviews: 0 }
}

/** The next ids behind one, in their order. */
export async function listPersonsAfter(
  tx: Tx,
  lastId: string | null,
  limit: number,
): Promise<PersonId[]> {
  const rows = await tx.prepared<{ id: PersonId }>(
    'register.persons-after',
    `select person_id as id from register.person
     where $1::uuid is null or person_id > $1::uuid order by person_id limit $2`,
    [lastId, limit],
  )
  return rows.map((row) => row.id)
}

export async function listHouseholdsAfter(
  tx: Tx,
  lastId: string | null,
  limit: number,
): Promise<HouseholdId[]> {
  const rows = await tx.prepared<{ id: HouseholdId }>(
    'register.households-after',
    `select household_id as id from register.household
     where $1::uuid is null or household_id > $1::uuid order by household_id limit $2`,
    [lastId, limit],
  )
  return rows.map((row) => row.id)
}

/**
 * Who of these lives, on the day or later, in one of some units. Planned anew each time: without the
 * sizes of the two lists the planner reads the whole table.
 */
export async function listResidents(
  tx: Tx,
  personIds: readonly PersonId[],
  { units, on }: { readonly units: readonly UnitId[]; readonly on: PlainDay },
): Promise<PersonId[]> {
  const rows = await tx.query<{ id: PersonId }>(
    `select distinct f.person_id as id from register.fact f
     where f.person_id = any($1::uuid[]) and f.kind = any('{permanent,temporary,current}')
       and f.superseded_at is null and f.valid && daterange($3::date, null)
       and f.value ->> 'unit' = any($2::text[])`,
    [personIds, units, on],
  )
  return rows.map((row) => row.id)
}

/** A residence in a unit that was split. */
export interface NewReview {
  readonly personId: PersonId
  readonly kind: FactKind
  readonly unit: UnitId
}

/** Opens a review for each, unless there is or was one; answers how many are new. */
export async function insertReviews(
  tx: Tx,
  reviews: readonly NewReview[],
  at: Instant,
): Promise<number> {
  if (reviews.length === 0) return 0
  const rows = await tx.query(
    `insert into register.unit_review (review_id, person_id, fact_kind, unit_id, recorded_at)
     select n.* , $5::timestamptz
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[])
       as n (review_id, person_id, fact_kind, unit_id)
     where not exists (select from register.unit_review r where r.person_id = n.person_id
       and r.fact_kind = n.fact_kind and r.unit_id = n.unit_id)
     returning review_id`,
    [
      reviews.map(() => uuidv7()),
      reviews.map((one) => one.personId),
      reviews.map((one) => one.kind),
      reviews.map((one) => one.unit),
      at,
    ],
  )
  return rows.length
}
