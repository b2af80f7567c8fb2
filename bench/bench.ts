import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** One figure beside its limit, as the table and the JSON show it. */
export interface Figure {
  readonly name: string
  readonly unit: string
  /** Median of the subject's rounds. */
  readonly ours: number
  /** Median of the limit's rounds; null where the goal is absolute. */
  readonly limit: number | null
  /** What the limit is. */
  readonly limitIs: string
  /** In words, such as `≥ 75 % of the limit`; `-` where none is set. */
  readonly goal: string
  readonly met: boolean
  /** Median over the rounds of ours ÷ limit of the same round; the reverse where less is better. */
  readonly share: number | null
  readonly rounds: readonly { readonly ours: number; readonly limit: number | null }[]
}

export interface Bench {
  readonly name: string
  /** Runs and answers its figures; says what it does now and then. */
  run(say: (line: string) => void): Promise<readonly Figure[]>
}

/**
 * GOC_BENCH_SMOKE=1: every bench runs through once, small and short, to show that it still works.
 * Its figures mean nothing and are kept nowhere.
 */
export const SMOKE = process.env.GOC_BENCH_SMOKE === '1'

/** A size, a number of rounds or a duration: of the real run, and of the smoke run. */
export const sized = (full: number, smoke: number): number => (SMOKE ? smoke : full)

export const ROUNDS = sized(5, 1)

/** The middle of an odd count, the mean of the two middles of an even one. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** The value below which a share of all lies (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

export interface Alternation {
  readonly name: string
  readonly unit: string
  /** True for rates, false for durations. */
  readonly moreIsBetter: boolean
  readonly limitIs: string
  /** Least share of the limit, 0.75 for 75 %. */
  readonly goalShare: number
  readonly rounds?: number
  limit(round: number): Promise<number>
  ours(round: number): Promise<number>
}

/** Runs the limit and the subject in turn, so that a drifting machine drifts for both. */
export async function alternate(alternation: Alternation): Promise<Figure> {
  const { name, unit, moreIsBetter, limitIs, goalShare } = alternation
  const rounds: { ours: number; limit: number }[] = []
  for (let round = 0; round < (alternation.rounds ?? ROUNDS); round++) {
    // The order changes sides each round: whoever comes second finds warmer caches.
    if (round % 2 === 0) {
      const limit = await alternation.limit(round)
      rounds.push({ limit, ours: await alternation.ours(round) })
    } else {
      const ours = await alternation.ours(round)
      rounds.push({ ours, limit: await alternation.limit(round) })
    }
  }
  const share = median(rounds.map((r) => (moreIsBetter ? r.ours / r.limit : r.limit / r.ours)))
  return {
    name,
    unit,
    ours: median(rounds.map((r) => r.ours)),
    limit: median(rounds.map((r) => r.limit)),
    limitIs,
    goal: `≥ ${Math.round(goalShare * 100)} % of the limit`,
    met: share >= goalShare,
    share,
    rounds,
  }
}

export interface Absolute {
  readonly name: string
  readonly unit: string
  readonly values: readonly number[]
  readonly goal: string
  readonly met: (value: number) => boolean
}

/** A figure with an absolute goal; the median of its rounds is what counts. */
export function absolute({ name, unit, values, goal, met }: Absolute): Figure {
  const ours = median(values)
  const rounds = values.map((value) => ({ ours: value, limit: null }))
  return { name, unit, ours, limit: null, limitIs: '-', goal, met: met(ours), share: null, rounds }
}

const OUT = fileURLToPath(new URL('./out/', import.meta.url))

/** Prints the table and writes bench/out/<name>.json. No gate fails on a rate. */
export function report(name: string, figures: readonly Figure[], seconds: number): string {
  const [one, five] = loadavg()
  const processor = cpus()
  const machine = `${processor.length} × ${processor[0]?.model ?? '?'}, Node ${process.versions.node}`
  const load = { one, five }
  if (!SMOKE) {
    mkdirSync(OUT, { recursive: true })
    writeFileSync(
      path.join(OUT, `${name}.json`),
      `${JSON.stringify({ name, machine, load, seconds, figures }, null, 2)}\n`,
    )
  }
  const rows = figures.map((figure) => [
    figure.name,
    `${round(figure.ours)} ${figure.unit}`,
    figure.limit === null ? '' : `${round(figure.limit)} ${figure.unit} (${figure.limitIs})`,
    figure.share === null ? '' : `${Math.round(figure.share * 100)} %`,
    figure.goal,
    figure.goal === '-' ? '' : figure.met ? 'met' : 'MISSED',
  ])
  const table = columns([['figure', 'ours', 'limit', 'share', 'goal', ''], ...rows])
  return `${name}: ${machine}, load ${one?.toFixed(2)} ${five?.toFixed(2)}, ${seconds.toFixed(0)} s\n${table}`
}

function round(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toLocaleString('en', { maximumFractionDigits: digits })
}

export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  )
  return rows
    .map(
      (row) =>
        `  ${row
          .map((cell, at) => cell.padEnd(widths[at] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}
