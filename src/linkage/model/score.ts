import type { Frequencies } from './chance.ts'
import type { Model } from './model.ts'

/** What scoring needs of a field, in arrays that threads share. */
export interface FieldScore {
  /** By level: log2 of m / u; 0 where missing. */
  readonly weights: Float64Array
  /** By level: log2 of r / u; 0 where relatives are like strangers. */
  readonly kinWeights: Float64Array
  /** By level: 1 where how rare the value is counts. */
  readonly byRarity: Uint8Array
  /** By meaning: log2 of how much rarer it is than agreement is on the whole. */
  readonly rarity: Float64Array
  /** Most that this field can add. */
  readonly most: number
}

export function fieldScores(
  { fields }: Model,
  frequencies: readonly Frequencies[],
): readonly FieldScore[] {
  return fields.map((field, at) => {
    const { chance, same } = frequencies[at] ?? { chance: new Float64Array(1), same: 1 }
    const size = field.levels.length
    const weights = shared(size)
    const kinWeights = shared(size)
    const byRarity = new Uint8Array(new SharedArrayBuffer(size))
    for (const [level, { byFrequency }] of field.levels.entries()) {
      const [m = 0, u = 1, r] = [field.m[level], field.u[level], field.r?.[level]]
      weights[level] = level === 0 ? 0 : Math.log2(m / u)
      kinWeights[level] = level === 0 || r === undefined ? 0 : Math.log2(r / u)
      byRarity[level] = byFrequency ? 1 : 0
    }
    const rarity = shared(chance.length)
    // Beside how often values agree at all, so that matches among them do not make values common.
    const logSame = Math.log2(Math.max(same, LEAST_same))
    for (let meaning = 1; meaning < chance.length; meaning++) {
      rarity[meaning] = logSame - Math.log2(chance[meaning] as number)
    }
    const rarest = rarity.reduce((a, b) => Math.max(a, b), 0)
    const most = weights.reduce(
      (best, weight, level) => Math.max(best, weight + (byRarity[level] === 1 ? rarest : 0)),
      0,
    )
    return { weights, kinWeights, byRarity, rarity, most }
  })
}

const LEAST_same = 1e-12

const shared = (size: number): Float64Array => new Float64Array(new SharedArrayBuffer(size * 8))

/** The rows of a field: `level` of two rows, and what the right one means. */
interface Rows {
  readonly right: Uint32Array
  readonly meaning: Uint32Array
  level(left: number, right: number): number
}

export interface ScoredField {
  readonly score: FieldScore
  readonly rows: Rows
}

/** What `Scorer.score` found last; one object, overwritten by the next pair. */
export interface Scored {
  /** log2 of how much likelier the pair is as one person than as two strangers. */
  weight: number
  /** log2 of how much likelier it is as two relatives than as two strangers. */
  kin: number
}

/**
 * Scores pairs of rows. Fields that tell most come first, so that a pair that can no longer reach
 * the least weight wanted is left early; the answer is the same.
 */
export class Scorer {
  readonly scored: Scored = { weight: 0, kin: 0 }
  readonly #fields: readonly ScoredField[]
  /** By place: most that this field and those after it can add. */
  readonly #most: readonly number[]
  readonly #least: number

  constructor(fields: readonly ScoredField[], least: number) {
    this.#fields = fields
    const most: number[] = []
    let sum = 0
    for (const { score } of fields.toReversed()) {
      sum += score.most
      most.unshift(sum)
    }
    this.#most = most
    this.#least = least
  }

  /** False when the pair cannot reach the least weight; else `scored` holds its weights. */
  score(left: number, right: number): boolean {
    const fields = this.#fields
    let weight = 0
    let kin = 0
    for (let at = 0; at < fields.length; at++) {
      if (weight + (this.#most[at] as number) < this.#least) return false
      const { rows, score } = fields[at] as ScoredField
      const level = rows.level(left, right)
      if (level === 0) continue
      weight += score.weights[level] as number
      kin += score.kinWeights[level] as number
      if (score.byRarity[level] === 1) {
        const rarity = score.rarity[rows.meaning[rows.right[right] as number] as number] as number
        weight += rarity
        if (score.kinWeights[level] !== 0) kin += rarity
      }
    }
    this.scored.weight = weight
    this.scored.kin = kin
    return weight >= this.#least
  }
}
