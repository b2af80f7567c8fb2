import { TableFault } from './fault.ts'
import { hashBytes } from './hash.ts'
import { READ_LIMITS } from './limits.ts'

/**
 * Texts in UTF-8, one behind the other, each once or as often as it came. `index` finds a text by
 * its bytes: open addressing, the hash beside the number, so that a miss touches one cache line.
 */
export class Texts {
  bytes: Uint8Array
  /** Text `n` is `bytes[offsets[n]]` up to `bytes[offsets[n + 1]]`. */
  offsets: Uint32Array
  count = 0
  #index: Uint32Array
  #mask: number
  #indexed = 0

  constructor(texts: number, bytes: number) {
    this.bytes = new Uint8Array(Math.max(bytes, 1 << 12))
    this.offsets = new Uint32Array(Math.max(texts, 1 << 8) + 1)
    this.#index = new Uint32Array(1 << 10)
    this.#mask = (1 << 9) - 1
  }

  /** Adds a text; its number. */
  add(source: Uint8Array, from: number, to: number): number {
    const { count } = this
    const begin = this.offsets[count] as number
    const end = begin + to - from
    if (end > this.bytes.length) this.bytes = grown(this.bytes, end)
    if (count + 2 > this.offsets.length) this.offsets = moreOffsets(this.offsets)
    const { bytes } = this
    // A call of `set` costs more than a short text does.
    if (to - from > 64) bytes.set(source.subarray(from, to), begin)
    else for (let at = from, put = begin; at < to; at++, put++) bytes[put] = source[at] as number
    this.offsets[count + 1] = end
    this.count = count + 1
    return count
  }

  /** The number of a text; -1 - n where it is new and was added as number n. */
  intern(source: Uint8Array, from: number, to: number): number {
    const hash = hashBytes(source, from, to)
    let slot = hash & this.#mask
    for (;;) {
      const numbered = this.#index[2 * slot + 1] as number
      if (numbered === 0) break
      if (this.#index[2 * slot] === hash && this.#is(numbered - 1, source, from, to)) {
        return numbered - 1
      }
      slot = (slot + 1) & this.#mask
    }
    const added = this.add(source, from, to)
    this.#index[2 * slot] = hash
    this.#index[2 * slot + 1] = added + 1
    if (++this.#indexed * 2 > this.#mask) this.#growIndex()
    return -1 - added
  }

  // biome-ignore lint/complexity/useMaxParams: an object for each comparison would cost more
  #is(text: number, source: Uint8Array, from: number, to: number): boolean {
    const { bytes, offsets } = this
    let at = offsets[text] as number
    if ((offsets[text + 1] as number) - at !== to - from) return false
    for (let other = from; other < to; other++, at++) {
      if (bytes[at] !== source[other]) return false
    }
    return true
  }

  #growIndex(): void {
    const old = this.#index
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

function grown(bytes: Uint8Array, least: number): Uint8Array {
  if (least > READ_LIMITS.dictionaryBytes) throw new TableFault('table.too-large')
  const wanted = Math.max(least, bytes.length * 2)
  const wider = new Uint8Array(Math.min(wanted, READ_LIMITS.dictionaryBytes))
  wider.set(bytes)
  return wider
}

function moreOffsets(offsets: Uint32Array): Uint32Array {
  if (offsets.length > READ_LIMITS.rows) throw new TableFault('table.too-large')
  const wider = new Uint32Array(offsets.length * 2)
  wider.set(offsets)
  return wider
}
