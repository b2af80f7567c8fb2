import { Random } from '../../src/register/nation/random.ts'

/** A figure with the bounds of its 95 % interval. */
export interface Estimate {
  readonly value: number
  readonly from: number
  readonly to: number
}

const REPLICATES = 400
const LEVEL = 0.95
const TAIL = (1 - LEVEL) / 2

/** Chance of drawing a person 0, 1, 2 … times out of very many: Poisson with mean 1. */
const TIMES = Array.from({ length: 12 }, (_, k) => {
  let chance = Math.exp(-1)
  for (let at = 1; at <= k; at++) chance /= at
  return chance
})
const TIMES_table = Uint8Array.from({ length: 1 << 16 }, (_, at) => {
  let left = (at + 0.5) / (1 << 16)
  let times = 0
  for (; times < TIMES.length - 1; times++) {
    left -= TIMES[times] ?? 0
    if (left < 0) break
  }
  return times
})

/** How often each person is drawn in one replicate; two to each number drawn. */
export function drawTimes(random: Random, times: Uint8Array): void {
  for (let at = 0; at < times.length; at += 2) {
    const bits = random.bits()
    times[at] = TIMES_table[bits & 0xffff] as number
    if (at + 1 < times.length) times[at + 1] = TIMES_table[bits >>> 16] as number
  }
}

/** Poisson; rounded normal where that is the same for any purpose of ours. */
function poisson(random: Random, mean: number): number {
  if (mean > 60) {
    const radius = Math.sqrt(-2 * Math.log(1 - random.share()))
    return Math.max(
      0,
      Math.round(mean + Math.sqrt(mean) * radius * Math.cos(2 * Math.PI * random.share())),
    )
  }
  const least = Math.exp(-mean)
  let count = 0
  for (let product = random.share(); product > least; product *= random.share()) count++
  return count
}

/** Persons of whom the same counts are true. */
interface Kind {
  readonly counts: readonly number[]
  persons: number
}

/**
 * Counts of persons to be summed, such as pairs found and pairs to be found. Persons with equal
 * counts are kept together: a million persons are then a few hundred numbers, and drawing persons
 * again is drawing how many of each kind there are.
 */
export class Sample {
  private readonly kinds = new Map<string, Kind>()

  add(counts: readonly number[]): void {
    const key = counts.join(' ')
    const kind = this.kinds.get(key)
    if (kind === undefined) this.kinds.set(key, { counts, persons: 1 })
    else kind.persons++
  }

  /** A statistic of the sums, with its interval by drawing persons with replacement. */
  estimate(statistic: (sums: readonly number[]) => number): Estimate {
    const kinds = [...this.kinds.values()]
    const width = kinds[0]?.counts.length ?? 0
    const sumsOf = (timesOf: (kind: Kind) => number): number[] => {
      const sums = new Array<number>(width).fill(0)
      for (const kind of kinds) {
        const times = timesOf(kind)
        for (let at = 0; at < width; at++) {
          sums[at] = (sums[at] ?? 0) + times * (kind.counts[at] ?? 0)
        }
      }
      return sums
    }
    const random = new Random(REPLICATES, 0)
    const replicates = Array.from({ length: REPLICATES }, () =>
      statistic(sumsOf((kind) => poisson(random, kind.persons))),
    )
    return interval(statistic(sumsOf((kind) => kind.persons)), replicates)
  }

  /** A share of cases, as the sums at two places say; its interval likewise. */
  share(part: number, whole: number): Estimate {
    const counted = this.estimate((sums) => sums[part] ?? 0).value
    const cases = this.estimate((sums) => sums[whole] ?? 0).value
    const drawn = this.estimate((sums) => (sums[part] ?? 0) / (sums[whole] ?? 0))
    if (cases === 0) return { value: Number.NaN, from: Number.NaN, to: Number.NaN }
    return opened({ ...drawn, value: counted / cases }, cases)
  }
}

/**
 * A share of 0 or 1 looks the same however often persons are drawn again: its open bound is then
 * the exact one for so many cases without an exception.
 */
export function opened(estimate: Estimate, cases: number): Estimate {
  const bound = TAIL ** (1 / cases)
  if (estimate.value === 1) return { value: 1, from: bound, to: 1 }
  return estimate.value === 0 ? { value: 0, from: 0, to: 1 - bound } : estimate
}

/** The middle 95 % of the replicates around a value. */
export function interval(value: number, replicates: readonly number[]): Estimate {
  const sorted = replicates.filter((one) => !Number.isNaN(one)).sort((a, b) => a - b)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(share * (sorted.length - 1))))] ??
    Number.NaN
  return { value, from: at(TAIL), to: at(1 - TAIL) }
}
