import { isDeepStrictEqual } from 'node:util'
import { type PlainDay, Refusal } from '../../kernel/index.ts'
import { type Revision, revision } from '../facts.ts'
import { findOn, firstDay, type OwnedFact } from '../person/revisions.ts'
import type { FactKind, PersonId, Residence, UnitId } from '../types.ts'
import type { UnitDirectory } from '../unit/directory.ts'

/** A stay as it is declared. */
export interface Stay {
  readonly residence: Residence
  readonly from: PlainDay
  /** The first day it no longer holds; null: without an end. */
  readonly to: PlainDay | null
}

export type ResidenceKind = 'permanent' | 'temporary' | 'current'

/** A day of residence: it has come, and nobody lives anywhere before being born. */
export function checkedFrom(
  day: PlainDay,
  today: PlainDay,
  believed: readonly OwnedFact[],
): PlainDay {
  if (day > today) throw new Refusal('fact.in-future', { field: 'on' })
  const born = firstDay(believed)
  if (born !== undefined && day < born) throw new Refusal('fact.day-order', { field: 'on' })
  return day
}

export interface Frame {
  readonly directory: UnitDirectory
  readonly today: PlainDay
}

/**
 * A residence registered late goes on in the unit its own went into; one that was split since then
 * cannot, as nobody has said in which part the house stands. What is to come is left to the recode.
 */
export function staysOf(
  { directory, today }: Frame,
  { residence, from, to }: Stay,
): readonly Stay[] {
  const stays: Stay[] = []
  let unit: UnitId | undefined = residence.unit
  let at = from
  while (unit !== undefined) {
    if (directory.find(unit) === undefined) throw new Refusal('unit.not-found', { field: 'unit' })
    if (!directory.isResidential(unit, at)) {
      throw new Refusal('unit.not-valid-on-day', { field: 'unit', day: at })
    }
    const end: PlainDay | null = directory.find(unit)?.to ?? null
    const here = { ...residence, unit }
    if (end === null || end > today || (to !== null && to <= end))
      return [...stays, { residence: here, from: at, to }]
    stays.push({ residence: here, from: at, to: end })
    at = end
    unit = directory.wholeSuccessorOf(unit)
  }
  throw new Refusal('unit.not-valid-on-day', { field: 'unit', day: at })
}

/** The next day on which something else of this kind is on record. */
export function nextOf(
  believed: readonly OwnedFact[],
  kind: FactKind,
  from: PlainDay,
): PlainDay | null {
  return believed.find((fact) => fact.kind === kind && fact.from > from)?.from ?? null
}

interface Registered {
  readonly personId: PersonId
  readonly believed: readonly OwnedFact[]
  readonly kind: ResidenceKind
}

/**
 * The residence of a kind from a day on: it takes the place of the one before, and lasts until its
 * end or until the next on record.
 *
 * @throws Refusal `residence.exists` when the same is on record for these days
 */
export function registration(
  { personId, believed, kind }: Registered,
  stay: Stay,
  frame: Frame,
): Revision[] {
  const { from, residence } = stay
  const next = nextOf(believed, kind, from)
  const to = earlier(stay.to, next)
  if (to !== null && to <= from) throw new Refusal('fact.day-order', { field: 'until' })
  const before = findOn(believed, { kind, key: '' }, from)
  if (before !== undefined && isDeepStrictEqual(before.value, residence) && before.to === to) {
    throw new Refusal('residence.exists')
  }
  return staysOf(frame, { residence, from, to }).map((one) =>
    revision({ personId, kind, from: one.from, to: one.to, value: one.residence }),
  )
}

/** Ends what holds of a kind on a day; empty where nothing does. */
export function ending(
  { personId, believed, kind }: Omit<Registered, 'kind'> & { readonly kind: FactKind },
  on: PlainDay,
): Revision[] {
  const held = findOn(believed, { kind, key: '' }, on)
  if (held === undefined) return []
  return [{ personId, kind, from: on, to: held.to, value: null }]
}

/**
 * What a permanent residence at a new place makes untrue: a temporary one in the same unit, where
 * the person was said to stay for want of one, and an absence from the place that was left.
 */
export function endedByMoving(
  personId: PersonId,
  believed: readonly OwnedFact[],
  { residence, from }: Stay,
): Revision[] {
  const temporary = findOn(believed, { kind: 'temporary', key: '' }, from)
  const same = (temporary?.value as Residence | undefined)?.unit === residence.unit
  return [
    ...(same ? ending({ personId, believed, kind: 'temporary' }, from) : []),
    ...ending({ personId, believed, kind: 'current' }, from),
    ...ending({ personId, believed, kind: 'absence' }, from),
  ]
}

function earlier(a: PlainDay | null, b: PlainDay | null): PlainDay | null {
  if (a === null || b === null) return a ?? b
  return a <= b ? a : b
}
