import { type Blocks, CROWD_pairs, hashRows, type Rule } from './rule.ts'

/** Rows drawn from each side to tell how many pairs a rule finds. */
const SAMPLE_rows = 10_000

/** Share of the rows that a rule may leave out because thousands have the same value. */
const CROWDED_most = 0.02

/** Tells how many pairs rules would find, from a sample of the rows. */
export interface PairCounter {
  count(rule: Rule): number
}

/**
 * Every k-th row of each side stands for all: of s × s sampled pairs as many agree, in proportion,
 * as of all pairs. A rule with so few that the sample shows none costs little whatever it is.
 */
export function pairCounter(blocks: Blocks): PairCounter {
  const sample = sampleOf(blocks)
  const scale =
    (blocks.leftRows / Math.max(1, sample.leftRows)) *
    (blocks.rightRows / Math.max(1, sample.rightRows))
  // Rows of the right side in the sample that stand for a crowd on both sides.
  const crowd = Math.sqrt((CROWD_pairs / scale) * (blocks.rightRows / blocks.leftRows))
  const table = new Counts(sample.rightRows)
  const known = new Map<string, number>()
  const count = (rule: Rule): number => {
    const left = hashRows(rule, sample, 'left')
    const right = sample.isDedupe ? left : hashRows(rule, sample, 'right')
    table.fill(right)
    let [pairs, rows, crowded, crowdPairs] = [0, 0, 0, 0]
    for (const hash of left) {
      const met = hash === 0 ? 0 : table.of(hash)
      pairs += met
      rows += met > 0 ? 1 : 0
      crowded += met > crowd ? 1 : 0
      crowdPairs += met > crowd ? met : 0
    }
    // Crowds are left out, but a rule that leaves many rows out is no cheap rule: it is a bad one.
    const isClear = crowded <= CROWDED_most * rows
    const counted = isClear ? pairs - crowdPairs : pairs
    // In one file each row met itself, and each pair was met from both sides.
    const once = blocks.isDedupe ? (counted - rows + (isClear ? crowded : 0)) / 2 : counted
    return once * scale
  }
  return {
    count(rule) {
      const name = rule.keys.join()
      const pairs = known.get(name) ?? count(rule)
      known.set(name, pairs)
      return pairs
    },
  }
}

function sampleOf(blocks: Blocks): Blocks {
  const { leftRows, rightRows, isDedupe, columns } = blocks
  const leftEvery = Math.ceil(leftRows / SAMPLE_rows)
  const rightEvery = Math.ceil(rightRows / SAMPLE_rows)
  const sampled = columns.map(({ left, right }) => {
    const some = every(left, leftEvery)
    return { left: some, right: isDedupe ? some : every(right, rightEvery) }
  })
  return {
    ...blocks,
    columns: sampled,
    leftRows: Math.ceil(leftRows / leftEvery),
    rightRows: Math.ceil(rightRows / rightEvery),
  }
}

function every(codes: Uint32Array, step: number): Uint32Array {
  const some = new Uint32Array(Math.ceil(codes.length / step))
  for (let at = 0; at < some.length; at++) some[at] = codes[at * step] as number
  return some
}

/** How often each hash occurs: open addressing, emptied by a new stamp rather than by writing. */
class Counts {
  readonly #mask: number
  readonly #hashes: Uint32Array
  readonly #counts: Uint32Array
  readonly #stamps: Uint32Array
  #stamp = 0

  constructor(rows: number) {
    const size = 2 ** Math.ceil(Math.log2(rows * 2 + 2))
    this.#mask = size - 1
    this.#hashes = new Uint32Array(size)
    this.#counts = new Uint32Array(size)
    this.#stamps = new Uint32Array(size)
  }

  fill(hashes: Uint32Array): void {
    this.#stamp++
    for (const hash of hashes) {
      if (hash === 0) continue
      const at = this.#place(hash)
      if (this.#stamps[at] !== this.#stamp) {
        this.#stamps[at] = this.#stamp
        this.#hashes[at] = hash
        this.#counts[at] = 0
      }
      this.#counts[at] = (this.#counts[at] as number) + 1
    }
  }

  of(hash: number): number {
    const at = this.#place(hash)
    return this.#stamps[at] === this.#stamp ? (this.#counts[at] as number) : 0
  }

  #place(hash: number): number {
    let at = hash & this.#mask
    while (this.#stamps[at] === this.#stamp && this.#hashes[at] !== hash) {
      at = (at + 1) & this.#mask
    }
    return at
  }
}
