import type { Blocks } from '../block/rule.ts'
import { blockKeysOf, type Features, featuresOf } from '../compare/index.ts'
import { type Frequencies, frequenciesOf } from '../model/chance.ts'
import type { Model } from '../model/model.ts'
import { priorOf } from '../model/prior.ts'
import { fieldScores } from '../model/score.ts'
import type { FieldKind } from '../types.ts'
import { Crew } from './crew.ts'
import { type ModelFile, trainedBy } from './model-file.ts'
import { gather, type LinkedPairs, likelyPairs, weighed } from './pairs.ts'
import { train, untaughtFields } from './train.ts'
import { allPairs, type Linked, type Matter, type Trained } from './types.ts'

export type Stage = 'standardise' | 'sample' | 'train' | 'score' | 'done'

export interface EngineOptions {
  readonly threads: number
  /** A model trained before, with its rules: nothing is learnt, and shards agree. */
  readonly trained: ModelFile | null
  /** Pairs that shards of this work have scored: nothing is scored again. */
  readonly gathered?: readonly LinkedPairs[]
  /** The share of the pairs this run scores. */
  readonly shard: { readonly index: number; readonly of: number }
  readonly signal: AbortSignal | null
  readonly onStage: (stage: Stage) => void
}

/** Pairs are answered from this probability on. */
export const LEAST_probability = 0.01
/** Matches a row has at most, on the whole: bounds the prior before it is known. */
const MATCHES_per_row = 5

/** Finds the pairs of rows that are one person; learns how from the data, without labels. */
export async function linkRows(matter: Matter, options: EngineOptions): Promise<Linked> {
  options.onStage('standardise')
  const features = matter.spec.fields.map((field, at) =>
    featuresOf(field, matter.columns[at]?.values ?? [], matter.spec.names),
  )
  const blocks = blocksOf(matter, features)
  const frequencies = features.map((one, at) =>
    frequenciesOf(one, matter.columns[at] ?? { left: EMPTY, right: EMPTY }),
  )
  const crew = new Crew({ blocks, features }, options.threads)
  const stop = () => void crew.end()
  options.signal?.addEventListener('abort', stop)
  try {
    const trained =
      options.trained === null
        ? await train({ matter, blocks, features, frequencies, crew, onStage: options.onStage })
        : trainedBy(options.trained, untaughtFields(matter, features), blocks.keys)
    const learnt = { features, frequencies, keys: blocks.keys }
    if (options.gathered !== undefined) {
      const pairs = gather(options.gathered, matter.leftRows)
      return { ...trained, ...learnt, found: [], pairs }
    }
    options.onStage('score')
    const scored = await scoreAll({ trained, frequencies, crew, matter, shard: options.shard })
    const prior =
      options.trained === null
        ? priorOf(weighed(scored), allPairs(matter), trained.model)
        : trained.model
    options.onStage('done')
    return {
      model: { ...trained.model, ...prior },
      rules: trained.rules,
      ...learnt,
      found: trained.rules.map((_, at) =>
        scored.reduce((sum, one) => sum + (one.found[at] ?? 0), 0),
      ),
      pairs: likelyPairs(scored, { prior, leftRows: matter.leftRows, least: LEAST_probability }),
    }
  } finally {
    options.signal?.removeEventListener('abort', stop)
    await crew.end()
  }
}

const EMPTY = new Uint32Array(0)

function blocksOf(matter: Matter, features: readonly Features[]): Blocks {
  const keys = matter.spec.fields.flatMap((field, at) =>
    blockKeysOf(features[at] as Features).map((key) => ({
      field: at,
      id: `${field.name}:${key.id}`,
      keys: key.keys,
    })),
  )
  const { columns, leftRows, rightRows, isDedupe } = matter
  return {
    columns: columns.map(({ left, right }) => ({ left, right })),
    keys,
    leftRows,
    rightRows,
    isDedupe,
  }
}

interface ScorePlan {
  readonly trained: Trained
  readonly frequencies: readonly Frequencies[]
  readonly crew: Crew
  readonly matter: Matter
  readonly shard: { readonly index: number; readonly of: number }
}

/** Kinds whose comparison is a look-up come first: most pairs are told apart before any text. */
const DEAR: readonly FieldKind[] = ['given-name', 'surname', 'place', 'full-name', 'text']

async function scoreAll({ trained, frequencies, crew, matter, shard }: ScorePlan) {
  const { model, rules } = trained
  const scores = fieldScores(model, frequencies)
  const order = model.fields
    .map((_, at) => at)
    .toSorted((a, b) => dearness(model, a) - dearness(model, b))
  const rows = Math.max(matter.leftRows, matter.rightRows)
  const prior = Math.max((MATCHES_per_row * rows) / allPairs(matter), model.matches * 3)
  const least = Math.log2(LEAST_probability) - Math.log2(Math.min(prior, 1))
  const isEvery = rules.some(({ keys }) => keys.length === 0)
  const hashes = isEvery
    ? null
    : await Promise.all(rules.map((rule) => crew.do({ task: 'hash', rule })))
  return await crew.all((index, of) => ({
    task: 'score' as const,
    rules: hashes,
    shard: { index: shard.index * of + index, of: shard.of * of },
    scores,
    order,
    least,
  }))
}

const dearness = ({ fields }: Model, at: number): number => DEAR.indexOf(fields[at]?.kind ?? 'text')
