import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Kernel } from '../kernel/index.ts'
import { takeLead, transactionOn, txOn } from './client-tx.ts'
import { startDemonstrationWitness } from './demonstration.ts'
import { measureLag } from './lag.ts'
import { metrics } from './metrics.ts'
import { ledgerOrigin } from './origin.ts'
import { logSigners, readPolicy } from './policy-file.ts'
import { LEADER_LOCK, LedgerDamaged, ROUND_EVENTS, Sequencer } from './sequencer.ts'
import { findLatestCheckpoint } from './store.ts'
import { submit } from './witness-client.ts'

/** A checkpoint at most this often: half of what an event may wait for its proof. */
const ROUND_ms = 500
const WITNESS_ROUND_ms = 1_000
const LAG_LOOK_ms = 5_000
const LAG_WARN_s = 10
const RETRY_ms = 1_000
const DAMAGED_RETRY_ms = 30_000

/** Work that never ends, until it is told to. */
export interface Service {
  stop(): Promise<void>
}

/**
 * Sequences and has cosigned for as long as this process leads; any number may stand by.
 * `connection` is that of the role `goc_sequencer`.
 */
export function startLedger(kernel: Kernel, connection: pg.ClientConfig): Service {
  const stopping = new AbortController()
  const done = stand(kernel, connection, stopping.signal)
  return {
    async stop() {
      stopping.abort()
      await done
    },
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(Math.max(0, ms), undefined, { signal, ref: true }).catch(() => {})

/** Waits for the lead, leads, and after any fault begins again from what the database says. */
async function stand(
  kernel: Kernel,
  connection: pg.ClientConfig,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await withClient(connection, async (client) => {
        if (await waitForLead(client, signal)) await lead({ kernel, connection, client, signal })
      })
    } catch (error) {
      if (signal.aborted) return
      const damaged = error instanceof LedgerDamaged
      metrics.damaged.set(damaged ? 1 : 0)
      if (damaged)
        kernel.log.fatal({ err: error }, 'the ledger contradicts itself; nothing is signed')
      else kernel.log.error({ err: error }, 'the sequencer lost its lead and starts again')
      await pause(damaged ? DAMAGED_RETRY_ms : RETRY_ms, signal)
    } finally {
      metrics.leading.set(0)
    }
  }
}

async function withClient<T>(
  connection: pg.ClientConfig,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ ...connection, application_name: 'goc-sequencer' })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

async function waitForLead(client: pg.Client, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    if (await takeLead(client, LEADER_LOCK)) return true
    await pause(RETRY_ms, signal)
  }
  return false
}

interface Lead {
  readonly kernel: Kernel
  readonly connection: pg.ClientConfig
  readonly client: pg.Client
  readonly signal: AbortSignal
}

/** Both works end together: when one fails, the lead is given up whole. */
async function lead({ kernel, connection, client, signal }: Lead): Promise<void> {
  const origin = await ledgerOrigin(kernel)
  const log = await Sequencer.takeUp(txOn(client), origin, await logSigners(kernel))
  metrics.leading.set(1)
  metrics.damaged.set(0)
  metrics.size.set(log.position.size)
  const failing = new AbortController()
  const ending = AbortSignal.any([signal, failing.signal])
  const witness = await startDemonstrationWitness(kernel)
  const works = [
    sequence({ kernel, client, log, signal: ending }),
    withClient(connection, (other) => gather(kernel, other, ending)),
  ].map((work) => work.finally(() => failing.abort()))
  try {
    await Promise.all(works)
  } finally {
    await Promise.allSettled(works)
    await witness?.stop()
  }
}

interface Sequencing {
  readonly kernel: Kernel
  readonly client: pg.Client
  readonly log: Sequencer
  readonly signal: AbortSignal
}

async function sequence({ kernel, client, log, signal }: Sequencing): Promise<void> {
  let looked = 0
  while (!signal.aborted) {
    const began = Date.now()
    // The lock belongs to this very connection, so a lead that was lost fails here.
    const { events, size } = await transactionOn(client, (tx) => log.round(tx))
    if (events > 0) {
      metrics.size.set(size)
      metrics.rounds.inc()
    }
    if (began - looked >= LAG_LOOK_ms) {
      looked = began
      await lookAtLag(kernel, client, log)
    }
    if (events < ROUND_EVENTS) await pause(began + ROUND_ms - Date.now(), signal)
  }
}

async function lookAtLag(kernel: Kernel, client: pg.Client, log: Sequencer): Promise<void> {
  const lag_s = await measureLag(txOn(client), log.position)
  if (lag_s > LAG_WARN_s) {
    kernel.log.warn({ lag_s }, 'audit events wait for their lines: is a long transaction writing?')
  }
}

/** Has the newest checkpoint cosigned, by each witness on its own: one that is away delays nobody. */
async function gather(kernel: Kernel, client: pg.Client, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const began = Date.now()
    const tx = txOn(client)
    const checkpoint = await findLatestCheckpoint(tx)
    const { witnesses } = await readPolicy(kernel)
    for (const witness of witnesses) {
      if (checkpoint === undefined || witness.url === null || signal.aborted) continue
      const submitted = await submit(tx, witness, checkpoint)
      const { name } = witness
      if (submitted.state === 'contradicts') {
        kernel.log.fatal(
          { witness: name, reason: submitted.reason },
          'a witness contradicts the log',
        )
      } else if (submitted.state === 'away') {
        kernel.log.debug({ witness: name, reason: submitted.reason }, 'a witness did not cosign')
      }
      metrics.witnessContradicts.set({ witness: name }, submitted.state === 'contradicts' ? 1 : 0)
      if (submitted.state === 'cosigned') metrics.witnessBehind.set({ witness: name }, 0)
    }
    await pause(began + WITNESS_ROUND_ms - Date.now(), signal)
  }
}
