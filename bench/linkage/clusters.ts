import { opened, Sample } from './bootstrap.ts'
import type { Figures } from './pairs.ts'
import type { Truth } from './truth.ts'

/** B-cubed precision, recall and F of the clusters, over the rows of both files (Bagga 1998). */
export function clusterFigures(truth: Truth, cluster: Int32Array): Figures {
  const sizes = new Map<number, number>()
  const shared = new Map<number, number>()
  const key = (row: number): number =>
    (cluster[row] as number) * truth.persons + (truth.person[row] as number)
  const sizeOfPerson = new Int32Array(truth.persons)
  for (let row = 0; row < truth.rows; row++) {
    const at = cluster[row] as number
    if (at === -1) throw new Error('clusters.csv leaves out a row')
    sizes.set(at, (sizes.get(at) ?? 0) + 1)
    shared.set(key(row), (shared.get(key(row)) ?? 0) + 1)
    const person = truth.person[row] as number
    sizeOfPerson[person] = (sizeOfPerson[person] as number) + 1
  }
  const precision = new Float64Array(truth.persons)
  const recall = new Float64Array(truth.persons)
  for (let row = 0; row < truth.rows; row++) {
    const person = truth.person[row] as number
    const both = shared.get(key(row)) ?? 0
    precision[person] =
      (precision[person] as number) + both / (sizes.get(cluster[row] as number) ?? 1)
    recall[person] = (recall[person] as number) + both / (sizeOfPerson[person] as number)
  }
  const sample = new Sample()
  for (let person = 0; person < truth.persons; person++) {
    sample.add([
      precision[person] as number,
      recall[person] as number,
      sizeOfPerson[person] as number,
    ])
  }
  const harmonic = ([p = 0, r = 0, rows = 1]: readonly number[]): number =>
    (2 * (p / rows) * (r / rows)) / (p / rows + r / rows)
  return {
    precision: sample.share(0, 2),
    recall: sample.share(1, 2),
    f1: opened(sample.estimate(harmonic), truth.rows),
  }
}
