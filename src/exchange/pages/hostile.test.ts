import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CITIZEN, openStage, type Stage } from './testing.ts'

let stage: Stage
before(async () => {
  stage = await openStage()
})
after(() => stage.close())

test('no inspector can write an order that closes the log to the person it is about', async () => {
  for (const order of ['order \0 17', `order ${'x'.repeat(2)}\0`]) {
    const fields = { number: CITIZEN.number, order, kind: 'open', until: '' }
    const { statusCode } = await stage.post('/inspect/log', fields, stage.inspector)
    assert.equal(statusCode, 400)
  }
  for (const url of ['/', '/reads', '/reads/copy.json']) {
    assert.equal((await stage.get(url, stage.citizen)).statusCode, 200, url)
  }
})

test('what no form of ours sends is refused, and is not a fault', async () => {
  const last = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
  const asked = [
    [`/reads/${last}/why`, 404],
    [`/reads/${last}/proof`, 404],
    ['/reads/%00/why', 400],
    [`/reads?before=${last}`, 200],
    ['/reads?body=%00', 400],
    ['/reads?body=a&body=b&purpose[]=c', 200],
    ['/ledger/proof/%00', 404],
    ['/ledger/tile/0/%2e%2e/x', 404],
  ] as const
  for (const [url, status] of asked) {
    assert.equal((await stage.get(url, stage.citizen)).statusCode, status, url)
  }
  const { statusCode } = await stage.post('/sign-in', { login: 'a\0b' })
  assert.equal(statusCode, 401)
  for (const next of ['/ế', '/\u2028', '//evil.example', '/\\evil.example', '/\t/evil.example']) {
    const { login } = (
      await stage.kernel.owner<{ login: string }>('select login from kernel.actor limit 1')
    )[0] as { login: string }
    const entered = await stage.post('/sign-in', { login, next })
    assert.deepEqual([entered.statusCode, entered.headers.location], [303, '/'], next)
  }
  const keyed = await stage.post(
    '/inspect/log',
    { number: CITIZEN.number, order: 'order 17', kind: 'hidden', until: '9999-12-31', _key: '\0' },
    stage.inspector,
  )
  assert.ok([400, 422].includes(keyed.statusCode))
})
