import { type Context, type Instant, LIMITS, type Tx } from '../../kernel/index.ts'
import type { PersonId, UnitId } from '../types.ts'

/** An opening of a protected record that lacks a second person, or that the officer asked for. */
export interface OpeningView {
  readonly opening: string
  /** Handle of the person whose record it is. */
  readonly person: string
  readonly name: string | null
  readonly reason: string
  readonly isEmergency: boolean
  readonly isApproved: boolean
  readonly askedAt: Instant
  readonly expiresAt: Instant
  /** Who asked; the officer's own are theirs to know. */
  readonly by: { readonly name: string; readonly body: string | null }
}

export type Within = Pick<Context, 'tx' | 'kernel' | 'actor' | 'now' | 'today'>

/** A unit in charge of persons whose openings wait; null: nowhere in the nation. */
export interface Home {
  readonly unit: UnitId | null
  readonly count: number
}

/** Not approved, and neither lapsed nor the officer's own; an emergency is confirmed also afterwards. */
const WAITING = `(o.expires_at > $2 or o.break_glass) and o.actor_id <> $1
  and not exists (select from register.opening_approval a
    where a.person_id = o.person_id and a.opening_id = o.opening_id)`

/** The homes of those whose openings wait for somebody else than who asked. */
export async function countWaitingByHome(within: Within): Promise<Home[]> {
  const { tx, actor, now, today } = within
  return tx.query<Home>(
    `select register.home_unit(o.person_id, $3) as unit, count(*)::int as count
     from register.opening o where ${WAITING} group by 1`,
    [actor.id, now, today],
  )
}

export interface Row extends Omit<OpeningView, 'person'> {
  readonly personId: PersonId
}

const OPENING = `select o.opening_id as opening, o.person_id as "personId", o.reason,
     o.break_glass as "isEmergency", o.recorded_at as "askedAt", o.expires_at as "expiresAt",
     jsonb_build_object('name', coalesce(k.name, ''), 'body', k.body) as by,
     (select f.value ->> 'full' from register.fact f where f.person_id = o.person_id
        and f.kind = 'name' and f.superseded_at is null
      order by lower(f.valid) desc limit 1) as name`

export async function listWaiting(
  { tx, actor, now, today }: Within,
  homes: readonly Home[],
): Promise<Row[]> {
  const units = homes.map(({ unit }) => unit ?? '')
  return tx.query<Row>(
    `${OPENING}, false as "isApproved"
     from register.opening o left join kernel.actor k on k.actor_id = o.actor_id
     where ${WAITING} and coalesce(register.home_unit(o.person_id, $3), '') = any($4::text[])
     order by o.recorded_at desc limit $5`,
    [actor.id, now, today, units, LIMITS.pageRows],
  )
}

export async function listOwn({ tx, actor, now }: Within): Promise<Row[]> {
  return tx.query<Row>(
    `${OPENING}, a.actor_id is not null as "isApproved"
     from register.opening o left join register.opening_approval a using (person_id, opening_id)
     left join kernel.actor k on k.actor_id = o.actor_id
     where o.actor_id = $1 and (o.expires_at > $2 or (o.break_glass and a.actor_id is null))
     order by o.recorded_at desc limit $3`,
    [actor.id, now, LIMITS.pageRows],
  )
}

/** Who broke the glass and was not confirmed in time waits until it is. */
export async function isUnconfirmed({ tx, actor, now }: Within): Promise<boolean> {
  const rows = await tx.query(
    `select from register.opening o
     where o.actor_id = $1 and o.break_glass and o.expires_at <= $2
       and not exists (select from register.opening_approval a
         where a.person_id = o.person_id and a.opening_id = o.opening_id)
     limit 1`,
    [actor.id, now],
  )
  return rows.length > 0
}

export interface Opening {
  readonly actorId: string
}

/** One that has not lapsed; an emergency is confirmed also afterwards. */
export async function findOpening(
  { tx, now }: Within,
  personId: PersonId,
  openingId: string,
): Promise<Opening | undefined> {
  const [opening] = await tx.query<Opening>(
    `select o.actor_id as "actorId" from register.opening o
     where o.person_id = $1 and o.opening_id = $2 and (o.break_glass or o.expires_at > $3)`,
    [personId, openingId, now],
  )
  return opening
}

interface By {
  /** The officer's actor id. */
  readonly by: string
  readonly now: Instant
}

/** An opening of a record that lets an officer read it now; one that was approved before others. */
export async function findOpeningInForce(
  tx: Tx,
  personId: PersonId,
  { by, now }: By,
): Promise<{ breakGlass: boolean } | undefined> {
  const [opening] = await tx.prepared<{ breakGlass: boolean }>(
    'register.opening-in-force',
    `select o.break_glass as "breakGlass" from register.opening o
     left join register.opening_approval a using (person_id, opening_id)
     where o.person_id = $1 and o.actor_id = $2 and o.expires_at > $3
       and (o.break_glass or a.actor_id is not null)
     order by a.actor_id is null limit 1`,
    [personId, by, now],
  )
  return opening
}

export interface NewOpening {
  readonly openingId: string
  readonly personId: PersonId
  readonly isEmergency: boolean
  readonly reason: string
  readonly expiresAt: Instant
}

export async function insertOpening(tx: Tx, opening: NewOpening, { by, now }: By): Promise<void> {
  const { openingId, personId, isEmergency, reason, expiresAt } = opening
  await tx.query(
    `insert into register.opening
       (opening_id, person_id, actor_id, break_glass, reason, recorded_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [openingId, personId, by, isEmergency, reason, now, expiresAt],
  )
}

/** False when somebody agreed before. */
export async function insertApproval(
  tx: Tx,
  opening: { readonly openingId: string; readonly personId: PersonId },
  { by, now }: By,
): Promise<boolean> {
  const approved = await tx.query(
    `insert into register.opening_approval (opening_id, person_id, actor_id, recorded_at)
     values ($1, $2, $3, $4) on conflict do nothing returning opening_id`,
    [opening.openingId, opening.personId, by, now],
  )
  return approved.length > 0
}
