import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { uuidv7 } from '../kernel/index.ts'
import { txOn } from './client-tx.ts'
import { inspect } from './inspect.ts'
import { Claims } from './inspect-heads.ts'
import { logSigner } from './note.ts'
import { parseVerifierKey } from './offline/note.js'
import { LEADER_LOCK } from './sequencer.ts'
import { eventsOf } from './subject-store.ts'
import { newEvent, type TestLog, testLog, untilDecided } from './testing.ts'

/** Two in `npm test`; the drill asks for twenty. */
const KILLS = Number(process.env.GOC_TEST_KILLS ?? 2)
const PROGRAM = fileURLToPath(new URL('./crash-process.ts', import.meta.url))

let log: TestLog
before(async () => {
  log = await testLog()
})
after(() => log.close())

async function spawnSequencer(): Promise<ChildProcess> {
  const connection = log.database.connection('goc_sequencer')
  const pem = log.key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const order = { connection, origin: log.origin, pem }
  const child = spawn(process.execPath, [PROGRAM], {
    env: { ...process.env, GOC_TEST_SEQUENCER: JSON.stringify(order) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await new Promise((resolve) => child.once('message', resolve))
  return child
}

/** As the next leader does: waits until the server has let go of the dead one's connection. */
async function waitForLead(): Promise<void> {
  await log.owner.query('select pg_advisory_lock($1), pg_advisory_unlock($1)', [LEADER_LOCK])
}

async function requireHonest(lines: number): Promise<void> {
  const claims = new Claims({
    logs: [await parseVerifierKey(logSigner(log.origin, log.key).verifierKey)],
    witnesses: [],
  })
  const seen = await inspect(txOn(log.owner), { claims, today: '2026-01-01' })
  assert.deepEqual(seen.findings, [])
  assert.equal(seen.lines, lines)
  assert.equal(seen.waiting, 0)
}

const countLeaves = async () => {
  const { rows } = await log.owner.query<{ n: number }>(
    'select count(*)::int as n from ledger.audit_leaf',
  )
  return rows[0]?.n ?? 0
}

test(`kill -9 in the middle of writing (${KILLS} times): nothing lost, nothing doubled`, async () => {
  let written = 0
  for (let kill = 0; kill < KILLS; kill++) {
    const child = await spawnSequencer()
    const start = await countLeaves()
    const events = Array.from({ length: 2_000 }, () => newEvent())
    await log.insert(events)
    written += events.length
    while ((await countLeaves()) === start) {
      assert.equal(child.exitCode, null, 'it works until it is killed')
      await sleep(1)
    }
    await sleep(Math.random() * 20)
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('exit', resolve))
    await waitForLead()
    assert.ok((await countLeaves()) < written, 'it was killed with work before it')
  }
  await untilDecided(log.app)
  await log.sequence()
  await requireHonest(written)
})

test('the month’s end: events of both months, in commit order, into one log', async () => {
  const start = await countLeaves()
  const { rows } = await log.owner.query<{ edge: number }>(
    `select extract(epoch from date_trunc('month', now() at time zone 'UTC') + interval '1 month')::bigint * 1000 as edge`,
  )
  const edge = rows[0]?.edge ?? 0
  const person = uuidv7()
  const at = (ms: number) => newEvent({ persons: [person], eventId: idAt(ms) })
  const [before, first, later, far] = [
    at(edge - 1),
    at(edge),
    at(edge + 1),
    at(edge + 86_400_000 * 400),
  ]
  // The new month's event commits first; the last one is past every partition made ahead.
  await log.write([first])
  await log.write([before, later, far])
  const { rows: parts } = await log.owner.query<{ part: string }>(
    `select tableoid::regclass::text as part from kernel.audit_event
     where person_id = $1 order by event_id`,
    [person],
  )
  assert.equal(new Set(parts.map((row) => row.part)).size, 3)
  assert.equal(parts.at(-1)?.part, 'kernel.audit_event_default')
  await log.sequence()
  const { rows: order } = await log.owner.query<{ id: string }>(
    'select event_id as id from ledger.audit_leaf where seq >= $1 order by seq',
    [start],
  )
  assert.deepEqual(
    order.map((row) => row.id),
    [first, before, later, far].map((event) => event.eventId),
  )
  const page = { today: '2026-01-01' as never, limit: 10 }
  const lines = await eventsOf(txOn(log.app), person, page)
  assert.deepEqual(
    lines.map((line) => line.eventId),
    [far, later, first, before].map((event) => event.eventId),
  )
  await requireHonest(start + 4)
})

/** A UUID version 7 of a moment. */
function idAt(ms: number): string {
  const time = ms.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}${uuidv7().slice(13)}`
}
