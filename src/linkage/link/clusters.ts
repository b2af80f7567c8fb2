import type { LinkedPairs } from './pairs.ts'

export interface ClusterPlan {
  readonly rows: number
  /** Where the right file's rows begin; 0 of one file with itself. */
  readonly rightFrom: number
  /** log2 of the odds from which on a pair joins two rows. */
  readonly least: number
}

/** Number of each row's cluster, from 1 in the order of the rows: rows joined by pairs, however far. */
export function clustersOf({ left, right, weights }: LinkedPairs, plan: ClusterPlan): Uint32Array {
  const parent = Uint32Array.from({ length: plan.rows }, (_, row) => row)
  const root = (row: number): number => {
    let at = row
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number
      at = parent[at] as number
    }
    return at
  }
  for (let at = 0; at < weights.length; at++) {
    if ((weights[at] as number) < plan.least) continue
    const [a, b] = [root(left[at] as number), root((right[at] as number) + plan.rightFrom)]
    parent[Math.max(a, b)] = Math.min(a, b)
  }
  const clusters = new Uint32Array(plan.rows)
  let last = 0
  for (let row = 0; row < plan.rows; row++) {
    const first = root(row)
    // The root is the first row of its cluster, so it has its number already.
    clusters[row] = first === row ? ++last : (clusters[first] as number)
  }
  return clusters
}
