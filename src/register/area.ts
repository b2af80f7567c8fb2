import { type Context, compare, type PlainDay, Refusal } from '../kernel/index.ts'
import { listFactsOfKinds } from './store.ts'
import type { Birth, Fact, FactKind, PersonId, Residence, UnitId } from './types.ts'
import { unitsOf } from './unit/units.ts'

/** Where and when something is looked up; a command's or a query's context is one. */
export type Within = Pick<Context, 'tx' | 'kernel' | 'today'>

/** The kinds of facts that tell where a person belongs. */
const HOME_KINDS: readonly FactKind[] = ['permanent', 'temporary', 'current', 'birth', 'death']

const RESIDENCES: readonly FactKind[] = ['permanent', 'temporary', 'current']

/**
 * The unit whose officers are in charge of a person: of the permanent residence, else the temporary
 * one, else where they stay; of someone deceased or gone, the last there was, else the place of
 * birth registration. Null: nowhere in the nation. `register.home_unit` is the same rule in SQL.
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

/** A split of a split of a split has not been seen; more would be a circle. */
const SPLITS_MOST = 8

/**
 * The units that hold a unit, up to 'nation'. One that has ended also lies in its successors: whose
 * residence waits for the review of a split is in the area of each.
 */
export async function areaOfUnit(within: Within, unit: UnitId | null): Promise<readonly string[]> {
  if (unit === null) return ['nation']
  const directory = await unitsOf(within)
  const here = new Set<UnitId>([unit])
  let last: readonly UnitId[] = [unit]
  for (let depth = 0; depth < SPLITS_MOST && last.length > 0; depth++) {
    last = last.flatMap((id) => directory.successorsOf(id)).filter((id) => !here.has(id))
    for (const id of last) here.add(id)
  }
  return [...new Set([...here].flatMap((id) => directory.pathOf(id, within.today)))]
}

/** The units, from the one in charge of a person up to 'nation'. */
export async function areaOfPerson(within: Within, personId: PersonId): Promise<readonly string[]> {
  const facts = await listFactsOfKinds(within.tx, personId, HOME_KINDS)
  return areaOfUnit(within, homeUnit(facts, within.today))
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
export async function requireUnits(within: Within, wishes: readonly UnitWish[]): Promise<void> {
  if (wishes.length === 0) return
  const directory = await unitsOf(within)
  for (const { unit, field, from, to } of wishes) {
    if (directory.find(unit) === undefined) throw new Refusal('unit.not-found', { field })
    // The id carries the first day of the unit: the first of the wished days on which it may be.
    const since = unit.slice(unit.indexOf('@') + 1) as PlainDay
    const day = compare(since, from) > 0 ? since : from
    const fits = (to === null || day < to) && directory.find(unit, day) !== undefined
    if (!fits) throw new Refusal('unit.not-valid-on-day', { field })
  }
}
