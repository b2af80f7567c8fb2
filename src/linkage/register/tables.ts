/** Numbers by their digits, as one exact double: a 1 goes before them, so that no zero is lost. */
export const keyOfDigits = (digits: string): number => Number(`1${digits}`)

export const digitsOfKey = (key: number): string => String(key).slice(1)

/** No more digits than this stay exact behind the 1. */
export const DIGITS_most = 15

function hashOf(key: number): number {
  const low = key >>> 0
  const high = (key / 2 ** 32) >>> 0
  let mixed = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 13)) >>> 0
}

/** Finds a place by a number's key: open addressing, at most half full. A key may have several. */
export class NumberTable {
  #keys: Float64Array
  #places: Uint32Array
  #mask: number
  size = 0

  constructor(expected = 1 << 10) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(16, expected * 2)))
    this.#keys = new Float64Array(slots)
    this.#places = new Uint32Array(slots)
    this.#mask = slots - 1
  }

  /** Adds a place to a key, beside those it has; the same place is added once. */
  add(key: number, place: number): void {
    let slot = hashOf(key) & this.#mask
    for (; this.#keys[slot] !== 0; slot = (slot + 1) & this.#mask) {
      if (this.#keys[slot] === key && this.#places[slot] === place) return
    }
    this.#keys[slot] = key
    this.#places[slot] = place
    if (++this.size * 2 > this.#mask) this.#grow()
  }

  /** The first place of a key; -1: it has none. */
  find(key: number): number {
    let slot = hashOf(key) & this.#mask
    for (; this.#keys[slot] !== 0; slot = (slot + 1) & this.#mask) {
      if (this.#keys[slot] === key) return this.#places[slot] as number
    }
    return -1
  }

  /** All places of a key, in the order they were added. */
  all(key: number): readonly number[] {
    const found: number[] = []
    let slot = hashOf(key) & this.#mask
    for (; this.#keys[slot] !== 0; slot = (slot + 1) & this.#mask) {
      if (this.#keys[slot] === key) found.push(this.#places[slot] as number)
    }
    return found
  }

  #grow(): void {
    const [keys, places] = [this.#keys, this.#places]
    this.#keys = new Float64Array(keys.length * 2)
    this.#places = new Uint32Array(keys.length * 2)
    this.#mask = this.#keys.length - 1
    // From an empty slot on, so that places of one key keep their order.
    const first = keys.indexOf(0)
    for (let at = 0; at < keys.length; at++) {
      const from = (first + at) & (keys.length - 1)
      const key = keys[from] as number
      if (key === 0) continue
      let slot = hashOf(key) & this.#mask
      while (this.#keys[slot] !== 0) slot = (slot + 1) & this.#mask
      this.#keys[slot] = key
      this.#places[slot] = places[from] as number
    }
  }
}

/** Numbers sixteen-byte ids from 0 in the order they come. */
export class IdTable {
  /** Four words an id, the first byte highest. */
  words = new Uint32Array(1 << 12)
  count = 0
  #slots = new Uint32Array(1 << 11)
  #mask = (1 << 11) - 1
  #last = -1

  /** The number of the id that begins at `at`; one never seen is given the next. */
  numberOf(bytes: Uint8Array, at: number): number {
    const a = wordAt(bytes, at)
    const b = wordAt(bytes, at + 4)
    const c = wordAt(bytes, at + 8)
    const d = wordAt(bytes, at + 12)
    // Facts of one person mostly lie side by side.
    if (this.#last >= 0 && this.#is(this.#last, { a, b, c, d })) return this.#last
    let slot = hashOfWords(c, d) & this.#mask
    for (;;) {
      const number = (this.#slots[slot] as number) - 1
      if (number < 0) break
      if (this.#is(number, { a, b, c, d })) {
        this.#last = number
        return number
      }
      slot = (slot + 1) & this.#mask
    }
    const number = this.count++
    if (this.count * 4 > this.words.length) this.words = doubled(this.words)
    this.words.set([a, b, c, d], number * 4)
    this.#slots[slot] = number + 1
    if (this.count * 2 > this.#mask) this.#grow()
    this.#last = number
    return number
  }

  /** The number of an id; -1: it has none. */
  find(bytes: Uint8Array, at: number): number {
    const id = {
      a: wordAt(bytes, at),
      b: wordAt(bytes, at + 4),
      c: wordAt(bytes, at + 8),
      d: wordAt(bytes, at + 12),
    }
    let slot = hashOfWords(id.c, id.d) & this.#mask
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & this.#mask) {
      if (this.#is((this.#slots[slot] as number) - 1, id)) return (this.#slots[slot] as number) - 1
    }
    return -1
  }

  #is(number: number, id: { a: number; b: number; c: number; d: number }): boolean {
    const { words } = this
    const at = number * 4
    return (
      words[at + 3] === id.d &&
      words[at + 2] === id.c &&
      words[at + 1] === id.b &&
      words[at] === id.a
    )
  }

  #grow(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2)
    this.#mask = this.#slots.length - 1
    for (let number = 0; number < this.count; number++) {
      const [c, d] = [this.words[number * 4 + 2] as number, this.words[number * 4 + 3] as number]
      let slot = hashOfWords(c, d) & this.#mask
      while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#mask
      this.#slots[slot] = number + 1
    }
  }
}

const wordAt = (bytes: Uint8Array, at: number): number =>
  (((bytes[at] as number) << 24) |
    ((bytes[at + 1] as number) << 16) |
    ((bytes[at + 2] as number) << 8) |
    (bytes[at + 3] as number)) >>>
  0

// The last eight bytes of a UUID version 7 are random, and a few bits of version and variant.
function hashOfWords(c: number, d: number): number {
  const mixed = Math.imul(c ^ Math.imul(d, 0x9e3779b1), 0x85ebca6b)
  return (mixed ^ (mixed >>> 15)) >>> 0
}

/** The same with room for twice as many. */
export function doubled<T extends Uint8Array | Uint32Array | Float64Array>(array: T): T {
  const larger = new (array.constructor as new (length: number) => T)(array.length * 2)
  larger.set(array)
  return larger
}
