import { mark, type PairMeasure, places, popcount, unmark, WORD } from './bits.ts'
import { BAG, HEAD, LENGTH, type Packed } from './packed.ts'

/**
 * Edit distance counts a letter inserted, dropped, replaced, or swapped with its neighbour (optimal
 * string alignment). Up to two edits are tried; more are counted a word of bits at a time (Hyyrö
 * 2003), in longer strings within the bound of the table's diagonal.
 */

/** What two strings have between what they begin and end with alike; reused by every call. */
const rest = { fromA: 0, lengthA: 0, fromB: 0, lengthB: 0 }

function trim(packed: Packed, a: number, b: number): void {
  const { units, heads } = packed
  let fromA = heads[a * HEAD] as number
  let fromB = heads[b * HEAD] as number
  let toA = fromA + (heads[a * HEAD + LENGTH] as number)
  let toB = fromB + (heads[b * HEAD + LENGTH] as number)
  while (fromA < toA && fromB < toB && units[fromA] === units[fromB]) {
    fromA++
    fromB++
  }
  while (fromA < toA && fromB < toB && units[toA - 1] === units[toB - 1]) {
    toA--
    toB--
  }
  rest.fromA = fromA
  rest.lengthA = toA - fromA
  rest.fromB = fromB
  rest.lengthB = toB - fromB
}

/** Of the rest; the shorter or either side fits a word. A swap costs two where `swaps` is false. */
function editsOfWord(units: Uint16Array, most: number, swaps: boolean): number {
  const { fromA, lengthA, fromB, lengthB } = rest
  mark(units, fromA, lengthA)
  let [up, down, diagonal, before] = [-1, 0, 0, 0]
  let distance = lengthA
  const last = 1 << (lengthA - 1)
  for (let at = 0; at < lengthB; at++) {
    const here = places[units[fromB + at] as number] as number
    const swapped = swaps ? ((~diagonal & here) << 1) & before : 0
    diagonal = ((((here & up) + up) | 0) ^ up) | here | down | swapped
    const wider = down | ~(diagonal | up)
    const closer = diagonal & up
    if ((wider & last) !== 0) distance++
    else if ((closer & last) !== 0) distance--
    if (distance - (lengthB - at - 1) > most) {
      distance = most + 1
      break
    }
    const shifted = (wider << 1) | 1
    up = (closer << 1) | ~(diagonal | shifted)
    down = shifted & diagonal
    before = here
  }
  unmark(units, fromA, lengthA)
  return Math.min(distance, most + 1)
}

let rows = [new Uint16Array(256), new Uint16Array(256), new Uint16Array(256)]

/** Row by row within `most` of the diagonal. */
function editsOfLong(units: Uint16Array, most: number, swaps: boolean): number {
  const { fromA, lengthA, fromB, lengthB } = rest
  const width = lengthB + 2
  if ((rows[0]?.length ?? 0) < width) rows = rows.map(() => new Uint16Array(width * 2))
  let [older, old, now] = rows as [Uint16Array, Uint16Array, Uint16Array]
  const far = most + 1
  for (let j = 0; j <= lengthB; j++) old[j] = Math.min(j, far)
  for (let i = 1; i <= lengthA; i++) {
    const first = Math.max(1, i - most)
    const final = Math.min(lengthB, i + most)
    now[first - 1] = first === 1 ? Math.min(i, far) : far
    let least = now[first - 1] as number
    const unit = units[fromA + i - 1]
    for (let j = first; j <= final; j++) {
      const other = units[fromB + j - 1]
      const above = j === i + most ? far : (old[j] as number)
      let cost = (old[j - 1] as number) + (unit === other ? 0 : 1)
      cost = Math.min(cost, above + 1, (now[j - 1] as number) + 1)
      if (swaps && i > 1 && j > 1 && unit === units[fromB + j - 2]) {
        if (other === units[fromA + i - 2]) cost = Math.min(cost, (older[j - 2] as number) + 1)
      }
      now[j] = Math.min(cost, far)
      least = Math.min(least, now[j] as number)
    }
    if (least >= far) return far
    const spare = older
    older = old
    old = now
    now = spare
  }
  return old[lengthB] as number
}

/**
 * Whether one edit or less makes two tails equal, of strings that end unlike: the edit then is at
 * their very end.
 */
function closes(units: Uint16Array, tailA: number, tailB: number): boolean {
  const endA = rest.fromA + rest.lengthA
  const endB = rest.fromB + rest.lengthB
  let [a, b] = [tailA, tailB]
  while (a < endA && b < endB && units[a] === units[b]) {
    a++
    b++
  }
  const [lengthA, lengthB] = [endA - a, endB - b]
  if (lengthA <= 1 && lengthB <= 1) return true
  return lengthA === 2 && lengthB === 2 && units[a] === units[b + 1] && units[a + 1] === units[b]
}

/** Of what is left between equal ends, neither side empty: 1, 2, or 3 for more. */
function fewEdits(units: Uint16Array): number {
  const { fromA, lengthA, fromB, lengthB } = rest
  if (closes(units, fromA, fromB)) return 1
  const longer = lengthA - lengthB
  // The first letters differ: one is replaced, left out on a side, or swapped with the next.
  if (longer >= -1 && longer <= 1 && closes(units, fromA + 1, fromB + 1)) return 2
  if (longer >= 0 && closes(units, fromA + 1, fromB)) return 2
  if (longer <= 0 && closes(units, fromA, fromB + 1)) return 2
  if (lengthA < 2 || lengthB < 2) return 3
  const isSwap = units[fromA] === units[fromB + 1] && units[fromA + 1] === units[fromB]
  return isSwap && closes(units, fromA + 2, fromB + 2) ? 2 : 3
}

/** Edit distance of two strings by number up to a bound; the bound and 1 where it is more. */
export type BoundedMeasure = (a: number, b: number, most: number) => number

function edits(packed: Packed, swaps: boolean): BoundedMeasure {
  const { units, heads } = packed
  return (a, b, most) => {
    if (a === b) return 0
    const lengthA = heads[a * HEAD + LENGTH] as number
    const lengthB = heads[b * HEAD + LENGTH] as number
    if (Math.abs(lengthA - lengthB) > most) return most + 1
    const bagA = heads[a * HEAD + BAG] as number
    const bagB = heads[b * HEAD + BAG] as number
    if (popcount(bagA & ~bagB) > most || popcount(bagB & ~bagA) > most) return most + 1
    trim(packed, a, b)
    const least = Math.min(rest.lengthA, rest.lengthB)
    if (least === 0) return Math.min(rest.lengthA + rest.lengthB, most + 1)
    if (most <= 2 && swaps) return Math.min(fewEdits(units), most + 1)
    const bound = Math.min(most, Math.max(lengthA, lengthB))
    const distance =
      rest.lengthA <= WORD ? editsOfWord(units, bound, swaps) : editsOfLong(units, bound, swaps)
    return distance > bound ? most + 1 : distance
  }
}

/** Edit distance with swaps. */
export const boundedEditsOf = (packed: Packed): BoundedMeasure => edits(packed, true)

/** Edit distance with swaps of two strings by number; `most + 1` where it is more than `most`. */
export function editsOf(packed: Packed, most: number): PairMeasure {
  const measure = edits(packed, true)
  return (a, b) => measure(a, b, most)
}

/** Levenshtein distance: a swap costs two. */
export function levenshteinOf(packed: Packed, most: number): PairMeasure {
  const measure = edits(packed, false)
  return (a, b) => measure(a, b, most)
}
