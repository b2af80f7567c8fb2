import { append, emptyPacked, type Packed } from './encode.ts'
import { sharedCodes } from './room.ts'

/** Two sorted lists of texts as one, each text once. */
export interface Merged {
  readonly packed: Packed
  /** By place in the one list: the place in the common one. */
  readonly left: Uint32Array
  readonly right: Uint32Array
}

export function mergePacked(left: Packed, right: Packed): Merged {
  const places = { left: sharedCodes(left.count), right: sharedCodes(right.count) }
  const bytes = (left.offsets[left.count] as number) + (right.offsets[right.count] as number)
  const packed = emptyPacked(left.count + right.count, bytes)
  let place = 0
  let put = 0
  let a = 0
  let b = 0
  while (a < left.count || b < right.count) {
    const order = a === left.count ? 1 : b === right.count ? -1 : compare(left, right, { a, b })
    const [from, at] = order <= 0 ? [left, a] : [right, b]
    put = append(packed, place, {
      bytes: from.bytes,
      from: from.offsets[at] as number,
      to: (from.offsets[at + 1] as number) - 1,
      put,
    })
    if (order <= 0) places.left[a++] = place
    if (order >= 0) places.right[b++] = place
    place++
  }
  return { packed: { ...packed, count: place }, ...places }
}

/** Each text ends in a NUL, which is less than any byte of a text. */
function compare(left: Packed, right: Packed, { a, b }: { a: number; b: number }): number {
  let atLeft = left.offsets[a] as number
  let atRight = right.offsets[b] as number
  const end = left.offsets[a + 1] as number
  for (; atLeft < end; atLeft++, atRight++) {
    const difference = (left.bytes[atLeft] as number) - (right.bytes[atRight] as number)
    if (difference !== 0) return difference
  }
  return 0
}

/** Small enough that a slice is gone with the next young collection. */
const SLICE_bytes = 1 << 15

/** The texts as strings, many at a time: one by one would cost five times as much. */
export function textsOf({ bytes, offsets, count }: Packed): string[] {
  const texts = new Array<string>(count)
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let first = 0; first < count; ) {
    const begin = offsets[first] as number
    let last = first + 1
    while (last < count && (offsets[last] as number) - begin < SLICE_bytes) last++
    const slice = whole.toString('utf8', begin, (offsets[last] as number) - 1).split('\0')
    for (let at = 0; at < slice.length; at++) texts[first + at] = slice[at] as string
    first = last
  }
  return texts
}
