// What kill-writes.test.ts kills: the program with its worker and its log, sending the plan's keys.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { profile } from '../../profiles/vn/index.ts'
import { type Foundation, jobsOf, openFoundation, openKernel } from '../../src/house.ts'
import { readConfig } from '../../src/kernel/config.ts'
import { execute, type Kernel } from '../../src/kernel/index.ts'
import { startWorker } from '../../src/kernel/worker.ts'
import { measureLag, startLedger } from '../../src/ledger/index.ts'
import { ROOMS } from '../../src/rooms.ts'
import { withTestRoles } from '../../test/commands.ts'
import { type Answers, type Lane, laneOf } from './plan.ts'

/** What the drill orders: the first message to this process. */
export interface Order {
  readonly lanes: number
  readonly home: string
  /** Answers that came before the last kill, by key; of the others it is not known. */
  readonly answered: Readonly<Record<string, unknown>>
}

/** What this process tells: that it stands by, an answer, that all is done and in the log. */
export type Told =
  | { readonly ready: true; readonly serverPid: number }
  | { readonly key: string; readonly answer: unknown }
  | { readonly finished: true }

const LANES_AT_ONCE = 8
const tell = (told: Told) => process.send?.(told)

const config = readConfig({ GOC_DATA: process.env.GOC_DATA, PORT: '0', GOC_LOG: 'fatal' })
const foundation = await openFoundation(config, true)
const kernel = openKernel(foundation, { profile: withTestRoles(profile), demonstration: true })
const ordered = new Promise<Order>((resolve) => process.once('message', (o: Order) => resolve(o)))
tell({ ready: true, serverPid: await serverPidOf(foundation) })

const order = await ordered
const worker = startWorker(kernel, jobsOf(ROOMS))
const ledger = startLedger(kernel, foundation.connection('goc_sequencer'))
const lanes = Array.from({ length: order.lanes }, (_, at) => laneOf(at, order.home))
const waiting = lanes.values()
await Promise.all(
  Array.from({ length: LANES_AT_ONCE }, async () => {
    for (const lane of waiting) await walk(kernel, lane, order.answered)
  }),
)
while ((await kernel.database.transaction((tx) => measureLag(tx))) > 0) {
  await new Promise((resolve) => setTimeout(resolve, 50))
}
await ledger.stop()
await worker.stop()
await kernel.database.end()
await foundation.close()
tell({ finished: true })
process.disconnect()

async function walk(kernel: Kernel, lane: Lane, answered: Order['answered']): Promise<void> {
  const answers = new Map() as Answers & Map<string, unknown>
  for (const { key, name, command, actor, input } of lane.steps) {
    const known = answered[key]
    const answer = known ?? (await execute(command, input(answers), { kernel, actor, key }))
    answers.set(name, answer)
    if (known === undefined) tell({ key, answer })
  }
}

async function serverPidOf(foundation: Foundation): Promise<number> {
  const client = new pg.Client(foundation.connection())
  await client.connect()
  try {
    const { rows } = await client.query<{ folder: string }>(
      `select current_setting('data_directory') as folder`,
    )
    const file = path.join(rows[0]?.folder ?? '', 'postmaster.pid')
    return Number(readFileSync(file, 'utf8').split('\n')[0])
  } finally {
    await client.end()
  }
}
