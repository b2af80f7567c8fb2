import type { Actor, Instant, Tx } from '../../kernel/index.ts'
import type { JobState, LinkJob, SignedManifest } from './types.ts'

const JOB = `j.job_id as id, j.agency_id as "agencyId", j.agreement_id as "agreementId", j.purpose,
  j.as_of as "asOf", encode(j.file_digest, 'hex') as digest, j.file_bytes as bytes, j.columns,
  j.unknown, j.rows_told as "rowsTold", j.state, j.reason, j.despite, j.rows,
  j.rows_done as "rowsDone", j.attempts, j.result_parts as "resultParts", j.manifest,
  j.planned_at as "plannedAt", j.ended_at as "endedAt"`

export type NewJob = Pick<
  LinkJob,
  | 'id'
  | 'agencyId'
  | 'agreementId'
  | 'purpose'
  | 'asOf'
  | 'digest'
  | 'bytes'
  | 'columns'
  | 'unknown'
  | 'rowsTold'
  | 'plannedAt'
>

/** Answers false where the agency has a job of this very file. */
export async function insertJob(tx: Tx, job: NewJob): Promise<boolean> {
  const rows = await tx.query(
    `insert into exchange.link_job (job_id, agency_id, agreement_id, purpose, as_of, file_digest,
       file_bytes, columns, unknown, rows_told, state, planned_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'planned', $11)
     on conflict (agency_id, file_digest) where state not in ('cancelled', 'failed', 'shredded')
     do nothing returning job_id`,
    [
      job.id,
      job.agencyId,
      job.agreementId,
      job.purpose,
      job.asOf,
      Buffer.from(job.digest, 'hex'),
      job.bytes,
      job.columns,
      job.unknown,
      job.rowsTold,
      job.plannedAt,
    ],
  )
  return rows.length === 1
}

export async function findJobOfFile(
  tx: Tx,
  agencyId: string,
  digest: string,
): Promise<LinkJob | undefined> {
  const [job] = await tx.query<LinkJob>(
    `select ${JOB} from exchange.link_job j where j.agency_id = $1 and j.file_digest = $2
       and j.state not in ('cancelled', 'failed', 'shredded')`,
    [agencyId, Buffer.from(digest, 'hex')],
  )
  return job
}

export async function findJob(tx: Tx, id: string): Promise<LinkJob | undefined> {
  const [job] = await tx.query<LinkJob>(
    `select ${JOB} from exchange.link_job j where j.job_id = $1`,
    [id],
  )
  return job
}

export async function lockJob(tx: Tx, id: string): Promise<LinkJob | undefined> {
  const [job] = await tx.query<LinkJob>(
    `select ${JOB} from exchange.link_job j where j.job_id = $1 for update`,
    [id],
  )
  return job
}

export interface Moved {
  readonly state: JobState
  readonly reason?: string | null
  readonly despite?: string
  readonly rows?: number
  readonly resultParts?: number
  readonly manifest?: SignedManifest
  readonly endedAt?: Instant
}

/** To another state; what is not given stays as it is, but the reason, which is of the state. */
export async function moveJob(tx: Tx, id: string, moved: Moved): Promise<void> {
  await tx.query(
    `update exchange.link_job set state = $2, reason = $3, despite = coalesce($4, despite),
       rows = coalesce($5, rows), result_parts = coalesce($6, result_parts),
       manifest = coalesce($7, manifest), ended_at = coalesce($8, ended_at), attempts = 0
     where job_id = $1`,
    [
      id,
      moved.state,
      moved.reason ?? null,
      moved.despite ?? null,
      moved.rows ?? null,
      moved.resultParts ?? null,
      moved.manifest === undefined ? null : JSON.stringify(moved.manifest),
      moved.endedAt ?? null,
    ],
  )
}

export interface StoredPart {
  readonly part: number
  /** SHA-256, hex. */
  readonly digest: string
  readonly bytes: number
}

export async function listParts(tx: Tx, id: string): Promise<readonly StoredPart[]> {
  return tx.query<StoredPart>(
    `select part, encode(digest, 'hex') as digest, bytes from exchange.link_job_part
     where job_id = $1 order by part`,
    [id],
  )
}

export async function storePart(tx: Tx, id: string, part: StoredPart): Promise<void> {
  await tx.query(
    `insert into exchange.link_job_part (job_id, part, digest, bytes) values ($1, $2, $3, $4)
     on conflict (job_id, part) do update set digest = excluded.digest, bytes = excluded.bytes`,
    [id, part.part, Buffer.from(part.digest, 'hex'), part.bytes],
  )
}

export async function listApprovers(tx: Tx, id: string): Promise<readonly string[]> {
  const rows = await tx.query<{ actorId: string }>(
    'select actor_id as "actorId" from exchange.link_job_approval where job_id = $1',
    [id],
  )
  return rows.map(({ actorId }) => actorId)
}

export async function insertJobApproval(
  tx: Tx,
  id: string,
  { at, by }: { readonly at: Instant; readonly by: Pick<Actor, 'id'> },
): Promise<void> {
  await tx.query(
    'insert into exchange.link_job_approval (job_id, actor_id, approved_at) values ($1, $2, $3)',
    [id, by.id, at],
  )
}

/** The oldest job of each agency that the worker can go on with. */
export async function listDueJobs(tx: Tx): Promise<readonly LinkJob[]> {
  return tx.query<LinkJob>(
    `select distinct on (j.agency_id) ${JOB} from exchange.link_job j
     where j.state in ('received', 'queued', 'running')
     order by j.agency_id, (j.state = 'running') desc, j.planned_at`,
  )
}

export async function noteProgress(tx: Tx, id: string, rows: number): Promise<void> {
  await tx.query('update exchange.link_job set rows_done = $2 where job_id = $1', [id, rows])
}

/** Counts a fault of the program; answers how many there were in a row. */
export async function countAttempt(tx: Tx, id: string): Promise<number> {
  const [row] = await tx.query<{ attempts: number }>(
    `update exchange.link_job set attempts = attempts + 1 where job_id = $1
     returning attempts::int as attempts`,
    [id],
  )
  return row?.attempts ?? 0
}

/** Jobs that are over, or were never started, since before a moment: their files are to go. */
export async function listToShred(tx: Tx, before: Instant): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    `select job_id as id from exchange.link_job
     where (state in ('done', 'failed', 'cancelled', 'stopped') and ended_at < $1)
       or (state in ('planned', 'waiting') and planned_at < $1)
     order by planned_at limit 100`,
    [before],
  )
  return rows.map(({ id }) => id)
}

export interface ListedJob extends LinkJob {
  readonly agencyName: string
  readonly approvers: readonly string[]
}

/** What waits for a person first, then what is under way, then the rest; the newest first. */
export async function listJobs(tx: Tx, limit: number): Promise<readonly ListedJob[]> {
  return tx.query<ListedJob>(
    `select ${JOB}, a.name as "agencyName",
       array(select p.actor_id::text from exchange.link_job_approval p where p.job_id = j.job_id)
         as approvers
     from exchange.link_job j join exchange.agency a using (agency_id)
     order by j.state in ('waiting', 'stopped') desc,
       j.state in ('received', 'queued', 'running') desc, j.planned_at desc limit $1`,
    [limit],
  )
}
