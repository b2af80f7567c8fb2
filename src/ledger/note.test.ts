import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal, signingKey } from '../kernel/index.ts'
import {
  checkpointText,
  logSigner,
  openCheckpoint,
  readCheckpoint,
  signNote,
  witnessSigner,
} from './note.ts'
import { keyIdOf, parseNote, parseVerifierKey, verifyNote } from './offline/note.js'
import { fromBase64, ProofRefused } from './offline/text.js'
import { newKey } from './testing.ts'

// Facts: the key and note with which Go's sumdb/note, the first implementation, is tested.
const VKEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const SEED = 'AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz'
const TEXT =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const LINE =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'
const NOTE = `${TEXT}\n${LINE}`

function keyOfSeed(seed: Buffer) {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  return signingKey(
    `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----\n`,
  )
}
const peter = keyOfSeed(Buffer.from(SEED, 'base64').subarray(1))
const root = Buffer.alloc(32, 7)
const key = newKey()
const log = logSigner('goc.example/log', key)
const head = { origin: 'goc.example/log', size: 20_852_163, root }
const checkpoint = signNote(checkpointText(head), [log])
const refusedAs = (code: string) => (error: unknown) =>
  (error instanceof Refusal || error instanceof ProofRefused) && error.code === code
const malformed = refusedAs('ledger.note-malformed')

test('the published note is verified with its published key', async () => {
  const [signed] = await verifyNote(parseNote(NOTE), [await parseVerifierKey(VKEY)])
  assert.equal(signed?.key.name, 'PeterNeumann')
})

test('signing the published text with the published seed gives the published note', () => {
  const signer = logSigner('PeterNeumann', peter)
  assert.equal(signer.verifierKey, VKEY)
  assert.equal(signNote(TEXT, [signer]), NOTE)
})

test('no part of a verifier key, and no verifier key with a changed character, is one', async () => {
  for (let from = 0; from < VKEY.length; from++) {
    if (from > 0) await assert.rejects(parseVerifierKey(VKEY.slice(from)))
    if (from > 0) await assert.rejects(parseVerifierKey(VKEY.slice(0, from)))
    const changed = String.fromCharCode(VKEY.charCodeAt(from) + 1)
    await assert.rejects(parseVerifierKey(VKEY.slice(0, from) + changed + VKEY.slice(from + 1)))
  }
})

test('a key of a signature type we do not know is refused, not taken for Ed25519', async () => {
  const raw = Uint8Array.from(peter.raw)
  const id = await keyIdOf('PeterNeumann', 6, raw)
  const text = `PeterNeumann+${id}+${Buffer.concat([Buffer.of(6), raw]).toString('base64')}`
  await assert.rejects(parseVerifierKey(text), refusedAs('ledger.key-unknown'))
})

test('a checkpoint: origin, size in decimal, root in base64, and its signature', async () => {
  const lines = checkpoint.split('\n')
  assert.deepEqual(lines.slice(0, 4), [head.origin, '20852163', root.toString('base64'), ''])
  const opened = await openCheckpoint(checkpoint, [await parseVerifierKey(log.verifierKey)])
  assert.equal(opened.head.size, head.size)
  assert.deepEqual(Buffer.from(opened.head.root), root)
})

test('a checkpoint not written exactly so is malformed', () => {
  const base64 = root.toString('base64')
  const wrong = {
    'leading zero': checkpoint.replace('20852163', '020852163'),
    'a sign': checkpoint.replace('20852163', '+20852163'),
    'past 2^53': checkpoint.replace('20852163', '9007199254740992'),
    'no final newline': checkpoint.slice(0, -1),
    'root too short': checkpoint.replace(base64, Buffer.alloc(31).toString('base64')),
    'root not canonical': checkpoint.replace(base64, `${base64.slice(0, -2)}d=`),
    'root in base64url': checkpoint.replace(base64, Buffer.alloc(32, 255).toString('base64url')),
    'a carriage return': checkpoint.replace('\n', '\r\n'),
    'no signature': `${checkpointText(head)}\n`,
    'no blank line': checkpoint.replace('\n\n', '\n'),
    'a line without signature': checkpoint.replace('— ', '- '),
    'an empty line in the text': checkpoint.replace('\n20852163', '\n\n20852163'),
    'a lone surrogate': checkpoint.replace('goc', '\ud800'),
    'signature not canonical': checkpoint.replace(/=\n$/, '\n'),
  }
  for (const [why, note] of Object.entries(wrong)) {
    assert.throws(() => readCheckpoint(note), malformed, why)
  }
})

test('extension lines are kept apart and signed with the rest', async () => {
  const note = signNote(`${checkpointText(head)}later line\n`, [log])
  const opened = await openCheckpoint(note, [await parseVerifierKey(log.verifierKey)])
  assert.deepEqual(opened.head.extensions, ['later line'])
})

test('an unknown key under the right name is passed over, and alone is not enough', async () => {
  const stranger = logSigner('goc.example/log', newKey())
  const keys = [await parseVerifierKey(log.verifierKey)]
  const both = signNote(checkpointText(head), [stranger, log])
  assert.equal((await openCheckpoint(both, keys)).signed.length, 1)
  const alone = signNote(checkpointText(head), [stranger])
  await assert.rejects(openCheckpoint(alone, keys), refusedAs('ledger.key-unknown'))
})

test('the right key of another origin does not sign for this one', async () => {
  const note = signNote(checkpointText({ ...head, origin: 'other.example/log' }), [log])
  const keys = [await parseVerifierKey(log.verifierKey)]
  await assert.rejects(openCheckpoint(note, keys), refusedAs('ledger.key-unknown'))
})

test('a wrong signature of a known key refuses the whole note, even beside a right one', async () => {
  const keys = [await parseVerifierKey(log.verifierKey)]
  const other = signNote(checkpointText({ ...head, size: 1 }), [log])
    .split('\n')
    .at(-2)
  const note = `${checkpoint}${other}\n`
  await assert.rejects(openCheckpoint(note, keys), refusedAs('ledger.proof-wrong'))
  const changed = checkpoint.replace('20852163', '20852164')
  await assert.rejects(openCheckpoint(changed, keys), refusedAs('ledger.proof-wrong'))
})

test('two signatures of one key count once; of a witness the later time is kept', async () => {
  const text = checkpointText(head)
  const witness = (seconds: number) => witnessSigner('w.example/1', key, () => seconds)
  const note = parseNote(signNote(text, [witness(200), witness(100), witness(200)]))
  const signed = await verifyNote(note, [await parseVerifierKey(witness(0).verifierKey)])
  assert.equal(signed.length, 1)
  assert.equal(signed[0]?.at, 200n)
})

test('one key has another id as log and as witness, and neither signs for the other', async () => {
  const witness = witnessSigner('goc.example/log', key, () => 1_679_315_147)
  assert.notEqual(witness.verifierKey, log.verifierKey)
  const keys = [await parseVerifierKey(log.verifierKey)]
  const note = signNote(checkpointText(head), [witness])
  await assert.rejects(openCheckpoint(note, keys), refusedAs('ledger.key-unknown'))
})

test('names with spaces or plus signs are refused before they sign anything', () => {
  for (const name of ['', 'a b', 'a+b', 'a\u00a0b', 'a\u2003b', 'a\nb']) {
    assert.throws(() => logSigner(name, key), malformed)
  }
})

test('base64 has one spelling', () => {
  const fault = 'ledger.proof-malformed'
  assert.deepEqual([...fromBase64('AA==', fault)], [0])
  for (const text of ['AB==', 'AA=', 'AA', 'A', 'AA==AA==', ' AA==', 'AA==\n', 'A-==', '====']) {
    assert.throws(() => fromBase64(text, fault), refusedAs(fault), text)
  }
})
