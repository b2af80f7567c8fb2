import { hashBytes } from '../read/hash.ts'
import { doubled } from './tables.ts'

/**
 * Distinct texts in UTF-8, one behind the other; each has one number for good, '' the number 0.
 * Found by their bytes: open addressing, the hash beside the number, so that a miss touches one
 * cache line.
 */
export class Dictionary {
  #bytes = new Uint8Array(1 << 12)
  /** Text `n` is `bytes[offsets[n]]` up to `bytes[offsets[n + 1]]`. */
  #offsets = new Uint32Array(1 << 8)
  #index = new Uint32Array(1 << 10)
  #mask = (1 << 9) - 1
  #view = Buffer.from(this.#bytes.buffer)
  count = 1

  /** The number of a text, which is given one where it is new. */
  codeOf(source: Uint8Array, from: number, to: number): number {
    if (to <= from) return 0
    const hash = hashBytes(source, from, to)
    const index = this.#index
    let slot = hash & this.#mask
    for (;;) {
      const code = index[2 * slot + 1] as number
      if (code === 0) break
      if (index[2 * slot] === hash && this.#is(code, source, { from, to })) return code
      slot = (slot + 1) & this.#mask
    }
    const code = this.#add(source, from, to)
    index[2 * slot] = hash
    index[2 * slot + 1] = code
    if (this.count * 2 > this.#mask) this.#grow()
    return code
  }

  /** The number of a text in memory that is there already; 0: it is not. */
  find(text: string): number {
    const to = scratch.write(text)
    const hash = hashBytes(scratch, 0, to)
    let slot = hash & this.#mask
    for (;;) {
      const code = this.#index[2 * slot + 1] as number
      if (code === 0) return 0
      if (this.#index[2 * slot] === hash && this.#is(code, scratch, { from: 0, to })) return code
      slot = (slot + 1) & this.#mask
    }
  }

  /** The number of a text in memory, new or known; one longer than any name or code is cut. */
  codeOfText(text: string): number {
    return this.codeOf(scratch, 0, scratch.write(text))
  }

  textOf(code: number): string {
    return this.#buffer().toString('utf8', this.#offsets[code], this.#offsets[code + 1])
  }

  /** All texts, by their codes. */
  texts(): string[] {
    const bytes = this.#buffer()
    const offsets = this.#offsets
    return Array.from({ length: this.count }, (_, code) =>
      bytes.toString('utf8', offsets[code], offsets[code + 1]),
    )
  }

  /** The bytes as Node reads texts from, made anew when they have moved. */
  #buffer(): Buffer {
    if (this.#view.buffer !== this.#bytes.buffer) this.#view = Buffer.from(this.#bytes.buffer)
    return this.#view
  }

  #add(source: Uint8Array, from: number, to: number): number {
    const code = this.count++
    const begin = this.#offsets[code] as number
    const end = begin + to - from
    while (end > this.#bytes.length) this.#bytes = doubled(this.#bytes)
    if (code + 2 > this.#offsets.length) this.#offsets = doubled(this.#offsets)
    const bytes = this.#bytes
    // A call of `set` costs more than a short text does.
    if (to - from > 64) bytes.set(source.subarray(from, to), begin)
    else for (let at = from, put = begin; at < to; at++, put++) bytes[put] = source[at] as number
    this.#offsets[code + 1] = end
    return code
  }

  #is(
    code: number,
    source: Uint8Array,
    { from, to }: { readonly from: number; readonly to: number },
  ): boolean {
    const bytes = this.#bytes
    let at = this.#offsets[code] as number
    if ((this.#offsets[code + 1] as number) - at !== to - from) return false
    for (let other = from; other < to; other++, at++) {
      if (bytes[at] !== source[other]) return false
    }
    return true
  }

  #grow(): void {
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

const scratch = Buffer.alloc(1 << 12)
