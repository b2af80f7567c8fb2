/** Shares of all pairs that are matches and relatives. */
export interface Prior {
  readonly matches: number
  readonly relatives: number
}

export interface WeighedPairs {
  readonly weights: Float64Array
  readonly kin: Float64Array
}

const ROUNDS = 40

/**
 * How many of all pairs match, by expectation-maximisation over the pairs kept: those that were
 * not kept match with no chance worth counting.
 */
export function priorOf(pairs: WeighedPairs, allPairs: number, start: Prior): Prior {
  let prior = start
  for (let round = 0; round < ROUNDS; round++) {
    let [matches, relatives] = [0, 0]
    for (let at = 0; at < pairs.weights.length; at++) {
      const match = prior.matches * 2 ** (pairs.weights[at] as number)
      const relative = prior.relatives * 2 ** (pairs.kin[at] as number)
      const sum = match + relative + 1
      matches += match / sum
      relatives += relative / sum
    }
    const next = { matches: matches / allPairs, relatives: relatives / allPairs }
    const step = Math.abs(next.matches - prior.matches) / Math.max(next.matches, 1e-15)
    prior = next
    if (step < 1e-4) break
  }
  // No match at all would make the next match impossible.
  return { matches: Math.max(prior.matches, 0.5 / allPairs), relatives: prior.relatives }
}

/** log2 of the odds that a pair is one person, against strangers and relatives together. */
export function logOdds(weight: number, kin: number, { matches, relatives }: Prior): number {
  const against = Math.log2(1 - Math.min(matches, 0.999999) + relatives * 2 ** kin)
  return weight + Math.log2(matches) - against
}
