import type { Level } from '../types.ts'

/**
 * The levels of a kind, from a side missing to different. Those named in `byFrequency` say the same
 * thing of both sides.
 */
export function levelsOf(ids: readonly string[], byFrequency: readonly string[]): readonly Level[] {
  return ['missing', ...ids].map((id) => ({ id, byFrequency: byFrequency.includes(id) }))
}

/** The level of values that both say something, and not the same. */
export type Judge = (a: number, b: number) => number
