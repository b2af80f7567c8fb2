import type pg from 'pg'
import { type Instant, type PlainDay, type Tx, uuidv7 } from '../../kernel/index.ts'
import type { ActId } from '../types.ts'
import type { NewPerson } from './encode.ts'

/** How far an import has come. */
export interface Progress {
  /** The number of the last chunk; 0: nothing has been taken yet. */
  readonly chunk: number
  /** Bytes of the unpacked file that are done, and the line behind them. */
  readonly end: number
  readonly nextLine: number
  readonly taken: number
  readonly rejected: number
  /** Length of the report of rejected rows. */
  readonly rejectsBytes: number
  readonly isDone: boolean
}

export interface ImportJob {
  readonly jobId: string
  readonly actId: ActId
}

/** The job of this file and day, whether it was begun before or is begun now. */
export async function findImportJob(
  tx: Tx,
  fileHash: string,
  asOf: PlainDay,
): Promise<ImportJob | undefined> {
  const [row] = await tx.query<ImportJob>(
    `select job_id as "jobId", act_id as "actId" from register.import_job
     where file_hash = $1 and as_of = $2`,
    [fileHash, asOf],
  )
  return row
}

export async function insertImportJob(
  tx: Tx,
  job: {
    readonly fileHash: string
    readonly asOf: PlainDay
    readonly actId: ActId
    readonly at: Instant
  },
): Promise<ImportJob> {
  const jobId = uuidv7()
  await tx.query(
    `insert into register.import_job (job_id, file_hash, as_of, act_id, recorded_at)
     values ($1, $2, $3, $4, $5)`,
    [jobId, job.fileHash, job.asOf, job.actId, job.at],
  )
  return { jobId, actId: job.actId }
}

const NOTHING: Progress = {
  chunk: 0,
  end: 0,
  nextLine: 1,
  taken: 0,
  rejected: 0,
  rejectsBytes: 0,
  isDone: false,
}

export async function progressOf(tx: Tx, jobId: string): Promise<Progress> {
  const [row] = await tx.query<Progress>(
    `select c.number as chunk, c.offset_bytes as end, c.line as "nextLine",
       c.rejects_bytes as "rejectsBytes", c.is_last as "isDone", s.taken, s.rejected
     from register.import_chunk c, (
       select sum(taken) as taken, sum(rejected) as rejected
       from register.import_chunk where job_id = $1) s
     where c.job_id = $1 order by c.number desc limit 1`,
    [jobId],
  )
  return row ?? NOTHING
}

export interface NewChunk {
  readonly jobId: string
  readonly chunk: number
  readonly end: number
  readonly nextLine: number
  readonly taken: number
  readonly rejected: number
  readonly rejectsBytes: number
  readonly isLast: boolean
  readonly at: Instant
}

export async function insertImportChunk(tx: Tx, chunk: NewChunk): Promise<void> {
  await tx.prepared(
    'register.import-chunk',
    `insert into register.import_chunk (job_id, number, offset_bytes, line, taken, rejected,
       rejects_bytes, is_last, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      chunk.jobId,
      chunk.chunk,
      chunk.end,
      chunk.nextLine,
      chunk.taken,
      chunk.rejected,
      chunk.rejectsBytes,
      chunk.isLast,
      chunk.at,
    ],
  )
}

/**
 * Gives each person the number the file says, and answers the numbers that somebody has already.
 * In the order of the numbers, so that two imports cannot wait for each other.
 */
export async function insertNumbers(tx: Tx, persons: readonly NewPerson[]): Promise<string[]> {
  const rows = await tx.prepared<{ number: string }>(
    'register.import-numbers',
    `with given as (
       select number, person_id from unnest($1::text[], $2::uuid[]) as g (number, person_id)
     ), given_now as (
       insert into register.number (number, person_id)
       select number, person_id from given order by number
       on conflict do nothing returning number
     )
     select number from given
     where not exists (select from given_now n where n.number = given.number)`,
    [persons.map(({ row }) => row.number), persons.map(({ personId }) => personId)],
  )
  return rows.map((row) => row.number)
}

/** Holds a job for this session; false when another one has it. */
export async function tryLockJob(tx: Pick<Tx, 'query'>, fileHash: string): Promise<boolean> {
  const [row] = await tx.query<{ mine: boolean }>(
    `select pg_try_advisory_lock(hashtextextended('register.import ' || $1, 0)) as mine`,
    [fileHash],
  )
  return row?.mine === true
}

/**
 * After many rows the planner's statistics are of a smaller register, and the index of names has them
 * in a list of their own: left alone, the first searches would be slow until the server sees to it.
 */
export async function settle(client: pg.Client): Promise<void> {
  try {
    await client.query('vacuum (analyze) register.search')
    await client.query(
      'analyze register.person, register.fact, register.number, register.old_number',
    )
  } finally {
    await client.end()
  }
}
