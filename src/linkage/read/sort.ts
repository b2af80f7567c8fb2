import { radixSort } from './radix.ts'

/** Texts as `Texts` keeps them. */
export interface TextList {
  readonly bytes: Uint8Array
  readonly offsets: Uint32Array
  readonly count: number
}

/** Fewer than these are sorted by insertion. */
const FEW = 12
/** Fewer than these are not worth the tables of a radix sort. */
const SOME = 1024

/**
 * Numbers of texts in the order of their UTF-8 bytes, which is that of their code points. As many
 * of a text's bytes as fit make one key; texts whose keys agree are sorted again by the bytes that
 * follow. Bytes are counted by their rank among those that occur, so that a key holds nine decimal
 * digits or five letters. No text may hold a NUL.
 */
export function sortTexts(texts: TextList): Uint32Array {
  const order = new Uint32Array(texts.count)
  for (let text = 0; text < order.length; text++) order[text] = text
  const alphabet = alphabetOf(texts)
  const runs = [0, texts.count, 0]
  while (runs.length > 0) {
    const depth = runs.pop() as number
    const end = runs.pop() as number
    const begin = runs.pop() as number
    const run = order.subarray(begin, end)
    if (run.length <= FEW) insertionSort(texts, run, depth)
    else sortRun(texts, run, { alphabet, begin, depth, runs })
  }
  return order
}

/** Ranks of bytes from 1; 0 stands for the end of a text. */
interface Alphabet {
  readonly ranks: Uint8Array
  readonly base: number
  /** How many ranks a key of 32 bits holds. */
  readonly width: number
}

function alphabetOf({ bytes, offsets, count }: TextList): Alphabet {
  const ranks = new Uint8Array(256)
  const end = offsets[count] as number
  for (let at = 0; at < end; at++) ranks[bytes[at] as number] = 1
  let base = 1
  for (let byte = 0; byte < 256; byte++) if (ranks[byte] === 1) ranks[byte] = base++
  let width = 1
  while (base > 1 && base ** (width + 1) <= 2 ** 32 && width < 32) width++
  return { ranks, base, width }
}

interface Run {
  readonly alphabet: Alphabet
  readonly begin: number
  readonly depth: number
  /** Takes the runs that agree in the bytes looked at: begin, end, depth. */
  readonly runs: number[]
}

function sortRun(texts: TextList, run: Uint32Array, { alphabet, begin, depth, runs }: Run): void {
  const keys = keysOf(texts, run, { alphabet, depth })
  if (run.length < SOME) sortSome(keys, run)
  else radixSort(keys, run)
  const next = depth + alphabet.width
  for (let first = 0; first < keys.length; ) {
    const key = keys[first] as number
    let end = first + 1
    while (end < keys.length && keys[end] === key) end++
    // Texts that have come to their ends are equal.
    if (end - first > 1 && key % alphabet.base !== 0) runs.push(begin + first, begin + end, next)
    first = end
  }
}

/** Key and place make one exact double, and doubles are sorted natively. */
function sortSome(keys: Uint32Array, run: Uint32Array): void {
  const before = run.slice()
  const placed = new Float64Array(keys.length)
  for (let place = 0; place < keys.length; place++) {
    placed[place] = (keys[place] as number) * SOME + place
  }
  placed.sort()
  for (let place = 0; place < placed.length; place++) {
    const one = placed[place] as number
    const key = Math.floor(one / SOME)
    keys[place] = key
    run[place] = before[one - key * SOME] as number
  }
}

function keysOf(
  { bytes, offsets }: TextList,
  run: Uint32Array,
  { alphabet, depth }: { readonly alphabet: Alphabet; readonly depth: number },
): Uint32Array {
  const { ranks, base, width } = alphabet
  const keys = new Uint32Array(run.length)
  for (let place = 0; place < run.length; place++) {
    const text = run[place] as number
    const from = (offsets[text] as number) + depth
    const to = offsets[text + 1] as number
    let key = 0
    for (let at = from; at < from + width; at++) {
      key = key * base + (at < to ? (ranks[bytes[at] as number] as number) : 0)
    }
    keys[place] = key
  }
  return keys
}

function insertionSort(texts: TextList, run: Uint32Array, depth: number): void {
  for (let place = 1; place < run.length; place++) {
    const text = run[place] as number
    let to = place
    for (; to > 0 && follows(texts, run[to - 1] as number, { text, depth }); to--) {
      run[to] = run[to - 1] as number
    }
    run[to] = text
  }
}

function follows(
  { bytes, offsets }: TextList,
  one: number,
  { text, depth }: { text: number; depth: number },
): boolean {
  let a = (offsets[one] as number) + depth
  let b = (offsets[text] as number) + depth
  const endA = offsets[one + 1] as number
  const endB = offsets[text + 1] as number
  for (; a < endA && b < endB; a++, b++) {
    const difference = (bytes[a] as number) - (bytes[b] as number)
    if (difference !== 0) return difference > 0
  }
  return endA - a > endB - b
}

/** Whether two texts are the same. */
export function isSame({ bytes, offsets }: TextList, one: number, other: number): boolean {
  let a = offsets[one] as number
  let b = offsets[other] as number
  const end = offsets[one + 1] as number
  if (end - a !== (offsets[other + 1] as number) - b) return false
  for (; a < end; a++, b++) if (bytes[a] !== bytes[b]) return false
  return true
}
