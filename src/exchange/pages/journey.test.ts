import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { axeViolations, browser } from '../../../test/browser.ts'
import { fillLog, listPages, openStage, type SignedIn, type Stage } from './testing.ts'

let stage: Stage
let origin: string
before(async () => {
  stage = await openStage()
  await fillLog(stage)
  origin = await stage.app.listen({ port: 0, host: '127.0.0.1' })
})
after(() => stage.close())

const LANGUAGES = ['vi', 'en', 'fr'] as const

interface Opened extends BrowserContextOptions {
  readonly who?: SignedIn | undefined
}

/** A page without JavaScript, signed in or not; null where no browser runs. */
async function open(
  context: Parameters<typeof browser>[0],
  { who, ...options }: Opened,
): Promise<Page | null> {
  const chromium = await browser(context)
  if (chromium === null) return null
  const opened = await chromium.newContext({ javaScriptEnabled: false, ...options })
  if (who !== undefined) {
    const [name = '', value = ''] = who.cookie.split('=')
    await opened.addCookies([{ name, value, url: origin }])
  }
  return opened.newPage()
}

/** Nothing wrong with the page, and nothing that leaves it sideways but what scrolls in itself. */
async function check(page: Page, what: string): Promise<void> {
  assert.deepEqual(await axeViolations(page), [], what)
  const width = page.viewportSize()?.width ?? 0
  const needed = await page.locator('main').evaluate((main) => {
    const inside = [...main.querySelectorAll('*')].filter(
      (one) => !one.closest('pre, .scroll, .rings'),
    )
    return Math.ceil(Math.max(...inside.map((one) => one.getBoundingClientRect().right)))
  })
  assert.ok(needed <= width, `${what}: ${needed} of ${width} px`)
}

// The words are the citizen's: a journey in one language, by the keyboard alone.
test('a citizen finds a strange line, asks why, and reads the agency’s answer', async (context) => {
  const phone = { viewport: { width: 360, height: 780 }, locale: 'vi' }
  const page = await open(context, { ...phone, who: stage.citizen })
  if (page === null) return
  const press = async (name: string | RegExp, role: 'button' | 'link' = 'button') => {
    await page.getByRole(role, { name }).first().focus()
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
  }
  await page.goto(origin)
  await check(page, 'home')
  await press('Xem từng lượt và lý do', 'link')
  await check(page, 'who looked')
  const line = page.locator('li.node').filter({ hasText: 'Không khớp' })
  await line.locator('summary').focus()
  await page.keyboard.press('Enter')
  await line.getByRole('link', { name: 'Hỏi vì sao' }).focus()
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
  await press('Gửi câu hỏi')
  await check(page, 'an empty question sent back')
  await page.getByLabel(/Anh\/chị muốn hỏi/).fill('Tôi không có việc gì ở đây. Vì sao hỏi về tôi?')
  await press('Gửi câu hỏi')
  await page.getByText(/Phải trả lời trước hết ngày/).waitFor()
  await check(page, 'asked')

  const desk = await open(context, { viewport: { width: 1280, height: 800 }, who: stage.agency })
  if (desk === null) return
  await desk.goto(`${origin}/agency?lang=en`)
  await desk.getByRole('link', { name: '1 question waits for an answer' }).click()
  await desk.getByRole('link', { name: 'Vì sao hỏi về tôi?' }).click()
  await desk.getByRole('button', { name: 'Send the answer' }).click()
  await desk.getByRole('alert').waitFor()
  await check(desk, 'an empty answer sent back')
  await desk.getByLabel('Your answer').fill('Nhân viên gõ nhầm số. Chúng tôi xin lỗi.')
  await desk.getByLabel('It was not').check()
  await desk.getByRole('button', { name: 'Send the answer' }).click()
  await desk.getByText('Answered: the reading was not lawful').waitFor()

  await page.goto(`${origin}/reads`)
  await page.getByText('Nhân viên gõ nhầm số. Chúng tôi xin lỗi.').waitFor()
  await check(page, 'answered')
  await page.context().close()
  await desk.context().close()
})

test('an integrator tries a call and sees the real answer, without a script', async (context) => {
  const viewport = { width: 1280, height: 900 }
  const page = await open(context, { viewport, who: stage.agency })
  if (page === null) return
  await page.goto(`${origin}/agency/try?lang=fr`)
  await page.getByRole('link', { name: 'Nom faux' }).click()
  await page.getByRole('button', { name: 'Signer et envoyer' }).click()
  await page.getByText('"not_confirmed"').waitFor()
  await page.getByText('Vérifié : il correspond à la question').waitFor()
  await check(page, 'tried')
  await page.context().close()
})

// Each kind of page in one language and one width; the drill looks at all of them in all.
test('WCAG 2.2 AA: axe finds nothing on any page, wide or narrow', async (context) => {
  const kinds = new Map(
    (await listPages(stage)).map((page) => {
      const [url, who] = page
      return [`${url.replace(/\?.*|[0-9a-f-]{36}/g, '')} ${who?.cookie}`, page]
    }),
  )
  assert.ok(kinds.size > 10)
  for (const [at, [url, who]] of [...kinds.values()].entries()) {
    const lang = LANGUAGES[at % LANGUAGES.length]
    const viewport = { width: at % 2 === 0 ? 360 : 1280, height: 800 }
    const page = await open(context, { viewport, who })
    if (page === null) return
    await page.goto(`${origin}${url}${url.includes('?') ? '&' : '?'}lang=${lang}`)
    await check(page, `${url} ${lang} ${viewport.width}`)
    await page.context().close()
  }
})

test('the first page and every step stay within the budget of the wire', async () => {
  const style = /href="(\/assets\/[^"]+\.css)"/.exec((await stage.get('/')).body)?.[1] ?? ''
  const wire = async (url: string, who?: SignedIn) => {
    const headers = { accept: 'text/html', 'accept-encoding': 'br', cookie: who?.cookie ?? '' }
    return (await stage.app.inject({ url, headers })).rawPayload.length
  }
  const first =
    (await wire('/', stage.citizen)) + (await wire(style)) + (await wire('/favicon.ico'))
  assert.ok(first <= 14 * 1024, `first page: ${first} bytes`)
  for (const [url, who] of await listPages(stage)) {
    const size = await wire(url, who)
    assert.ok(size <= 20 * 1024, `${url}: ${size} bytes`)
  }
})
