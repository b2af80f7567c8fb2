import { mark, type PairMeasure, places, popcount, unmark, WORD } from './bits.ts'
import { BAG, HEAD, LEAD, LENGTH, type Packed } from './packed.ts'

/**
 * Jaro-Winkler similarity as the record-linkage literature has it (Winkler 1990): the Jaro
 * similarity, raised by a tenth of what it lacks of 1 for each of up to four letters the two
 * begin with alike, where it is above 0.7. Transposed letters are counted in whole pairs. Strings
 * up to a word of bits are marked a bit a place; longer ones take the plain way to the same result.
 */
const BOOST_ABOVE = 0.7
const PREFIX_MOST = 4
const PREFIX_SCALE = 0.1
/** More than a bound loses in rounding. */
const ROUNDING = 1e-9

/** Whether two strings of one length are already in the order of their letters. */
function inOrder(units: Uint16Array, a: number, b: number): boolean {
  for (let at = 0; ; at++) {
    const left = units[a + at]
    const right = units[b + at]
    if (left !== right) return (left ?? 0) < (right ?? 0)
    if (left === undefined) return true
  }
}

function jaroOfWords(packed: Packed, a: number, b: number): number {
  const { units, heads } = packed
  const [fromA, lengthA] = [heads[a * HEAD] as number, heads[a * HEAD + LENGTH] as number]
  const [fromB, lengthB] = [heads[b * HEAD] as number, heads[b * HEAD + LENGTH] as number]
  const reach = Math.max(0, (lengthB >> 1) - 1)
  mark(units, fromA, lengthA)
  let window = reach + 1 >= WORD ? -1 : (1 << (reach + 1)) - 1
  let takenA = 0
  let takenB = 0
  let matches = 0
  for (let at = 0; at < lengthB; at++) {
    const free = (places[units[fromB + at] as number] as number) & window & ~takenA
    if (free !== 0) {
      takenA |= free & -free
      takenB |= 1 << at
      matches++
    }
    window = at < reach ? (window << 1) | 1 : window << 1
  }
  let moved = 0
  while (takenB !== 0) {
    const at = 31 - Math.clz32(takenB & -takenB)
    if (((places[units[fromB + at] as number] as number) & takenA & -takenA) === 0) moved++
    takenB &= takenB - 1
    takenA &= takenA - 1
  }
  unmark(units, fromA, lengthA)
  if (matches === 0) return 0
  return (matches / lengthA + matches / lengthB + (matches - (moved >> 1)) / matches) / 3
}

let takenLong = new Uint8Array(256)
let matchedLong = new Uint16Array(256)

function jaroOfLong(packed: Packed, a: number, b: number): number {
  const { units, heads } = packed
  const [fromA, lengthA] = [heads[a * HEAD] as number, heads[a * HEAD + LENGTH] as number]
  const [fromB, lengthB] = [heads[b * HEAD] as number, heads[b * HEAD + LENGTH] as number]
  const reach = Math.max(0, (lengthB >> 1) - 1)
  if (takenLong.length < lengthA) takenLong = new Uint8Array(lengthA * 2)
  if (matchedLong.length < lengthA) matchedLong = new Uint16Array(lengthA * 2)
  takenLong.fill(0, 0, lengthA)
  let matches = 0
  for (let at = 0; at < lengthB; at++) {
    const unit = units[fromB + at] as number
    const last = Math.min(lengthA - 1, at + reach)
    for (let place = Math.max(0, at - reach); place <= last; place++) {
      if (takenLong[place] === 0 && units[fromA + place] === unit) {
        takenLong[place] = 1
        matchedLong[matches++] = unit
        break
      }
    }
  }
  if (matches === 0) return 0
  let moved = 0
  let next = 0
  for (let place = 0; place < lengthA; place++) {
    if (takenLong[place] === 1 && units[fromA + place] !== matchedLong[next++]) moved++
  }
  return (matches / lengthA + matches / lengthB + (matches - (moved >> 1)) / matches) / 3
}

/**
 * Tells at a glance that two strings, not empty and not the same, have a Jaro-Winkler similarity
 * below `least`: from their lengths, their letters and what they begin with.
 */
export function mayReach(packed: Packed, least: number): (a: number, b: number) => boolean {
  const { heads } = packed
  return (a, b) => {
    const lengthA = heads[a * HEAD + LENGTH] as number
    const lengthB = heads[b * HEAD + LENGTH] as number
    const bagA = heads[a * HEAD + BAG] as number
    const bagB = heads[b * HEAD + BAG] as number
    const most = Math.min(lengthA - popcount(bagA & ~bagB), lengthB - popcount(bagB & ~bagA))
    const bound = (most / lengthA + most / lengthB + 1) / 3
    const leads = (heads[a * HEAD + LEAD] as number) ^ (heads[b * HEAD + LEAD] as number)
    const alike = Math.clz32(leads) >>> 3
    return bound + alike * PREFIX_SCALE * (1 - bound) + ROUNDING >= least
  }
}

/**
 * Jaro-Winkler of two strings by number; 0 where it is surely below `least`. The order of the two
 * makes no difference: of shorter and longer, then of the alphabet, one is always read first.
 */
export function jaroWinklerOf(packed: Packed, least: number): PairMeasure {
  const { units, heads } = packed
  const mayBe = mayReach(packed, least)
  return (a, b) => {
    if (a === b) return a === 0 ? 0 : 1
    const lengthA = heads[a * HEAD + LENGTH] as number
    const lengthB = heads[b * HEAD + LENGTH] as number
    if (lengthA === 0 || lengthB === 0 || !mayBe(a, b)) return 0
    const [fromA, fromB] = [heads[a * HEAD] as number, heads[b * HEAD] as number]
    const straight = lengthA < lengthB || (lengthA === lengthB && inOrder(units, fromA, fromB))
    const measure = lengthA <= WORD && lengthB <= WORD ? jaroOfWords : jaroOfLong
    const jaro = straight ? measure(packed, a, b) : measure(packed, b, a)
    if (jaro <= BOOST_ABOVE) return jaro
    let prefix = 0
    const longest = Math.min(PREFIX_MOST, lengthA, lengthB)
    while (prefix < longest && units[fromA + prefix] === units[fromB + prefix]) prefix++
    return jaro + prefix * PREFIX_SCALE * (1 - jaro)
  }
}
