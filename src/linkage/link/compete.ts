import type { LinkedPairs } from './pairs.ts'

/** log2 of the odds of a pair that hardly anybody doubts: about 0.999. */
const SURE = 10
/** Of rows with a sure partner, so few with a second one are errors, not repeated persons. */
const REPEATED_most = 0.005

export interface CompeteRows {
  readonly leftRows: number
  readonly rightRows: number
  /** Probability from which on a pair is told. */
  readonly least: number
}

/**
 * Where a file holds nobody twice, its rows compete for the rows of the other: at most one of them
 * is that person. Whether it does is seen in the pairs beyond doubt. The odds of a pair are then
 * set against those of its rivals: its twin brother, its namesake in the next village.
 */
export function compete(pairs: LinkedPairs, rows: CompeteRows): LinkedPairs {
  const forRight = holdsNobodyTwice(pairs, pairs.right, rows.rightRows)
  const forLeft = holdsNobodyTwice(pairs, pairs.left, rows.leftRows)
  if (!forRight && !forLeft) return pairs
  const odds = pairs.weights.map((weight) => 2 ** Math.min(weight, ODDS_most))
  const ofRight = forRight ? sums(pairs.right, odds, rows.rightRows) : null
  const ofLeft = forLeft ? sums(pairs.left, odds, rows.leftRows) : null
  const weights = odds.map((own, at) => {
    const right = ofRight === null ? 0 : (ofRight[pairs.right[at] as number] as number) - own
    const left = ofLeft === null ? 0 : (ofLeft[pairs.left[at] as number] as number) - own
    const rivals = Math.max(0, right) + Math.max(0, left)
    return (pairs.weights[at] as number) - Math.log2(1 + rivals)
  })
  const least = Math.log2(rows.least / (1 - rows.least))
  const kept = Uint32Array.from(weights.keys()).filter((at) => (weights[at] as number) >= least)
  return {
    left: kept.map((at) => pairs.left[at] as number),
    right: kept.map((at) => pairs.right[at] as number),
    weights: Float64Array.from(kept, (at) => weights[at] as number),
  }
}

/** Sums of doubles stay finite, and a rival's part is not lost beside it. */
const ODDS_most = 500

/** Whether hardly any of these rows has two sure partners: the other file has each person once. */
function holdsNobodyTwice({ weights }: LinkedPairs, side: Uint32Array, rows: number): boolean {
  const sure = new Uint8Array(rows)
  let [once, twice] = [0, 0]
  for (let at = 0; at < weights.length; at++) {
    if ((weights[at] as number) < SURE) continue
    const row = side[at] as number
    const before = sure[row] as number
    if (before === 0) once++
    if (before === 1) twice++
    sure[row] = Math.min(2, before + 1)
  }
  return once > 0 && twice <= Math.max(1, REPEATED_most * once)
}

function sums(side: Uint32Array, odds: Float64Array, rows: number): Float64Array {
  const sum = new Float64Array(rows)
  for (let at = 0; at < odds.length; at++) {
    const row = side[at] as number
    sum[row] = (sum[row] as number) + (odds[at] as number)
  }
  return sum
}
