import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runInNewContext, Script } from 'node:vm'
import { eventLeaf, LANGUAGES, loadCatalogues, translator } from '../kernel/index.ts'
import { leafHash, rootOfLeaves } from './merkle.ts'
import { checkpointText, logSigner, signNote } from './note.ts'
import { offlinePage, offlineScript } from './offline-page.ts'
import { proofText } from './proof.ts'
import { newKey } from './testing.ts'

const catalogues = loadCatalogues([
  { name: 'ledger', locales: new URL('./locales/', import.meta.url) },
])
const log = logSigner('goc.example/log', newKey())
const policy = `log ${log.verifierKey}\nquorum none\n`

test('the page is one file: nothing in it has an address, and its policy lets it load nothing', () => {
  for (const lang of LANGUAGES) {
    const page = offlinePage(translator(lang, catalogues), policy)
    assert.doesNotMatch(page, /\b(src|href|action)=|https?:\/\/|@import|url\(/)
    assert.match(page, /default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'/)
    assert.match(page, new RegExp(`<html lang="${lang}">`))
    assert.ok(page.includes(log.verifierKey))
    assert.ok(Buffer.byteLength(page) < 40_000)
  }
})

test('the script of the page is the code the program is tested with, in one scope', async () => {
  assert.ok(new Script(`(async () => {${offlineScript()}})`), 'no two modules share a name')
  const script = offlineScript(['text.js', 'note.js', 'policy.js', 'proof.js'])
  assert.doesNotMatch(script, /^(import|export)\b/m)
  // What a browser has, and nothing of Node's.
  const browser = { crypto, TextEncoder, TextDecoder, atob, btoa, Uint8Array, DataView }
  const { checkProof, parsePolicy } = runInNewContext(
    `${script}\n;({ checkProof, parsePolicy })`,
    browser,
  )
  const salt = Buffer.alloc(32, 5)
  const body = '{"operation":"person.get","subjects":0}'
  const leaves = [leafHash(Buffer.from('before')), eventLeaf(salt, body)]
  const head = { origin: log.name, size: 2, root: rootOfLeaves(leaves) }
  const [before = Buffer.alloc(32)] = leaves
  const checkpoint = signNote(checkpointText(head), [log])
  const proof = proofText({ index: 1, path: [before], checkpoint }, { body, salt, opening: null })
  const checked = await checkProof({ proof, policy: await parsePolicy(policy) })
  assert.equal(checked.index, 1)
  assert.equal(checked.event.operation, 'person.get')
  const wrong = proof.replace('index 1', 'index 0')
  await assert.rejects(async () => checkProof({ proof: wrong, policy: await parsePolicy(policy) }))
})
