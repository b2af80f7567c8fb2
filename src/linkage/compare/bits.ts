import type { Packed } from './packed.ts'

/** Strings up to this long are compared a word of bits at a time. */
export const WORD = 32

/** Of two strings by number. */
export type PairMeasure = (a: number, b: number) => number

/** Where each letter stands in the string just marked, a bit a place; zero between calls. */
export const places: Int32Array = new Int32Array(65536)

export function mark(units: Packed['units'], from: number, length: number): void {
  for (let at = 0; at < length; at++) {
    const unit = units[from + at] as number
    places[unit] = (places[unit] as number) | (1 << at)
  }
}

export function unmark(units: Packed['units'], from: number, length: number): void {
  for (let at = 0; at < length; at++) places[units[from + at] as number] = 0
}

export function popcount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
