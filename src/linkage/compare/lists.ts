import { Interner, type Packed, sharedWords } from './packed.ts'
import type { WordLists } from './types.ts'

/** Gives every distinct list of words a number from 1; number 0 is the empty list. */
export class ListInterner {
  readonly words = new Interner()
  readonly #known = new Interner()
  readonly #all: number[] = []
  readonly #offsets: number[] = [0, 0]

  get count(): number {
    return this.#known.count
  }

  codeOf(words: readonly string[]): number {
    const before = this.#known.count
    const code = this.#known.codeOf(words.join(' '))
    if (code <= before) return code
    for (const word of words) this.#all.push(this.words.codeOf(word))
    this.#offsets.push(this.#all.length)
    return code
  }

  lists(): WordLists {
    return { words: sharedWords(this.#all), offsets: sharedWords(this.#offsets) }
  }

  /** The lists as texts with single blanks. */
  texts(): Packed {
    return this.#known.packed()
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
