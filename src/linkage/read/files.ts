import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { Refusal } from '../../kernel/index.ts'
import type { Column, LinkSpec } from '../types.ts'
import type { Packed, Plan } from './encode.ts'
import { TableFault } from './fault.ts'
import { textsOf } from './merge.ts'
import { type Unpacked, unpackParquet } from './parquet.ts'
import { openSource, type Source } from './source.ts'
import type { Taken } from './take.ts'
import { Threads } from './threads.ts'
import type { FileRows, ReadOptions, TwoFiles } from './types.ts'

const MEMORY = '256MB'

/**
 * Reads two files, or one to be compared with itself, and gives each distinct value of a field a
 * code. Row k of the arrays is the k-th readable row of its file; every other row is counted.
 *
 * @throws Refusal import.… or table.…, naming the file; the signal's reason when told to stop.
 */
export async function readFiles(options: ReadOptions): Promise<TwoFiles> {
  options.signal?.throwIfAborted()
  const plan = planOf(options.spec)
  try {
    const [one, other = one] = await inThreads(options, (threads) =>
      takeAll(plan, threads, options),
    )
    if (one === undefined || other === undefined) throw new Error('no file was read')
    // In threads of their own, so that what the first ones still hold is gone.
    const dictionaries = await inThreads(options, (threads) =>
      share(plan, threads, { one: one.taken, other: other.taken }),
    )
    const columns = plan.fields.map(
      ({ dictionary }, at): Column => ({
        values: dictionaries[dictionary] ?? [],
        left: codesOf(one.taken, at),
        right: codesOf(other.taken, at),
      }),
    )
    return { left: one.file, right: other.file, columns }
  } catch (error) {
    throw error instanceof TableFault ? new Refusal(error.code, error.details) : error
  }
}

async function inThreads<T>(
  { threads: most, signal }: ReadOptions,
  work: (threads: Threads) => Promise<T>,
): Promise<T> {
  const threads = new Threads(most ?? availableParallelism(), signal)
  try {
    return await work(threads)
  } finally {
    await threads.end()
  }
}

function takeAll(plan: Plan, threads: Threads, options: ReadOptions) {
  const { left, right } = options
  const sources = right === null ? [openSource(left)] : [openSource(left), openSource(right)]
  return Promise.all(
    sources.map((source, at) => takeSide({ source, plan, threads, options, isLeft: at === 0 })),
  )
}

/** Given names and surnames share their values, so that swapped ones are seen. */
function planOf(spec: LinkSpec): Plan {
  const columns = [...new Set([spec.id, ...spec.fields.flatMap((field) => field.columns)])]
  let dictionaries = 0
  let names: number | undefined
  const fields = spec.fields.map(({ kind, columns: own }) => {
    const isName = kind === 'given-name' || kind === 'surname'
    const dictionary = isName && names !== undefined ? names : dictionaries++
    if (isName) names = dictionary
    return { dictionary, cells: own.map((column) => columns.indexOf(column)) }
  })
  return { columns, fields, dictionaries }
}

interface Side {
  readonly source: Source
  readonly plan: Plan
  readonly threads: Threads
  readonly options: ReadOptions
  readonly isLeft: boolean
}

async function takeSide(side: Side): Promise<{ taken: Taken; file: FileRows }> {
  const { source } = side
  if (source.form !== 'parquet') {
    const taken = await take(side)
    return { taken, file: fileOf(source, taken) }
  }
  const scratch = mkdtempSync(path.join(side.options.scratch, 'parquet-'))
  try {
    const unpacked = await unpack(side, scratch)
    const text: Source = {
      ...source,
      ...unpacked,
      bytes: statSync(unpacked.path).size,
      form: 'text',
    }
    const columns = side.plan.columns.map((_, at) => String(at))
    const taken = await take({ ...side, source: text, plan: { ...side.plan, columns } })
    const file = fileOf(source, taken)
    return { taken, file: { ...file, columns: unpacked.columns, separator: null } }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

function unpack({ source, plan, options }: Side, scratch: string): Promise<Unpacked> {
  const days = options.spec.fields.filter(({ kind }) => kind === 'date')
  return unpackParquet(source, {
    columns: plan.columns,
    days: new Set(days.flatMap(({ columns }) => (columns.length === 1 ? columns : []))),
    scratch,
    memory: options.memory ?? MEMORY,
    threads: options.threads ?? availableParallelism(),
    signal: options.signal,
  })
}

function take({ source, plan, threads, options, isLeft }: Side): Promise<Taken> {
  const { encoding, onProgress } = options
  const file = isLeft ? 'left' : 'right'
  return threads.do({ task: 'take', source, plan, encoding }, (bytesRead) =>
    onProgress?.({ file, bytesRead, bytes: source.bytes }),
  )
}

function fileOf(source: Source, { encoded, columns, encoding, separator }: Taken): FileRows {
  const { rows, ids, idOffsets, duplicateIds, emptyIds, byFault, blankLines } = encoded
  const count = Object.values(byFault).reduce((sum, one) => sum + one, 0)
  return {
    path: source.name,
    ...{ rows, ids, idOffsets, duplicateIds, emptyIds, blankLines },
    unreadable: { count, byFault, first: encoded.firstUnreadable },
    ...{ columns, encoding, separator },
  }
}

/** One list of values for both files; their codes are rewritten to it. */
async function share(
  plan: Plan,
  threads: Threads,
  { one, other }: { readonly one: Taken; readonly other: Taken },
): Promise<(readonly string[])[]> {
  if (one === other) return one.encoded.dictionaries.map(textsOf)
  const merged = one.encoded.dictionaries.map(async (left, dictionary) => {
    const fields = [...plan.fields.keys()].filter(
      (field) => plan.fields[field]?.dictionary === dictionary,
    )
    return textsOf(
      await threads.do({
        task: 'merge',
        left,
        right: other.encoded.dictionaries[dictionary] as Packed,
        leftCodes: fields.map((field) => codesOf(one, field)),
        rightCodes: fields.map((field) => codesOf(other, field)),
      }),
    )
  })
  return Promise.all(merged)
}

const codesOf = (taken: Taken, field: number): Uint32Array =>
  taken.encoded.codes[field] as Uint32Array
