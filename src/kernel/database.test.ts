import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { profile } from '../../profiles/demo/index.ts'
import { type TestKernel, testKernel } from '../../test/kernel.ts'
import { room } from './kernel-room.ts'

let kernel: TestKernel
before(async () => {
  kernel = await testKernel({ profile, rooms: [room] })
})
after(() => kernel.close())

const PID = 'select pg_backend_pid() as pid'
const terminate = (pid: number | undefined) =>
  kernel.owner('select pg_terminate_backend($1)', [pid])

// An error nobody listens to would end this process, and with it the test.
test('a connection that dies in the middle of its work fails that work, not the program', async () => {
  const waiting = kernel.database.transaction(async (tx) => {
    const [row] = await tx.query<{ pid: number }>(PID)
    const asleep = tx.query('select pg_sleep(60)')
    // It may be refused before it is waited for.
    asleep.catch(() => {})
    await terminate(row?.pid)
    return asleep
  })
  await assert.rejects(waiting)
  const idle = kernel.database.transaction(async (tx) => {
    const [row] = await tx.query<{ pid: number }>(PID)
    await terminate(row?.pid)
    await new Promise((resolve) => setTimeout(resolve, 100))
    return tx.query('select 1')
  })
  await assert.rejects(idle)
  const [row] = await kernel.database.transaction((tx) =>
    tx.query<{ one: number }>('select 1 as one'),
  )
  assert.equal(row?.one, 1)
})

test('so does one of its own, for COPY', async () => {
  const client = await kernel.database.connect()
  const { rows } = await client.query<{ pid: number }>(PID)
  await terminate(rows[0]?.pid)
  await new Promise((resolve) => setTimeout(resolve, 100))
  await assert.rejects(client.query('select 1'))
  await client.end()
})
