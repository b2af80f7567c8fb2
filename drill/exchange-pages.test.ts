import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fillLog, listPages, openStage, type Stage } from '../src/exchange/pages/testing.ts'
import { axeViolations, browser } from '../test/browser.ts'

let stage: Stage
let origin: string
before(async () => {
  stage = await openStage()
  await fillLog(stage)
  origin = await stage.app.listen({ port: 0, host: '127.0.0.1' })
})
after(() => stage.close())

// A citizen's, an agency's and the inspection's pages: each language, width, light and dark.
for (const lang of ['vi', 'en', 'fr']) {
  test(`WCAG 2.2 AA: axe finds nothing on any page of the exchange, in ${lang}`, async (context) => {
    const chromium = await browser(context)
    if (chromium === null) return
    let seen = 0
    for (const [url, who] of await listPages(stage)) {
      for (const [width, theme] of [
        [360, 'dark'],
        [768, 'light'],
        [1440, 'dark'],
      ] as const) {
        const viewport = { width, height: 900 }
        const opened = await chromium.newContext({ viewport, javaScriptEnabled: false })
        const [name = '', value = ''] = (who?.cookie ?? 'none=none').split('=')
        await opened.addCookies([{ name, value, url: origin }])
        const page = await opened.newPage()
        await page.goto(
          `${origin}${url}${url.includes('?') ? '&' : '?'}lang=${lang}&theme=${theme}`,
        )
        assert.deepEqual(await axeViolations(page), [], `${url} ${width} ${theme}`)
        await opened.close()
        seen += 1
      }
    }
    assert.ok(seen >= 45, `only ${seen} pages were seen`)
  })
}
