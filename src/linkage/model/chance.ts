import type { FieldFeatures, Level } from '../types.ts'

/** How often each meaning of a field occurs in both files: what makes agreement on it rare. */
export interface Frequencies {
  /** By meaning: chance that a row at random has it, its own row aside. */
  readonly chance: Float64Array
  /** Chance that two rows at random have the same meaning. */
  readonly same: number
}

interface Rows {
  readonly left: Uint32Array
  readonly right: Uint32Array
}

/**
 * Chances of meanings, from both files together. A value of a matched pair stands once in each
 * file, so one of its rows is left out: else every number borne by one person would count double.
 */
export function frequenciesOf({ meaning, meanings }: FieldFeatures, rows: Rows): Frequencies {
  const isDedupe = rows.left === rows.right
  const left = countMeanings(rows.left, meaning, meanings)
  const right = isDedupe ? left : countMeanings(rows.right, meaning, meanings)
  const leftRows = present(left)
  const rightRows = present(right)
  const all = isDedupe ? leftRows : leftRows + rightRows
  const chance = new Float64Array(meanings + 1)
  let pairs = 0
  for (let at = 1; at <= meanings; at++) {
    const [inLeft, inRight] = [left[at] as number, right[at] as number]
    const both = isDedupe ? inLeft : inLeft + inRight
    chance[at] = Math.max(both - 1, 0.5) / Math.max(all - 1, 1)
    pairs += isDedupe ? inLeft * (inLeft - 1) : inLeft * inRight
  }
  const possible = isDedupe ? leftRows * (leftRows - 1) : leftRows * rightRows
  return { chance, same: pairs / Math.max(possible, 1) }
}

function countMeanings(codes: Uint32Array, meaning: Uint32Array, meanings: number): Uint32Array {
  const counts = new Uint32Array(meanings + 1)
  for (const code of codes) {
    const at = meaning[code] as number
    counts[at] = (counts[at] as number) + 1
  }
  counts[0] = 0
  return counts
}

const present = (counts: Uint32Array): number => counts.reduce((sum, count) => sum + count, 0)

/**
 * u of a field: levels of pairs at random. How often values are the same is known exactly from
 * their frequencies; the sample divides it among the levels, and tells the rest.
 */
export function chanceShares(
  levels: readonly Level[],
  sample: ArrayLike<number>,
  same: number,
): number[] {
  const isSame = (level: number) => levels[level]?.byFrequency === true
  let [agreeing, others] = [0, 0]
  for (let level = 1; level < levels.length; level++) {
    const count = (sample[level] ?? 0) + HALF_pair
    if (isSame(level)) agreeing += count
    else others += count
  }
  const sameShare = Math.max(same, LEAST_same)
  const knowsSame = levels.some((_, level) => isSame(level))
  return levels.map((_, level) => {
    if (level === 0) return 0
    const count = (sample[level] ?? 0) + HALF_pair
    if (!knowsSame) return count / others
    return isSame(level) ? (sameShare * count) / agreeing : ((1 - sameShare) * count) / others
  })
}

/** A level the sample shows nowhere is rare, not impossible. */
const HALF_pair = 0.5
const LEAST_same = 1e-9

/** u without the matches among the pairs at random: in a small file they are not few. */
export function withoutMatches(
  u: readonly number[],
  m: readonly number[],
  matches: number,
): number[] {
  const rest = u.map((share, level) =>
    level === 0 ? 0 : Math.max(share - matches * (m[level] ?? 0), share * LEAST_kept),
  )
  const sum = rest.reduce((a, b) => a + b, 0)
  return rest.map((share) => share / sum)
}

/** However many matches are taken out, so much of a level remains: m is an estimate too. */
const LEAST_kept = 0.05
