import path from 'node:path'
import { runLink } from '../../src/linkage/link/run.ts'
import { readSpec } from '../../src/linkage/spec/index.ts'
import { filesOf } from './goc.ts'

/** What it tells. */
export interface ScoreRate {
  readonly compared: number
  readonly seconds: number
}

/**
 * `node bench/linkage/score-rate.ts FOLDER OUT`: one thread links the files and tells how many
 * pairs it compared in how many seconds; finding them is part of it.
 */
const [folder, out] = process.argv.slice(2)
if (folder === undefined || out === undefined) throw new Error('name two folders: LABELLED OUT')
const { left, right, spec } = filesOf(folder, true)
const at = new Map<string, number>()
const { linked } = await runLink({
  left,
  right,
  spec: readSpec(spec),
  out: path.resolve(out),
  threshold: 0.5,
  model: null,
  shard: { index: 0, of: 1 },
  threads: 1,
  signal: null,
  language: 'en',
  onStage: (stage) => void at.set(stage, performance.now()),
})
const told: ScoreRate = {
  compared: linked.found.reduce((sum, pairs) => sum + pairs, 0),
  seconds: ((at.get('done') ?? Number.NaN) - (at.get('score') ?? Number.NaN)) / 1000,
}
process.stdout.write(`${JSON.stringify(told)}
`)
