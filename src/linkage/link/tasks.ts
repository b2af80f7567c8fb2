import {
  type Blocks,
  hashesOf,
  type Rule,
  type RuleHashes,
  type Shard,
  walkEveryPair,
  walkPairs,
} from '../block/rule.ts'
import type { Features } from '../compare/index.ts'
import { patternCode } from '../model/pattern.ts'
import { type FieldScore, Scorer } from '../model/score.ts'
import { FieldRows } from './field-rows.ts'

/** What a thread works on: shared arrays, so that it costs no copy. */
export interface Ground {
  readonly blocks: Blocks
  readonly features: readonly Features[]
}

/** Levels of pairs at random. */
export interface SampleTask {
  readonly task: 'sample'
  /** The pairs with these numbers: `index`, `index + of`, … */
  readonly shard: Shard
  readonly pairs: number
}

/** Which rows a rule brings together. */
export interface HashTask {
  readonly task: 'hash'
  readonly rule: Rule
}

/** Levels of some of the pairs that a rule finds. */
export interface TrainTask {
  readonly task: 'train'
  readonly hashes: RuleHashes
  /** Share of the left rows looked at. */
  readonly share: number
  readonly most: number
}

/** All pairs of all rules that reach a least weight. */
export interface ScoreTask {
  readonly task: 'score'
  /** Of each rule in its order; null: every pair is scored. */
  readonly rules: readonly RuleHashes[] | null
  readonly shard: Shard
  readonly scores: readonly FieldScore[]
  /** Fields in the order of comparing. */
  readonly order: readonly number[]
  readonly least: number
}

export type Task = SampleTask | HashTask | TrainTask | ScoreTask

/** By field and level: how many pairs. */
export type LevelCounts = readonly Float64Array[]

export interface TrainPairs {
  readonly left: Uint32Array
  readonly right: Uint32Array
  readonly patterns: Float64Array
}

export interface ScoredPairs {
  readonly left: Uint32Array
  readonly right: Uint32Array
  readonly weights: Float64Array
  readonly kin: Float64Array
  /** By rule: pairs it found that no earlier rule had. */
  readonly found: readonly number[]
}

export interface Answers {
  readonly sample: LevelCounts
  readonly hash: RuleHashes
  readonly train: TrainPairs
  readonly score: ScoredPairs
}

/** Does the tasks of one thread; comparers live as long as it does and remember what they saw. */
export class Workbench {
  readonly #blocks: Blocks
  readonly #fields: readonly FieldRows[]

  constructor({ blocks, features }: Ground) {
    this.#blocks = blocks
    this.#fields = FieldRows.of(features, blocks.columns)
  }

  do(task: Task): Answers[Task['task']] {
    switch (task.task) {
      case 'sample':
        return this.#sample(task)
      case 'hash':
        return hashesOf(task.rule, this.#blocks)
      case 'train':
        return this.#train(task)
      case 'score':
        return this.#score(task)
    }
  }

  #sample({ shard, pairs }: SampleTask): LevelCounts {
    const blocks = this.#blocks
    const { leftRows, rightRows, isDedupe } = blocks
    const counts = this.#fields.map(({ levels }) => new Float64Array(levels.length))
    const all = isDedupe ? (leftRows * (leftRows - 1)) / 2 : leftRows * rightRows
    const count = (left: number, right: number) => {
      for (let field = 0; field < counts.length; field++) {
        const level = (this.#fields[field] as FieldRows).level(left, right)
        const column = counts[field] as Float64Array
        column[level] = (column[level] as number) + 1
      }
    }
    if (all <= pairs) walkEveryPair(blocks, { earlier: [], shard, found: count })
    else {
      for (let number = shard.index; number < pairs; number += shard.of) {
        const left = spread(number * 2) % leftRows
        const right = spread(number * 2 + 1) % rightRows
        if (!isDedupe || left !== right) count(left, right)
      }
    }
    return counts
  }

  #train({ hashes, share, most }: TrainTask): TrainPairs {
    const blocks = this.#blocks
    const code = patternCode(this.#fields.map(({ levels }) => levels.length))
    const pairs = { left: new Uint32Array(most), right: new Uint32Array(most) }
    const patterns = new Float64Array(most)
    let found = 0
    const limit = share * 2 ** 32
    walkPairs(hashes, blocks, {
      earlier: [],
      shard: { index: 0, of: 1 },
      wants: (left) => found < most && spread(left) < limit,
      found: (left, right) => {
        if (found === most) return
        let pattern = 0
        for (let field = 0; field < this.#fields.length; field++) {
          pattern +=
            (this.#fields[field] as FieldRows).level(left, right) * (code.place[field] as number)
        }
        pairs.left[found] = left
        pairs.right[found] = right
        patterns[found++] = pattern
      },
    })
    return {
      left: pairs.left.slice(0, found),
      right: pairs.right.slice(0, found),
      patterns: patterns.slice(0, found),
    }
  }

  #score({ rules, shard, scores, order, least }: ScoreTask): ScoredPairs {
    const blocks = this.#blocks
    const scorer = new Scorer(
      order.map((field) => ({
        score: scores[field] as FieldScore,
        rows: this.#fields[field] as FieldRows,
      })),
      least,
    )
    const kept = new PairList()
    let pairs = 0
    const score = (left: number, right: number) => {
      pairs++
      if (scorer.score(left, right)) kept.push(left, right, scorer.scored)
    }
    if (rules === null) walkEveryPair(blocks, { earlier: [], shard, found: score })
    const found = (rules ?? []).map((rule, at) => {
      const before = pairs
      walkPairs(rule, blocks, { earlier: rules?.slice(0, at) ?? [], shard, found: score })
      return pairs - before
    })
    return { ...kept.done(), found: rules === null ? [pairs] : found }
  }
}

/** Spreads numbers over 32 bits, each to its own place: a permutation (Murmur3's finaliser). */
export function spread(number: number): number {
  let mixed = Math.imul(number ^ (number >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** Pairs kept, in arrays that double as they fill. */
class PairList {
  #left = new Uint32Array(1024)
  #right = new Uint32Array(1024)
  #weights = new Float64Array(1024)
  #kin = new Float64Array(1024)
  #size = 0

  push(left: number, right: number, { weight, kin }: { weight: number; kin: number }): void {
    if (this.#size === this.#left.length) this.#grow()
    this.#left[this.#size] = left
    this.#right[this.#size] = right
    this.#weights[this.#size] = weight
    this.#kin[this.#size++] = kin
  }

  #grow(): void {
    const double = <T extends Uint32Array | Float64Array>(before: T, after: T): T => {
      after.set(before)
      return after
    }
    const size = this.#size * 2
    this.#left = double(this.#left, new Uint32Array(size))
    this.#right = double(this.#right, new Uint32Array(size))
    this.#weights = double(this.#weights, new Float64Array(size))
    this.#kin = double(this.#kin, new Float64Array(size))
  }

  done(): Omit<ScoredPairs, 'found'> {
    return {
      left: this.#left.slice(0, this.#size),
      right: this.#right.slice(0, this.#size),
      weights: this.#weights.slice(0, this.#size),
      kin: this.#kin.slice(0, this.#size),
    }
  }
}
