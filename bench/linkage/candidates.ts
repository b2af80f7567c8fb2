import { type Estimate, Sample } from './bootstrap.ts'
import { eachTruePair } from './pairs.ts'
import type { Truth } from './truth.ts'

/** A blocking rule, as far as its recall is concerned. */
export interface RecallRule {
  readonly id: string
  /** Rows as the truth numbers them. */
  finds(left: number, right: number): boolean
}

export interface RuleRecall {
  readonly id: string
  /** Of all pairs to be found, those the rule finds, and those no rule before it finds. */
  readonly recall: Estimate
  readonly added: Estimate
}

/** What each rule finds of the pairs to be found, and all of them together (`any`). */
export function candidateRecall(
  truth: Truth,
  rules: readonly RecallRule[],
): { readonly rules: readonly RuleRecall[]; readonly any: Estimate } {
  const width = 2 * rules.length + 2
  const sums = new Map<number, number[]>()
  eachTruePair(truth, (left, right) => {
    const person = truth.person[left] as number
    const counts = sums.get(person) ?? new Array<number>(width).fill(0)
    sums.set(person, counts)
    const add = (at: number): void => {
      counts[at] = (counts[at] ?? 0) + 1
    }
    let isFound = false
    for (const [at, rule] of rules.entries()) {
      if (!rule.finds(left, right)) continue
      add(2 * at)
      if (!isFound) add(2 * at + 1)
      isFound = true
    }
    if (isFound) add(width - 2)
    add(width - 1)
  })
  const sample = new Sample()
  for (const counts of sums.values()) sample.add(counts)
  return {
    rules: rules.map(({ id }, at) => ({
      id,
      recall: sample.share(2 * at, width - 1),
      added: sample.share(2 * at + 1, width - 1),
    })),
    any: sample.share(width - 2, width - 1),
  }
}
