import { hashBytes } from './hash.ts'
import { READ_LIMITS } from './limits.ts'
import { Room, sharedBytes, sharedCodes } from './room.ts'

/** From so many texts on it is asked whether looking for each pays. */
const MANY = 1 << 15

/**
 * Texts in UTF-8, one behind the other. `put` gives each distinct text one number as long as texts
 * repeat; where most are new, looking each up in a table that no cache holds costs more than it
 * saves, and from then on every text is added: the sort at the end finds equal ones.
 */
export class Texts {
  bytes = sharedBytes(1 << 12)
  /** Text `n` is `bytes[offsets[n]]` up to `bytes[offsets[n + 1]]`. */
  offsets = sharedCodes(1 << 8)
  count = 0
  /** Open addressing: hash and number + 1 side by side, so that a miss touches one cache line. */
  #index: Uint32Array | null = new Uint32Array(1 << 10)
  #mask = (1 << 9) - 1
  #asked = 0

  readonly #room: Room

  constructor(room = new Room()) {
    this.#room = room
  }

  /** Adds a text; its number. */
  add(source: Uint8Array, from: number, to: number): number {
    const { count } = this
    const begin = this.offsets[count] as number
    const end = begin + to - from
    if (end > this.bytes.length) {
      this.bytes = this.#room.moreBytes(this.bytes, end, READ_LIMITS.dictionaryBytes)
    }
    if (count + 2 > this.offsets.length) {
      this.offsets = this.#room.moreCodes(this.offsets, READ_LIMITS.rows)
    }
    const { bytes } = this
    // A call of `set` costs more than a short text does.
    if (to - from > 64) bytes.set(source.subarray(from, to), begin)
    else for (let at = from, put = begin; at < to; at++, put++) bytes[put] = source[at] as number
    this.offsets[count + 1] = end
    this.count = count + 1
    return count
  }

  /** The number of a text. */
  put(source: Uint8Array, from: number, to: number): number {
    const index = this.#index
    if (index === null) return this.add(source, from, to)
    this.#asked++
    const hash = hashBytes(source, from, to)
    let slot = hash & this.#mask
    for (;;) {
      const numbered = index[2 * slot + 1] as number
      if (numbered === 0) break
      if (index[2 * slot] === hash && this.#is(numbered - 1, source, { from, to })) {
        return numbered - 1
      }
      slot = (slot + 1) & this.#mask
    }
    const added = this.add(source, from, to)
    index[2 * slot] = hash
    index[2 * slot + 1] = added + 1
    if (this.count * 2 > this.#mask) this.#growIndex(index)
    return added
  }

  #is(
    text: number,
    source: Uint8Array,
    { from, to }: { readonly from: number; readonly to: number },
  ): boolean {
    const { bytes, offsets } = this
    let at = offsets[text] as number
    if ((offsets[text + 1] as number) - at !== to - from) return false
    for (let other = from; other < to; other++, at++) {
      if (bytes[at] !== source[other]) return false
    }
    return true
  }

  #growIndex(old: Uint32Array): void {
    if (this.count > MANY && this.count * 2 > this.#asked) {
      this.#index = null
      return
    }
    const index = new Uint32Array(old.length * 2)
    const mask = index.length / 2 - 1
    for (let at = 0; at < old.length; at += 2) {
      if (old[at + 1] === 0) continue
      let slot = (old[at] as number) & mask
      while (index[2 * slot + 1] !== 0) slot = (slot + 1) & mask
      index[2 * slot] = old[at] as number
      index[2 * slot + 1] = old[at + 1] as number
    }
    this.#index = index
    this.#mask = mask
  }
}
