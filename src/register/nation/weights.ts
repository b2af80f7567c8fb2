import type { Weights } from '../../kernel/profile.ts'
import type { Random } from './random.ts'

/** Draws from weighted values in constant time by the alias method of Walker and Vose. */
export class Chooser {
  private readonly keep: Float64Array
  private readonly other: Int32Array

  constructor(weights: readonly number[]) {
    const count = weights.length
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    if (count === 0 || !(total > 0) || weights.some((weight) => weight < 0)) {
      throw new RangeError('weights need at least one value, none negative, with a positive sum')
    }
    this.keep = new Float64Array(count).fill(1)
    this.other = new Int32Array(count)
    const scaled = weights.map((weight) => (weight * count) / total)
    const small: number[] = []
    const large: number[] = []
    for (const [index, weight] of scaled.entries()) (weight < 1 ? small : large).push(index)
    for (let low = small.pop(); low !== undefined; low = small.pop()) {
      const high = large.pop()
      if (high === undefined) break
      const kept = scaled[low] ?? 1
      this.keep[low] = kept
      this.other[low] = high
      const left = (scaled[high] ?? 1) + kept - 1
      scaled[high] = left
      ;(left < 1 ? small : large).push(high)
    }
  }

  get size(): number {
    return this.keep.length
  }

  /** The index of one value. */
  pick(random: Random): number {
    const at = random.share() * this.keep.length
    const index = Math.floor(at)
    return at - index < (this.keep[index] as number) ? index : (this.other[index] as number)
  }
}

export interface Weighted {
  readonly word: string
  readonly weight: number
}

/** Reads 'Nguyễn 31, Thị Kim 2.5'; words come in NFC, '-' as the empty word. */
export function parseWeights(text: Weights): readonly Weighted[] {
  return text.split(',').map((item) => {
    const match = /^\s*(\S.*?)\s+(\d+(?:\.\d+)?)\s*$/u.exec(item)
    if (match?.[1] === undefined)
      throw new RangeError(`'${item.trim()}' is not a word and a weight`)
    const word = match[1].normalize('NFC').replace(/\s+/gu, ' ')
    return { word: word === '-' ? '' : word, weight: Number(match[2]) }
  })
}

/** Weighted words, drawn as words. */
export class WordChooser {
  readonly words: readonly string[]
  private readonly chooser: Chooser

  constructor(text: Weights) {
    const items = parseWeights(text)
    this.words = items.map((item) => item.word)
    this.chooser = new Chooser(items.map((item) => item.weight))
  }

  pick(random: Random): string {
    return this.words[this.chooser.pick(random)] as string
  }
}

/** Weighted whole numbers such as ages: '18 3, 19 5'. */
export class NumberChooser {
  private readonly numbers: readonly number[]
  private readonly chooser: Chooser

  constructor(text: Weights) {
    const items = parseWeights(text)
    this.numbers = items.map((item) => Number(item.word))
    if (this.numbers.some((value) => !Number.isInteger(value))) {
      throw new RangeError(`'${text}' must hold whole numbers`)
    }
    this.chooser = new Chooser(items.map((item) => item.weight))
  }

  pick(random: Random): number {
    return this.numbers[this.chooser.pick(random)] as number
  }
}
