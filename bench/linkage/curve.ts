import { Random } from '../../src/register/nation/random.ts'
import { drawTimes, type Estimate, interval } from './bootstrap.ts'
import type { Output } from './output.ts'
import { isRight } from './pairs.ts'
import type { Truth } from './truth.ts'

const CURVE_replicates = 100
const PRECISIONS = [0.99, 0.999, 0.9999] as const

export interface CurveFigures {
  /** The most pairs to be found at a threshold whose pairs are at least so precise. */
  readonly recallAt: readonly { readonly precision: number; readonly recall: Estimate }[]
  /** Mean squared distance of the probability from the truth, over the pairs written. */
  readonly brier: Estimate
}

export function curveFigures(truth: Truth, output: Output): CurveFigures {
  const person = output.left.map((row) => truth.person[row] as number)
  const right = Uint8Array.from(output.left, (row, at) =>
    isRight(truth, row, output.right[at] as number) ? 1 : 0,
  )
  const sweep = (times: Uint8Array): number[] => {
    let pairs = 0
    for (let at = 0; at < times.length; at++) {
      pairs += (times[at] as number) * (truth.pairsOf[at] as number)
    }
    const most = PRECISIONS.map(() => 0)
    let [taken, found, squares] = [0, 0, 0]
    for (let at = 0; at < person.length; at++) {
      const weight = times[person[at] as number] as number
      const probability = output.probability[at] as number
      taken += weight
      found += weight * (right[at] as number)
      squares += weight * (probability - (right[at] as number)) ** 2
      // A threshold cannot fall between pairs of one probability.
      if (probability === output.probability[at + 1]) continue
      for (let level = 0; level < PRECISIONS.length; level++) {
        if (found >= (PRECISIONS[level] as number) * taken) most[level] = found
      }
    }
    return [...most.map((one) => one / pairs), squares / taken]
  }
  const random = new Random(CURVE_replicates, 1)
  const times = new Uint8Array(truth.persons)
  const whole = sweep(times.slice().fill(1))
  const drawn = Array.from({ length: CURVE_replicates }, () => {
    drawTimes(random, times)
    return sweep(times)
  })
  const estimate = (at: number): Estimate =>
    interval(
      whole[at] ?? Number.NaN,
      drawn.map((one) => one[at] ?? Number.NaN),
    )
  return {
    recallAt: PRECISIONS.map((precision, at) => ({ precision, recall: estimate(at) })),
    brier: estimate(PRECISIONS.length),
  }
}

export interface CalibrationBin {
  readonly from: number
  readonly to: number
  readonly pairs: number
  /** Mean probability of the pairs in the bin, and the share of them that is right. */
  readonly said: number
  readonly true: number
}

const BINS = [
  0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999, 1,
] as const

export function calibration(truth: Truth, output: Output): readonly CalibrationBin[] {
  const bins = BINS.slice(1).map((to, at) => ({
    from: BINS[at] ?? 0,
    to,
    pairs: 0,
    said: 0,
    true: 0,
  }))
  for (let at = 0; at < output.left.length; at++) {
    const probability = output.probability[at] as number
    const bin = bins.find(({ to }) => probability <= to)
    if (bin === undefined) throw new Error(`${probability} is no probability`)
    bin.pairs++
    bin.said += probability
    if (isRight(truth, output.left[at] as number, output.right[at] as number)) bin.true++
  }
  return bins
    .filter(({ pairs }) => pairs > 0)
    .map((bin) => ({ ...bin, said: bin.said / bin.pairs, true: bin.true / bin.pairs }))
}
