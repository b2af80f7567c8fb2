import { isDeepStrictEqual } from 'node:util'
import { earliest, type PartialDay, type PlainDay, Refusal } from '../../kernel/index.ts'
import type { Revision } from '../facts.ts'
import type { ActId, Fact, FactKind, FactValues, PersonId } from '../types.ts'

/** What holds of whom: the part of a fact that a change begins with. */
export interface Slot {
  readonly kind: FactKind
  readonly key: string
}

const END = '9999-12-31' as PlainDay
const endOf = (fact: { readonly to: PlainDay | null }): PlainDay => fact.to ?? END

/** The believed row of a slot that holds on a day. */
export function findOn(facts: readonly Fact[], slot: Slot, day: PlainDay): Fact | undefined {
  return facts.find(
    (fact) =>
      fact.kind === slot.kind && fact.key === slot.key && fact.from <= day && day < endOf(fact),
  )
}

/** The value that holds on a day, of a kind without keys or with one. */
export function valueOn<Kind extends FactKind>(
  facts: readonly Fact[],
  [kind, day, key]: readonly [kind: Kind, day: PlainDay, key?: string],
): FactValues[Kind] | undefined {
  return findOn(facts, { kind, key: key ?? '' }, day)?.value as FactValues[Kind] | undefined
}

/** The last value believed of a kind, of whatever day: of the deceased the one before death. */
export function lastValue<Kind extends FactKind>(
  facts: readonly Fact[],
  kind: Kind,
  key = '',
): FactValues[Kind] | undefined {
  return facts.findLast((fact) => fact.kind === kind && fact.key === key)?.value as
    | FactValues[Kind]
    | undefined
}

/** The first day of a person's life as it is believed; every fact begins on it or later. */
export const firstDay = (believed: readonly Fact[]): PlainDay | undefined =>
  believed.find((fact) => fact.kind === 'birth')?.from

export interface Correction extends Slot {
  /** A day on which the wrong value is believed to hold. */
  readonly on: PlainDay
  readonly value: unknown
}

/**
 * A clerical correction: what was written wrongly is replaced for as long as it was believed to
 * hold, as if it had never been written.
 */
export function correctionOf(
  personId: PersonId,
  believed: readonly Fact[],
  { kind, key, on, value }: Correction,
): Revision {
  const wrong = findOn(believed, { kind, key }, on)
  if (wrong === undefined) throw new Refusal('fact.not-found', { kind })
  if (isDeepStrictEqual(wrong.value, value)) throw new Refusal('fact.nothing-changed', { kind })
  return { personId, kind, key, from: wrong.from, to: wrong.to, value } as Revision
}

export interface Amendment extends Slot {
  readonly from: PlainDay
  /** The first day it no longer holds; null: until the next change already on record. */
  readonly to: PlainDay | null
  /** Null: nothing holds any longer. */
  readonly value: unknown
}

/** A legal change: another value holds from a day, until the next change already on record. */
export function amendmentOf(
  personId: PersonId,
  believed: readonly Fact[],
  { kind, key, from, to, value }: Amendment,
): Revision {
  if (to !== null && to <= from) throw new Refusal('fact.day-order', { field: 'to' })
  const same = believed.filter((fact) => fact.kind === kind && fact.key === key)
  const next = same.find((fact) => fact.from > from)?.from ?? null
  const until = to ?? next
  const before = findOn(same, { kind, key }, from)
  const unchanged =
    value === null
      ? !same.some((fact) => fact.from < (until ?? END) && from < endOf(fact))
      : before !== undefined &&
        endOf(before) >= (until ?? END) &&
        isDeepStrictEqual(before.value, value)
  if (unchanged) throw new Refusal('fact.nothing-changed', { kind })
  return { personId, kind, key, from, to: until, value } as Revision
}

/**
 * What moves when a person turns out to have been born on another day: everything that held from
 * birth holds from the new one, and nothing holds before it.
 */
export function birthShift(
  personId: PersonId,
  believed: readonly Fact[],
  born: PartialDay,
): Revision[] {
  const before = firstDay(believed)
  const after = earliest(born)
  const moved: Revision[] = []
  for (const { kind, key, value, from, to } of believed) {
    const of = { personId, kind, key }
    if (kind === 'birth') continue
    if (from === before && after < from) {
      moved.push({ ...of, from: after, to: from, value } as Revision)
    } else if (from < after) {
      const until = to !== null && to < after ? to : after
      moved.push({ ...of, from, to: until, value: null } as Revision)
    }
  }
  return moved
}

/**
 * Takes an act back: what it superseded holds again and what it recorded does not, except on days
 * of which a later act has said something else.
 */
export function reversalOf(
  history: readonly (Fact & { readonly personId: PersonId })[],
  actId: ActId,
): Revision[] {
  const lost = history.filter((row) => row.supersededBy === actId)
  const made = history.filter((row) => row.actId === actId && row.supersededAt === null)
  const others = history.filter((row) => row.actId !== actId && row.supersededAt === null)
  const restored = lost.flatMap((row) =>
    without(row, others).map((days) => ({ ...slotOf(row), ...days, value: row.value })),
  )
  const removed = made.flatMap((row) =>
    without(row, lost).map((days) => ({ ...slotOf(row), ...days, value: null })),
  )
  return [...restored, ...removed] as Revision[]
}

type Owned = Fact & { readonly personId: PersonId }
const slotOf = ({ personId, kind, key }: Owned) => ({ personId, kind, key })

/** The days of a row that none of the others of its slot covers. */
function without(row: Owned, others: readonly Owned[]): { from: PlainDay; to: PlainDay | null }[] {
  const same = others
    .filter((o) => o.personId === row.personId && o.kind === row.kind && o.key === row.key)
    .sort((a, b) => (a.from < b.from ? -1 : 1))
  const left: { from: PlainDay; to: PlainDay | null }[] = []
  let from = row.from
  for (const other of same) {
    if (endOf(other) <= from || other.from >= endOf(row)) continue
    if (other.from > from) left.push({ from, to: other.from })
    from = endOf(other) as PlainDay
  }
  if (from < endOf(row)) left.push({ from, to: row.to })
  return left
}
