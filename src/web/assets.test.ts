import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import Fastify from 'fastify'
import { catalogueFaults, LANGUAGES, loadCatalogues, translator } from '../kernel/index.ts'
import { addressOf, assetRoutes, compress, compressPages, encodingFor, weightOf } from './assets.ts'
import { room } from './index.ts'
import { layout } from './layout.ts'
import { portalSample } from './pages/gallery-shells.ts'

const catalogues = loadCatalogues([room], { timeZone: 'Asia/Ho_Chi_Minh' })

test('the words of the pages are complete and alike in three languages', () => {
  assert.ok(catalogues.words.vi.size > 300, 'the check must see the words')
  assert.deepEqual(catalogueFaults(catalogues), [])
})

test('the style is at most 7 KB on the wire', () => {
  assert.ok(weightOf('style.css') > 3_000, 'the check must see the style')
  assert.ok(weightOf('style.css') <= 7_000, `${weightOf('style.css')} bytes`)
})

test('the first page of a citizen is at most 14 KB in all, in every language', () => {
  for (const lang of LANGUAGES) {
    const t = translator(lang, catalogues)
    const menu = ['/', '/record', '/family', '/reads'].map((href) => ({
      href,
      label: href,
      icon: 'home' as const,
    }))
    const page = layout({
      t,
      title: 'x',
      section: 'portal',
      path: '/',
      menu,
      body: portalSample(t),
    })
    const all = compress(page.text, 'br').length + weightOf('style.css') + weightOf('mark.svg')
    assert.ok(all <= 14_000, `${lang}: ${all} bytes`)
  }
})

test('light and dark say the same tokens', () => {
  const style = readFileSync(new URL('./style.css', import.meta.url), 'utf8')
  const [light = '', system = '', chosen = ''] = style.split(/[^-]color-scheme:/).slice(1)
  const tokens = (block: string) =>
    [...block.slice(0, block.indexOf('}')).matchAll(/--([a-z0-9-]+): (#[0-9a-f]+)/g)]
      .map(([, name, value]) => ({ name, value }))
      .sort((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1))
  const names = (block: string) => tokens(block).map((one) => one.name)
  assert.ok(names(light).length > 20)
  assert.deepEqual(names(system), names(light))
  assert.deepEqual(tokens(chosen), tokens(system), 'the chosen dark is the system’s dark')
})

test('letters with stacked marks never collide: no line-height under 1.3', () => {
  const style = readFileSync(new URL('./style.css', import.meta.url), 'utf8')
  // A seal holds one letter alone.
  const rules = style.split('\n').filter((rule) => !rule.startsWith('.seal'))
  const heights = rules.flatMap((rule) => [...rule.matchAll(/line-height: ([\d.]+)/g)])
  assert.ok(heights.length > 5)
  for (const [rule, height] of heights) assert.ok(Number(height) >= 1.3, rule)
})

async function served() {
  const app = Fastify()
  compressPages(app)
  assetRoutes(app)
  app.get('/page', (_request, reply) => reply.type('text/html; charset=utf-8').send(LONG))
  app.get('/short', (_request, reply) => reply.type('text/html').send('<p>ngắn'))
  app.get('/data', (_request, reply) => reply.type('application/json').send(JSON.stringify(LONG)))
  return app
}
const LONG = `<p>${'Xin chào, Nguyễn Thuỵ Ánh Tuyết. '.repeat(200)}</p>`

test('a file is kept by caches for a year, since another content has another address', async () => {
  const app = await served()
  const address = addressOf('style.css')
  const answer = await app.inject({ url: address, headers: { 'accept-encoding': 'gzip, br' } })
  assert.equal(answer.statusCode, 200)
  assert.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable')
  assert.equal(answer.headers['content-encoding'], 'br')
  const plain = await app.inject({ url: address })
  assert.equal(brotliDecompressSync(answer.rawPayload).toString(), plain.body)
  for (const url of [
    address.replace(/\/assets\/[^/]+/, '/assets/AAAAAAAAAA'),
    '/assets/x/../page',
  ]) {
    assert.equal((await app.inject({ url })).statusCode, 404, url)
  }
})

test('a page leaves compressed as its reader can read it', async () => {
  const app = await served()
  const read = async (encoding: string) =>
    app.inject({ url: '/page', headers: { 'accept-encoding': encoding } })
  const br = await read('gzip, deflate, br')
  assert.equal(br.headers['content-encoding'], 'br')
  assert.equal(brotliDecompressSync(br.rawPayload).toString(), LONG)
  const gzip = await read('gzip')
  assert.equal(gunzipSync(gzip.rawPayload).toString(), LONG)
  const none = await read('')
  assert.equal(none.headers['content-encoding'], undefined)
  assert.equal(none.body, LONG)
  for (const { headers } of [br, gzip, none]) assert.match(String(headers.vary), /accept-encoding/)
})

test('what is small, or for programs, leaves as it is', async () => {
  const app = await served()
  for (const url of ['/short', '/data']) {
    const answer = await app.inject({ url, headers: { 'accept-encoding': 'br' } })
    assert.equal(answer.headers['content-encoding'], undefined, url)
  }
})

// RFC 9110, 12.5.3: a weight of 0 means "not acceptable".
test('an encoding that the reader refuses is not used', () => {
  assert.equal(encodingFor('br;q=0, gzip'), 'gzip')
  assert.equal(encodingFor('br;q=0.000,gzip;q=0'), 'identity')
  assert.equal(encodingFor('gzip;q=0.5, br;q=0.1'), 'br')
  assert.equal(encodingFor('brotli'), 'identity')
  assert.equal(encodingFor('BR'), 'br')
  assert.equal(encodingFor(undefined), 'identity')
})
