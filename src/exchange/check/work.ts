import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { askMany, type Kernel, type PlainDay, Refusal, uuidv7 } from '../../kernel/index.ts'
import { csvLine, hashSource, type Source } from '../../register/index.ts'
import type { AgencyClient } from '../agency/directory.ts'
import { EXCHANGE_LIMITS } from '../limits.ts'
import type { Agreement } from '../types.ts'
import { type Columns, frameOn } from './columns.ts'
import { type CheckedRow, checkRow } from './outcome.ts'
import { type CheckAsker, checkPart } from './query.ts'
import { COLUMN_NAMES, canBeAsked, type ReadRow } from './row.ts'
import { Tally } from './tally.ts'

// Read by the agency's programs, which join it by `row`: written faithfully, formulas and all.
const RESULTS = 'results.csv'
const PROGRESS = 'progress.json'

export interface CheckPlan {
  readonly source: Source
  readonly agency: string
  readonly purpose: string
  readonly out: string
  /** The day the file's unit codes belong to: a code without a day is ambiguous. */
  readonly asOf: PlainDay
  /** Why a list of which most is unknown is checked all the same; it stands in the events. */
  readonly despite: string | undefined
  readonly signal: AbortSignal
  readonly onProgress: (state: CheckState) => void
}

export interface CheckState {
  readonly rows: number
  /** Share of the file that has been read, 0 to 1. */
  readonly share: number
}

/** An event of the check, for the manifest. */
export interface CheckEvent {
  readonly eventId: string
  /** Base64. */
  readonly leaf: string
}

export interface CheckDone {
  readonly isDone: boolean
  readonly rows: number
  readonly tally: Tally
  readonly events: readonly CheckEvent[]
  readonly fileDigest: string
  readonly resultsDigest: string
  readonly agency: AgencyClient
  readonly agreement: Agreement
  readonly columns: Columns
}

interface Progress {
  readonly fileDigest: string
  readonly asOf: PlainDay
  readonly agreement: string
  readonly check: string
  readonly rows: number
  readonly resultsBytes: number
  readonly tally: unknown
  readonly events: readonly CheckEvent[]
}

export interface WorkPlan {
  readonly plan: CheckPlan
  readonly columns: Columns
  readonly fileDigest: string
  readonly client: AgencyClient
  readonly agreement: Agreement
  readonly decisionId: string
}

export async function openWork(kernel: Kernel, work: WorkPlan): Promise<Work> {
  const frame = await frameOn(kernel, work.plan.asOf)
  return new Work(kernel, work, frame)
}

/** The check under way: what is done lies on the disk before the next part is asked. */
class Work {
  rows = 0
  readonly frame: Awaited<ReturnType<typeof frameOn>>
  readonly #kernel: Kernel
  readonly #work: WorkPlan
  readonly #results: string
  readonly #before: Progress | null
  readonly #check: string
  readonly #tally: Tally
  readonly #events: CheckEvent[]
  readonly #seen = new Map<number, number>()
  #bytes: number

  constructor(kernel: Kernel, work: WorkPlan, frame: Awaited<ReturnType<typeof frameOn>>) {
    this.#kernel = kernel
    this.#work = work
    this.frame = frame
    const { out } = work.plan
    this.#results = path.join(out, RESULTS)
    this.#before = readProgress(out, work)
    this.#check = this.#before?.check ?? uuidv7()
    this.#tally = Tally.from(this.#before?.tally)
    this.#events = [...(this.#before?.events ?? [])]
    const head = csvLine(resultsHeader(work.columns))
    this.#bytes = this.#before?.resultsBytes ?? Buffer.byteLength(head)
    if (this.#before === null) writeFileSync(this.#results, head)
    else truncateSync(this.#results, this.#bytes)
    // An earlier run may have stopped there: nothing more is asked before somebody says why.
    this.#stopAtUnknown()
  }

  /** Rows of an earlier run are only looked at for numbers that come again. */
  skip(rows: readonly ReadRow[]): boolean {
    if (this.rows >= (this.#before?.rows ?? 0)) return false
    for (const row of rows) this.#repeats(row)
    this.rows += rows.length
    return true
  }

  async do(rows: readonly ReadRow[]): Promise<void> {
    const { columns, fileDigest, agreement, plan } = this.#work
    const asked = rows.filter(canBeAsked)
    const told = asked.length === 0 ? [] : await this.#ask(asked)
    let at = 0
    const checked = rows.map((row) =>
      checkRow(row, {
        told: canBeAsked(row) ? told[at++] : undefined,
        repeats: this.#repeats(row),
      }),
    )
    for (const row of checked) this.#tally.add(row)
    const text = checked.map((row) => csvLine(resultFields(row, columns))).join('')
    appendFileSync(this.#results, text)
    this.#bytes += Buffer.byteLength(text)
    this.rows += rows.length
    const progress: Progress = {
      fileDigest,
      asOf: plan.asOf,
      agreement: agreement.id,
      check: this.#check,
      rows: this.rows,
      resultsBytes: this.#bytes,
      tally: this.#tally.toJSON(),
      events: this.#events,
    }
    syncFile(this.#results)
    writeProgress(this.#work.plan.out, progress)
    this.#stopAtUnknown()
  }

  async #ask(rows: readonly ReadRow[]) {
    const { client, agreement, decisionId, plan } = this.#work
    const asker: CheckAsker = {
      kernel: this.#kernel,
      actor: client.actor,
      purpose: plan.purpose,
      legalBasis: agreement.legalBasis,
      agencyId: client.agency.id,
      agreement,
      decisionId,
      rows,
      ...(plan.despite !== undefined && { reference: plan.despite }),
    }
    const input = { check: this.#check, part: this.#events.length + 1 }
    const [outcome] = await askMany(checkPart, [{ input, asker }])
    if (outcome === undefined) return []
    if ('refusal' in outcome) throw outcome.refusal
    const { eventId, leaf } = outcome.event
    this.#events.push({ eventId, leaf: leaf.toString('base64') })
    return outcome.answer
  }

  /** Line of an earlier row with the same number. */
  #repeats({ number, line }: ReadRow): number | null {
    if (number === null) return null
    const key = Number(`1${number.digits}`)
    const before = this.#seen.get(key)
    if (before === undefined) this.#seen.set(key, line)
    return before ?? null
  }

  /** A list of strangers is no cleaning: it goes on only when somebody says why. */
  #stopAtUnknown(): void {
    const { asked, unconfirmed } = this.#tally
    const { fileUnknownRows_min, unconfirmedShare_max } = EXCHANGE_LIMITS
    if (this.#work.plan.despite !== undefined || asked < fileUnknownRows_min) return
    if (unconfirmed / asked <= unconfirmedShare_max) return
    throw new Refusal('batch.too-many-unknown', { most: `${unconfirmedShare_max * 100} %` })
  }

  async done(isDone: boolean): Promise<CheckDone> {
    const { fileDigest, client, agreement, columns } = this.#work
    const resultsDigest = await hashSource({
      path: this.#results,
      bytes: this.#bytes,
      gzipped: false,
    })
    return {
      isDone,
      rows: this.rows,
      tally: this.#tally,
      events: this.#events,
      fileDigest,
      resultsDigest,
      agency: client,
      agreement,
      columns,
    }
  }
}

/** Whole or not at all: killed in the middle of a write, the check would not find its place again. */
function writeProgress(out: string, progress: Progress): void {
  const file = path.join(out, PROGRESS)
  const draft = `${file}.new`
  writeFileSync(draft, JSON.stringify(progress))
  syncFile(draft)
  renameSync(draft, file)
}

/**
 * What an earlier run of the same file, as of the same day and under the same agreement, left;
 * anything else begins anew.
 */
function readProgress(out: string, { plan, fileDigest, agreement }: WorkPlan): Progress | null {
  const file = path.join(out, PROGRESS)
  if (!existsSync(file) || !existsSync(path.join(out, RESULTS))) return null
  const before = JSON.parse(readFileSync(file, 'utf8')) as Progress
  const isSame =
    before.fileDigest === fileDigest &&
    before.asOf === plan.asOf &&
    before.agreement === agreement.id
  return isSame ? before : null
}

function syncFile(file: string): void {
  const descriptor = openSync(file, 'r+')
  fsyncSync(descriptor)
  closeSync(descriptor)
}

const resultsHeader = ({ at }: Columns): readonly string[] => [
  'row',
  'status',
  ...COLUMN_NAMES.filter((name) => at[name] !== undefined),
  'repeats_line',
  'causes',
  'pseudonym',
]

const resultFields = (row: CheckedRow, { at }: Columns): readonly string[] => [
  row.ref,
  row.status,
  ...COLUMN_NAMES.filter((name) => at[name] !== undefined).map((name) => row.fields[name] ?? ''),
  row.repeats === null ? '' : String(row.repeats),
  row.causes.join(';'),
  row.pseudonym ?? '',
]
