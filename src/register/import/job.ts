import path from 'node:path'
import type pg from 'pg'
import {
  execute,
  type Kernel,
  OPERATOR,
  type PlainDay,
  Refusal,
  type Translator,
  uuidv7,
} from '../../kernel/index.ts'
import { isListed } from '../unit/list.ts'
import { unitsOf } from '../unit/units.ts'
import { type Block, readBlocks } from './blocks.ts'
import { type Bulk, openBulk } from './bulk.ts'
import { type ChunkWork, importPersons, openImport, type Turn } from './commands.ts'
import { columnsOf, decodeUtf8, parseLines } from './csv.ts'
import type { NewPerson } from './encode.ts'
import { openReport, type RejectsReport } from './report.ts'
import {
  checkRow,
  type Frame,
  isRejected,
  PERSON_COLUMNS,
  type RejectedPerson,
  sexesOf,
  unitsAsOf,
} from './rules.ts'
import { hashSource, readSource, type Source } from './source.ts'
import { tryLockJob } from './store.ts'

/** Rows that are committed together: some 200 ms of work. */
export const CHUNK_ROWS = 2_000
/** While one is being written, the next is; a third is read and checked meanwhile. */
const CONNECTIONS = 2

export interface ImportState {
  /** Rows of this file, of all runs. */
  readonly taken: number
  readonly rejected: number
  /** Rows of this run, and how much of the file has been read, from 0 to 1. */
  readonly rows: number
  readonly share: number
}

export interface Import {
  readonly source: Source
  readonly asOf: PlainDay
  readonly signal: AbortSignal
  readonly t: Translator
  onProgress(state: ImportState): void
  /** For tests. */
  readonly chunkRows?: number
}

export interface Imported extends ImportState {
  readonly isDone: boolean
  /** Nothing was done: an earlier run had done it all. */
  readonly wasDone: boolean
  /** Where the rejected rows are told, when there are any. */
  readonly report: string | null
}

/** Takes a file of persons into the register, or goes on where an earlier run stopped. */
export async function importFile(kernel: Kernel, wanted: Import): Promise<Imported> {
  const { source, asOf } = wanted
  const hash = await hashSource(source)
  const clients = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => kernel.database.connect()),
  )
  try {
    await requireMine(clients[0], `${hash} ${asOf}`)
    const input = { document: path.basename(source.path).slice(0, 200), hash, asOf }
    const caller = { kernel, actor: OPERATOR, key: uuidv7() }
    const job = await execute(openImport, input, caller)
    const report = openReport(source, job.rejectsBytes, wanted.t)
    try {
      const run = new Run(kernel, wanted, { job, report })
      if (!job.isDone) await run.go(clients.map((client) => openBulk(kernel, client)))
      return run.result()
    } finally {
      report.close()
    }
  } finally {
    await Promise.all(clients.map((client) => client.end().catch(() => {})))
  }
}

async function requireMine(client: pg.Client | undefined, job: string): Promise<void> {
  const query = async (text: string, values: readonly unknown[] = []) =>
    (await client?.query(text, values as unknown[]))?.rows as never
  if (!(await tryLockJob({ query }, job))) throw new Refusal('import.running')
}

type Job = Awaited<ReturnType<typeof openImport.declaration.run>>

interface Begun {
  readonly job: Job
  readonly report: RejectsReport
}

class Run {
  readonly #kernel: Kernel
  readonly #wanted: Import
  readonly #job: Job
  readonly #report: RejectsReport
  #chunk: number
  #taken: number
  #rejected: number
  #rejectsBytes: number
  #rows = 0
  #bytesRead = 0
  #end: number
  #isDone: boolean
  /** Settles when the last chunk begun so far has given its numbers, and when it is committed. */
  #numbers: Promise<void> = Promise.resolve()
  #committed: Promise<void> = Promise.resolve()

  constructor(kernel: Kernel, wanted: Import, { job, report }: Begun) {
    this.#kernel = kernel
    this.#wanted = wanted
    this.#job = job
    this.#report = report
    this.#chunk = job.chunk
    this.#taken = job.taken
    this.#rejected = job.rejected
    this.#rejectsBytes = job.rejectsBytes
    this.#isDone = job.isDone
    this.#end = job.end
  }

  async go(bulks: readonly Bulk[]): Promise<void> {
    const { source, signal } = this.#wanted
    const parts = readSource(source, (bytes) => {
      this.#bytesRead = bytes
    })
    const { end, nextLine, chunk } = this.#job
    const place = chunk === 0 ? null : { end, nextLine }
    const rows = this.#wanted.chunkRows ?? CHUNK_ROWS
    const free = [...bulks]
    const busy = new Set<Promise<void>>()
    let frame: Frame | undefined
    let last = { end, nextLine }
    let seen = chunk > 0
    try {
      for await (const block of readBlocks(parts, { rows, place })) {
        if (frame === undefined) {
          frame = await this.#frame(block)
          continue
        }
        if (signal.aborted) break
        const work = this.#check(block, frame)
        if (!seen) refuseForeignUnits(work, frame)
        if (free.length === 0) await Promise.race(busy)
        const bulk = free.pop() as Bulk
        const done = this.#take(bulk, work, false).finally(() => {
          busy.delete(done)
          free.push(bulk)
        })
        // A failure is met where the next is awaited; it must not count as unhandled until then.
        done.catch(() => {})
        busy.add(done)
        last = block
        seen = true
      }
    } finally {
      await Promise.allSettled(busy)
    }
    await this.#committed
    if (!seen) throw new Refusal('import.empty', { file: source.path })
    if (signal.aborted) return
    await this.#take(bulks[0] as Bulk, { persons: [], rejected: [], ...last }, true)
    this.#isDone = true
  }

  result(): Imported {
    return {
      ...this.#state(),
      isDone: this.#isDone,
      wasDone: this.#job.isDone,
      report: this.#rejectsBytes > 0 ? this.#report.path : null,
    }
  }

  #state(): ImportState {
    // Of a packed file only the reading of the file itself can be counted; it runs a little ahead.
    const { bytes, gzipped } = this.#wanted.source
    const share = Math.min(1, (gzipped ? this.#bytesRead : this.#end) / bytes)
    return { taken: this.#taken, rejected: this.#rejected, rows: this.#rows, share }
  }

  /** From the header: where the columns are, and what codes and words mean as of the day. */
  async #frame(header: Block): Promise<Frame> {
    const { asOf } = this.#wanted
    const { profile } = this.#kernel
    const kernel = this.#kernel
    const directory = await kernel.database.transaction((tx) => unitsOf({ tx, kernel }))
    const level = directory.lowestLevelOn(asOf)
    const lived = [...directory.rows()].filter((row) => directory.isResidential(row.id, asOf))
    if (level === undefined || lived.length === 0)
      throw new Refusal('import.no-units', { day: asOf })
    const [row] = parseLines(decodeUtf8(header.bytes, 1), 1)
    const fields = row?.fields ?? []
    const unitColumn = `${level}_code`
    const { [unitColumn]: unit = 0, ...columns } = columnsOf<string>(fields, [
      ...PERSON_COLUMNS,
      unitColumn,
    ])
    return {
      profile,
      asOf,
      unitColumn,
      width: fields.length,
      hasOfficial: lived.some((row) => isListed(row, profile.units)),
      columns: { ...columns, unit } as Frame['columns'],
      units: unitsAsOf(directory, asOf),
      sexes: sexesOf(profile),
    }
  }

  #check(block: Block, frame: Frame): Pick<ChunkWork, 'persons' | 'rejected' | 'end' | 'nextLine'> {
    const persons: NewPerson[] = []
    const rejected: RejectedPerson[] = []
    const numbers = new Set<string>()
    for (const row of parseLines(decodeUtf8(block.bytes, block.firstLine), block.firstLine)) {
      const checked = checkRow(row, frame)
      if (isRejected(checked)) rejected.push(checked)
      else if (numbers.has(checked.number)) {
        rejected.push({ line: row.line, field: 'number', fault: 'number-taken' })
      } else {
        numbers.add(checked.number)
        persons.push({ personId: uuidv7(), row: checked })
      }
    }
    return { persons, rejected, end: block.end, nextLine: block.nextLine }
  }

  /** One chunk in one transaction, in its turn. */
  async #take(bulk: Bulk, work: Omit<ChunkWork, 'turn' | 'report'>, isLast: boolean) {
    const chunk = ++this.#chunk
    const numbers = Promise.withResolvers<void>()
    const committed = Promise.withResolvers<void>()
    const turn: Turn = {
      numbersBefore: this.#numbers,
      numbersGiven: () => numbers.resolve(),
      committedBefore: this.#committed,
    }
    this.#numbers = numbers.promise
    this.#committed = committed.promise
    committed.promise.catch(() => {})
    const { jobId: job, actId: act } = this.#job
    const { asOf } = this.#wanted
    let rejectsBytes = this.#rejectsBytes
    const report = (rejected: readonly RejectedPerson[]): number => {
      rejectsBytes = this.#report.add(rejected)
      return rejectsBytes
    }
    try {
      bulk.hand({ ...work, turn, report } satisfies ChunkWork)
      const caller = { kernel: bulk.kernel, actor: OPERATOR, key: `${job}:${chunk}` }
      const counts = await execute(importPersons, { job, act, asOf, chunk, isLast }, caller)
      this.#taken += counts.taken
      this.#rejected += counts.rejected
      this.#rows += counts.taken + counts.rejected
      this.#rejectsBytes = rejectsBytes
      this.#end = work.end
      committed.resolve()
      this.#wanted.onProgress(this.#state())
    } catch (error) {
      // Whoever comes behind must not be committed: what is done is the beginning of the file.
      committed.reject(error)
      throw error
    } finally {
      numbers.resolve()
    }
  }
}

/**
 * When not one code of the first rows is a unit of the day, and no official list was ever taken, the
 * list is what is missing: a hundred thousand rejected rows would say it less clearly.
 */
function refuseForeignUnits(
  { persons, rejected }: Pick<ChunkWork, 'persons' | 'rejected'>,
  { hasOfficial, asOf }: Frame,
): void {
  if (hasOfficial || persons.length > 0 || rejected.some(({ fault }) => fault !== 'unit')) return
  throw new Refusal('import.no-units', { day: asOf })
}
