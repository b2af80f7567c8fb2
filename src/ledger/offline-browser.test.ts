import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { axeViolations, browser } from '../../test/browser.ts'
import { LANGUAGES, type Lang, loadCatalogues, translator } from '../kernel/index.ts'
import { leafHash, rootOfLeaves } from './merkle.ts'
import { checkpointText, logSigner, signNote, witnessSigner } from './note.ts'
import { offlinePage } from './offline-page.ts'
import { disclosureText, proofText } from './proof.ts'
import { newEvent, newKey } from './testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'goc-offline-'))
after(() => rmSync(folder, { recursive: true }))
const log = logSigner('goc.example/log', newKey())
const witness = witnessSigner('w.example', newKey(), () => 1_760_000_000)
const policy = `log ${log.verifierKey}\nwitness w ${witness.verifierKey}\nquorum w\n`
const catalogues = loadCatalogues([
  { name: 'ledger', locales: new URL('./locales/', import.meta.url) },
])

const event = newEvent()
const before = leafHash(Buffer.from('before'))
const inclusion = (signers: readonly (typeof log)[]) => {
  const head = { origin: log.name, size: 2, root: rootOfLeaves([before, event.leaf]) }
  return { index: 1, path: [before], checkpoint: signNote(checkpointText(head), signers) }
}
const opened = { body: event.body, salt: event.salt, opening: null }

function save(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const saved = (lang: Lang) =>
  pathToFileURL(save(`verify.${lang}.html`, offlinePage(translator(lang, catalogues), policy))).href

async function check(page: Page, files: string[]): Promise<string> {
  await page.setInputFiles('#files', files)
  await page.click('button[type=submit]')
  await page.waitForSelector('#answer h2')
  return page.innerText('#answer')
}

test('the saved page, without a network: a right proof, one not witnessed, a changed one', async (context) => {
  const chromium = await browser(context)
  if (chromium === null) return
  const offline = await chromium.newContext({ offline: true, locale: 'en' })
  const page = await offline.newPage()
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(saved('en'))
  const right = save('right.tlog-proof', proofText(inclusion([log, witness]), opened))
  const answer = await check(page, [right])
  assert.match(answer, /The proof is right/)
  assert.match(answer, /person\.get/)
  assert.match(answer, /w\.example/)
  const alone = save('alone.tlog-proof', proofText(inclusion([log]), opened))
  assert.match(await check(page, [alone]), /not by enough witnesses/)
  const changed = { ...opened, body: event.body.replace('person.get', 'person.set') }
  const wrong = save('wrong.tlog-proof', proofText(inclusion([log, witness]), changed))
  assert.match(await check(page, [wrong]), /cannot be accepted[\s\S]*do not match/)
  const two = [
    save('bare.tlog-proof', proofText(inclusion([log, witness]))),
    save('event.json', disclosureText(opened)),
  ]
  assert.match(await check(page, two), /The proof is right/)
  assert.match(await check(page, [two[1] ?? '']), /cannot be accepted/)
  assert.deepEqual(
    asked.filter((url) => !url.startsWith('file:')),
    [],
    'it asked nobody',
  )
  await offline.close()
})

test('the saved page is accessible in every language, before and after a check', async (context) => {
  const chromium = await browser(context)
  if (chromium === null) return
  const page = await (await chromium.newContext()).newPage()
  const files = [save('right.tlog-proof', proofText(inclusion([log, witness]), opened))]
  for (const lang of LANGUAGES) {
    await page.setViewportSize({ width: 360, height: 800 })
    await page.goto(saved(lang))
    await check(page, files)
    assert.deepEqual(await axeViolations(page), [], lang)
    const width = await page.evaluate('document.documentElement.scrollWidth')
    assert.ok(Number(width) <= 360, `${lang} scrolls sideways`)
  }
  await page.context().close()
})
