import { blockKeysOf, featuresOf } from '../compare/index.ts'
import { linkRows } from '../link/engine.ts'
import { FieldRows } from '../link/field-rows.ts'
import { type ModelFile, modelFile } from '../link/model-file.ts'
import type { Linked, Matter } from '../link/types.ts'
import { logOdds } from '../model/prior.ts'
import { fieldScores, Scorer } from '../model/score.ts'
import { type ModelField, modelFields } from './columns.ts'
import { defaultModel } from './default-model.ts'
import type { Scene } from './view.ts'

/** Fewer rows than this teach nothing that holds of others: the stored model is taken. */
const TAUGHT_least = 2_000

export interface CandidatePlan {
  readonly scene: Scene
  /** Rows that the exact stages left. */
  readonly rows: Uint32Array
  readonly threads: number
  readonly signal: AbortSignal | null
  placeText(unit: number): string
  onStage(stage: string): void
}

/** Persons that each of some rows may be. */
export interface Candidates {
  /** By place in `rows`: where its pairs begin, and where those of the next do. */
  readonly starts: Uint32Array
  readonly persons: Uint32Array
  /** log2 of the odds of each pair alone. */
  readonly odds: Float64Array
  /** The same of a pair that no blocking rule found: row by its place in `rows`. */
  oddsOf(place: number, person: number): number
  readonly model: ModelFile
  readonly isTaught: boolean
}

/** Scores the rows against the whole register, by a model learnt from them. */
export async function findCandidates(plan: CandidatePlan): Promise<Candidates> {
  const { scene, rows } = plan
  const fields = modelFields(plan)
  const matter: Matter = {
    spec: {
      id: 'row',
      fields: fields.map(({ spec }) => spec),
      blocking: null,
      names: scene.names,
    },
    columns: fields.map(({ column }) => column),
    leftRows: rows.length,
    rightRows: scene.people.count,
    isDedupe: false,
  }
  const isTaught = rows.length >= TAUGHT_least
  const linked = await linkRows(matter, {
    threads: plan.threads,
    trained: isTaught ? null : stored(matter, fields),
    shard: { index: 0, of: 1 },
    signal: plan.signal,
    onStage: plan.onStage,
  })
  const { pairs } = linked
  return {
    starts: startsOf(pairs.left, rows.length),
    persons: pairs.right,
    odds: pairs.weights,
    oddsOf: scorerOf(matter, linked),
    model: modelFile(linked),
    isTaught,
  }
}

/** Small files are few values, so that standardising them once more costs nothing. */
function stored(matter: Matter, fields: readonly ModelField[]): ModelFile {
  const features = fields.map(({ spec, column }) =>
    featuresOf(spec, column.values, matter.spec.names),
  )
  const levels = FieldRows.of(features, matter.columns).map((one) => one.levels)
  const keys = features.flatMap((one, at) =>
    blockKeysOf(one).map(({ id }) => `${fields[at]?.spec.name}:${id}`),
  )
  return defaultModel({
    fields: fields.map(({ spec }, at) => ({ ...spec, levels: levels[at] ?? [] })),
    keys: new Set(keys),
    rows: matter.leftRows,
    persons: matter.rightRows,
  })
}

function startsOf(left: Uint32Array, rows: number): Uint32Array {
  const starts = new Uint32Array(rows + 1)
  let at = 0
  for (let row = 0; row <= rows; row++) {
    while (at < left.length && (left[at] as number) < row) at++
    starts[row] = at
  }
  return starts
}

function scorerOf(matter: Matter, { model, features, frequencies }: Linked) {
  const scores = fieldScores(model, frequencies)
  const rows = FieldRows.of(features, matter.columns)
  const scorer = new Scorer(
    rows.flatMap((one, at) => {
      const score = scores[at]
      return score === undefined ? [] : [{ rows: one, score }]
    }),
    Number.NEGATIVE_INFINITY,
  )
  return (place: number, person: number): number => {
    scorer.score(place, person)
    return logOdds(scorer.scored.weight, scorer.scored.kin, model)
  }
}
