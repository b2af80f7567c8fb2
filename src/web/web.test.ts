import assert from 'node:assert/strict'
import test, { after, before } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { profile as demo } from '../../profiles/demo/index.ts'
import { axeViolations, browser } from '../../test/browser.ts'
import { type TestKernel, testKernel } from '../../test/kernel.ts'
import { buildHttp } from '../kernel/http.ts'
import { type Kernel, LANGUAGES, loadCatalogues, type Room } from '../kernel/index.ts'
import { room as kernelRoom } from '../kernel/kernel-room.ts'
import { installMenu, page, problemPages, room } from './index.ts'

let kernel: TestKernel
let app: FastifyInstance
before(async () => {
  kernel = await testKernel({ profile: demo, rooms: [kernelRoom] })
  app = await serve(kernel)
})
after(async () => {
  await app.close()
  await kernel.close()
})

/** A room that fails, to see what a reader is told. */
const failing: Room = {
  name: 'failing',
  migrations: null,
  routes(http, house) {
    http.get('/fail', () => {
      throw new Error('Nguyễn Thuỵ Ánh Tuyết 901197004821')
    })
    http.get('/quote', (request, reply) => {
      const title = String((request.query as { q?: string }).q)
      return reply
        .type('text/html')
        .send(page(request, house, { title, section: 'public', body: title }).text)
    })
  },
}

async function serve(house: Kernel): Promise<FastifyInstance> {
  const rooms = [kernelRoom, room, failing]
  const catalogues = loadCatalogues([room], { timeZone: house.profile.timeZone })
  const http = await buildHttp({ kernel: house, catalogues, pages: problemPages(house) })
  installMenu(http, rooms)
  for (const one of rooms) one.routes?.(http, house)
  return http
}

const PAGES = [
  '/privacy',
  '/accessibility',
  '/gallery',
  '/gallery/portal',
  '/gallery/desk',
  '/gallery/agency',
  '/sign-in',
]
const asPage = { accept: 'text/html' }
const get = (url: string, headers: Record<string, string> = {}) =>
  app.inject({ url, headers: { ...asPage, ...headers } })

test('every page answers in every language and says which it is', async () => {
  for (const url of PAGES) {
    for (const lang of LANGUAGES) {
      const answer = await get(`${url}?lang=${lang}`)
      assert.equal(answer.statusCode, 200, url)
      assert.match(answer.body, new RegExp(`<html lang="${lang}"`))
      assert.doesNotMatch(answer.body, /⟦|undefined|\[object/, url)
    }
  }
})

test('nothing is put on a device before its reader chooses something', async () => {
  for (const url of PAGES) assert.equal((await get(url)).headers['set-cookie'], undefined, url)
  assert.match(String((await get('/privacy?theme=dark')).headers['set-cookie']), /^theme=dark/)
  assert.equal((await get('/privacy?theme=pink')).headers['set-cookie'], undefined)
})

test('light or dark is the system’s until chosen, then kept, then given back', async () => {
  assert.doesNotMatch((await get('/privacy')).body, /data-theme/)
  assert.match((await get('/privacy?theme=dark')).body, /<html[^>]* data-theme="dark"/)
  assert.match((await get('/privacy', { cookie: 'theme=light' })).body, /data-theme="light"/)
  const back = await get('/privacy?theme=system', { cookie: 'theme=dark' })
  assert.doesNotMatch(back.body, /data-theme/)
  assert.match(String(back.headers['set-cookie']), /^theme=;/)
})

test('the links to other languages lead to the same page with all that it was asked', async () => {
  const { body } = await get('/gallery/desk?page=3&q=a%26b')
  assert.match(body, /href="\/gallery\/desk\?page=3&amp;q=a%26b&amp;lang=fr" lang="fr"/)
})

test('words from an address are text on the page, in its title too', async () => {
  const { body } = await get(`/quote?q=${encodeURIComponent('</title><script>alert(1)</script>')}`)
  assert.doesNotMatch(body, /<script>/)
  assert.match(body, /<title>&lt;\/title&gt;/)
})

test('the notice names the office and the laws of this nation, and of no other', async () => {
  const { body } = await get('/privacy?lang=en')
  assert.match(body, /Register Office of Velmora/)
  assert.match(body, /<li>Register Act 1998, s\. 3<\/li>/)
  assert.doesNotMatch(body, /QH1\d/)
})

test('a page that is not there says so, with its code and a way out', async () => {
  const answer = await get('/nowhere?lang=en')
  assert.equal(answer.statusCode, 404)
  assert.match(answer.body, /There is no such page/)
  assert.match(answer.body, /<code>request\.not-found<\/code>/)
  assert.match(answer.body, /<a class="btn plain" href="\/">/)
})

test('a fault tells a reference and nothing of what failed', async () => {
  const answer = await get('/fail?lang=en')
  assert.equal(answer.statusCode, 500)
  assert.match(answer.body, /Reference to read out: <b class="num">[0-9A-F]{8}<\/b>/)
  assert.doesNotMatch(answer.body, /Tuyết|9011|Error|\.ts/)
})

test('the gallery and the sign-in that asks no password exist only in a demonstration', async () => {
  const real = await serve({ ...kernel, demonstration: false })
  for (const url of ['/gallery', '/gallery/desk', '/sign-in']) {
    assert.equal((await real.inject({ url, headers: asPage })).statusCode, 404, url)
  }
  const { body } = await real.inject({ url: '/privacy', headers: asPage })
  assert.doesNotMatch(body, /class="demo"/)
  await real.close()
})

// Here each page in one language; the drill looks at all pages in all languages.
test('WCAG 2.2 AA: axe finds nothing, wide or narrow', async (context) => {
  const chromium = await browser(context)
  if (chromium === null) return
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  for (const [at, url] of PAGES.entries()) {
    const lang = LANGUAGES[at % LANGUAGES.length]
    const viewport = { width: at % 2 === 0 ? 360 : 1280, height: 800 }
    const opened = await chromium.newContext({ viewport, javaScriptEnabled: false })
    const tab = await opened.newPage()
    await tab.goto(`${address}${url}?lang=${lang}`)
    assert.deepEqual(await axeViolations(tab), [], `${url} ${lang}`)
    await opened.close()
  }
})
