import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { profile } from '../profiles/demo/index.ts'
import { type TestKernel, testKernel } from '../test/kernel.ts'
import { buildApp } from './app.ts'
import { addMs, LIMITS, uuidv7 } from './kernel/index.ts'
import { storeFacts } from './kernel/outbox-store.ts'
import { round } from './kernel/worker.ts'

let kernel: TestKernel
let app: FastifyInstance
before(async () => {
  kernel = await testKernel({ profile })
  app = await buildApp(kernel)
})
after(async () => {
  await app.close()
  await kernel.close()
})

const later = () => kernel.setNow(addMs(kernel.now(), LIMITS.metricsAge_ms))
const metrics = async () => {
  later()
  return (await app.inject('/metrics')).body
}
const figure = (text: string, line: string) =>
  Number(
    text
      .split('\n')
      .find((one) => one.startsWith(`${line} `))
      ?.slice(line.length + 1),
  )

test('requests are counted by the pattern of their route, never by what was asked', async () => {
  await app.inject('/livez?name=Tr%E1%BA%A7n&number=901197004821')
  await app.inject('/record/901197004821')
  const text = await metrics()
  const counted = 'goc_http_request_seconds_count{method="GET",route="/livez",status="2xx"}'
  assert.equal(figure(text, counted), 1)
  assert.match(text, /goc_http_request_seconds_count\{method="GET",route="none",status="4xx"\} 1/)
  assert.ok(!text.includes('901197004821') && !text.includes('Tr%'))
})

test('the process, the log and each subscriber of facts are told', async () => {
  const fact = { name: 'thing.happened', orderingKey: 'a', payload: {} }
  const job = { name: 'test.reader', on: ['thing.happened'], run: async () => {} }
  await round(kernel, [job])
  await kernel.database.transaction(async (tx) => storeFacts(tx, uuidv7(), [fact, fact]))
  const text = await metrics()
  assert.ok(figure(text, 'process_resident_memory_bytes') > 1e6)
  assert.equal(figure(text, 'goc_ledger_size'), 0)
  assert.equal(figure(text, 'goc_ledger_lag_seconds'), 0)
  assert.equal(figure(text, 'goc_outbox_unread_facts{subscriber="test.reader"}'), 2)
  assert.equal(figure(text, 'goc_outbox_given_up_facts{subscriber="test.reader"}'), 0)
})

test('an event without a line is an age that grows', async () => {
  await kernel.owner(
    `insert into kernel.audit_event (event_id, actor_id, body, salt, leaf)
     values (kernel.uuid_floor(now() - interval '90 s'), $1, '{}', $2, $2)`,
    [uuidv7(), Buffer.alloc(32)],
  )
  assert.ok(figure(await metrics(), 'goc_ledger_lag_seconds') >= 89)
})

test('without a database the process still tells of itself', async () => {
  const ended = await testKernel({ profile })
  const alone = await buildApp(ended)
  await ended.close()
  const text = (await alone.inject('/metrics')).body
  assert.equal(figure(text, 'goc_database_answers'), 0)
  assert.ok(figure(text, 'process_resident_memory_bytes') > 1e6)
  await alone.close()
})

test('however often it is read, the database is asked once in a while', async () => {
  await metrics()
  kernel.cutAt(null)
  await Promise.all(Array.from({ length: 5 }, () => app.inject('/metrics')))
  assert.equal(kernel.statements(), 0)
  later()
  await Promise.all(Array.from({ length: 5 }, () => app.inject('/metrics')))
  const once = kernel.statements()
  assert.ok(once > 0)
  await app.inject('/metrics')
  assert.equal(kernel.statements(), once)
})

test('without a token only this machine reads it, and not through its proxy', async () => {
  const read = async (more: object) => (await app.inject({ url: '/metrics', ...more })).statusCode
  assert.equal(await read({ remoteAddress: '::ffff:127.0.0.1' }), 200)
  assert.equal(await read({ remoteAddress: '192.0.2.7' }), 404)
  assert.equal(await read({ headers: { 'x-forwarded-for': '192.0.2.7' } }), 404)
  assert.equal(await read({ headers: { forwarded: 'for=192.0.2.7' } }), 404)
})

test('with a token whoever holds it reads it, from anywhere', async () => {
  const metricsToken = 'a token of the operator'
  const guarded = await buildApp({ ...kernel, config: { ...kernel.config, metricsToken } })
  const read = async (authorization?: string) => {
    const headers = authorization === undefined ? {} : { authorization }
    const remoteAddress = '192.0.2.7'
    return (await guarded.inject({ url: '/metrics', remoteAddress, headers })).statusCode
  }
  assert.equal(await read(`Bearer ${metricsToken}`), 200)
  assert.equal(await read('Bearer another'), 404)
  assert.equal(await read(), 404)
  await guarded.close()
})
