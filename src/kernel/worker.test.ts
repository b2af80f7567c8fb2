import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { profile } from '../../profiles/demo/index.ts'
import { type TestKernel, testKernel } from '../../test/kernel.ts'
import { uuidv7 } from './id.ts'
import { jobsCommand } from './jobs-cli.ts'
import { room } from './kernel-room.ts'
import { storeFacts } from './outbox-store.ts'
import type { Operator } from './room.ts'
import { pruneOutbox } from './store.ts'
import { type Job, round } from './worker.ts'

let kernel: TestKernel
let taken: string[] = []
let failing = new Set<string>()

const job: Extract<Job, { on: readonly string[] }> = {
  name: 'test.subscriber',
  on: ['thing.happened'],
  async run({ orderingKey, payload }) {
    if (failing.has(orderingKey)) throw new Error('not now')
    taken.push(`${orderingKey}${payload.n}`)
  },
}

before(async () => {
  kernel = await testKernel({ profile, rooms: [room] })
})
after(() => kernel.close())
beforeEach(async () => {
  await kernel.owner('truncate kernel.outbox, kernel.subscriber, kernel.delivery')
  // A subscriber starts at the present, so it is made known before anything happens.
  await round(kernel, [job])
  taken = []
  failing = new Set()
})

const happen = (key: string, n: number, name = 'thing.happened') =>
  kernel.database.transaction(async (tx) =>
    storeFacts(tx, uuidv7(), [{ name, orderingKey: key, payload: { n } }]),
  )
const dueNow = () => kernel.owner(`update kernel.delivery set next_at = now()`)

test('facts reach a subscriber in order, once, and only those it asked for', async () => {
  for (const n of [1, 2, 3]) await happen('a', n)
  await happen('a', 4, 'other.happened')
  await round(kernel, [job])
  await round(kernel, [job])
  assert.deepEqual(taken, ['a1', 'a2', 'a3'])
})

test('a failing key holds up itself alone, and goes on in order', async () => {
  failing.add('a')
  for (const n of [1, 2]) for (const key of ['a', 'b']) await happen(key, n)
  await round(kernel, [job])
  assert.deepEqual(taken, ['b1', 'b2'])
  await happen('a', 3)
  failing.clear()
  await round(kernel, [job])
  assert.deepEqual(taken, ['b1', 'b2'])
  for (let i = 0; i < 3; i++) {
    await dueNow()
    await round(kernel, [job])
  }
  assert.deepEqual(taken, ['b1', 'b2', 'a1', 'a2', 'a3'])
})

test('after the last attempt a fact lies still for a person to look at', async () => {
  failing.add('a')
  await happen('a', 1)
  await round(kernel, [job])
  for (let i = 0; i < 12; i++) {
    await kernel.owner(`update kernel.delivery set next_at = now() where next_at < 'infinity'`)
    await round(kernel, [job])
  }
  const [row] = await kernel.owner<{ still: boolean; attempts: number }>(
    `select next_at = 'infinity' as still, attempts from kernel.delivery`,
  )
  assert.deepEqual([row?.still, row?.attempts], [true, 10])

  failing.clear()
  const lines: string[] = []
  const operator = { kernel, print: (line: string) => lines.push(line) } as unknown as Operator
  assert.equal(await jobsCommand.run([], operator), 0)
  assert.match(lines[0] ?? '', /test\.subscriber .* Error not now/)
  assert.equal(await jobsCommand.run(['retry', 'test.subscriber'], operator), 0)
  await round(kernel, [job])
  assert.deepEqual(taken, ['a1'])
})

test('an open transaction is waited for, so that nothing is skipped', async () => {
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>()
  const { promise: written, resolve: wrote } = Promise.withResolvers<void>()
  const early = kernel.database.transaction(async (tx) => {
    storeFacts(tx, uuidv7(), [{ name: 'thing.happened', orderingKey: 'slow', payload: { n: 1 } }])
    // Its place in the order is taken here, long before its facts are written.
    await tx.query('select pg_current_xact_id()')
    wrote()
    await mayEnd
  })
  await written
  await happen('quick', 1)
  await round(kernel, [job])
  assert.deepEqual(taken, [])
  end()
  await early
  await round(kernel, [job])
  assert.deepEqual(taken, ['slow1', 'quick1'])
})

test('a timed job runs when it is due, over any number of processes', async () => {
  let runs = 0
  const timed: Job = {
    name: 'test.timed',
    every_ms: 60_000,
    async run() {
      runs += 1
    },
  }
  await Promise.all([round(kernel, [timed]), round(kernel, [timed])])
  assert.equal(runs, 1)
  kernel.setNow('2026-10-16T03:01:00.000Z')
  await round(kernel, [timed])
  assert.equal(runs, 2)
})

test('the month turns: partitions are ready, and the default one stays empty', async () => {
  for (const moment of ['2026-12-31T23:59:59.999Z', '2027-01-01T00:00:00.000Z']) {
    kernel.setNow(moment)
    await kernel.owner('select kernel.make_partitions(3, $1)', [moment])
  }
  const parts = await kernel.owner<{ name: string }>(
    `select relname as name from pg_class where relname ~ '^audit_event_20(26_12|27_0[1-4])$'`,
  )
  assert.equal(parts.length, 5)
  await happen('a', 1)
  assert.equal(await kernel.count('kernel.outbox_default'), 0)
})

/** A fact of long ago that is told only now: its place in the order is that of its transaction. */
const happenedIn = (month: string, key: string) =>
  kernel.owner(
    `insert into kernel.outbox (fact_id, event_id, name, ordering_key, payload)
     values (kernel.uuid_floor($1::timestamptz + interval '5 days'), gen_random_uuid(),
       'thing.happened', $2, '{"n": 1}')`,
    [`${month}-01T00:00:00Z`, key],
  )
const prune = () => kernel.database.transaction(pruneOutbox)
const monthsKept = async () => {
  const rows = await kernel.owner<{ name: string }>(
    `select relname as name from pg_class where relname ~ '^outbox_20(19|20)_\\d\\d$' order by 1`,
  )
  return rows.map((row) => row.name)
}

test('months of facts go once every subscriber has taken them, and not before', async () => {
  for (const month of ['2019-11', '2020-01']) {
    await kernel.owner('select kernel.make_partitions(0, $1)', [`${month}-15T00:00:00Z`])
  }
  const both = ['outbox_2019_11', 'outbox_2020_01']
  await happenedIn('2019-11', 'a')
  await happenedIn('2020-01', 'b')
  // Nobody has read them.
  assert.equal(await prune(), 0)
  failing.add('b')
  await round(kernel, [job])
  assert.deepEqual(taken, ['a1'])
  // One subscriber has, another has not.
  await kernel.owner(
    `insert into kernel.subscriber (name, xid, fact_id)
     values ('test.behind', '3', '00000000-0000-0000-0000-000000000000')`,
  )
  assert.equal(await prune(), 0)
  assert.deepEqual(await monthsKept(), both)
  // All have; a fact of the second month waits for another attempt.
  await kernel.owner(`delete from kernel.subscriber where name = 'test.behind'`)
  assert.equal(await prune(), 1)
  assert.deepEqual(await monthsKept(), ['outbox_2020_01'])
  failing.clear()
  await dueNow()
  await round(kernel, [job])
  assert.deepEqual(taken, ['a1', 'b1'])
  assert.equal(await prune(), 1)
  assert.deepEqual(await monthsKept(), [])
})

test('facts of the last months stay, whoever has taken them', async () => {
  await happen('a', 1)
  await round(kernel, [job])
  assert.equal(await prune(), 0)
  assert.equal(await kernel.count('kernel.outbox'), 1)
})
