import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { profile } from '../../profiles/demo/index.ts'
import { type TestKernel, testKernel } from '../../test/kernel.ts'
import { raw } from './html.ts'
import { buildHttp } from './http.ts'
import { room } from './kernel-room.ts'
import { loadCatalogues } from './locale.ts'

let kernel: TestKernel
const pages = { refusal: () => raw('refused'), fault: () => raw('broken') }
before(async () => {
  kernel = await testKernel({ profile, rooms: [room] })
})
after(() => kernel.close())

async function serve(trustProxy: boolean) {
  const config = { ...kernel.config, trustProxy }
  const app = await buildHttp({
    kernel: { ...kernel, config },
    catalogues: loadCatalogues([]),
    pages,
  })
  app.get('/ip', async ({ ip }) => ip)
  app.post('/form', async () => 'taken')
  return app
}

test('who is counted by an address cannot choose it: the proxy’s own entry is the last', async () => {
  const headers = { 'x-forwarded-for': '203.0.113.7, 198.51.100.2' }
  for (const [trusts, ip] of [
    [true, '198.51.100.2'],
    [false, '127.0.0.1'],
  ] as const) {
    const app = await serve(trusts)
    assert.equal((await app.inject({ url: '/ip', headers })).body, ip)
    await app.close()
  }
})

test('a page takes a form of its own, and no other kind of body', async () => {
  const app = await serve(false)
  for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'x']) {
    const headers = { 'content-type': type }
    const { statusCode } = await app.inject({
      method: 'POST',
      url: '/form',
      headers,
      payload: '{}',
    })
    assert.equal(statusCode, 415, type)
  }
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const sent = await app.inject({ method: 'POST', url: '/form', headers, payload: '_csrf=x' })
  assert.equal(sent.statusCode, 403)
  await app.close()
})
