import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { Refusal } from '../../kernel/index.ts'
import type { Column, LinkSpec } from '../types.ts'
import { type Packed, type Plan, remap } from './encode.ts'
import { TableFault } from './fault.ts'
import { mergeTexts } from './merge.ts'
import { type Unpacked, unpackParquet } from './parquet.ts'
import { openSource, type Source } from './source.ts'
import type { Taken } from './take.ts'
import { takeInThread } from './thread.ts'
import type { FileRows, ReadOptions, TwoFiles } from './types.ts'

const MEMORY = '256MB'

/**
 * Reads two files, or one to be compared with itself, and gives each distinct value of a field a
 * code. Row k of the arrays is the k-th readable row of its file; every other row is counted.
 *
 * @throws Refusal import.… or table.…, naming the file; the signal's reason when told to stop.
 */
export async function readFiles(options: ReadOptions): Promise<TwoFiles> {
  const plan = planOf(options.spec)
  try {
    const [one, other = one] = await takeAll(plan, options)
    if (one === undefined || other === undefined) throw new Error('no file was read')
    const dictionaries: (readonly string[])[] = []
    for (let dictionary = 0; dictionary < plan.dictionaries; dictionary++) {
      options.signal?.throwIfAborted()
      dictionaries.push(await share(plan, dictionary, { one: one.taken, other: other.taken }))
    }
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

/** Both files at a time where there are threads; a fault of the one stops the other. */
async function takeAll(plan: Plan, options: ReadOptions): Promise<readonly TakenSide[]> {
  const { left, right } = options
  const sources = right === null ? [openSource(left)] : [openSource(left), openSource(right)]
  const stop = new AbortController()
  const signals = options.signal === undefined ? [stop.signal] : [stop.signal, options.signal]
  const signal = AbortSignal.any(signals)
  const sides = sources.map((source, at) => ({ source, plan, options, signal, isLeft: at === 0 }))
  const taking: Promise<TakenSide>[] = []
  for (const side of sides) {
    const taken = takeSide(side)
    taken.catch((error) => stop.abort(error))
    taking.push(taken)
    if ((options.threads ?? availableParallelism()) < 2) await Promise.allSettled(taking)
  }
  // Nothing may still write into the scratch folder when the caller goes on.
  await Promise.allSettled(taking)
  signal.throwIfAborted()
  return Promise.all(taking)
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
  readonly options: ReadOptions
  readonly signal: AbortSignal
  readonly isLeft: boolean
}

interface TakenSide {
  readonly taken: Taken
  readonly file: FileRows
}

async function takeSide(side: Side): Promise<TakenSide> {
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

function unpack({ source, plan, options, signal }: Side, scratch: string): Promise<Unpacked> {
  const days = options.spec.fields.filter(({ kind }) => kind === 'date')
  return unpackParquet(source, {
    columns: plan.columns,
    days: new Set(days.flatMap(({ columns }) => (columns.length === 1 ? columns : []))),
    scratch,
    memory: options.memory ?? MEMORY,
    threads: options.threads ?? availableParallelism(),
    signal,
  })
}

function take({ source, plan, options, signal, isLeft }: Side): Promise<Taken> {
  const { encoding, onProgress } = options
  const file = isLeft ? 'left' : 'right'
  const onBytes = (bytesRead: number) => onProgress?.({ file, bytesRead, bytes: source.bytes })
  return takeInThread({ source, plan, encoding }, onBytes, signal)
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

const NOTHING: Packed = { bytes: new Uint8Array(0), offsets: new Uint32Array(1), count: 0 }

/** One list of values for both files; their codes are rewritten to it, and their own lists let go. */
async function share(
  plan: Plan,
  dictionary: number,
  { one, other }: { readonly one: Taken; readonly other: Taken },
): Promise<readonly string[]> {
  const [left, right] = [one, other].map(({ encoded }) => encoded.dictionaries[dictionary])
  if (left === undefined || right === undefined) throw new Error('a dictionary is missing')
  const isAlone = one === other
  const merged = await mergeTexts(left, isAlone ? NOTHING : right)
  for (const [at, field] of plan.fields.entries()) {
    if (isAlone || field.dictionary !== dictionary) continue
    remap(codesOf(one, at), merged.left)
    remap(codesOf(other, at), merged.right)
  }
  for (const { encoded } of [one, other]) encoded.dictionaries[dictionary] = NOTHING
  return merged.values
}

const codesOf = (taken: Taken, field: number): Uint32Array =>
  taken.encoded.codes[field] as Uint32Array
