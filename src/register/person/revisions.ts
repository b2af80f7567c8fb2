import { isDeepStrictEqual } from 'node:util'
import { type PlainDay, Refusal } from '../../kernel/index.ts'
import type { Revision } from '../facts.ts'
import type { ActId, Fact, FactKind, FactValues, PersonId } from '../types.ts'

/** A fact, and whose it is. */
export type OwnedFact = Fact & { readonly personId: PersonId }

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
 * What moves when a person turns out to have been born on another day: what held from birth holds
 * from the new one, and nothing holds before it. `believed` may be another's, of the same ties.
 */
export function birthShift(
  believed: readonly OwnedFact[],
  { before, after }: { readonly before: PlainDay; readonly after: PlainDay },
): Revision[] {
  const moved: Revision[] = []
  for (const { personId, kind, key, value, from, to } of believed) {
    const of = { personId, kind, key }
    if (from === before && after < from) {
      moved.push({ ...of, from: after, to: from, value } as Revision)
    } else if (from < after) {
      const until = to !== null && to < after ? to : after
      moved.push({ ...of, from, to: until, value: null } as Revision)
    }
  }
  return moved
}

export interface Reversal {
  /** What the acts superseded and no later act has replaced: it holds again. */
  readonly restored: readonly Revision[]
  /** What the acts recorded where nothing had been: it no longer holds. */
  readonly removed: readonly Revision[]
}

/**
 * Takes acts back, one or a chain of acts that continued each other: what they superseded holds
 * again and what they recorded does not, except on days of which another act has said something.
 * `history` is every row of the records concerned.
 */
export function reversalOf(history: readonly OwnedFact[], acts: ReadonlySet<ActId>): Reversal {
  const believed = history.filter((row) => row.supersededAt === null)
  const others = believed.filter((row) => !acts.has(row.actId))
  const made = believed.filter((row) => acts.has(row.actId))
  const lost = history
    .filter((row) => row.supersededBy !== null && acts.has(row.supersededBy))
    .sort((a, b) => compare(a.supersededAt, b.supersededAt))
  const restored: OwnedFact[] = []
  for (const row of lost) {
    // Of two acts of a chain, the first superseded what had held before all of them.
    for (const days of without(row, [...others, ...restored])) restored.push({ ...row, ...days })
  }
  const removed = made.flatMap((row) =>
    without(row, lost).map((days) => ({ ...slotOf(row), ...days, value: null }) as Revision),
  )
  return {
    restored: restored.map((row) => {
      const { from, to, value } = row
      return { ...slotOf(row), from, to, value } as Revision
    }),
    removed,
  }
}

const compare = (a: string | null, b: string | null): number => (a ?? '').localeCompare(b ?? '')
const slotOf = ({ personId, kind, key }: OwnedFact) => ({ personId, kind, key })

/** The days of a row that none of the others of its slot covers. */
export function without(row: OwnedFact, others: readonly OwnedFact[]): Span[] {
  const same = others.filter(
    (one) => one.personId === row.personId && one.kind === row.kind && one.key === row.key,
  )
  return gaps(row, same)
}

export interface Span {
  readonly from: PlainDay
  /** The first day it no longer holds; null: without end. */
  readonly to: PlainDay | null
}

/** The days of a span that no other covers. */
export function gaps(span: Span, others: readonly Span[]): Span[] {
  const left: Span[] = []
  let { from } = span
  for (const other of [...others].sort((a, b) => compare(a.from, b.from))) {
    if (endOf(other) <= from || other.from >= endOf(span)) continue
    if (other.from > from) left.push({ from, to: other.from })
    from = endOf(other)
  }
  if (from < endOf(span)) left.push({ from, to: span.to })
  return left
}
