import { existsSync } from 'node:fs'
import { after, type TestContext } from 'node:test'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { chromium } from 'playwright-core'

const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]
/** No traffic of its own: a test must see our requests only. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const START_WITHIN_ms = 30_000

const HTML = 'text/html; charset=utf-8'

let launched: Promise<Browser | string> | null = null

after(async () => {
  const browser = await launched
  if (typeof browser === 'object') await browser?.close()
})

/**
 * A real Chromium, one for the test file: the system's, else the one the packages carry. Where
 * neither runs the test is skipped and says why; under CI=true it fails instead.
 */
export async function browser(context: TestContext): Promise<Browser | null> {
  launched ??= launch()
  const result = await launched
  if (typeof result === 'object') return result
  if (process.env.CI === 'true') throw new Error(result)
  context.skip(result)
  return null
}

async function launch(): Promise<Browser | string> {
  const failures: string[] = []
  for (const executablePath of [...SYSTEM_BROWSERS.filter(existsSync), await carriedBrowser()]) {
    if (executablePath === null) continue
    try {
      return await chromium.launch({ executablePath, args: FLAGS, timeout: START_WITHIN_ms })
    } catch (error) {
      failures.push(`${executablePath}: ${firstReason(error)}`)
    }
  }
  return `no Chromium runs here (${failures.join('; ')}). Install one: apt-get install chromium`
}

/** The package unpacks its browser to the temporary folder at first use. */
async function carriedBrowser(): Promise<string | null> {
  try {
    const { default: carried } = await import('@sparticuz/chromium')
    return await carried.executablePath()
  } catch {
    return null
  }
}

function firstReason(error: unknown): string {
  const lines = String(error instanceof Error ? error.message : error).split('\n')
  return lines.find((line) => /error while loading|ENOENT|EACCES/.test(line)) ?? lines[0] ?? ''
}

/**
 * What axe-core finds wrong on a page as it now is, one line each; an accessible page gives an
 * empty list. axe itself needs JavaScript, so it looks at a copy of the page in which only axe runs.
 */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  const [url, body, viewportSize] = [page.url(), await page.content(), page.viewportSize()]
  const isDark = await page.evaluate(`matchMedia('(prefers-color-scheme: dark)').matches`)
  const context = await page
    .context()
    .browser()
    ?.newContext({ viewport: viewportSize, colorScheme: isDark === true ? 'dark' : 'light' })
  if (context === undefined) throw new Error('the page has no browser')
  try {
    await context.route('**/*', (route) => {
      if (route.request().url() === url) return route.fulfill({ body, contentType: HTML })
      return route.request().resourceType() === 'script' ? route.abort() : route.continue()
    })
    const copy = await context.newPage()
    await copy.goto(url)
    await copy.evaluate(axe.source)
    return await copy.evaluate<readonly string[]>(
      `axe.run().then((result) => result.violations.flatMap((violation) =>
         violation.nodes.map((node) => violation.id + ': ' + node.target.join(' '))))`,
    )
  } finally {
    await context.close()
  }
}
