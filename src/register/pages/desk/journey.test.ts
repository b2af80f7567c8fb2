import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { profile as vn } from '../../../../profiles/vn/index.ts'
import { axeViolations, browser } from '../../../../test/browser.ts'
import { EVERYTHING } from '../../../../test/commands.ts'
import { anActor } from '../../../../test/kernel.ts'
import { establish } from '../../household/commands.ts'
import { protectPerson } from '../../person/protection.ts'
import { ACT, aPerson } from '../../testing.ts'
import { type Client, type DeskStage, deskStage } from './testing.ts'

const LONG = 'Công Tằng Tôn Nữ Khánh Quỳnh'
let stage: DeskStage
let officer: Client
let address: string
before(async () => {
  stage = await deskStage(vn)
  const actor = anActor([[EVERYTHING, stage.home]], { unit: stage.home, name: 'Ngô Đức Thắng' })
  officer = await stage.enter(actor)
  address = await stage.app.listen({ port: 0, host: '127.0.0.1' })
})
after(() => stage.close())

/** Nothing wrong with the page, and nothing that scrolls sideways. */
async function check(page: Page, what: string): Promise<void> {
  assert.deepEqual(await axeViolations(page), [], what)
  const width = page.viewportSize()?.width ?? 0
  const needed = await page.locator('main').evaluate((main) => main.scrollWidth)
  assert.ok(needed <= width, `${what}: ${needed} of ${width} px`)
}

// The words are the officer's: a journey in one language, without JavaScript, by the keyboard alone.
test('a birth is registered and the mother’s record corrected, by the keyboard', async (context) => {
  const chromium = await browser(context)
  if (chromium === null) return
  const mother = await aPerson(stage, { sex: 'female', on: '1994-03-03', name: LONG })
  const residence = { unit: stage.home, address: 'Số 7, ngõ 12, đường Hoàng Hoa Thám' }
  await stage.do(establish, { act: ACT, head: mother, members: [], residence })
  const opened = await chromium.newContext({
    viewport: { width: 360, height: 780 },
    javaScriptEnabled: false,
    locale: 'vi',
  })
  const value = officer.cookies.get('goc_session') ?? ''
  await opened.addCookies([{ name: 'goc_session', value, url: address }])
  const page = await opened.newPage()
  const press = async (name: string) => {
    await page.getByRole('button', { name, exact: true }).last().focus()
    const loaded = page.waitForEvent('domcontentloaded')
    await page.keyboard.press('Enter')
    await loaded
  }

  await page.goto(`${address}/desk`)
  await page.goto(`${address}/desk/births/new`)
  await press('Xem lại trước khi ghi')
  await check(page, 'form sent back')
  await page.getByLabel('Họ, chữ đệm, tên của trẻ').fill('Nguyễn Thuỵ Ánh Tuyết')
  await page.getByLabel('Ngày sinh').fill('1/10/2026')
  await page.getByLabel('Nữ', { exact: true }).check()
  await page.getByLabel('Số định danh của mẹ').fill(mother)
  await page.getByLabel('Ở với mẹ').check()
  await page.getByLabel('Quan hệ với chủ hộ đó').selectOption('child')
  await page.getByLabel('Số, tên giấy tờ').fill('GCS 118/2026')
  await press('Xem lại trước khi ghi')
  await check(page, 'look at it before it is sent')
  await page.getByText(LONG).waitFor()
  await press('Ghi vào sổ gốc')
  await check(page, 'done')
  await press('Tìm hồ sơ của trẻ')
  await check(page, 'results')
  await page.getByRole('link', { name: 'Nguyễn Thuỵ Ánh Tuyết' }).click()
  await check(page, 'record')
  await page.getByRole('link', { name: LONG }).first().click()
  await page.getByRole('link', { name: 'Đính chính, thay đổi' }).click()
  await page.getByRole('link', { name: 'Sửa Tôn giáo' }).click()
  await page.getByLabel('Tôn giáo đúng').selectOption('buddhist')
  await page.getByLabel('Đã thay đổi từ một ngày').check()
  await page.getByLabel('Từ ngày').fill('1/2/2020')
  await page.getByLabel('Số, tên giấy tờ').fill('TK 7/2026')
  await press('Xem lại trước khi ghi')
  await press('Ghi vào sổ gốc')
  await page.getByRole('link', { name: 'Hồ sơ', exact: true }).click()
  await page.getByText('Phật giáo').first().waitFor()
  await opened.close()
})

// Here a page of each kind; the drill looks at all pages in all languages.
test('WCAG 2.2 AA: axe finds nothing on the wide desk', async (context) => {
  const chromium = await browser(context)
  if (chromium === null) return
  const number = await aPerson(stage, { sex: 'female', on: '1990-03-03', name: 'Lầu Y Dợ' })
  const twin = await aPerson(stage, { sex: 'female', on: '1990-03-04', name: 'Lầu Y Dợ' })
  const kept = await aPerson(stage)
  const reason = 'threatened by a former partner'
  await stage.do(protectPerson, { act: ACT, number: kept, reason })
  const open = async (text: string) => {
    const found = await officer.follow(await officer.post('/desk/search', { text }))
    return /\/desk\/persons\/[\w-]{22}/.exec(found.body)?.[0] ?? ''
  }
  const [path, closed] = [await open(number), await open(kept)]
  const other = (await open(twin)).split('/').at(-1)
  const value = officer.cookies.get('goc_session') ?? ''
  const urls = [closed, path, `${path}/history`, `${path}/death`, '/desk']
  urls.push(`${path}/events`, `${path}/kin`, `${path}/merge/${other}`)
  for (const [at, url] of urls.entries()) {
    const viewport = { width: 1280, height: 800 }
    const opened = await chromium.newContext({ viewport, javaScriptEnabled: false })
    await opened.addCookies([{ name: 'goc_session', value, url: address }])
    const page = await opened.newPage()
    await page.goto(`${address}${url}?lang=${['vi', 'en', 'fr'][at % 3]}`)
    await check(page, url)
    await opened.close()
  }
})
