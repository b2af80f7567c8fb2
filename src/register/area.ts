import { type PlainDay, Refusal, type Tx } from '../kernel/index.ts'
import type { Birth, Fact, FactKind, PersonId, Residence, UnitId } from './types.ts'

/** A unit as the way to it is shown: what it is called on the day asked for. */
export interface UnitStep {
  readonly id: UnitId
  readonly code: string
  readonly name: string
}

/** The kinds of facts that tell where a person belongs. */
export const HOME_KINDS: readonly FactKind[] = [
  'permanent',
  'temporary',
  'current',
  'birth',
  'death',
]

const RESIDENCES: readonly FactKind[] = ['permanent', 'temporary', 'current']

/**
 * The unit whose officers are in charge of a person: of the permanent residence, else the temporary
 * one, else where they stay; of someone deceased or gone, the last there was, else the place of
 * birth registration. Null: nowhere in the nation.
 */
export function homeUnit(facts: readonly Fact[], today: PlainDay): UnitId | null {
  const residences = facts
    .filter((fact) => RESIDENCES.includes(fact.kind) && fact.from <= today)
    .map((fact) => ({ ...fact, ends: fact.to ?? '9999-12-31' }))
    .sort(
      (a, b) =>
        Number(b.ends > today) - Number(a.ends > today) ||
        (a.ends > today ? 0 : b.ends.localeCompare(a.ends)) ||
        RESIDENCES.indexOf(a.kind) - RESIDENCES.indexOf(b.kind),
    )
  const [last] = residences
  const gone = facts.some((fact) => fact.kind === 'death' && (fact.to === null || fact.to > today))
  if (last !== undefined && (last.ends > today || gone)) return (last.value as Residence).unit
  const birth = facts.find((fact) => fact.kind === 'birth')?.value as Birth | undefined
  return birth?.registered?.unit ?? null
}

/**
 * The units that hold a unit, up to 'nation'. One that has ended also lies in its successors: whose
 * residence waits for the review of a split is in the area of each.
 */
export async function areaOfUnit(
  tx: Tx,
  unit: UnitId | null,
  today: PlainDay,
): Promise<readonly string[]> {
  if (unit === null) return ['nation']
  const rows = await tx.prepared<{ unit: string }>(
    'register.area-of-unit',
    `with recursive here (unit_id) as (
       select $1::text collate "C"
       union select s.successor_id from here h join register.unit_successor s using (unit_id)
     ), up (unit_id) as (
       select unit_id from here
       union select a.parent_id from up, lateral (
         select u.parent_id from register.unit u
         where u.unit_id = up.unit_id and lower(u.valid) <= $2::date
         order by lower(u.valid) desc limit 1) a
       where a.parent_id is not null
     )
     select unit_id as unit from up`,
    [unit, today],
  )
  return [...rows.map((row) => row.unit), 'nation']
}

/** The units, from the one in charge of a person up to 'nation'. */
export async function areaOfPerson(
  tx: Tx,
  personId: PersonId,
  today: PlainDay,
): Promise<readonly string[]> {
  const facts = await tx.prepared<Fact>(
    'register.home-facts',
    `select kind, value, lower(valid) as "from", upper(valid) as "to" from register.fact
     where person_id = $1 and kind = any($2) and superseded_at is null`,
    [personId, HOME_KINDS],
  )
  return areaOfUnit(tx, homeUnit(facts, today), today)
}

/** A unit that must have existed at some time from a day to a day; `field` names it in a refusal. */
export interface UnitWish {
  readonly unit: UnitId
  readonly field: string
  readonly from: PlainDay
  /** The first day it need no longer; null: without end. */
  readonly to: PlainDay | null
}

/** Refuses a unit that is unknown, or was not there on any of the days it is said to hold. */
export async function requireUnits(tx: Tx, wishes: readonly UnitWish[]): Promise<void> {
  if (wishes.length === 0) return
  const rows = await tx.prepared<{ field: string; known: boolean; fits: boolean }>(
    'register.units-required',
    `select w.field, bool_or(u.unit_id is not null) as known,
       coalesce(bool_or(u.valid && daterange(w."from", w."to")), false) as fits
     from unnest($1::text[], $2::text[], $3::date[], $4::date[]) as w (unit_id, field, "from", "to")
     left join register.unit u using (unit_id) group by w.field`,
    [
      wishes.map((wish) => wish.unit),
      wishes.map((wish) => wish.field),
      wishes.map((wish) => wish.from),
      wishes.map((wish) => wish.to),
    ],
  )
  for (const { field, known, fits } of rows) {
    if (!known) throw new Refusal('unit.not-found', { field })
    if (!fits) throw new Refusal('unit.not-valid-on-day', { field })
  }
}

/** The way from each of some units up to the highest, the unit itself first. */
export async function unitPaths(
  tx: Tx,
  units: readonly UnitId[],
  today: PlainDay,
): Promise<ReadonlyMap<UnitId, readonly UnitStep[]>> {
  const paths = new Map<UnitId, UnitStep[]>()
  if (units.length === 0) return paths
  const rows = await tx.prepared<UnitStep & { start: UnitId }>(
    'register.unit-paths',
    `with recursive up (start, depth, id, code, name, parent_id) as (
       select w.unit_id, 0, u.unit_id, u.code, u.name, u.parent_id
       from unnest($1::text[]) as w (unit_id), lateral (
         select * from register.unit u where u.unit_id = w.unit_id
         order by lower(u.valid) <= $2::date desc, lower(u.valid) desc limit 1) u
       union all
       select up.start, up.depth + 1, u.unit_id, u.code, u.name, u.parent_id
       from up, lateral (
         select * from register.unit u where u.unit_id = up.parent_id
         order by lower(u.valid) <= $2::date desc, lower(u.valid) desc limit 1) u
     ) cycle id set turns using trail
     select start, id, code, name from up where not turns order by start, depth`,
    [[...new Set(units)], today],
  )
  for (const { start, ...step } of rows) {
    const path = paths.get(start)
    if (path === undefined) paths.set(start, [step])
    else path.push(step)
  }
  return paths
}
