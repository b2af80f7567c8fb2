import { Interner, sharedWords } from './packed.ts'
import type { WordLists } from './types.ts'

/** Gives every distinct list of words a number from 1; number 0 is the empty list. */
export class ListInterner {
  readonly words = new Interner()
  #all = new Uint32Array(1024)
  #offsets = new Uint32Array(64)
  #hashes = new Int32Array(64)
  #slots = new Uint32Array(128)
  #count = 0

  get count(): number {
    return this.#count
  }

  codeOf(words: readonly string[]): number {
    return this.codeOfWords(words.map((word) => this.words.codeOf(word)))
  }

  /** Of words by their numbers in `words`. */
  codeOfWords(list: readonly number[]): number {
    if (list.length === 0) return 0
    let hash = list.length
    for (const word of list) hash = Math.imul(hash ^ word, 0x9e3779b1) ^ (hash >>> 15)
    const mask = this.#slots.length - 1
    let slot = (hash ^ (hash >>> 16)) & mask
    for (;;) {
      const code = this.#slots[slot] as number
      if (code === 0) break
      if (this.#hashes[code] === hash && this.#holds(code, list)) return code
      slot = (slot + 1) & mask
    }
    this.#slots[slot] = this.#add(list, hash)
    if (this.#count * 2 > this.#slots.length) this.#widen()
    return this.#count
  }

  #holds(code: number, list: readonly number[]): boolean {
    const from = this.#offsets[code] as number
    if ((this.#offsets[code + 1] as number) - from !== list.length) return false
    for (let at = 0; at < list.length; at++) {
      if (this.#all[from + at] !== list[at]) return false
    }
    return true
  }

  #add(list: readonly number[], hash: number): number {
    const code = ++this.#count
    const from = this.#offsets[code] as number
    if (from + list.length > this.#all.length) {
      const wider = new Uint32Array(Math.max(this.#all.length * 2, from + list.length))
      wider.set(this.#all)
      this.#all = wider
    }
    if (code + 2 > this.#offsets.length) {
      const offsets = new Uint32Array(this.#offsets.length * 2)
      offsets.set(this.#offsets)
      this.#offsets = offsets
      const hashes = new Int32Array(this.#hashes.length * 2)
      hashes.set(this.#hashes)
      this.#hashes = hashes
    }
    for (let at = 0; at < list.length; at++) this.#all[from + at] = list[at] as number
    this.#offsets[code + 1] = from + list.length
    this.#hashes[code] = hash
    return code
  }

  #widen(): void {
    const slots = new Uint32Array(this.#slots.length * 2)
    const mask = slots.length - 1
    for (let code = 1; code <= this.#count; code++) {
      const hash = this.#hashes[code] as number
      let slot = (hash ^ (hash >>> 16)) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = code
    }
    this.#slots = slots
  }

  lists(): WordLists {
    const words = this.#all.subarray(0, this.#offsets[this.#count + 1])
    return {
      words: sharedWords(words),
      offsets: sharedWords(this.#offsets.subarray(0, this.#count + 2)),
    }
  }
}

/** By word: how many lists hold it. */
export function holdersOf(lists: WordLists, count: number): Uint32Array {
  const holders = new Uint32Array(count + 1)
  const last = new Uint32Array(count + 1)
  for (let list = 1; list < lists.offsets.length - 1; list++) {
    for (let at = lists.offsets[list] ?? 0; at < (lists.offsets[list + 1] ?? 0); at++) {
      const word = lists.words[at] ?? 0
      if (last[word] === list) continue
      last[word] = list
      holders[word] = (holders[word] ?? 0) + 1
    }
  }
  return holders
}
