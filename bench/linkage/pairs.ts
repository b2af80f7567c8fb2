import { type Estimate, opened, Sample } from './bootstrap.ts'
import type { Output } from './output.ts'
import type { Stratum, Truth } from './truth.ts'

/** Pairs of at least this probability are taken for one person. */
const THRESHOLD = 0.5

export interface Figures {
  readonly precision: Estimate
  readonly recall: Estimate
  readonly f1: Estimate
}

export interface PairFigures extends Figures {
  /** Pairs taken, those of them that are right, and pairs to be found. */
  readonly taken: number
  readonly right: number
  readonly pairs: number
}

export const isRight = ({ person }: Truth, left: number, right: number): boolean =>
  person[left] === person[right]

/** Places in the counts of a person. */
const FOUND = 0
const TAKEN = 1
const PAIRS = 2

const f1 = ([found = 0, taken = 0, pairs = 0]: readonly number[]): number =>
  (2 * found) / (taken + pairs)

function figuresOf(sample: Sample): PairFigures {
  const sum = (at: number): number => sample.estimate((sums) => sums[at] ?? 0).value
  return {
    precision: sample.share(FOUND, TAKEN),
    recall: sample.share(FOUND, PAIRS),
    f1: opened(sample.estimate(f1), sum(PAIRS)),
    taken: sum(TAKEN),
    right: sum(FOUND),
    pairs: sum(PAIRS),
  }
}

/** How many of the pairs are taken; they stand first. */
function takenOf({ probability }: Output): number {
  let taken = 0
  while (taken < probability.length && (probability[taken] as number) >= THRESHOLD) taken++
  return taken
}

/** Precision, recall and F1 of the pairs taken at 0.5; a wrong pair counts with its left row. */
export function pairFigures(truth: Truth, output: Output): PairFigures {
  const found = new Int32Array(truth.persons)
  const taken = new Int32Array(truth.persons)
  const last = takenOf(output)
  for (let at = 0; at < last; at++) {
    const left = output.left[at] as number
    const person = truth.person[left] as number
    taken[person] = (taken[person] as number) + 1
    if (isRight(truth, left, output.right[at] as number)) {
      found[person] = (found[person] as number) + 1
    }
  }
  const sample = new Sample()
  for (let person = 0; person < truth.persons; person++) {
    sample.add([found[person] as number, taken[person] as number, truth.pairsOf[person] as number])
  }
  return figuresOf(sample)
}

/**
 * The same for the pairs of each label of a stratum. A pair belongs to the label of its right row
 * where the stratum divides those, else of its left row.
 */
export function strataFigures(
  truth: Truth,
  output: Output,
  stratum: Stratum,
): ReadonlyMap<string, PairFigures> {
  const labels = stratum.labels.length
  const cell = (person: number, label: number): number => person * labels + label
  const labelOf = (left: number, right: number): number => {
    const ofRight = stratum.of[right] ?? -1
    return ofRight === -1 ? (stratum.of[left] ?? -1) : ofRight
  }
  const counts = new Map<number, number[]>()
  const count = (left: number, right: number, what: number): void => {
    const label = labelOf(left, right)
    if (label === -1) return
    const key = cell(truth.person[left] as number, label)
    const sums = counts.get(key) ?? [0, 0, 0]
    sums[what] = (sums[what] ?? 0) + 1
    counts.set(key, sums)
  }
  eachTruePair(truth, (left, right) => count(left, right, PAIRS))
  const last = takenOf(output)
  for (let at = 0; at < last; at++) {
    const left = output.left[at] as number
    const right = output.right[at] as number
    count(left, right, TAKEN)
    if (isRight(truth, left, right)) count(left, right, FOUND)
  }
  const samples = stratum.labels.map(() => new Sample())
  for (const [key, sums] of counts) samples[key % labels]?.add(sums)
  return new Map(
    stratum.labels.map((label, at) => [label, figuresOf(samples[at] ?? new Sample())] as const),
  )
}

/** Calls back for each pair of rows that is one person: of two files, one row of each. */
export function eachTruePair(truth: Truth, use: (left: number, right: number) => void): void {
  const starts = new Int32Array(truth.persons + 1)
  for (const person of truth.person) starts[person + 1] = (starts[person + 1] as number) + 1
  for (let at = 0; at < truth.persons; at++) {
    starts[at + 1] = (starts[at + 1] as number) + (starts[at] as number)
  }
  const rows = new Int32Array(truth.rows)
  const next = starts.slice()
  for (let row = 0; row < truth.rows; row++) {
    const person = truth.person[row] as number
    const place = next[person] as number
    rows[place] = row
    next[person] = place + 1
  }
  const mayPair = (left: number, right: number): boolean =>
    truth.right === null || (left < truth.leftRows && right >= truth.leftRows)
  for (let person = 0; person < truth.persons; person++) {
    const to = starts[person + 1] as number
    for (let one = starts[person] as number; one < to; one++) {
      for (let other = one + 1; other < to; other++) {
        const [left, right] = [rows[one] as number, rows[other] as number]
        if (mayPair(left, right)) use(left, right)
      }
    }
  }
}
