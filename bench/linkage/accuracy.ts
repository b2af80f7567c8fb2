import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { runLink } from '../../src/linkage/link/run.ts'
import { readSpec } from '../../src/linkage/spec/index.ts'
import type { Estimate } from './bootstrap.ts'
import { candidateRecall, type RecallRule } from './candidates.ts'
import { type Evaluation, evaluate, readKnown, shown, tables } from './evaluate.ts'
import { filesOf } from './goc.ts'

/** What the bench reads of an accuracy run. */
export interface Accuracy {
  readonly evaluation: Evaluation
  readonly candidates: ReturnType<typeof candidateRecall>
}

/** Links a labelled pair of files and lays what comes of it beside the truth. */
async function accuracyOf(folder: string, out: string): Promise<Accuracy> {
  const isTwo = existsSync(path.join(folder, 'right.csv'))
  const { left, right, spec } = filesOf(folder, isTwo)
  const { linked, files } = await runLink({
    left,
    right,
    spec: readSpec(spec),
    out,
    threshold: 0.5,
    model: null,
    shard: { index: 0, of: 1 },
    signal: null,
    language: 'en',
    onStage: () => {},
  })
  const known = readKnown(folder)
  // Rows of a file stand in the truth as they stand in the file, its ids being 1, 2, 3 …
  const rightFrom = isTwo ? known.truth.leftRows : 0
  const rules = linked.rules.map((rule): RecallRule => {
    const parts = rule.keys.flatMap((at) => {
      const key = linked.keys[at]
      const column = key && files.columns[key.field]
      return column === undefined ? [] : [{ keys: key?.keys ?? new Uint32Array(), ...column }]
    })
    const id = rule.keys.map((at) => linked.keys[at]?.id ?? '').join(' + ') || 'every pair'
    const finds = (one: number, other: number): boolean =>
      parts.every(({ keys, left: lefts, right: rights }) => {
        const key = keys[lefts[one] ?? 0] ?? 0
        return key !== 0 && key === keys[rights[other - rightFrom] ?? 0]
      })
    return { id, finds }
  })
  return {
    evaluation: evaluate(known, out),
    candidates: candidateRecall(known.truth, rules),
  }
}

const perCent = (estimate: Estimate): string => `${shown(estimate)} %`

/** `node bench/linkage/accuracy.ts LABELLED OUT`: tables to OUT/accuracy.txt, JSON to its output. */
const [folder, out] = process.argv.slice(2)
if (folder === undefined || out === undefined) throw new Error('name two folders: LABELLED OUT')
mkdirSync(out, { recursive: true })
const accuracy = await accuracyOf(folder, out)
const { rules, any } = accuracy.candidates
const lines = rules.map(
  ({ id, recall, added }) => `${id}: ${perCent(recall)}, adds ${perCent(added)}`,
)
writeFileSync(
  path.join(out, 'accuracy.txt'),
  `${tables(accuracy.evaluation)}\ncandidate recall of the blocking rules, in their order\n${[...lines, `all rules: ${perCent(any)}`].join('\n')}\n`,
)
const json = { ...accuracy, evaluation: { ...accuracy.evaluation, strata: [] } }
process.stdout.write(`${JSON.stringify(json)}\n`)
