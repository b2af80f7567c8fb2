import type { Dictionaries } from './people.ts'

/**
 * Rows of a file as they are compared: standardised, by the codes of the dictionaries that the
 * register's texts are in too. Row `r` has the r-th place in each.
 */
export interface Claims {
  readonly rows: number
  readonly name: Uint32Array
  readonly birth: Uint32Array
  readonly sex: Uint32Array
  readonly unit: Uint32Array
  /** Key of a number of the present kind; 0: none that can be read. */
  readonly number: Float64Array
  /** Keys of numbers of an older kind, from one column or two. */
  readonly oldNumbers: readonly Float64Array[]
  /** 1: the digits of the number tell another sex or birth year than the row does. */
  readonly contradicts: Uint8Array
}

/** Fields of a file that are compared; one it has not got is not part of the model. */
export const CLAIMED = ['number', 'oldNumber', 'name', 'birth', 'sex', 'unit'] as const
export type Claimed = (typeof CLAIMED)[number]

/** A row must say enough to be somebody: a number and a name or birth, or both of these. */
export function canBeAsked(claims: Claims, row: number): boolean {
  const hasName = claims.name[row] !== 0
  const hasBirth = claims.birth[row] !== 0
  if (hasName && hasBirth) return true
  const hasNumber = claims.number[row] !== 0 || claims.oldNumbers.some((keys) => keys[row] !== 0)
  return hasNumber && (hasName || hasBirth)
}

export interface Texted {
  readonly dictionaries: Dictionaries
  readonly claims: Claims
}
