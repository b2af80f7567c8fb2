import type { PairCounter } from './cost.ts'
import type { RowKey, Rule } from './rule.ts'

/**
 * Which keys matches agree on: one array a key, one place a match drawn from what is known of
 * them; 1: this match agrees on the key.
 */
export type MatchDraws = readonly Uint8Array[]

export interface RuleChoice {
  readonly rule: Rule
  /** Estimate, from a sample of the rows. */
  readonly pairs: number
}

/** What finding rows of a block costs beside its pairs, as pairs a row. */
const OVERHEAD_pairs = 0.3
const RULES_max = 16
/** A match found by one rule alone is lost with one more error: each further rule is worth so much. */
const FURTHER_worth = 0.15
const FURTHER_most = 2
/** Rules of three keys are tried where two keys find too many pairs; no more than so many. */
const TRIPLES_max = 400

export interface ChoosePlan {
  readonly keys: readonly RowKey[]
  readonly draws: MatchDraws
  readonly counter: PairCounter
  readonly rows: number
  /** Pairs that all rules together may find. */
  readonly budget: number
  /** Most rules that are chosen, and keys they may use; all by default. */
  readonly most?: number
  readonly isUsable?: (place: number) => boolean
}

/**
 * Rules that together find most matches within a budget of pairs: weighted set cover, greedily.
 * What no rule finds no score brings back, so rules differ in the fields they trust.
 */
export function chooseRules(plan: ChoosePlan): readonly RuleChoice[] {
  const { draws, rows, budget } = plan
  const candidates = candidateRules(plan)
  const covered = new Uint8Array(draws[0]?.length ?? 0)
  const chosen: RuleChoice[] = []
  const isChosen = new Set<Rule>()
  let spent = 0
  while (chosen.length < (plan.most ?? RULES_max)) {
    let best: { choice: Candidate; worth: number } | null = null
    for (const choice of candidates) {
      if (spent + choice.pairs > budget || isChosen.has(choice.rule)) continue
      const worth = gain(choice.finds, covered) / (choice.pairs + OVERHEAD_pairs * rows)
      if (worth > (best?.worth ?? 0)) best = { choice, worth }
    }
    if (best === null || gain(best.choice.finds, covered) < LEAST_GAIN * covered.length) break
    const { finds, rule, pairs } = best.choice
    for (let at = 0; at < covered.length; at++) covered[at] = (covered[at] ?? 0) + (finds[at] ?? 0)
    spent += pairs
    isChosen.add(rule)
    chosen.push({ rule, pairs })
  }
  // The smallest first: a pair found by several rules is then skipped by the larger ones.
  return chosen.toSorted((a, b) => a.pairs - b.pairs)
}

/** Rules to learn from: of every field at least one that does not rest on it, if there is any. */
export function chooseTeachers(plan: ChoosePlan): readonly RuleChoice[] {
  const chosen = [...chooseRules(plan)]
  const { keys } = plan
  for (const field of new Set(keys.map((key) => key.field))) {
    const restsOn = ({ rule }: RuleChoice) => rule.keys.some((key) => keys[key]?.field === field)
    if (!chosen.every(restsOn)) continue
    const without = keys.map((key) => key.field !== field)
    const [first] = chooseRules({ ...plan, most: 1, isUsable: (place) => without[place] === true })
    if (first !== undefined) chosen.push(first)
  }
  return chosen
}

/** A rule must find at least this share of the matches anew. */
const LEAST_GAIN = 0.0005

interface Candidate extends RuleChoice {
  /** By match drawn: 1 when the rule finds it. */
  readonly finds: Uint8Array
}

function candidateRules(plan: ChoosePlan): readonly Candidate[] {
  const { keys, draws, counter, budget, isUsable = () => true } = plan
  const found: Candidate[] = []
  const take = (places: readonly number[]): number => {
    const rule = { keys: places }
    const pairs = counter.count(rule)
    if (pairs <= budget) found.push({ rule, pairs, finds: both(places, draws) })
    return pairs
  }
  const single = keys.map((_, place) => (isUsable(place) ? take([place]) : Number.NaN))
  const tooLarge: (readonly number[])[] = []
  for (let a = 0; a < keys.length; a++) {
    for (let b = a + 1; b < keys.length; b++) {
      // A key that alone finds few pairs gains nothing by being narrowed.
      if (keys[a]?.field === keys[b]?.field || !isUsable(a) || !isUsable(b)) continue
      if (Math.min(single[a] ?? 0, single[b] ?? 0) < budget * NARROW_ENOUGH) continue
      const pairs = take([a, b])
      if (pairs > budget * NARROW_ENOUGH) tooLarge.push([a, b])
    }
  }
  let triples = 0
  for (const [a = 0, b = 0] of tooLarge) {
    for (let c = b + 1; c < keys.length && triples < TRIPLES_max; c++) {
      const fields = new Set([keys[a]?.field, keys[b]?.field, keys[c]?.field])
      if (fields.size < 3 || !isUsable(c)) continue
      triples++
      take([a, b, c])
    }
  }
  return found
}

/** A rule that takes no more than this share of the budget is left as it is. */
const NARROW_ENOUGH = 0.05

function both(places: readonly number[], draws: MatchDraws): Uint8Array {
  const [first = 0, ...rest] = places
  const finds = Uint8Array.from(draws[first] ?? [])
  for (const place of rest) {
    const agrees = draws[place]
    for (let at = 0; at < finds.length; at++) finds[at] = (finds[at] ?? 0) & (agrees?.[at] ?? 0)
  }
  return finds
}

function gain(finds: Uint8Array, covered: Uint8Array): number {
  let sum = 0
  for (let at = 0; at < finds.length; at++) {
    if (finds[at] === 0) continue
    const rules = covered[at] as number
    if (rules <= FURTHER_most) sum += FURTHER_worth ** rules
  }
  return sum
}
