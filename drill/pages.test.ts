import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { axeViolations, browser } from '../test/browser.ts'
import { crawl, type Found, kindOf } from './crawl.ts'
import { freePort, hiddenFields, type Program, Reader, startProgram } from './program.ts'

const LANGUAGES = ['vi', 'en', 'fr'] as const
/** The narrowest phone, in the light; a desk, in the dark. */
const PHONE = { width: 360, height: 780 }
const DESK = { width: 1280, height: 900 }
const AT_ONCE = 2
const SAME_KIND_most = 2
/** What a reader must never see: words that are missing, and values that were none. */
const BROKEN = /⟦[^⟧]*⟧?|\b(undefined|NaN|Invalid Date|\[object \w+\])/

/** A page with whoever may see it. */
interface Shown extends Found {
  readonly who: string
  readonly reader: Reader
  /** Which language axe looks at it in: they take turns. */
  readonly turn: number
}

const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'goc-drill-pages-'))
fs.chmodSync(dataDir, 0o711)
let program: Program
before(async () => {
  // Behind a proxy everybody has an address of their own: one alone would read too fast.
  const env = { GOC_DATA: dataDir, GOC_TRUST_PROXY: 'yes' }
  program = startProgram({ args: ['start'], port: await freePort(), env })
  await program.untilServing()
})
after(async () => {
  await program.stop()
  fs.rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 500 })
})

/** Everybody there is to be, by the sign-in's own list; nobody is the first. */
async function everybody(): Promise<ReadonlyMap<string, Reader>> {
  const nobody = new Reader('10.1.0.0')
  const page = await nobody.text(`${program.url}/sign-in`)
  const logins = [...page.matchAll(/name="login" value="([^"]+)"/g)].map(([, login = '']) => login)
  assert.ok(logins.length >= 8, `only ${logins} may be signed in`)
  const readers = new Map([['nobody', nobody]])
  for (const login of logins) {
    const reader = new Reader(`10.1.0.${readers.size}`)
    await reader.signIn(program.url, login)
    readers.set(login, reader)
  }
  return readers
}

/** What an officer's search leads to: a person of the area, and a list with people of others. */
async function searched(reader: Reader, texts: readonly string[]): Promise<string[]> {
  const addresses: string[] = []
  for (const text of texts) {
    const fields = hiddenFields(await reader.text(`${program.url}/desk`), '/desk/search')
    const wanted = { ...fields, text, year: '', place: '', for: 'residence' }
    const answer = await reader.post(`${program.url}/desk/search`, wanted)
    assert.equal(answer.status, 303, text)
    addresses.push(answer.headers.get('location') ?? '')
  }
  return addresses
}

async function findPages(): Promise<{ pages: readonly Shown[]; faults: string[] }> {
  const readers = await everybody()
  const copy = await readers.get('citizen')?.text(`${program.url}/record/copy.json`)
  const { number } = JSON.parse(copy ?? '{}') as { number: string }
  const seen = new Map<string, number>()
  const pages: Shown[] = []
  const faults: string[] = []
  for (const [who, reader] of readers) {
    const starts = [['/']]
    // What one chooses in a form is no link.
    if (who === 'citizen') starts.push(['/reads?purpose=residence', '/reads?body=Nobody'])
    if (['officer', 'supervisor'].includes(who)) {
      for (const address of await searched(reader, [number, 'Nguyễn Văn'])) starts.push([address])
    }
    for (const from of starts) {
      const crawled = await crawl(reader, program.url, from)
      faults.push(...crawled.faults.map((fault) => `${who} ${fault}`))
      for (const found of crawled.pages) {
        const kind = `${found.status} ${kindOf(found.address)}`
        const alike = seen.get(kind) ?? 0
        seen.set(kind, alike + 1)
        if (alike < SAME_KIND_most) pages.push({ ...found, who, reader, turn: pages.length })
      }
    }
  }
  return { pages, faults }
}

let contexts = 0

/** A page of a browser in which no script runs, signed in as somebody. */
async function open(chromium: Browser, { reader }: Shown): Promise<Page> {
  const n = ++contexts
  const context = await chromium.newContext({
    viewport: PHONE,
    colorScheme: 'light',
    javaScriptEnabled: false,
    extraHTTPHeaders: { 'x-forwarded-for': `10.2.${n >> 8}.${n & 255}` },
  })
  const session = reader.cookies.get('goc_session')
  if (session !== undefined) {
    await context.addCookies([{ name: 'goc_session', value: session, url: program.url }])
  }
  return context.newPage()
}

/** What is wrong with the words and the width of a page on a phone, in one language. */
async function faultsIn(page: Page, shown: Shown, lang: string): Promise<string[]> {
  const { address, status } = shown
  const faults: string[] = []
  const answer = await page.goto(
    `${program.url}${address}${address.includes('?') ? '&' : '?'}lang=${lang}`,
  )
  if (answer?.status() !== status) faults.push(`answered ${answer?.status()}`)
  const told = await page.locator('html').getAttribute('lang')
  if (told !== lang) faults.push(`says it is in ${told}`)
  if ((await page.locator('main h1').count()) !== 1) faults.push('not one heading')
  const needed = Number(await page.evaluate('document.documentElement.scrollWidth'))
  if (needed > PHONE.width) faults.push(`${needed} px wide`)
  const text = `${await page.title()}\n${await page.locator('body').innerText()}`
  const [broken] = BROKEN.exec(text) ?? []
  if (broken !== undefined) faults.push(`shows “${broken}”`)
  return faults.map((fault) => `${shown.who} ${address} ${lang}: ${fault}`)
}

/** What axe finds on the page as it now is, on a phone in the light and at a desk in the dark. */
async function axeFaultsOf(page: Page, { who, address }: Shown): Promise<string[]> {
  const faults = (await axeViolations(page)).map((fault) => `light: ${fault}`)
  await page.setViewportSize(DESK)
  await page.emulateMedia({ colorScheme: 'dark' })
  for (const fault of await axeViolations(page)) faults.push(`dark: ${fault}`)
  return faults.map((fault) => `${who} ${address} ${fault}`)
}

async function faultsOf(chromium: Browser, shown: Shown): Promise<string[]> {
  const page = await open(chromium, shown)
  const faults: string[] = []
  // The language whose turn it is comes last, so that axe finds the page open.
  for (let i = 1; i <= LANGUAGES.length; i++) {
    const lang = LANGUAGES[(shown.turn + i) % LANGUAGES.length] ?? 'vi'
    faults.push(...(await faultsIn(page, shown, lang)))
  }
  faults.push(...(await axeFaultsOf(page, shown)))
  await page.context().close()
  return faults
}

test('every page of every account reads well in every language, light and dark, without a script', async (t) => {
  const chromium = await browser(t)
  if (chromium === null) return
  const { pages, faults } = await findPages()
  for (const [who, own] of Map.groupBy(pages, (page) => page.who)) {
    t.diagnostic(`${who}: ${own.map(({ address }) => kindOf(address)).join(', ')}`)
  }
  assert.ok(pages.length >= 50, `only ${pages.length} pages were found`)
  const waiting = pages.values()
  const look = async () => {
    for (const shown of waiting) faults.push(...(await faultsOf(chromium, shown)))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, look))
  assert.deepEqual(faults, [])
})
