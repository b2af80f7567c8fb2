import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { profile } from '../../profiles/demo/index.ts'
import { anActor, type TestKernel, testKernel } from '../../test/kernel.ts'
import { insertActor } from './actor-store.ts'
import { raw } from './html.ts'
import { buildHttp } from './http.ts'
import { room } from './kernel-room.ts'
import { LIMITS } from './limits.ts'
import { loadCatalogues } from './locale.ts'
import { openSession } from './session.ts'

const START = Date.parse('2026-10-16T03:00:00.000Z')
let kernel: TestKernel
let app: Awaited<ReturnType<typeof buildHttp>>
const actor = anActor([], { kind: 'officer' })

before(async () => {
  kernel = await testKernel({ profile, rooms: [room] })
  await kernel.database.transaction((tx) => insertActor(tx, { ...actor, login: 'officer' }))
  const pages = { refusal: () => raw('refused'), fault: () => raw('broken') }
  app = await buildHttp({ kernel, catalogues: loadCatalogues([]), pages })
  app.get('/in', async (_request, reply) => {
    await openSession(kernel, { actor, level: 2 }, reply)
    return 'in'
  })
  app.get('/me', async (request) => request.actor?.name ?? 'nobody')
})
after(async () => {
  await app.close()
  await kernel.close()
})

const minutes = (n: number) => kernel.setNow(new Date(START + n * 60_000).toISOString())
async function signIn(): Promise<string> {
  const { headers } = await app.inject('/in')
  return String(headers['set-cookie']).split(';')[0] ?? ''
}
const me = async (cookie: string) => (await app.inject({ url: '/me', headers: { cookie } })).body

test('a session that is used lasts; one left alone for an hour does not', async () => {
  minutes(0)
  const cookie = await signIn()
  for (const at of [50, 100, 150]) {
    minutes(at)
    assert.equal(await me(cookie), actor.name, `after ${at} minutes`)
  }
  minutes(150 + LIMITS.sessionIdle_min)
  assert.equal(await me(cookie), 'nobody')
})

test('no use keeps a session beyond its hours', async () => {
  minutes(0)
  const cookie = await signIn()
  for (let at = 50; at < LIMITS.sessionHours * 60; at += 50) {
    minutes(at)
    assert.equal(await me(cookie), actor.name)
  }
  minutes(LIMITS.sessionHours * 60)
  assert.equal(await me(cookie), 'nobody')
})

test('a token made up is nobody', async () => {
  assert.equal(await me('goc_session=made-up'), 'nobody')
})

test('too many pages of one address in a minute are refused with their code', async () => {
  const from = { remoteAddress: '192.0.2.7' }
  let last = 200
  for (let n = 0; n <= LIMITS.requestsPerMinute; n++) {
    last = (await app.inject({ url: '/me', ...from })).statusCode
  }
  assert.equal(last, 429)
  const answer = await app.inject({ url: '/me', ...from })
  assert.equal(answer.json().code, 'rate.exceeded')
  assert.equal((await app.inject({ url: '/me', remoteAddress: '192.0.2.8' })).statusCode, 200)
})
