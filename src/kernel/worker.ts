import type pg from 'pg'
import { faultLine } from './fault.ts'
import type { Kernel } from './kernel.ts'
import { LIMITS } from './limits.ts'
import {
  askAlive,
  listBlockedKeys,
  listDue,
  listNewFacts,
  moveCursor,
  park,
  type ReceivedFact,
  storeAttempt,
  takeLead,
  takeTurn,
} from './worker-store.ts'

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
        if (await takeLead(connection, LEADER_LOCK)) break
        await pause(1_000, signal)
      }
      while (!signal.aborted) {
        const worked = await round(kernel, jobs)
        // Asks the server, so that a lost lock ends the lead before the next round.
        await askAlive(connection)
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
  const { name, every_ms } = job
  const isDue = await kernel.database.transaction((tx) =>
    takeTurn(tx, { name, every_ms, now: kernel.now() }),
  )
  if (isDue) await job.run(kernel)
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
    await moveCursor(tx, job.name, last)
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
    const after_ms = attempts + 1 >= LIMITS.jobAttempts ? null : next
    const outcome = { factId: fact.factId, error: error ?? null, after_ms }
    await kernel.database.transaction((tx) => storeAttempt(tx, job.name, outcome))
  }
  return went
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
