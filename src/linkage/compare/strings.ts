import { BAG, HEAD, LEAD, LENGTH, type Packed } from './packed.ts'

/**
 * Jaro-Winkler similarity as the record-linkage literature has it (Winkler 1990): the Jaro
 * similarity, raised by a tenth of what it lacks of 1 for each of up to four letters the two
 * begin with alike, where it is above 0.7. Transposed letters are counted in whole pairs.
 * Edit distance counts a letter inserted, dropped, replaced, or swapped with its neighbour (optimal
 * string alignment). Both of strings up to a machine word of 32 letters run a word of bits at a
 * time (Hyyrö 2003); longer ones take the plain way to the same result.
 */
const BOOST_ABOVE = 0.7
const PREFIX_MOST = 4
const PREFIX_SCALE = 0.1
const WORD = 32
/** More than a bound loses in rounding. */
const ROUNDING = 1e-9

/** Where each letter stands in the string just read, a bit a place; zero between calls. */
const places = new Int32Array(65536)

export function popcount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

export type PairMeasure = (a: number, b: number) => number

function mark(units: Uint16Array, from: number, length: number): void {
  for (let at = 0; at < length; at++) {
    const unit = units[from + at] as number
    places[unit] = (places[unit] as number) | (1 << at)
  }
}

function unmark(units: Uint16Array, from: number, length: number): void {
  for (let at = 0; at < length; at++) places[units[from + at] as number] = 0
}

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
