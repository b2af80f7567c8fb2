import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Refusal, type Tool, type Workshop } from '../../kernel/index.ts'
import { speak } from '../speak.ts'
import { readSpec } from '../spec/index.ts'
import type { ModelFile } from './model-file.ts'
import { runLink } from './run.ts'

const WRONG_USAGE = 2

const OPTIONS = {
  spec: { type: 'string' },
  out: { type: 'string' },
  threshold: { type: 'string' },
  model: { type: 'string' },
  shard: { type: 'string' },
  gather: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const

/** `goc link`: which rows of two files are the same person. */
export const linkTool: Tool = {
  name: 'link',
  usage: 'LEFT RIGHT --spec SPEC --out DIR   which rows of two files are one person',
  run: (args, workshop) => run(args, 2, workshop),
}

/** `goc dedupe`: which rows of one file are the same person. */
export const dedupeTool: Tool = {
  name: 'dedupe',
  usage: 'FILE --spec SPEC --out DIR   which rows of one file are one person',
  run: (args, workshop) => run(args, 1, workshop),
}

async function run(
  args: readonly string[],
  files: 1 | 2,
  { language, print, progress, signal, profiles }: Workshop,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: OPTIONS,
    allowPositionals: true,
  })
  const [left, right = null] = positionals
  if (left === undefined || positionals.length !== files) return wrong(files)
  if (values.spec === undefined || values.out === undefined) return wrong(files)
  const t = speak(language)
  const done = await runLink({
    left,
    right,
    spec: readSpec(values.spec, (id) => profiles.find((one) => one.id === id)?.names ?? null),
    out: values.out,
    threshold: thresholdOf(values.threshold ?? '0.5'),
    model: values.model === undefined ? null : modelOf(values.model),
    shard: shardOf(values.shard ?? '1/1'),
    ...(values.gather !== undefined && { gather: values.gather }),
    countries: profiles.map(({ names }) => names),
    language,
    signal,
    onStage: (stage) => progress(t(`linkage.link.stage.${stage}`)),
  })
  const { linked, files: read, clusters, seconds, stages } = done
  const rows = read.left.rows + (right === null ? 0 : read.right.rows)
  const unreadable = read.left.unreadable.count + (right === null ? 0 : read.right.unreadable.count)
  if (values.json === true) {
    const compared = linked.found.reduce((sum, pairs) => sum + pairs, 0)
    const told = linked.pairs.weights.length
    print(JSON.stringify({ rows, unreadable, compared, pairs: told, clusters, seconds, stages }))
    return 0
  }
  print(
    t('linkage.link.done', { rows, seconds: Math.round(seconds * 10) / 10, folder: values.out }),
  )
  print(t('linkage.link.found', { pairs: linked.pairs.weights.length, clusters }))
  if (unreadable > 0) print(t('linkage.link.unreadable', { rows: unreadable }))
  return 0
}

function wrong(files: 1 | 2): number {
  const { name, usage } = files === 2 ? linkTool : dedupeTool
  process.stderr.write(`goc ${name} ${usage}\n`)
  return WRONG_USAGE
}

function thresholdOf(text: string): number {
  const threshold = Number(text)
  if (threshold > 0 && threshold < 1) return threshold
  throw new Refusal('request.invalid', { field: '--threshold', expected: '0 < p < 1' })
}

/** `2/8` is the second of eight shares; counted from 1, as people do. */
function shardOf(text: string): { index: number; of: number } {
  const [, index = 0, of = 0] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? []
  if (index >= 1 && index <= of) return { index: index - 1, of }
  throw new Refusal('request.invalid', { field: '--shard', expected: '1/4' })
}

function modelOf(file: string): ModelFile {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ModelFile
  } catch {
    throw new Refusal('request.invalid', { field: '--model', expected: 'model.json' })
  }
}
