import assert from 'node:assert/strict'
import { hash, type KeyObject, verify } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkReceipt, ReceiptRefused } from '../../../client/receipt.ts'
import { merkleRoot, signingKey, uuidv7 } from '../../kernel/index.ts'
import { leafHash } from '../../ledger/index.ts'
import { receiptHeader, receiptText, rootText, sealReceipts } from './receipt.ts'

const PEM = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF
-----END PRIVATE KEY-----`
const KEY = signingKey(PEM)
const SIGNER = { origin: 'goc.example/ledger', key: KEY }
const KEYS = new Map<string, KeyObject>([[KEY.id, KEY.publicKey]])

const sha256 = (text: string): Buffer => hash('sha256', text, 'buffer')
const factsOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    eventId: uuidv7(),
    leaf: sha256(`leaf ${index}`),
    requestDigest: sha256(`request ${index}`),
    answerDigest: sha256(`answer ${index}`),
    inLogBy_s: 1_790_000_010,
  }))
const exchanged = (index: number) => ({
  requestDigest: sha256(`request ${index}`),
  answer: Buffer.from(`answer ${index}`),
  keys: KEYS,
})
function faultOf(header: string | null, facts = exchanged(0)): string | undefined {
  try {
    checkReceipt(header, facts)
  } catch (error) {
    assert.ok(error instanceof ReceiptRefused, String(error))
    return error.fault
  }
  return undefined
}

test('every receipt of a batch of any size convinces the client', () => {
  for (let size = 1; size <= 70; size++) {
    const facts = factsOf(size)
    for (const [index, receipt] of sealReceipts(facts, SIGNER).entries()) {
      const checked = checkReceipt(receiptHeader(receipt), exchanged(index))
      assert.equal(checked.event, facts[index]?.eventId)
    }
  }
})

test('one signature covers the batch: over the root of RFC 6962 section 2.1', () => {
  const receipts = sealReceipts(factsOf(37), SIGNER)
  const leaves = receipts.map((one) => Buffer.from(leafHash(Buffer.from(receiptText(one)))))
  const root = merkleRoot(leaves).toString('base64')
  const [signature, another] = new Set(receipts.map((one) => one.signature))
  assert.ok(signature !== undefined && another === undefined)
  const text = Buffer.from(rootText(SIGNER.origin, 37, root))
  assert.ok(verify(null, text, KEY.publicKey, Buffer.from(signature, 'base64')))
})

test('a receipt of another request, another answer or another key proves nothing', () => {
  const [first, second] = sealReceipts(factsOf(2), SIGNER)
  assert.ok(first && second)
  assert.equal(faultOf(null), 'missing')
  assert.equal(faultOf('not base64url of JSON'), 'malformed')
  assert.equal(faultOf(receiptHeader(second)), 'another-request')
  const other = { ...exchanged(0), answer: Buffer.from('answer 0 ') }
  assert.equal(faultOf(receiptHeader(first), other), 'another-answer')
  assert.equal(faultOf(receiptHeader(first), { ...exchanged(0), keys: new Map() }), 'key-unknown')
  assert.equal(faultOf(receiptHeader(first)), undefined)
})

test('no member of a receipt can be changed', () => {
  const [, receipt] = sealReceipts(factsOf(5), SIGNER)
  assert.ok(receipt)
  const text = fc.oneof(fc.string(), fc.constant(uuidv7()), fc.constant(`${receipt.leaf}\nx`))
  fc.assert(
    fc.property(
      fc.constantFrom(...(Object.keys(receipt) as (keyof typeof receipt)[])),
      fc.oneof(text, fc.nat(10), fc.array(text, { maxLength: 4 }), fc.constant(null)),
      (member, value) => {
        if (JSON.stringify(receipt[member]) === JSON.stringify(value)) return
        const header = receiptHeader({ ...receipt, [member]: value } as typeof receipt)
        assert.notEqual(faultOf(header, exchanged(1)), undefined, member)
      },
    ),
    { numRuns: 2000 },
  )
})
