/**
 * Strings laid end to end in shared memory, numbered from 1; number 0 is the empty text. A head of
 * four words a string holds all that decides most comparisons, so that they touch one cache line.
 */
export interface Packed {
  /** UTF-16 code units. */
  readonly units: Uint16Array
  /** By string: where it begins, its length, its bag of letters, its first four letters. */
  readonly heads: Int32Array
  /** Strings, the empty one not counted. */
  readonly count: number
}

export const HEAD = 4
export const LENGTH = 1
export const BAG = 2
export const LEAD = 3

/** A copy that worker threads read without copying it again. */
export function sharedWords(array: ArrayLike<number>): Uint32Array {
  const copy = new Uint32Array(new SharedArrayBuffer(array.length * 4))
  copy.set(array)
  return copy
}

export function sharedFloats(array: ArrayLike<number>): Float64Array {
  const copy = new Float64Array(new SharedArrayBuffer(array.length * 8))
  copy.set(array)
  return copy
}

const occurrences = new Uint8Array(65536)

/**
 * A bit for a letter's first, second … occurrence; what is no digit or small letter falls on any
 * bit. As many bits as one bag has over another, so many letters at least have no counterpart.
 */
function bitOf(unit: number, occurrence: number): number {
  if (unit >= 48 && unit <= 57) return (unit - 48) * 3 + Math.min(occurrence, 2)
  if (unit < 97 || unit > 122) return (unit * 7 + occurrence) & 31
  return occurrence === 0 ? unit - 97 : 26 + ((unit + occurrence) % 6)
}

function bagOf(units: Uint16Array, from: number, to: number): number {
  let bag = 0
  for (let at = from; at < to; at++) {
    const unit = units[at] as number
    const before = occurrences[unit] as number
    bag |= 1 << bitOf(unit, before)
    if (before < 255) occurrences[unit] = before + 1
  }
  for (let at = from; at < to; at++) occurrences[units[at] as number] = 0
  return bag
}

/** The low bytes of the first four letters; may take two letters for one, never one for two. */
function leadOf(units: Uint16Array, from: number, to: number): number {
  let lead = 0
  for (let at = from; at < from + 4; at++) {
    lead = (lead << 8) | (at < to ? (units[at] as number) & 255 : 0)
  }
  return lead
}

/** Room for strings, doubled as it fills. */
class Growing {
  units = new Uint16Array(1024)
  heads = new Int32Array(HEAD * 64)
  used = 0
  count = 0

  add(text: string): number {
    const code = ++this.count
    const from = this.used
    this.used = from + text.length
    if (this.used > this.units.length) {
      const wider = new Uint16Array(Math.max(this.units.length * 2, this.used))
      wider.set(this.units)
      this.units = wider
    }
    if ((code + 1) * HEAD > this.heads.length) {
      const heads = new Int32Array(this.heads.length * 2)
      heads.set(this.heads)
      this.heads = heads
    }
    for (let at = 0; at < text.length; at++) this.units[from + at] = text.charCodeAt(at)
    this.heads[code * HEAD] = from
    this.heads[code * HEAD + LENGTH] = text.length
    this.heads[code * HEAD + BAG] = bagOf(this.units, from, this.used)
    this.heads[code * HEAD + LEAD] = leadOf(this.units, from, this.used)
    return code
  }

  packed(): Packed {
    const units = new Uint16Array(new SharedArrayBuffer(this.used * 2))
    units.set(this.units.subarray(0, this.used))
    const heads = new Int32Array(new SharedArrayBuffer((this.count + 1) * HEAD * 4))
    heads.set(this.heads.subarray(0, heads.length))
    return { units, heads, count: this.count }
  }
}

export function hashOf(text: string): number {
  let hash = text.length
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash ^ (hash >>> 15)
}

/** Gives every distinct text a number, in the order of first sight. */
export class Interner {
  readonly #texts = new Growing()
  /** Hashes by number: to grow the table without reading the texts again. */
  #hashes = new Int32Array(64)
  #slots = new Int32Array(128)

  get count(): number {
    return this.#texts.count
  }

  /** 0 for the empty text. */
  codeOf(text: string): number {
    if (text.length === 0) return 0
    const hash = hashOf(text)
    const mask = this.#slots.length - 1
    let slot = hash & mask
    for (;;) {
      const code = this.#slots[slot] as number
      if (code === 0) break
      if (this.#hashes[code] === hash && this.#holds(code, text)) return code
      slot = (slot + 1) & mask
    }
    const code = this.#texts.add(text)
    if (code >= this.#hashes.length) {
      const hashes = new Int32Array(this.#hashes.length * 2)
      hashes.set(this.#hashes)
      this.#hashes = hashes
    }
    this.#hashes[code] = hash
    this.#slots[slot] = code
    if (code * 2 > this.#slots.length) this.#widen()
    return code
  }

  #holds(code: number, text: string): boolean {
    const { heads, units } = this.#texts
    const from = heads[code * HEAD] as number
    if (heads[code * HEAD + LENGTH] !== text.length) return false
    for (let at = 0; at < text.length; at++) {
      if (units[from + at] !== text.charCodeAt(at)) return false
    }
    return true
  }

  #widen(): void {
    const slots = new Int32Array(this.#slots.length * 2)
    const mask = slots.length - 1
    for (let code = 1; code <= this.count; code++) {
      let slot = (this.#hashes[code] as number) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = code
    }
    this.#slots = slots
  }

  /** What was numbered so far, in shared memory. */
  packed(): Packed {
    return this.#texts.packed()
  }
}

/** Packs texts one after another, equal ones too; none may be empty. */
export class Packer {
  readonly #texts = new Growing()

  add(text: string): number {
    return this.#texts.add(text)
  }

  packed(): Packed {
    return this.#texts.packed()
  }
}

/** A hash of letters of a string, never 0: a block key that costs no memory. */
export function hashOfUnits(packed: Packed, from: number, to: number): number {
  let hash = to - from
  for (let at = from; at < to; at++) {
    hash = Math.imul(hash ^ (packed.units[at] as number), 0x01000193)
    hash = (hash << 13) | (hash >>> 19)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0 || 1
}

/** Packs texts so that the n-th has the number n + 1; equal texts are stored once each. */
export function pack(texts: readonly string[]): { packed: Packed; codes: Uint32Array } {
  const interner = new Interner()
  const codes = new Uint32Array(texts.length)
  for (const [at, text] of texts.entries()) codes[at] = interner.codeOf(text)
  return { packed: interner.packed(), codes }
}

export const lengthOf = (packed: Packed, code: number): number =>
  packed.heads[code * HEAD + LENGTH] as number

const PIECE = 4096

export function textOf(packed: Packed, code: number): string {
  const from = packed.heads[code * HEAD] as number
  const to = from + lengthOf(packed, code)
  let text = ''
  for (let at = from; at < to; at += PIECE) {
    text += String.fromCharCode(...packed.units.subarray(at, Math.min(to, at + PIECE)))
  }
  return text
}
