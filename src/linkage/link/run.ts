import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { type Lang, makeFolder, type NameRules } from '../../kernel/index.ts'
import type { Shard } from '../block/rule.ts'
import type { TwoFiles } from '../read/index.ts'
import { readFiles } from '../read/index.ts'
import { linkReport } from '../report/link-report.ts'
import type { LinkSpec } from '../types.ts'
import { clustersOf } from './clusters.ts'
import { compete } from './compete.ts'
import { countryOf } from './country.ts'
import { LEAST_probability, linkRows, type Stage } from './engine.ts'
import { type ModelFile, modelFile } from './model-file.ts'
import { readPart, writePart } from './part-file.ts'
import type { Linked, Matter } from './types.ts'
import { writeClusters, writePairs } from './write.ts'

export interface RunPlan {
  readonly left: string
  /** Null: the left file with itself. */
  readonly right: string | null
  readonly spec: LinkSpec
  readonly out: string
  /** Probability from which on two rows are of one cluster. */
  readonly threshold: number
  readonly model: ModelFile | null
  /** Whose ways of writing names are known; they are used where the names are theirs. */
  readonly countries?: readonly NameRules[]
  /** Of the report. */
  readonly language: Lang
  readonly shard: Shard
  /** Folders of shards, whose pairs are put together instead of scored. */
  readonly gather?: readonly string[]
  readonly threads?: number
  readonly signal: AbortSignal | null
  readonly onStage: (stage: 'read' | Stage | 'write') => void
}

export interface RunDone {
  readonly files: TwoFiles
  readonly linked: Linked
  readonly clusters: number
  readonly seconds: number
  /** Seconds each stage took, in their order. */
  readonly stages: Readonly<Record<string, number>>
}

/** Reads, links and writes: what `goc link` and `goc dedupe` do. */
export async function runLink(plan: RunPlan): Promise<RunDone> {
  const watch = stopwatch(plan.onStage)
  const threads = plan.threads ?? availableParallelism()
  makeFolder(plan.out)
  const scratch = mkdtempSync(path.join(plan.out, '.scratch-'))
  try {
    watch.begin('read')
    const { left, right, signal } = plan
    const reading = { left, right, spec: plan.spec, scratch, threads }
    const files = await readFiles(signal === null ? reading : { ...reading, signal })
    const names = plan.spec.names ?? countryOf(plan.spec, files.columns, plan.countries ?? [])
    const matter: Matter = {
      spec: { ...plan.spec, names },
      columns: files.columns,
      leftRows: files.left.rows,
      rightRows: files.right.rows,
      isDedupe: right === null,
    }
    const found = await linkRows(matter, {
      threads,
      trained: plan.model,
      ...(plan.gather !== undefined && { gathered: plan.gather.map(readPart) }),
      shard: plan.shard,
      signal,
      onStage: watch.begin,
    })
    watch.begin('write')
    // Who competes is seen in all pairs: a shard knows only some of them.
    const isWhole = right !== null && plan.shard.of === 1
    const pairs = isWhole
      ? compete(found.pairs, { ...matter, least: LEAST_probability })
      : found.pairs
    const linked = { ...found, pairs }
    const clusters = writeAll(plan, files, linked)
    const done = watch.read()
    if (clusters !== null) writeReport(plan, { files, linked, clusters }, done.seconds)
    return { files, linked, clusters: clusters?.reduce((a, b) => Math.max(a, b), 0) ?? 0, ...done }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

function stopwatch(onStage: RunPlan['onStage']) {
  const began = performance.now()
  const stages: Record<string, number> = {}
  let stage = ''
  let since = began
  const lap = () => {
    const now = performance.now()
    if (stage !== '') stages[stage] = Math.round(now - since) / 1000
    since = now
  }
  return {
    begin(next: 'read' | Stage | 'write') {
      lap()
      stage = next
      onStage(next)
    },
    read() {
      lap()
      return { seconds: (since - began) / 1000, stages }
    },
  }
}

/** Answers each row's cluster; null of a shard, which knows only some of the pairs. */
function writeAll(plan: RunPlan, files: TwoFiles, linked: Linked): Uint32Array | null {
  const file = (name: string) => path.join(plan.out, name)
  const isDedupe = plan.right === null
  writePairs(file('pairs.csv'), linked.pairs, { left: files.left, right: files.right })
  writeFileSync(file('model.json'), `${JSON.stringify(modelFile(linked), null, 2)}\n`)
  if (plan.shard.of > 1) {
    writePart(plan.out, linked.pairs)
    return null
  }
  const clusters = clustersOf(linked.pairs, {
    rows: isDedupe ? files.left.rows : files.left.rows + files.right.rows,
    rightFrom: isDedupe ? 0 : files.left.rows,
    least: Math.log2(plan.threshold / (1 - plan.threshold)),
  })
  writeClusters(file('clusters.csv'), clusters, {
    left: files.left,
    right: isDedupe ? null : files.right,
  })
  return clusters
}

function writeReport(
  { language, spec, threshold, out }: RunPlan,
  found: { readonly files: TwoFiles; readonly linked: Linked; readonly clusters: Uint32Array },
  seconds: number,
): void {
  const report = linkReport({ language, spec, threshold, seconds, ...found })
  writeFileSync(path.join(out, 'report.html'), report)
}
