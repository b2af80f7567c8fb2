import { logOdds, type Prior, type WeighedPairs } from '../model/prior.ts'
import type { ScoredPairs } from './tasks.ts'

/** Pairs by left row, then right row, with log2 of their odds. */
export interface LinkedPairs {
  readonly left: Uint32Array
  readonly right: Uint32Array
  readonly weights: Float64Array
}

/** The weights of all threads' pairs, one after the other. */
export function weighed(scored: readonly ScoredPairs[]): WeighedPairs {
  return {
    weights: joined(scored.map(({ weights }) => weights)),
    kin: joined(scored.map(({ kin }) => kin)),
  }
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

export interface LikelyPlan {
  readonly prior: Prior
  readonly leftRows: number
  /** Probability from which on a pair is told. */
  readonly least: number
}

/** The pairs probable enough to be told; the same ones in the same order, whatever the threads. */
export function likelyPairs(scored: readonly ScoredPairs[], plan: LikelyPlan): LinkedPairs {
  const least = Math.log2(plan.least / (1 - plan.least))
  const parts = scored.map(({ left, right, weights, kin }) => ({
    left,
    right,
    weights: weights.map((weight, at) => logOdds(weight, kin[at] as number, plan.prior)),
  }))
  return inOrder(parts, least, plan.leftRows)
}

/** The pairs of all shards as one run would have found them. */
export const gather = (parts: readonly LinkedPairs[], leftRows: number): LinkedPairs =>
  inOrder(parts, Number.NEGATIVE_INFINITY, leftRows)

/** A counting sort by left row; the few pairs of one row are then put in order one by one. */
function inOrder(parts: readonly LinkedPairs[], least: number, leftRows: number): LinkedPairs {
  const ends = new Uint32Array(leftRows + 1)
  eachKept(parts, least, (left) => {
    ends[left + 1] = (ends[left + 1] as number) + 1
  })
  for (let row = 0; row < leftRows; row++) {
    ends[row + 1] = (ends[row + 1] as number) + (ends[row] as number)
  }
  const size = ends[leftRows] ?? 0
  const starts = ends.slice()
  const pairs = {
    left: new Uint32Array(size),
    right: new Uint32Array(size),
    weights: new Float64Array(size),
  }
  eachKept(parts, least, (left, right, weight) => {
    let at = starts[left] as number
    const first = ends[left] as number
    for (; at > first && (pairs.right[at - 1] as number) > right; at--) {
      pairs.right[at] = pairs.right[at - 1] as number
      pairs.weights[at] = pairs.weights[at - 1] as number
    }
    pairs.left[starts[left] as number] = left
    pairs.right[at] = right
    pairs.weights[at] = weight
    starts[left] = (starts[left] as number) + 1
  })
  return pairs
}

function eachKept(
  parts: readonly LinkedPairs[],
  least: number,
  keep: (left: number, right: number, weight: number) => void,
): void {
  for (const { left, right, weights } of parts) {
    for (let at = 0; at < weights.length; at++) {
      const weight = weights[at] as number
      if (weight >= least) keep(left[at] as number, right[at] as number, weight)
    }
  }
}
