import type pg from 'pg'
import { addMs, execute, type Job, type Kernel, SYSTEM, uuidv7 } from '../../kernel/index.ts'
import { takeAgency } from './lock-store.ts'
import { settleJob, shredJob } from './settle.ts'
import { countAttempt, findJob, listDueJobs, listToShred } from './store.ts'
import { JOB_LIMITS, type LinkJob } from './types.ts'
import { Vault } from './vault.ts'
import { workOn } from './work.ts'

/** Agencies whose files this process works on; a check uses all processors, so there is one. */
const AT_ONCE = 1
const underway = new WeakMap<Kernel, Map<string, Promise<void>>>()

/**
 * Looks for files to check and begins what it may; the work goes on behind the worker's rounds, so
 * that no other job waits for it. One file of an agency at a time, in all processes together.
 */
export const runLinkJobs: Job = {
  name: 'exchange.link-jobs',
  every_ms: JOB_LIMITS.look_ms,
  async run(kernel: Kernel) {
    const mine = underway.get(kernel) ?? new Map<string, Promise<void>>()
    underway.set(kernel, mine)
    if (mine.size >= AT_ONCE) return
    const due = await kernel.database.transaction((tx) => listDueJobs(tx))
    for (const job of due) {
      if (mine.size >= AT_ONCE || mine.has(job.agencyId)) continue
      const work = undertake(kernel, job).finally(() => mine.delete(job.agencyId))
      mine.set(job.agencyId, work)
    }
  },
}

/** Settles when nothing is under way in this process. */
export async function untilIdle(kernel: Kernel): Promise<void> {
  await Promise.allSettled([...(underway.get(kernel)?.values() ?? [])])
}

/** Holds the agency's lock on a connection of its own: whoever is killed lets go of it at once. */
async function undertake(kernel: Kernel, job: LinkJob): Promise<void> {
  let connection: pg.Client | undefined
  const lost = new AbortController()
  try {
    connection = await kernel.database.connect()
    connection.on('error', () => lost.abort())
    connection.on('end', () => lost.abort())
    if (!(await takeAgency(connection, job.agencyId))) return
    await workOn(kernel, job, lost.signal)
  } catch (error) {
    if (lost.signal.aborted) return
    kernel.log.error({ err: error, job: job.id }, 'a file could not be checked')
    await giveUpAt(kernel, job).catch(() => {})
  } finally {
    await connection?.end().catch(() => {})
  }
}

/** A fault of the program is tried again a few times; then the agency is told. */
async function giveUpAt(kernel: Kernel, { id }: LinkJob): Promise<void> {
  const attempts = await kernel.database.transaction((tx) => countAttempt(tx, id))
  if (attempts < JOB_LIMITS.attempts_max) return
  const job = await kernel.database.transaction((tx) => findJob(tx, id))
  if (job === undefined) return
  new Vault(kernel, id).removeWork()
  const input = { job: id, state: 'failed', reason: 'fault' }
  await execute(settleJob, input, { kernel, actor: SYSTEM, key: uuidv7() })
}

const HOUR_ms = 3_600_000

/** Destroys the keys and files of jobs that are long over. */
export const shredLinkJobs: Job = {
  name: 'exchange.shred-link-jobs',
  every_ms: HOUR_ms,
  async run(kernel: Kernel) {
    const before = addMs(kernel.now(), -JOB_LIMITS.kept_days * 24 * HOUR_ms)
    const due = await kernel.database.transaction((tx) => listToShred(tx, before))
    for (const job of due) {
      // The files first: a job that says it is shredded is.
      new Vault(kernel, job).shred()
      await execute(shredJob, { job }, { kernel, actor: SYSTEM, key: uuidv7() })
    }
  },
}
