import { eachRow } from './rows.ts'
import { rowOf, type Truth } from './truth.ts'

/** What a run of linkage says, by the rows of the truth. */
export interface Output {
  /** Pairs from the most probable to the least; rows as the truth numbers them. */
  readonly left: Int32Array
  readonly right: Int32Array
  readonly probability: Float64Array
  /** Cluster by row; -1 where clusters.csv says nothing of the row. Null without that file. */
  readonly cluster: Int32Array | null
}

/** @throws Error for an unknown id or a pair written twice: its figures would mean nothing. */
export function readOutput(pairs: string, clusters: string | null, truth: Truth): Output {
  const lefts: number[] = []
  const rights: number[] = []
  const probabilities: number[] = []
  const isOne = truth.right === null
  const rightIds = truth.right ?? truth.left
  eachRow(pairs, ([one = '', other = '', probability = '']) => {
    const left = rowOf(truth.left, one)
    const right = rowOf(rightIds, other)
    lefts.push(isOne ? Math.min(left, right) : left)
    rights.push(isOne ? Math.max(left, right) : right)
    probabilities.push(Number(probability))
  })
  refuseTwice(lefts, rights, truth.rows)
  const order = Uint32Array.from(lefts, (_, at) => at)
  order.sort((a, b) => (probabilities[b] as number) - (probabilities[a] as number))
  return {
    left: Int32Array.from(order, (at) => lefts[at] as number),
    right: Int32Array.from(order, (at) => rights[at] as number),
    probability: Float64Array.from(order, (at) => probabilities[at] as number),
    cluster: clusters === null ? null : readClusters(clusters, truth),
  }
}

function refuseTwice(left: readonly number[], right: readonly number[], rows: number): void {
  const keys = Float64Array.from(left, (row, at) => row * rows + (right[at] as number)).sort()
  for (let at = 1; at < keys.length; at++) {
    if (keys[at] === keys[at - 1]) throw new Error('pairs.csv holds a pair twice')
  }
  if (left.some((row, at) => row === right[at])) throw new Error('a row is paired with itself')
}

function readClusters(file: string, truth: Truth): Int32Array {
  const codes = new Map<string, number>()
  const cluster = new Int32Array(truth.rows).fill(-1)
  eachRow(file, ([id = '', name = '', side = 'left']) => {
    const ids = side === 'right' && truth.right !== null ? truth.right : truth.left
    const code = codes.get(name) ?? codes.size
    codes.set(name, code)
    cluster[rowOf(ids, id)] = code
  })
  return cluster
}
