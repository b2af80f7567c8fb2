import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { txOn } from './client-tx.ts'
import { consistencyRanges, leafHash, prove, readLeaves, rootOf } from './merkle.ts'
import { checkpointText, logSigner, signNote, witnessSigner } from './note.ts'
import { parseNote, parseVerifierKey, verifyNote } from './offline/note.js'
import type { Witness } from './offline/policy.js'
import { findLatestCheckpoint, listCosignatures } from './store.ts'
import { newEvent, newKey, type TestLog, testLog } from './testing.ts'
import { submissionText, WitnessBook } from './witness-book.ts'
import { submit } from './witness-client.ts'

const folders: string[] = []
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'goc-witness-'))
  folders.push(folder)
  return folder
}
let log: TestLog
before(async () => {
  log = await testLog()
})
after(async () => {
  await log.close()
  for (const folder of folders) rmSync(folder, { recursive: true })
})

const leaves = Array.from({ length: 50 }, (_, n) => leafHash(Buffer.from(`${n}`)))
const ours = logSigner('goc.example/ledger/test', newKey())
const signer = witnessSigner('w.example', newKey(), () => 1_760_000_000)
const newBook = async (folder = newFolder()) =>
  new WitnessBook(folder, [await parseVerifierKey(ours.verifierKey)], signer)

function checkpointOf(size: number, from = leaves, by = ours): string {
  const root = rootOf(size, readLeaves(from))
  return signNote(checkpointText({ origin: by.name, size, root }), [by])
}
function submission(old: number, size: number, from = leaves): string {
  const proof = old === 0 ? [] : prove(consistencyRanges(old, size), readLeaves(from))
  return submissionText({ old, proof, checkpoint: checkpointOf(size, from) })
}

test('add-checkpoint: a first checkpoint, then larger ones with their proofs, are cosigned', async () => {
  const folder = newFolder()
  const book = await newBook(folder)
  const key = await parseVerifierKey(signer.verifierKey)
  for (const [old, size] of [
    [0, 10],
    [10, 33],
    [33, 33],
    [33, 50],
  ] as const) {
    const answer = await (old === 33 ? await newBook(folder) : book).addCheckpoint(
      submission(old, size),
    )
    assert.equal(answer.status, 200, 'also by a witness that was started again')
    const { text } = parseNote(checkpointOf(size))
    assert.equal((await verifyNote(parseNote(`${text}\n${answer.body}`), [key])).length, 1)
  }
})

test('add-checkpoint refuses, with the status the specification names', async () => {
  const book = await newBook()
  await book.addCheckpoint(submission(0, 20))
  const other = leaves.with(3, leafHash(Buffer.from('another history')))
  const stranger = logSigner(ours.name, newKey())
  const unknown = logSigner('other.example/log', newKey())
  const status = async (text: string) => (await book.addCheckpoint(text)).status
  assert.equal(await status('old 20\n'), 400, 'no checkpoint')
  assert.equal(await status(submission(20, 30).replace('old 20', 'old 020')), 400)
  assert.equal(await status(submission(20, 30).replace('old 20', 'old 31')), 400, 'old > size')
  const signedBy = (by: typeof ours) =>
    submissionText({ old: 20, proof: [], checkpoint: checkpointOf(30, leaves, by) })
  assert.equal(await status(signedBy(unknown)), 404, 'an unknown log')
  assert.equal(await status(signedBy(stranger)), 403, 'an unknown key of a known log')
  const conflict = await book.addCheckpoint(submission(10, 30))
  assert.equal(conflict.status, 409, 'another old size than it has seen')
  assert.deepEqual([conflict.type, conflict.body], ['text/x.tlog.size', '20\n'])
  assert.equal(await status(submission(20, 20, other)), 409, 'another root of the same size')
  assert.equal(await status(submission(20, 30, other)), 422, 'a rewritten history')
  const fromNothing = submissionText({ old: 20, proof: [], checkpoint: checkpointOf(30) })
  assert.equal(await status(fromNothing), 422, 'no proof')
  assert.equal(book.seen(ours.name).size, 20, 'none of these was remembered')
  assert.equal(await status(submission(20, 30)), 200)
  assert.equal((await book.addCheckpoint(submission(0, 10))).status, 409, 'a log set back')
})

/** A witness over HTTP, as the log meets it. */
async function listen(book: WitnessBook): Promise<{ server: Server; url: string }> {
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const answer = await book.addCheckpoint(body)
    response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

test('the log collects cosignatures, finds out what a witness remembers, and notices a rollback', async () => {
  const mine = logSigner(log.origin, log.key)
  const folder = newFolder()
  const keys = [await parseVerifierKey(mine.verifierKey)]
  const { server, url } = await listen(new WitnessBook(folder, keys, signer))
  const witness: Witness = { name: 'w', key: await parseVerifierKey(signer.verifierKey), url }
  const tx = txOn(log.sequencer)
  const newest = async () => {
    await log.write(Array.from({ length: 40 }, () => newEvent()))
    await log.sequence()
    const checkpoint = await findLatestCheckpoint(tx)
    assert.ok(checkpoint)
    return checkpoint
  }
  try {
    const first = await newest()
    assert.equal((await submit(tx, witness, first)).state, 'cosigned')
    assert.equal((await submit(tx, witness, first)).state, 'already')
    const second = await newest()
    assert.equal((await submit(tx, witness, second)).state, 'cosigned')
    assert.equal((await listCosignatures(tx, second.size)).length, 1)
    // The log forgets what was cosigned: the witness says what it remembers.
    await log.owner.query('delete from ledger.cosignature')
    const third = await newest()
    assert.equal((await submit(tx, witness, third)).state, 'cosigned')
    // The log is set back to its first checkpoint.
    await log.owner.query('delete from ledger.cosignature')
    assert.equal((await submit(tx, witness, first)).state, 'contradicts')
  } finally {
    server.close()
  }
  const fourth = await newest()
  const away = await submit(tx, witness, fourth)
  assert.equal(away.state, 'away', 'a witness that is down is only away')
})
