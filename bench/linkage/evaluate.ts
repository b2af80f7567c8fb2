import { existsSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { columns } from '../bench.ts'
import type { Estimate } from './bootstrap.ts'
import { clusterFigures } from './clusters.ts'
import { type CalibrationBin, type CurveFigures, calibration, curveFigures } from './curve.ts'
import { readOutput } from './output.ts'
import { type Figures, type PairFigures, pairFigures, strataFigures } from './pairs.ts'
import { readIds, readPairs, readStrata, type Stratum, type Truth, truthOf } from './truth.ts'

/** What is known of a run of linkage once its output is laid beside the truth. */
export interface Evaluation {
  readonly pairs: PairFigures
  /** B-cubed; null where there is no clusters.csv. */
  readonly clusters: Figures | null
  readonly curve: CurveFigures
  readonly calibration: readonly CalibrationBin[]
  readonly strata: readonly {
    readonly name: string
    readonly labels: ReadonlyMap<string, PairFigures>
  }[]
}

export interface Known {
  readonly truth: Truth
  readonly strata: readonly Stratum[]
}

/** The truth of a folder that the generator wrote. */
export function readKnown(folder: string): Known {
  const at = (name: string): string => path.join(folder, name)
  const isOne = !existsSync(at('right-strata.csv'))
  const truth = truthOf({
    leftIds: readIds(at('left-strata.csv')),
    rightIds: isOne ? null : readIds(at('right-strata.csv')),
    pairs: readPairs(at('truth.csv')),
  })
  // A right row's strata are its person's, and how much went wrong in it.
  const strata =
    truth.right === null
      ? readStrata(at('left-strata.csv'), truth.left, truth.rows)
      : readStrata(at('right-strata.csv'), truth.right, truth.rows)
  return { truth, strata }
}

/** Lays `pairs.csv` and `clusters.csv` of a folder beside the truth. */
export function evaluate({ truth, strata }: Known, folder: string): Evaluation {
  const clusters = path.join(folder, 'clusters.csv')
  const output = readOutput(
    path.join(folder, 'pairs.csv'),
    existsSync(clusters) ? clusters : null,
    truth,
  )
  return {
    pairs: pairFigures(truth, output),
    clusters: output.cluster === null ? null : clusterFigures(truth, output.cluster),
    curve: curveFigures(truth, output),
    calibration: calibration(truth, output),
    strata: strata.map((stratum) => ({
      name: stratum.name,
      labels: strataFigures(truth, output, stratum),
    })),
  }
}

const percent = (value: number, digits = 3): string => (value * 100).toFixed(digits)

/** '99.123 (99.010–99.201)', in per cent. */
export const shown = ({ value, from, to }: Estimate): string =>
  Number.isNaN(value) ? '–' : `${percent(value)} (${percent(from)}–${percent(to)})`

const row = (name: string, figures: Figures): string[] => [
  name,
  shown(figures.precision),
  shown(figures.recall),
  shown(figures.f1),
]

/** Tables for a terminal; shares in per cent with their 95 % intervals. */
export function tables(evaluation: Evaluation): string {
  const { pairs, clusters, curve, strata } = evaluation
  const head = ['', 'precision', 'recall', 'F1']
  const whole = [head, row(`pairs at 0.5 (${pairs.taken} of ${pairs.pairs})`, pairs)]
  if (clusters !== null) whole.push(row('clusters, B-cubed', clusters))
  const curves = [
    ...curve.recallAt.map(({ precision, recall }) => [
      `recall at precision ${percent(precision, 2)} %`,
      shown(recall),
    ]),
    [
      'Brier score',
      `${curve.brier.value.toFixed(5)} (${curve.brier.from.toFixed(5)}–${curve.brier.to.toFixed(5)})`,
    ],
  ]
  const bins = [
    ['probability', 'pairs', 'said', 'true'],
    ...evaluation.calibration.map((bin) => [
      `${bin.from}–${bin.to}`,
      String(bin.pairs),
      percent(bin.said, 2),
      percent(bin.true, 2),
    ]),
  ]
  const divided = strata.map(({ name, labels }) =>
    columns([
      [name, 'pairs', 'precision', 'recall', 'F1'],
      ...[...labels]
        .filter(([, figures]) => figures.pairs > 0)
        .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
        .map(([label, figures]) => {
          const [, ...rest] = row(label, figures)
          return [label, String(figures.pairs), ...rest]
        }),
    ]),
  )
  return [columns(whole), columns(curves), columns(bins), ...divided].join('\n')
}

/** `node bench/linkage/evaluate.ts LABELLED OUT`: a folder of the generator, and one of `goc link`. */
function program(): void {
  const [known, out] = parseArgs({ allowPositionals: true }).positionals
  if (known === undefined || out === undefined) throw new Error('name two folders: LABELLED OUT')
  process.stdout.write(tables(evaluate(readKnown(known), out)))
}

if (import.meta.main) program()
