import { type FieldModel, isShared, kinShares, likelyShares } from './model.ts'
import type { Pattern } from './pattern.ts'

const ROUNDS_max = 200
/** It stands when no share moves by more than this. */
const STANDS = 1e-5
/** Pairs that what was believed before is worth, so that few matches do not decide alone. */
const BELIEVED_pairs = 8

export interface TrainPlan {
  readonly patterns: readonly Pattern[]
  /** u is kept; m and r are where it starts. */
  readonly fields: readonly FieldModel[]
  /** Fields that every pair agrees on, by the rule that found them: they teach nothing here. */
  readonly agreed: ReadonlySet<number>
  readonly withRelatives: boolean
}

/** What the pairs of one rule teach: expected counts of matches and of relatives by level. */
export interface Lesson {
  /** By field and level; null: the rule agrees on the field. */
  readonly m: readonly (readonly number[] | null)[]
  readonly r: readonly (readonly number[] | null)[]
  readonly matches: number
  /** Chance that a pair of these levels is a match, among the pairs of this rule. */
  chance(levels: Uint8Array): number
}

/** Shares of one kind of pair, while they are being learnt. */
interface Kind {
  share: number
  /** By field and level; null: the field does not count. */
  readonly logs: Float64Array[]
  readonly counts: Float64Array[]
  readonly learns: readonly boolean[]
  readonly before: readonly (readonly number[])[]
}

/**
 * Expectation-maximisation (Dempster, Laird and Rubin 1977) over the pairs of one rule, as
 * unlabelled mixture of matches, relatives and strangers. Strangers' shares are known from pairs at
 * random; m of the fields outside the rule is learnt.
 */
export function learn({ patterns, fields, agreed, withRelatives }: TrainPlan): Lesson {
  const counts = (at: number) => !agreed.has(at)
  const kind = (share: number, shares: (field: FieldModel) => readonly number[], learns: boolean) =>
    newKind({ share, fields, counts, shares, learns: (at) => learns && counts(at) })
  const matches = kind(0.4, ({ m }) => m, true)
  const strangers = kind(0.4, ({ u }) => u, false)
  const relatives: Kind | null = withRelatives
    ? newKind({
        share: 0.2,
        fields,
        counts,
        shares: (field) => field.r ?? kinShares(field),
        learns: (at) => counts(at) && isShared(fields[at]?.kind ?? 'text'),
      })
    : null
  const kinds = relatives === null ? [matches, strangers] : [matches, strangers, relatives]
  for (let round = 0; round < ROUNDS_max; round++) {
    expect(patterns, kinds)
    if (maximise(kinds) < STANDS) break
  }
  expect(patterns, kinds)
  const total = patterns.reduce((sum, { count }) => sum + count, 0)
  return {
    m: fields.map((_, at) => (counts(at) ? Array.from(matches.counts[at] ?? []) : null)),
    r: fields.map((_, at) =>
      relatives?.learns[at] === true ? Array.from(relatives.counts[at] ?? []) : null,
    ),
    matches: matches.share * total,
    chance: (levels) => chances(levels, kinds)[0] ?? 0,
  }
}

interface NewKind {
  readonly share: number
  readonly fields: readonly FieldModel[]
  readonly counts: (at: number) => boolean
  readonly shares: (field: FieldModel) => readonly number[]
  readonly learns: (at: number) => boolean
}

function newKind({ share, fields, counts, shares, learns }: NewKind): Kind {
  return {
    share,
    logs: fields.map((field, at) => {
      const logs = Float64Array.from(shares(field), (part) => Math.log(Math.max(part, LEAST)))
      logs[0] = 0
      return counts(at) ? logs : logs.fill(0)
    }),
    counts: fields.map(({ levels }) => new Float64Array(levels.length)),
    learns: fields.map((_, at) => learns(at)),
    before: fields.map((field) => shares(field)),
  }
}

const LEAST = 1e-12

/** Divides each pattern's pairs among the kinds. */
function expect(patterns: readonly Pattern[], kinds: readonly Kind[]): void {
  for (const kind of kinds) for (const field of kind.counts) field.fill(0)
  const sums = new Float64Array(kinds.length)
  for (const { levels, count } of patterns) {
    const parts = chances(levels, kinds)
    for (let at = 0; at < kinds.length; at++) {
      const pairs = count * (parts[at] as number)
      sums[at] = (sums[at] as number) + pairs
      const { counts } = kinds[at] as Kind
      for (let field = 0; field < levels.length; field++) {
        const column = counts[field] as Float64Array
        const level = levels[field] as number
        column[level] = (column[level] as number) + pairs
      }
    }
  }
  const total = sums.reduce((sum, part) => sum + part, 0)
  for (const [at, kind] of kinds.entries()) kind.share = (sums[at] ?? 0) / Math.max(total, LEAST)
}

/** Chance of each kind given the levels; sums to 1. */
function chances(levels: Uint8Array, kinds: readonly Kind[]): Float64Array {
  const logs = new Float64Array(kinds.length)
  let most = Number.NEGATIVE_INFINITY
  for (const [at, kind] of kinds.entries()) {
    let log = Math.log(Math.max(kind.share, LEAST))
    for (let field = 0; field < levels.length; field++) {
      log += (kind.logs[field] as Float64Array)[levels[field] as number] as number
    }
    logs[at] = log
    if (log > most) most = log
  }
  let sum = 0
  for (let at = 0; at < logs.length; at++) {
    logs[at] = Math.exp((logs[at] as number) - most)
    sum += logs[at] as number
  }
  for (let at = 0; at < logs.length; at++) logs[at] = (logs[at] as number) / sum
  return logs
}

/** Shares from the counts and from what was believed; answers the largest step. */
function maximise(kinds: readonly Kind[]): number {
  let step = 0
  for (const { logs, counts, learns, before } of kinds) {
    for (let field = 0; field < logs.length; field++) {
      if (learns[field] !== true) continue
      const shares = sharesOf(counts[field] as Float64Array, before[field] ?? [])
      for (let level = 1; level < shares.length; level++) {
        const log = Math.log(Math.max(shares[level] ?? 0, LEAST))
        const column = logs[field] as Float64Array
        step = Math.max(step, Math.abs(Math.exp(log) - Math.exp(column[level] as number)))
        column[level] = log
      }
    }
  }
  return step
}

/** Shares of the levels that are not missing: the counts, and what was believed before them. */
export function sharesOf(counts: ArrayLike<number>, before: readonly number[]): number[] {
  let sum = 0
  for (let level = 1; level < counts.length; level++) sum += counts[level] ?? 0
  const believed = before.reduce((a, b) => a + b, 0) || 1
  return Array.from(counts, (count, level) =>
    level === 0
      ? 0
      : (count + (BELIEVED_pairs * (before[level] ?? 0)) / believed) / (sum + BELIEVED_pairs),
  )
}

/** Puts the lessons of all rules together, each field from the rules that do not agree on it. */
export function combine(
  fields: readonly FieldModel[],
  lessons: readonly Lesson[],
): readonly FieldModel[] {
  return fields.map((field, at) => {
    const m = addUp(
      lessons.map((lesson) => lesson.m[at] ?? null),
      field.levels.length,
    )
    const r = addUp(
      lessons.map((lesson) => lesson.r[at] ?? null),
      field.levels.length,
    )
    return {
      ...field,
      m: sharesOf(m, likelyShares(field.levels)),
      r: r.some((count) => count > 0) ? sharesOf(r, kinShares(field)) : field.r,
    }
  })
}

function addUp(columns: readonly (readonly number[] | null)[], levels: number): number[] {
  const sum = new Array<number>(levels).fill(0)
  for (const column of columns) {
    for (const [level, count] of (column ?? []).entries()) sum[level] = (sum[level] ?? 0) + count
  }
  return sum
}
