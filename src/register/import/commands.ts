import { Type } from 'typebox'
import { command, type PlainDay, Refusal } from '../../kernel/index.ts'
import { actOf, Day, KEEPING } from '../act.ts'
import { insertAct } from '../act-store.ts'
import type { ActId } from '../types.ts'
import { isBulk } from './bulk.ts'
import { encodePersons, type NewPerson } from './encode.ts'
import type { RejectedPerson } from './rules.ts'
import {
  findImportJob,
  insertImportChunk,
  insertImportJob,
  insertNumbers,
  progressOf,
} from './store.ts'

const Uuid = Type.String({ pattern: '^[0-9a-f-]{36}$' })

/** Begins the import of a file of a day, or finds where it stopped: one act for the whole file. */
export const openImport = command({
  name: 'person.import-open',
  input: Type.Object(
    {
      document: Type.String({ minLength: 1, maxLength: 200 }),
      hash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
      asOf: Day,
    },
    { additionalProperties: false },
  ),
  ...KEEPING,
  async run({ document, hash, asOf }, context) {
    const { tx, now, requireArea, emit } = context
    requireArea(['nation'])
    const day = asOf as PlainDay
    const before = await findImportJob(tx, hash, day)
    if (before !== undefined) return { ...before, ...(await progressOf(tx, before.jobId)) }
    const act = actOf({ kind: 'decision', document, decidedOn: day }, context, KEEPING.legalBasis)
    const actId = await insertAct(tx, { ...act, kind: 'import' }, now)
    const job = await insertImportJob(tx, { fileHash: hash, asOf: day, actId, at: now })
    emit('import.begun', job.jobId, { job: job.jobId, asOf: day })
    return { ...job, ...(await progressOf(tx, job.jobId)) }
  },
})

/** What a chunk does in the order of the file, while the work of several overlaps. */
export interface Turn {
  /** The chunk before has given its numbers: of two rows with one number, the first has it. */
  readonly numbersBefore: Promise<void>
  numbersGiven(): void
  /** The chunk before is committed: what is done is always the beginning of the file. */
  readonly committedBefore: Promise<void>
}

/** What is handed to the command beside its input: some thousand persons. */
export interface ChunkWork {
  readonly persons: readonly NewPerson[]
  readonly rejected: readonly RejectedPerson[]
  readonly end: number
  readonly nextLine: number
  readonly turn: Turn
  /** Adds to the report of rejected rows; answers its length, safe on the disk. */
  report(rejected: readonly RejectedPerson[]): number
}

/**
 * Takes some rows of a file, already checked, into the register. A number that somebody has rejects
 * the row: nothing is said of whose it is, and nobody's record is changed.
 */
export const importPersons = command({
  name: 'person.import',
  input: Type.Object(
    {
      job: Uuid,
      act: Uuid,
      asOf: Day,
      chunk: Type.Integer({ minimum: 1 }),
      isLast: Type.Boolean(),
    },
    { additionalProperties: false },
  ),
  ...KEEPING,
  async run({ job, act, asOf, chunk, isLast }, { tx, kernel, now, requireArea, emit }) {
    requireArea(['nation'])
    if (!isBulk(tx) || tx.handed === undefined) {
      throw new Refusal('request.invalid', { field: 'body', expected: 'goc import persons' })
    }
    const work = tx.handed as ChunkWork
    await work.turn.numbersBefore
    const clashes = new Set(await insertNumbers(tx, work.persons))
    work.turn.numbersGiven()
    const taken = work.persons.filter(({ row }) => !clashes.has(row.number))
    const { profile } = kernel
    const recording = { actId: act as ActId, at: now, asOf: asOf as PlainDay, profile }
    for (const table of encodePersons(taken, recording)) await tx.copy(table)
    const clashed = work.persons.filter(({ row }) => clashes.has(row.number))
    const rejected = [...work.rejected, ...clashed.map(clash)]
    await work.turn.committedBefore
    const rejectsBytes = work.report(rejected.sort((a, b) => a.line - b.line))
    const counts = { taken: taken.length, rejected: rejected.length }
    const { end, nextLine } = work
    const row = { jobId: job, chunk, end, nextLine, ...counts, rejectsBytes, isLast, at: now }
    await insertImportChunk(tx, row)
    if (taken.length > 0) emit('persons.imported', job, { job, chunk, asOf, ...counts })
    return counts
  },
})

const clash = ({ row }: NewPerson): RejectedPerson => ({
  line: row.line,
  field: 'number',
  fault: 'number-taken',
})
