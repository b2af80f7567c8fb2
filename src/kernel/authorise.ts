import type { Actor, Grant, Level } from './actor.ts'
import type { Profile } from './profile.ts'
import { Refusal } from './refusal.ts'
import { dayOf, type Instant, type PlainDay } from './time.ts'

/** What is asked of an actor. */
export interface Demand {
  /** Name of the command or query. */
  readonly operation: string
  /** Least authentication level. */
  readonly level: Level
  readonly today: PlainDay
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
export function mayDo(
  { profile, now }: { readonly profile: Profile; now(): Instant },
  actor: Actor,
  operation: string,
): boolean {
  const today = dayOf(now(), profile.timeZone)
  return fittingGrants(actor, { operation, today }, profile).length > 0
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
