import { chooseRules, chooseTeachers, type RuleChoice } from '../block/choose.ts'
import { pairCounter } from '../block/cost.ts'
import { agreesOn, drawMatches, type Found } from '../block/draw.ts'
import { type Blocks, EVERY_PAIR, type Rule } from '../block/rule.ts'
import type { Features } from '../compare/index.ts'
import { chanceShares, type Frequencies, withoutMatches } from '../model/chance.ts'
import { combine, type Lesson, learn } from '../model/expectation.ts'
import { canHaveRelatives, type FieldModel, likelyShares, type Model } from '../model/model.ts'
import { countPatterns, type Pattern, patternCode } from '../model/pattern.ts'
import type { FieldKind, LinkSpec } from '../types.ts'
import type { Crew } from './crew.ts'
import { FieldRows } from './field-rows.ts'
import type { TrainPairs } from './tasks.ts'
import { allPairs, type Matter, type Trained } from './types.ts'

/** All pairs are scored where there are no more than this many: nothing is lost to blocking. */
const EVERY_PAIR_most = 16_000_000
/** Pairs scored for each row of both files, where blocking is needed. */
const BUDGET_pairs = 6
const TRAIN_BUDGET_pairs = 3
const SAMPLE_pairs = 1_000_000
/** Pairs that one rule's lesson is learnt from. */
const LESSON_pairs = 60_000

export interface Training {
  readonly matter: Matter
  readonly blocks: Blocks
  readonly features: readonly Features[]
  readonly frequencies: readonly Frequencies[]
  readonly crew: Crew
  readonly onStage: (stage: 'sample' | 'train') => void
}

/** Rules and model from the data: rules by what is believed, a lesson of each, then both again. */
export async function train(training: Training): Promise<Trained> {
  const { matter, blocks, onStage } = training
  onStage('sample')
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
  onStage('train')
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

export function untaughtFields({ spec, columns }: Matter, features: readonly Features[]) {
  const rows = FieldRows.of(features, columns)
  return spec.fields.map(({ name, kind }, at) => ({ name, kind, levels: rows[at]?.levels ?? [] }))
}

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
      const hashes = await crew.do({ task: 'hash', rule })
      const sample = await crew.do({ task: 'train', hashes, share, most: 2 * LESSON_pairs })
      const agreed = new Set(fields.flatMap((_, at) => (agreesOn(rule, blocks, at) ? [at] : [])))
      const patterns = countPatterns(code, sample.patterns)
      const lesson = learn({
        patterns,
        fields,
        agreed,
        withRelatives: canHaveRelatives(kindsOf(matter)),
      })
      return { lesson, found: { rule, ...certainOf(sample, patterns, lesson) }, share }
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

function certainOf(sample: TrainPairs, patterns: readonly Pattern[], lesson: Lesson) {
  const certain = new Set(
    patterns.flatMap(({ code, levels }) => (lesson.chance(levels) >= CERTAIN ? [code] : [])),
  )
  const places: number[] = []
  for (const [at, code] of sample.patterns.entries()) if (certain.has(code)) places.push(at)
  return {
    left: Uint32Array.from(places, (at) => sample.left[at] as number),
    right: Uint32Array.from(places, (at) => sample.right[at] as number),
  }
}
