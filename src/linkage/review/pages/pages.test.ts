import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { axeViolations, browser } from '../../../../test/browser.ts'
import { anActor, type TestKernel } from '../../../../test/kernel.ts'
import { buildApp } from '../../../app.ts'
import { type Actor, insertActor, openSession, uuidv7 } from '../../../kernel/index.ts'
import { ROOMS } from '../../../rooms.ts'
import { aCase, aPerson, candidateOf, HOME, reviewKernel } from '../testing.ts'

let kernel: TestKernel
let app: FastifyInstance
let address: string
let reviewer: string
let other: string
let supervisor: string
let inspector: string
before(async () => {
  kernel = await reviewKernel(ROOMS)
  // Sessions live by the machine's clock.
  kernel.setNow(new Date().toISOString())
  app = await buildApp(kernel)
  address = await app.listen({ port: 0, host: '127.0.0.1' })
  reviewer = await enter(anActor([['reviewer', HOME]]))
  other = await enter(anActor([['reviewer', 'nation']]))
  supervisor = await enter(anActor([['supervisor', 'nation']]))
  inspector = await enter(anActor([['inspector', 'nation']]))
})
after(async () => {
  await app.close()
  await kernel.close()
})

/** Signs somebody in; answers the cookie. */
async function enter(actor: Actor): Promise<string> {
  await kernel.database.transaction((tx) => insertActor(tx, { ...actor, login: null }))
  for (const { role, unit } of actor.grants) {
    await kernel.owner(
      `insert into kernel.role_grant (grant_id, actor_id, role, unit, valid, granted_by)
       values ($1, $2, $3, $4, '[2000-01-01,)', $2)`,
      [uuidv7(), actor.id, role, unit],
    )
  }
  const set: string[] = []
  const reply = { setCookie: (name: string, value: string) => set.push(`${name}=${value}`) }
  await openSession(kernel, { actor, level: 2 }, reply as never)
  return set.join('; ')
}

const HTML = { accept: 'text/html', 'accept-encoding': 'identity' }
const get = (url: string, cookie: string, lang = 'en') =>
  app.inject({ url, headers: { ...HTML, cookie, 'accept-language': lang } })
/** Sends the form of a page as a browser without scripts does. */
async function post(url: string, cookie: string, fields: Readonly<Record<string, string>>) {
  const { body } = await get(url, cookie)
  const main = body.slice(body.indexOf('<main'))
  const hidden = [...main.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, value],
  )
  const payload = new URLSearchParams({ ...Object.fromEntries(hidden), ...fields }).toString()
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  return app.inject({
    method: 'POST',
    url,
    payload,
    headers: { ...HTML, ...form, cookie, 'accept-language': 'en' },
  })
}
const textOf = (body: string) => body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const statusOf = async (id: string) =>
  (
    await kernel.owner<{ status: string }>(
      'select status from linkage.review_case where case_id = $1',
      [id],
    )
  )[0]?.status

test('a pair is shown side by side with the weight of each field, in every language', async () => {
  const id = await aCase(kernel)
  for (const [lang, words] of [
    ['vi', /Có phải cùng một người\?.*Giống.*\+12,4 bit.*8,2 bit/],
    ['en', /Is this the same person\?.*The same.*\+12.4 bits.*8.2 bits/],
    ['fr', /Est-ce la même personne.*Identique.*\+12,4 bits.*8,2 bits/],
  ] as const) {
    const { statusCode, body } = await get(`/desk/matches/${id}`, reviewer, lang)
    assert.equal(statusCode, 200)
    assert.match(textOf(body), words)
    assert.match(body, /<mark>ạ<\/mark>/)
    assert.ok(!body.includes('036197004821'), 'a reviewer sees no whole number')
  }
})

test('deciding leads to the next pair, and after the last to the list', async () => {
  const [first, second] = [await aCase(kernel), await aCase(kernel)]
  await kernel.owner(
    `update linkage.review_case set status = 'second'
     where case_id not in ($1, $2) and status = 'open'`,
    [first, second],
  )
  const answer = await post(`/desk/matches/${first}`, reviewer, { decision: 'same' })
  assert.equal(answer.statusCode, 303)
  assert.match(String(answer.headers.location), /^\/desk\/matches/)
  assert.equal(await statusOf(first), 'second')
  const again = await get(`/desk/matches/${first}`, reviewer)
  assert.equal(again.headers.location, '/desk/matches')
  const wrong = await post(`/desk/matches/${second}`, reviewer, { decision: 'perhaps' })
  assert.equal(wrong.statusCode, 400)
  assert.match(textOf(wrong.body), /Something in the request is not right/)
})

test('two who differ, a third who settles, and a record that may be wrong', async () => {
  const id = await aCase(kernel)
  await post(`/desk/matches/${id}`, reviewer, { decision: 'different' })
  await post(`/desk/matches/${id}`, other, { decision: 'same', reason: 'diacritics' })
  const page = await get(`/desk/matches/${id}?disputed=yes`, supervisor)
  assert.match(textOf(page.body), /decided differently.*Different, A namesake.*Same person, Marks/)
  const fields = { decision: 'same', reason: 'register-error' }
  await post(`/desk/matches/${id}?disputed=yes`, supervisor, fields)
  assert.equal(await statusOf(id), 'decided')
  const list = await get('/desk/corrections', supervisor)
  assert.match(textOf(list.body), /holds otherwise: Name and Number.*In charge: Dĩ An/)
  const closed = await post('/desk/corrections', supervisor, {
    outcome: 'register-right',
    document: 'GKS 12/1997',
  })
  assert.equal(closed.statusCode, 200, closed.body)
  const done = await get('/desk/corrections?closed=yes', supervisor)
  assert.match(textOf(done.body), /The register is right/)
})

test('several of one cause are decided in one go', async () => {
  const ids = [
    await aCase(kernel, { cause: 'mismatch' }),
    await aCase(kernel, { cause: 'mismatch' }),
  ]
  const list = await get('/desk/matches?cause=mismatch', reviewer)
  for (const id of ids) assert.ok(list.body.includes(`value="${id}"`))
  const fields = { case: ids[0] ?? '', decision: 'same', reason: 'moved' }
  const done = await post('/desk/matches?cause=mismatch', reviewer, fields)
  assert.match(textOf(done.body), /1 pair was decided/)
  assert.equal(await statusOf(ids[0] ?? ''), 'second')
  assert.equal(await statusOf(ids[1] ?? ''), 'open')
  const { case: _, ...none } = fields
  assert.equal((await post('/desk/matches?cause=mismatch', reviewer, none)).statusCode, 400)
})

test('who may not review sees nothing of it', async () => {
  const id = await aCase(kernel)
  const pages = [
    '/desk/matches',
    `/desk/matches/${id}`,
    '/desk/matches/measures',
    '/desk/corrections',
  ]
  for (const url of pages) {
    assert.equal((await get(url, inspector)).statusCode, 403, url)
    assert.equal((await app.inject({ url, headers: HTML })).statusCode, 303, url)
  }
  assert.equal((await get('/desk/matches/measures', reviewer)).statusCode, 403)
})

test('every key of the keyboard’s flow is shown, and no page needs a script', async (context) => {
  const candidates = [
    candidateOf(await aPerson(kernel)),
    candidateOf(await aPerson(kernel, { name: { full: 'Công Tằng Tôn Nữ Khánh Quỳnh' } })),
  ]
  const id = await aCase(kernel, { candidates, cause: 'ambiguous' })
  const { body } = await get(`/desk/matches/${id}`, reviewer)
  for (const key of ['1', '2', '3']) assert.match(body, new RegExp(`data-key="${key}"`))
  assert.match(body, /data-key="[jk]"/)
  const chromium = await browser(context)
  if (chromium === null) return
  for (const [width, javaScriptEnabled] of [
    [360, false],
    [1280, true],
  ] as const) {
    const opened = await chromium.newContext({
      viewport: { width, height: 800 },
      javaScriptEnabled,
    })
    const [name = '', value = ''] = reviewer.split('=')
    await opened.addCookies([{ name, value, url: address }])
    const page = await opened.newPage()
    for (const url of ['/desk/matches?cause=ambiguous', `/desk/matches/${id}`]) {
      await page.goto(`${address}${url}`)
      assert.deepEqual(await axeViolations(page), [], url)
      const needed = await page.locator('main').evaluate((main) => main.scrollWidth)
      assert.ok(needed <= width, `${url}: ${needed} px`)
    }
    if (javaScriptEnabled) {
      await page.keyboard.press('2')
      await page.waitForURL((url) => !url.pathname.endsWith(id))
      assert.equal(await statusOf(id), 'second')
    }
    await opened.close()
  }
})
