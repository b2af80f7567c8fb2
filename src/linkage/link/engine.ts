import { chooseRules, chooseTeachers, type RuleChoice } from '../block/choose.ts'
import { pairCounter } from '../block/cost.ts'
import { agreesOn, drawMatches, type Found } from '../block/draw.ts'
import { type Blocks, EVERY_PAIR, type Rule } from '../block/rule.ts'
import { blockKeysOf, comparerOf, type Features, featuresOf } from '../compare/index.ts'
import { chanceShares, type Frequencies, frequenciesOf, withoutMatches } from '../model/chance.ts'
import { combine, type Lesson, learn } from '../model/expectation.ts'
import { canHaveRelatives, type FieldModel, likelyShares, type Model } from '../model/model.ts'
import { countPatterns, patternCode } from '../model/pattern.ts'
import { priorOf } from '../model/prior.ts'
import { fieldScores } from '../model/score.ts'
import type { FieldKind, LinkSpec } from '../types.ts'
import { Crew } from './crew.ts'
import { type ModelFile, trainedBy } from './model-file.ts'
import { likelyPairs, weighed } from './pairs.ts'
import type { Linked, Matter, Trained } from './types.ts'

export type Stage = 'standardise' | 'sample' | 'train' | 'score' | 'done'

export interface EngineOptions {
  readonly threads: number
  /** A model trained before, with its rules: nothing is learnt, and shards agree. */
  readonly trained: ModelFile | null
  /** The share of the pairs this run scores. */
  readonly shard: { readonly index: number; readonly of: number }
  readonly signal: AbortSignal | null
  readonly onStage: (stage: Stage) => void
}

/** All pairs are scored where there are no more than this many: nothing is lost to blocking. */
const EVERY_PAIR_most = 16_000_000
/** Pairs scored for each row of both files, where blocking is needed. */
const BUDGET_pairs = 8
const TRAIN_BUDGET_pairs = 3
const SAMPLE_pairs = 1_000_000
/** Pairs that one rule's lesson is learnt from. */
const LESSON_pairs = 150_000
/** Pairs are answered from this probability on. */
const LEAST_probability = 0.01
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
        ? await train({ matter, blocks, features, frequencies, crew, options })
        : trainedBy(options.trained, untaughtFields(matter, features), blocks.keys)
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
      features,
      frequencies,
      keys: blocks.keys,
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

export const allPairs = ({ leftRows, rightRows, isDedupe }: Matter): number =>
  isDedupe ? (leftRows * (leftRows - 1)) / 2 : leftRows * rightRows

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

interface Training {
  readonly matter: Matter
  readonly blocks: Blocks
  readonly features: readonly Features[]
  readonly frequencies: readonly Frequencies[]
  readonly crew: Crew
  readonly options: EngineOptions
}

/** Rules and model from the data: rules by what is believed, a lesson of each, then both again. */
async function train(training: Training): Promise<Trained> {
  const { matter, blocks, options } = training
  options.onStage('sample')
  const strangers = await strangersOf(training)
  const counter = pairCounter(blocks)
  const rows = matter.leftRows + matter.rightRows
  const planFor = (found: readonly Found[], budget: number) => ({
    keys: blocks.keys,
    draws: drawMatches(blocks, found),
    counter,
    rows,
    budget: Math.max(budget * rows, 200_000),
  })
  options.onStage('train')
  const given = givenRules(matter.spec, blocks)?.map((rule) => ({
    rule,
    pairs: counter.count(rule),
  }))
  let choices = given ?? chooseTeachers(planFor([], TRAIN_BUDGET_pairs))
  let fields: readonly FieldModel[] = strangers
  let taught: Taught = { fields, found: [], matches: 0 }
  for (let round = 0; round < 2; round++) {
    taught = await teach({ ...training, fields }, choices)
    fields = taught.fields
    choices =
      given ??
      (round === 0
        ? chooseTeachers(planFor(taught.found, TRAIN_BUDGET_pairs))
        : chooseRules(planFor(taught.found, BUDGET_pairs)))
  }
  const isSmall = given === undefined && allPairs(matter) <= EVERY_PAIR_most
  const matches = Math.min(0.5, Math.max(1, taught.matches) / allPairs(matter))
  const model: Model = {
    fields: fields.map((field) => ({ ...field, u: withoutMatches(field.u, field.m, matches) })),
    matches,
    relatives: canHaveRelatives(kindsOf(matter)) ? matches : 0,
  }
  return { model, rules: isSmall ? [EVERY_PAIR] : choices.map(({ rule }) => rule) }
}

const untaughtFields = ({ spec }: Matter, features: readonly Features[]) =>
  spec.fields.map(({ name, kind }, at) => ({
    name,
    kind,
    levels: comparerOf(features[at] as Features).levels,
  }))

const kindsOf = ({ spec }: Matter): readonly FieldKind[] => spec.fields.map(({ kind }) => kind)

/** u of every field, from pairs at random; m as it is believed before anything is learnt. */
async function strangersOf({ matter, features, frequencies, crew }: Training) {
  const samples = await crew.all((index, of) => ({
    task: 'sample' as const,
    shard: { index, of },
    pairs: Math.min(SAMPLE_pairs, allPairs(matter)),
  }))
  return untaughtFields(matter, features).map((field, at): FieldModel => {
    const { levels } = field
    const counts = new Float64Array(levels.length)
    for (const sample of samples) {
      for (const [level, count] of (sample[at] ?? []).entries()) {
        counts[level] = (counts[level] ?? 0) + count
      }
    }
    const u = chanceShares(levels, counts, frequencies[at]?.same ?? 0)
    return { ...field, m: likelyShares(levels), u, r: null }
  })
}

/** Rules the spec names: its fields must agree whole. Null: it names none. */
function givenRules(spec: LinkSpec, { keys }: Blocks): readonly Rule[] | null {
  return (
    spec.blocking?.map((names) => ({
      keys: names.map((name) => keys.findIndex(({ id }) => id === `${name}:exact`)),
    })) ?? null
  )
}

interface Taught {
  readonly fields: readonly FieldModel[]
  readonly found: readonly Found[]
  /** Matches there are at least: the most that one rule found. */
  readonly matches: number
}

async function teach(
  training: Training & { readonly fields: readonly FieldModel[] },
  choices: readonly RuleChoice[],
): Promise<Taught> {
  const { matter, blocks, crew, fields } = training
  const code = patternCode(fields.map(({ levels }) => levels.length))
  const lessons = await Promise.all(
    choices.map(async ({ rule, pairs }) => {
      const share = Math.min(1, LESSON_pairs / Math.max(pairs, 1))
      const sample = await crew.do({ task: 'train', rule, share, most: 2 * LESSON_pairs })
      const agreed = new Set(fields.flatMap((_, at) => (agreesOn(rule, blocks, at) ? [at] : [])))
      const lesson = learn({
        patterns: countPatterns(code, sample.patterns),
        fields,
        agreed,
        withRelatives: canHaveRelatives(kindsOf(matter)),
      })
      return { lesson, found: certain(rule, sample, lesson, code), share }
    }),
  )
  return {
    fields: combine(
      fields,
      lessons.map(({ lesson }) => lesson),
    ),
    found: lessons.map(({ found }) => found),
    matches: Math.max(0, ...lessons.map(({ lesson, share }) => lesson.matches / share)),
  }
}

/** Pairs of a lesson that are matches beyond much doubt. */
const CERTAIN = 0.9

function certain(
  rule: Rule,
  pairs: { left: Uint32Array; right: Uint32Array; patterns: Float64Array },
  lesson: Lesson,
  code: ReturnType<typeof patternCode>,
): Found {
  const chances = new Map<number, boolean>()
  const isCertain = (pattern: number): boolean => {
    const known = chances.get(pattern)
    if (known !== undefined) return known
    const [one] = countPatterns(code, Float64Array.of(pattern))
    const answer = one !== undefined && lesson.chance(one.levels) >= CERTAIN
    chances.set(pattern, answer)
    return answer
  }
  const places = Array.from(pairs.patterns.keys()).filter((at) =>
    isCertain(pairs.patterns[at] as number),
  )
  return {
    rule,
    left: Uint32Array.from(places, (at) => pairs.left[at] as number),
    right: Uint32Array.from(places, (at) => pairs.right[at] as number),
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
  return await crew.all((index, of) => ({
    task: 'score' as const,
    rules,
    shard: { index: shard.index * of + index, of: shard.of * of },
    scores,
    order,
    least,
  }))
}

const dearness = ({ fields }: Model, at: number): number => DEAR.indexOf(fields[at]?.kind ?? 'text')
