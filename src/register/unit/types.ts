import { compare, type PlainDay, type Profile } from '../../kernel/index.ts'
import type { UnitId } from '../types.ts'

export type UnitRules = Profile['units']
export type UnitFact = UnitRules['builtIn'][number]

/** What is true of a unit from a day to a day; several rows, when it was renamed, share its id. */
export interface Unit {
  readonly id: UnitId
  readonly code: string
  readonly level: string
  /** Id of the profile's `UnitKind`. */
  readonly kind: string
  readonly name: string
  /** The unit above; null at the highest level. */
  readonly parent: UnitId | null
  readonly from: PlainDay
  /** The first day it is no longer true; null: it still is. */
  readonly to: PlainDay | null
}

/** A unit that ended went into another, as a whole or in part. */
export interface Succession {
  readonly unit: UnitId
  readonly successor: UnitId
  readonly whole: boolean
}

/** The id of the unit whose present extent began on a day. */
export const unitId = (code: string, since: PlainDay): UnitId => `${code}@${since}`

/** Of two days the one that comes later. */
export const laterOf = (a: PlainDay, b: PlainDay): PlainDay => (compare(a, b) < 0 ? b : a)

/** Whether something with these bounds holds on a day. */
export const holdsOn = (
  { from, to }: { readonly from: PlainDay; readonly to: PlainDay | null },
  day: PlainDay,
): boolean => from <= day && (to === null || day < to)
