import type pg from 'pg'
import type { Tx } from './database.ts'
import { faultLine } from './fault.ts'
import type { Kernel } from './kernel.ts'
import { LIMITS } from './limits.ts'

/** A fact as a subscriber gets it: at least once, so its work carries `factId` as its key. */
export interface ReceivedFact {
  readonly factId: string
  readonly eventId: string
  readonly name: string
  readonly orderingKey: string
  readonly payload: Readonly<Record<string, unknown>>
}

/** Work done behind the requests: at each fact of some names, or every so often. */
export type Job =
  | {
      readonly name: string
      readonly on: readonly string[]
      run(fact: ReceivedFact, kernel: Kernel): Promise<void>
    }
  | { readonly name: string; readonly every_ms: number; run(kernel: Kernel): Promise<void> }

export interface Worker {
  /** Ends after the work in hand. */
  stop(): Promise<void>
}

/** Session lock of the one worker that leads; the others wait to take its place. */
const LEADER_LOCK = 4101
const ROUND_ms = 250

/** Runs the rooms' jobs while this process leads; any number of processes may stand by. */
export function startWorker(kernel: Kernel, jobs: readonly Job[]): Worker {
  const stopping = new AbortController()
  const done = lead(kernel, jobs, stopping.signal)
  return {
    async stop() {
      stopping.abort()
      await done
    },
  }
}

async function lead(kernel: Kernel, jobs: readonly Job[], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    let connection: pg.Client | undefined
    try {
      connection = await kernel.database.connect()
      connection.on('error', () => {})
      while (!signal.aborted) {
        const { rows } = await connection.query<{ leads: boolean }>(
          'select pg_try_advisory_lock($1) as leads',
          [LEADER_LOCK],
        )
        if (rows[0]?.leads === true) break
        await pause(1_000, signal)
      }
      while (!signal.aborted) {
        const worked = await round(kernel, jobs)
        // Asks the server, so that a lost lock ends the lead before the next round.
        await connection.query('select 1')
        if (!worked) await pause(ROUND_ms, signal)
      }
    } catch (error) {
      kernel.log.error({ err: error }, 'the worker lost its lead and starts again')
      await pause(1_000, signal)
    } finally {
      await connection?.end().catch(() => {})
    }
  }
}

/** One round over all jobs; true when there may be more to do at once. */
export async function round(kernel: Kernel, jobs: readonly Job[]): Promise<boolean> {
  let worked = false
  for (const job of jobs) {
    try {
      if ('every_ms' in job) await runIfDue(kernel, job)
      else if (await deliver(kernel, job)) worked = true
    } catch (error) {
      kernel.log.error({ err: error, job: job.name }, 'a job failed and will be tried again')
    }
  }
  return worked
}

type TimedJob = Extract<Job, { every_ms: number }>
type FactJob = Exclude<Job, TimedJob>

async function runIfDue(kernel: Kernel, job: TimedJob): Promise<void> {
  const due = await kernel.database.transaction(async (tx) => {
    const rows = await tx.query<{ name: string }>(
      `insert into kernel.job_run as j (name, ran_at) values ($1, $2::timestamptz)
       on conflict (name) do update set ran_at = excluded.ran_at
       where j.ran_at <= excluded.ran_at - make_interval(secs => $3::float8 / 1000)
       returning name`,
      [job.name, kernel.now(), job.every_ms],
    )
    return rows.length > 0
  })
  if (due) await job.run(kernel)
}

async function deliver(kernel: Kernel, job: FactJob): Promise<boolean> {
  const retried = await retry(kernel, job)
  const facts = await kernel.database.transaction((tx) => listNewFacts(tx, job.name))
  const last = facts.at(-1)
  if (last === undefined) return retried
  const wanted = facts.filter((fact) => job.on.includes(fact.name))
  const blocked = new Set(await kernel.database.transaction((tx) => listBlockedKeys(tx, job.name)))
  const parked: { fact: ReceivedFact; error: string | null }[] = []
  for (const fact of wanted) {
    const error = blocked.has(fact.orderingKey) ? null : await attempt(kernel, job, fact)
    if (error === undefined) continue
    blocked.add(fact.orderingKey)
    parked.push({ fact, error })
  }
  await kernel.database.transaction(async (tx) => {
    for (const { fact, error } of parked) await park(tx, job.name, { fact, error })
    await tx.query(
      'update kernel.subscriber set xid = $2, fact_id = $3, moved_at = now() where name = $1',
      [job.name, last.xid, last.factId],
    )
  })
  return facts.length === LIMITS.jobBatch || retried
}

/** Undefined when it went well, else what went wrong. */
async function attempt(
  kernel: Kernel,
  job: FactJob,
  fact: ReceivedFact,
): Promise<string | undefined> {
  try {
    await job.run(fact, kernel)
    return undefined
  } catch (error) {
    kernel.log.warn({ err: error, job: job.name, fact: fact.factId }, 'a fact was not taken')
    return faultLine(error)
  }
}

/** Facts that waited: the oldest of each key first; one failing key holds up no other. */
async function retry(kernel: Kernel, job: FactJob): Promise<boolean> {
  const due = await kernel.database.transaction((tx) => listDue(tx, job.name))
  let went = false
  for (const { attempts, ...fact } of due) {
    const error = await attempt(kernel, job, fact)
    went ||= error === undefined
    const delays = LIMITS.jobRetry_ms
    const next = delays[Math.min(attempts + 1, delays.length - 1)] ?? 0
    const still = attempts + 1 >= LIMITS.jobAttempts
    await kernel.database.transaction((tx) =>
      tx.query(
        `update kernel.delivery set attempts = attempts + 1, error = $3,
           done_at = case when $3::text is null then now() end,
           next_at = case when $4 then 'infinity' else now() + make_interval(secs => $5::float8 / 1000) end
         where subscriber = $1 and fact_id = $2`,
        [job.name, fact.factId, error ?? null, still, next],
      ),
    )
  }
  return went
}

const FACT = `o.fact_id as "factId", o.event_id as "eventId", o.name,
  o.ordering_key as "orderingKey", o.payload`

/** Facts after the cursor whose transactions, and all older ones, have ended: a safe order. */
async function listNewFacts(tx: Tx, subscriber: string) {
  // A new subscriber starts at the present: what was before it never concerned it.
  await tx.query(
    `insert into kernel.subscriber (name, xid, fact_id)
     values ($1, pg_snapshot_xmin(pg_current_snapshot()), '00000000-0000-0000-0000-000000000000')
     on conflict (name) do nothing`,
    [subscriber],
  )
  return tx.query<ReceivedFact & { readonly xid: string }>(
    `select ${FACT}, o.xid::text as xid from kernel.subscriber s, kernel.outbox o
     where s.name = $1 and (o.xid, o.fact_id) > (s.xid, s.fact_id)
       and o.xid < pg_snapshot_xmin(pg_current_snapshot())
     order by o.xid, o.fact_id limit $2`,
    [subscriber, LIMITS.jobBatch],
  )
}

async function listBlockedKeys(tx: Tx, subscriber: string): Promise<string[]> {
  const rows = await tx.query<{ key: string }>(
    `select distinct ordering_key as key from kernel.delivery
     where subscriber = $1 and done_at is null`,
    [subscriber],
  )
  return rows.map((row) => row.key)
}

async function listDue(tx: Tx, subscriber: string) {
  return tx.query<ReceivedFact & { readonly attempts: number }>(
    `select ${FACT}, d.attempts from (
       select distinct on (ordering_key) * from kernel.delivery
       where subscriber = $1 and done_at is null order by ordering_key, fact_id) d
     join kernel.outbox o using (fact_id)
     where d.next_at <= now() order by o.fact_id limit $2`,
    [subscriber, LIMITS.jobBatch],
  )
}

/** How far behind the facts a subscriber is. */
export interface Backlog {
  readonly subscriber: string
  /** Facts it has not read, of any name; counted up to a bound. */
  readonly unread: number
  /** Facts it could not take, with those of the same keys behind them. */
  readonly parked: number
  /** Of these, tried as often as we try: a person must look. */
  readonly still: number
}

const UNREAD_most = 10_000

export async function listBacklogs(tx: Tx): Promise<Backlog[]> {
  return tx.query<Backlog>(
    `select s.name as subscriber,
       (select count(*) from (select from kernel.outbox o
          where (o.xid, o.fact_id) > (s.xid, s.fact_id) limit $1) u)::int as unread,
       (select count(*) from kernel.delivery d
          where d.subscriber = s.name and d.done_at is null)::int as parked,
       (select count(*) from kernel.delivery d
          where d.subscriber = s.name and d.done_at is null and d.next_at = 'infinity')::int as still
     from kernel.subscriber s order by s.name`,
    [UNREAD_most],
  )
}

async function park(
  tx: Tx,
  subscriber: string,
  { fact, error }: { fact: ReceivedFact; error: string | null },
): Promise<void> {
  await tx.query(
    `insert into kernel.delivery (subscriber, fact_id, ordering_key, attempts, error, next_at)
     values ($1, $2, $3, $4, $5, now() + make_interval(secs => $6::float8 / 1000))
     on conflict do nothing`,
    [
      subscriber,
      fact.factId,
      fact.orderingKey,
      error === null ? 0 : 1,
      error,
      error === null ? 0 : LIMITS.jobRetry_ms[1],
    ],
  )
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
