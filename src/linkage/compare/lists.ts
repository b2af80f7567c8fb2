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
