import type pg from 'pg'
import type { Tx } from './database.ts'
import { LIMITS } from './limits.ts'
import type { Instant } from './time.ts'

const FACT = `o.fact_id as "factId", o.event_id as "eventId", o.name,
  o.ordering_key as "orderingKey", o.payload`

/** Facts after the cursor whose transactions, and all older ones, have ended: a safe order. */
export async function listNewFacts(tx: Tx, subscriber: string) {
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

export async function listBlockedKeys(tx: Tx, subscriber: string): Promise<string[]> {
  const rows = await tx.query<{ key: string }>(
    `select distinct ordering_key as key from kernel.delivery
     where subscriber = $1 and done_at is null`,
    [subscriber],
  )
  return rows.map((row) => row.key)
}

export async function listDue(tx: Tx, subscriber: string) {
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

export async function listBacklogs(tx: Pick<Tx, 'query'>): Promise<Backlog[]> {
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

export async function park(
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

/** A fact that lies still after its last attempt, or waits behind one that does. */
export interface Stuck {
  readonly subscriber: string
  readonly factId: string
  readonly attempts: number
  readonly error: string | null
  /** Facts of the same key that wait behind it. */
  readonly behind: number
}

const LISTED = 200

export async function listStuck(tx: Tx): Promise<Stuck[]> {
  return tx.query<Stuck>(
    `select d.subscriber, d.fact_id as "factId", d.attempts, d.error,
       (select count(*) from kernel.delivery b where b.subscriber = d.subscriber
         and b.ordering_key = d.ordering_key and b.done_at is null and b.fact_id > d.fact_id) as behind
     from kernel.delivery d where d.done_at is null and d.attempts > 0
     order by d.subscriber, d.fact_id limit $1`,
    [LISTED],
  )
}

/** Gives facts another round of attempts at once; answers how many. */
export async function tryAgain(tx: Tx, subscriber: string, factId?: string): Promise<number> {
  const rows = await tx.query(
    `update kernel.delivery set attempts = 0, next_at = now()
     where subscriber = $1 and done_at is null and attempts > 0
       and ($2::uuid is null or fact_id = $2)
     returning fact_id`,
    [subscriber, factId ?? null],
  )
  return rows.length
}

/** A fact as a subscriber gets it: at least once, so its work carries `factId` as its key. */
export interface ReceivedFact {
  readonly factId: string
  readonly eventId: string
  readonly name: string
  readonly orderingKey: string
  readonly payload: Readonly<Record<string, unknown>>
}

/** Whether this connection holds a session lock, now that it has asked for it. */
export async function takeLead(connection: pg.Client, lock: number): Promise<boolean> {
  const { rows } = await connection.query<{ leads: boolean }>(
    'select pg_try_advisory_lock($1) as leads',
    [lock],
  )
  return rows[0]?.leads === true
}

/** Throws when the server is gone, and the lock with it. */
export async function askAlive(connection: pg.Client): Promise<void> {
  await connection.query('select 1')
}

/** Whether a timed job is due; of any number of processes that ask, one is told so. */
export async function takeTurn(
  tx: Tx,
  job: { readonly name: string; readonly every_ms: number; readonly now: Instant },
): Promise<boolean> {
  const rows = await tx.query<{ name: string }>(
    `insert into kernel.job_run as j (name, ran_at) values ($1, $2::timestamptz)
     on conflict (name) do update set ran_at = excluded.ran_at
     where j.ran_at <= excluded.ran_at - make_interval(secs => $3::float8 / 1000)
     returning name`,
    [job.name, job.now, job.every_ms],
  )
  return rows.length > 0
}

/** A subscriber has read up to a fact, whatever became of it. */
export async function moveCursor(
  tx: Tx,
  subscriber: string,
  last: { readonly xid: string; readonly factId: string },
): Promise<void> {
  await tx.query(
    'update kernel.subscriber set xid = $2, fact_id = $3, moved_at = now() where name = $1',
    [subscriber, last.xid, last.factId],
  )
}

/** How another attempt at a parked fact went. */
export interface Attempt {
  readonly factId: string
  /** What went wrong; null: it was taken. */
  readonly error: string | null
  /** When to try again; null: it lies still until a person has looked. */
  readonly after_ms: number | null
}

export async function storeAttempt(tx: Tx, subscriber: string, attempt: Attempt): Promise<void> {
  await tx.query(
    `update kernel.delivery set attempts = attempts + 1, error = $3,
       done_at = case when $3::text is null then now() end,
       next_at = coalesce(now() + make_interval(secs => $4::float8 / 1000), 'infinity')
     where subscriber = $1 and fact_id = $2`,
    [subscriber, attempt.factId, attempt.error, attempt.after_ms],
  )
}
