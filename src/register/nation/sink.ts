import type { NationAct } from '../../kernel/profile.ts'
import { FOREVER } from './days.ts'

/** A moment that has not come. */
export const NEVER = 0

/** The acts of a part, by index. */
export const ACTS: readonly NationAct[] = [
  'opening',
  'birth',
  'death',
  'marriage',
  'divorce',
  'residence',
  'household',
  'units',
  'correction',
]
export const ACT = {
  opening: 0,
  birth: 1,
  death: 2,
  marriage: 3,
  divorce: 4,
  residence: 5,
  household: 6,
  units: 7,
  correction: 8,
} as const

/** One row of the register: days as in days.ts, moments in seconds since 2000-01-01 UTC. */
export interface FactRow {
  readonly kind: string
  readonly key: string
  readonly from: number
  /** FOREVER: no end. */
  readonly to: number
  /** JSON text. */
  readonly value: string
  /** Index of the act in `ACTS`. */
  readonly act: number
  readonly recorded: number
  /** NEVER while believed. */
  readonly superseded: number
  /** The act that superseded it; of no meaning while believed. */
  readonly by: number
}

/** Takes what a part tells; persons and households by their index in it. */
export interface NationSink {
  person(person: number, recorded: number): void
  fact(person: number, row: FactRow): void
  household(household: number, recorded: number): void
  householdFact(household: number, row: FactRow): void
  member(household: number, person: number): void
  number(person: number, number: string): void
  oldNumber(person: number, number: string): void
  search(person: number, tokens: readonly string[]): void
  review(person: number, row: { readonly unit: string; readonly recorded: number }): void
}

/** What made something known: the act, and the moment it was recorded. */
export interface Event {
  readonly act: number
  readonly known: number
}

/** A value that held from a day to a day, and how its beginning and its end became known. */
export interface Span {
  readonly kind: string
  readonly key: string
  readonly value: string
  readonly from: number
  /** FOREVER: no end, and `end` is of no meaning. */
  readonly to: number
  readonly begin: Event
  readonly end: Event
}

export type TakeRow = (row: FactRow) => void

/**
 * Tells a span as the register would have come to know it: first open, and once its end is known
 * superseded by the same value up to that day, under the act it always rested on.
 */
export function tell(span: Span, row: TakeRow): void {
  const { kind, key, value, from, to, begin, end } = span
  if (to <= from) return
  const { act, known } = begin
  if (to === FOREVER || end.known <= known) {
    row({ kind, key, from, to, value, act, recorded: known, superseded: NEVER, by: act })
    return
  }
  const superseded = end.known
  row({ kind, key, from, to: FOREVER, value, act, recorded: known, superseded, by: end.act })
  row({ kind, key, from, to, value, act, recorded: superseded, superseded: NEVER, by: act })
}

/**
 * Tells the spans of one kind and key that follow each other. What happened later may be declared
 * sooner; it is then recorded together with what had to be known before it.
 */
export class Sequence {
  private readonly row: TakeRow
  private known = 0

  constructor(row: TakeRow) {
    this.row = row
  }

  tell(span: Span): void {
    if (span.to <= span.from) return
    const begin = notBefore(span.begin, this.known)
    const end = notBefore(span.end, begin.known)
    if (span.to !== FOREVER) this.known = end.known
    tell(begin === span.begin && end === span.end ? span : { ...span, begin, end }, this.row)
  }
}

function notBefore(event: Event, known: number): Event {
  return event.known >= known ? event : { act: event.act, known }
}
