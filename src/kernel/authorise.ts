import type { Actor, Grant, Level } from './actor.ts'
import type { Profile } from './profile.ts'
import { Refusal } from './refusal.ts'
import { type Instant, type PlainDay, todayOf } from './time.ts'

/** What is asked of an actor. */
export interface Demand {
  /** Name of the command or query. */
  readonly operation: string
  /** Least authentication level. */
  readonly level: Level
  readonly today: PlainDay
}

/** As much of a kernel as is needed to know what holds today. */
interface Nation {
  readonly profile: Profile
  now(): Instant
}

/** The roles every actor of a kind holds without a grant. */
const OWN_ROLE: Partial<Record<Actor['kind'], string>> = { citizen: 'citizen', agency: 'agency' }

/**
 * The grants under which an actor may do a thing at all; refuses when there is none. Where it may
 * be done is asked by `authoriseArea`, once the record's place is known.
 */
export function authorise(actor: Actor, demand: Demand, profile: Profile): readonly Grant[] {
  const { operation, level } = demand
  const fitting = fittingGrants(actor, demand, profile)
  if (fitting.length === 0) throw new Refusal('actor.not-permitted', { operation })
  if (actor.level < level && actor.kind !== 'system' && actor.kind !== 'operator') {
    throw new Refusal('actor.level-too-low', { operation, level: String(level) })
  }
  return fitting
}

/** Whether an actor may do a thing anywhere: what is not permitted is not offered. */
export function mayDo(nation: Nation, actor: Actor, operation: string): boolean {
  return unitsWhere(nation, actor, operation).length > 0
}

/** The units over which an actor may do a thing today; 'nation' is one. */
export function unitsWhere(nation: Nation, actor: Actor, operation: string): readonly string[] {
  const today = todayOf(nation)
  const grants = fittingGrants(actor, { operation, today }, nation.profile)
  return [...new Set(grants.map(({ unit }) => unit))]
}

function fittingGrants(
  actor: Actor,
  { operation, today }: Pick<Demand, 'operation' | 'today'>,
  profile: Profile,
): readonly Grant[] {
  const own = OWN_ROLE[actor.kind]
  const held: readonly Grant[] =
    own === undefined ? actor.grants : [{ role: own, unit: 'own', from: today, to: null }]
  return held.filter(
    (grant) =>
      grant.from <= today &&
      (grant.to === null || today < grant.to) &&
      permits(profile, grant.role, operation),
  )
}

const permitted = new WeakMap<Profile, Map<string, ReadonlySet<string>>>()

function permits(profile: Profile, role: string, operation: string): boolean {
  let roles = permitted.get(profile)
  if (roles === undefined) {
    roles = new Map(
      Object.entries(profile.roles).map(([name, { operations }]) => [name, new Set(operations)]),
    )
    permitted.set(profile, roles)
  }
  const operations = roles.get(role)
  return operations?.has(operation) === true || operations?.has('*') === true
}

/** The grant whose unit holds the record: `area` lists its unit and all above, up to 'nation'. */
export function findGrantFor(grants: readonly Grant[], area: readonly string[]): Grant | undefined {
  return grants.find((grant) => grant.unit === 'nation' || area.includes(grant.unit))
}
