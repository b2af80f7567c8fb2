import type { Tx } from './database.ts'
import type { Instant, PlainDay } from './time.ts'

export type ActorKind = 'citizen' | 'officer' | 'agency' | 'operator' | 'system'

/** A role held over a unit, or over the `nation`, from a day to a day. */
export interface Grant {
  readonly role: string
  readonly unit: string
  readonly from: PlainDay
  /** The first day it no longer holds; null: without end. */
  readonly to: PlainDay | null
}

/** Authentication levels of Decree 69/2024; 0 is the program itself or nobody. */
export type Level = 0 | 1 | 2 | 3 | 4

/** Whoever acts. Found by `actorOf(request)`, never built from what a request claims. */
export interface Actor {
  readonly id: string
  readonly kind: ActorKind
  readonly name: string
  /** The agency, or the office an officer serves. */
  readonly body: string | null
  readonly unit: string | null
  readonly personId: string | null
  readonly agencyId: string | null
  readonly level: Level
  readonly grants: readonly Grant[]
}

/** The program acting for itself: imports, timed jobs, the demonstration nation. */
export const SYSTEM: Actor = {
  id: '00000000-0000-7000-8000-000000000001',
  kind: 'system',
  name: 'Gốc',
  body: 'Gốc',
  unit: null,
  personId: null,
  agencyId: null,
  level: 0,
  grants: [{ role: 'system', unit: 'nation', from: '0001-01-01' as PlainDay, to: null }],
}

/** The operator at the command line: whoever can read the keys of this installation. */
export const OPERATOR: Actor = {
  ...SYSTEM,
  id: '00000000-0000-7000-8000-000000000002',
  kind: 'operator',
  name: 'goc',
  grants: [{ role: 'operator', unit: 'nation', from: '0001-01-01' as PlainDay, to: null }],
}

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
