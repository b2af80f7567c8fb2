import type { Actor, Grant, Level } from './actor.ts'
import type { Tx } from './database.ts'
import { uuidv7 } from './id.ts'
import type { Instant, PlainDay } from './time.ts'

interface ActorRow extends Omit<Actor, 'grants' | 'level'> {
  readonly level: Level
  readonly grants: readonly Grant[] | null
}

const ACTOR = `a.actor_id as "id", a.kind, a.name, a.body, a.unit, a.person_id as "personId",
  a.agency_id as "agencyId",
  (select jsonb_agg(jsonb_build_object('role', g.role, 'unit', g.unit,
     'from', lower(g.valid)::text, 'to', upper(g.valid)::text))
   from kernel.role_grant g where g.actor_id = a.actor_id and g.ended_at is null) as grants`

const withGrants = (row: ActorRow): Actor => ({ ...row, grants: row.grants ?? [] })

/** A live session's actor, and until when it may lie idle. */
export interface LiveSession {
  readonly actor: Actor
  readonly idleUntil: Instant
}

/** The live session of a token, by its hash. */
export async function findSession(
  tx: Tx,
  tokenHash: Buffer,
  now: Instant,
): Promise<LiveSession | undefined> {
  const [row] = await tx.prepared<ActorRow & { readonly idleUntil: Instant }>(
    'kernel.session-find',
    `select ${ACTOR}, s.level, s.idle_until as "idleUntil"
     from kernel.session s join kernel.actor a using (actor_id)
     where s.token_hash = $1 and s.ended_at is null and s.expires_at > $2 and s.idle_until > $2
       and a.closed_at is null`,
    [tokenHash, now],
  )
  if (row === undefined) return undefined
  const { idleUntil, ...actor } = row
  return { actor: withGrants(actor), idleUntil }
}

export async function findActorByLogin(tx: Tx, login: string): Promise<Actor | undefined> {
  const [row] = await tx.query<ActorRow>(
    `select ${ACTOR}, 0 as level from kernel.actor a where a.login = $1 and a.closed_at is null`,
    [login],
  )
  return row && withGrants(row)
}

export interface NewActor extends Omit<Actor, 'grants' | 'level'> {
  readonly login: string | null
}

export async function insertActor(tx: Tx, actor: NewActor): Promise<void> {
  await tx.query(
    `insert into kernel.actor (actor_id, kind, login, name, body, unit, person_id, agency_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      actor.id,
      actor.kind,
      actor.login,
      actor.name,
      actor.body,
      actor.unit,
      actor.personId,
      actor.agencyId,
    ],
  )
}

export interface NewGrant {
  readonly actorId: string
  readonly role: string
  readonly unit: string
  readonly from: PlainDay
}

/** A role from a day on, without end. Given by its holder: a demonstration has nobody above. */
export async function insertGrant(tx: Tx, grant: NewGrant): Promise<void> {
  await tx.query(
    `insert into kernel.role_grant (grant_id, actor_id, role, unit, valid, granted_by)
     values ($1, $2, $3, $4, daterange($5::date, null), $2)`,
    [uuidv7(), grant.actorId, grant.role, grant.unit, grant.from],
  )
}

export interface NewSession {
  readonly tokenHash: Buffer
  readonly actorId: string
  readonly level: Level
  readonly madeAt: Instant
  readonly expiresAt: Instant
  readonly idleUntil: Instant
}

export async function insertSession(tx: Tx, session: NewSession): Promise<void> {
  const { tokenHash, actorId, level, madeAt, expiresAt, idleUntil } = session
  await tx.query(
    `insert into kernel.session (token_hash, actor_id, level, made_at, expires_at, idle_until)
     values ($1, $2, $3, $4, $5, $6)`,
    [tokenHash, actorId, level, madeAt, expiresAt, idleUntil],
  )
}

/** Moves on, with the commit, the moment until which a session may lie idle. */
export function renewSession(tx: Tx, tokenHash: Buffer, idleUntil: Instant): void {
  tx.atCommit(
    'kernel.session-renew',
    'update kernel.session set idle_until = $2 where token_hash = $1',
    [tokenHash, idleUntil],
  )
}

export async function storeSessionEnd(tx: Tx, tokenHash: Buffer, at: Instant): Promise<void> {
  await tx.query(
    'update kernel.session set ended_at = $2 where token_hash = $1 and ended_at is null',
    [tokenHash, at],
  )
}
