// The demonstration witness: a program of its own, with its own key and its own memory. It runs on
// the same machine as the log it watches, so it proves only that the software works.
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { html, LANGUAGES, loadCatalogues, openKeys, translator } from '../kernel/index.ts'
import { witnessSigner } from './note.ts'
import { parseVerifierKey } from './offline/note.js'
import { WITNESS_LINE_FILE } from './policy-file.ts'
import { WitnessBook } from './witness-book.ts'

const NAME = 'goc.invalid/demonstration-witness'
const BODY_BYTES_MAX = 64 * 1024

const { GOC_WITNESS_FOLDER: folder = '', GOC_WITNESS_LOGS: logs = '' } = process.env
const port = Number(process.env.GOC_WITNESS_PORT)
const style = readFileSync(new URL('offline/page.css', import.meta.url), 'utf8')
const catalogues = loadCatalogues([
  { name: 'ledger', locales: new URL('./locales/', import.meta.url) },
])

const key = openKeys(join(folder, 'keys')).active('checkpoint')
const signer = witnessSigner(NAME, key, () => Math.floor(Date.now() / 1000))
const keys = await Promise.all(logs.split('\n').filter(Boolean).map(parseVerifierKey))
const book = new WitnessBook(folder, keys, signer)

/** What it is, in three languages, and what it has seen. */
function page(): string {
  const seen = keys.map(({ name }) => html`<p>${name}: ${book.seen(name).size}</p>`)
  const parts = LANGUAGES.map((lang) => {
    const t = translator(lang, catalogues)
    return html`<section lang="${lang}"><h2>${t('ledger.witness.title')}</h2>
<p>${t('ledger.witness.only')}</p></section>`
  })
  const body = html`<main><h1>${NAME}</h1>${parts}<p class="meta">${signer.verifierKey}</p>${seen}</main>`
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${NAME}</title><style>${style}</style></head><body>${body}</body></html>`
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > BODY_BYTES_MAX) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const server = createServer(async (request, response) => {
  try {
    if (request.method === 'GET' && request.url === '/') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page())
    } else if (request.method === 'POST' && request.url === '/add-checkpoint') {
      const body = await readBody(request)
      const answer = body === null ? null : await book.addCheckpoint(body)
      response.writeHead(answer?.status ?? 413, { 'content-type': answer?.type ?? 'text/plain' })
      response.end(answer?.body ?? '')
    } else response.writeHead(404).end()
  } catch {
    response.writeHead(500).end()
  }
})

/** The line a tlog-policy knows it by, once its address is known. */
function announce(): void {
  const { port: taken } = server.address() as AddressInfo
  const line = `witness demonstration ${signer.verifierKey} http://127.0.0.1:${taken}\n`
  writeFileSync(join(folder, WITNESS_LINE_FILE), line)
  process.send?.('ready')
}

// Another program may sit on the port that was meant for it; any other does as well.
server.once('error', () => server.listen(0, '127.0.0.1', announce))
server.listen(port, '127.0.0.1', announce)
// Whoever started it is gone, however that happened.
process.on('disconnect', () => process.exit())
process.on('SIGINT', () => {})
process.on('SIGTERM', () => process.exit())
