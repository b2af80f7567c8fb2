import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demonstrateAgencies } from '../src/exchange/demonstration/demonstrate.ts'
import { readAgency } from '../src/exchange/demonstration/folder.ts'
import { testOperator } from '../src/exchange/demonstration/testing.ts'
import { type Bed, IDENTIFY, NOBODY, openBed } from '../src/exchange/verify/testing.ts'
import { Goc, ReceiptRefused, Refused } from './index.ts'

let bed: Bed
let origin: string
before(async () => {
  bed = await openBed()
  bed.kernel.setNow(new Date().toISOString())
  await demonstrateAgencies(testOperator(bed.kernel))
  origin = await bed.app.listen({ port: 0, host: '127.0.0.1' })
})
after(() => bed.close())

const aClient = (more: Partial<ConstructorParameters<typeof Goc>[0]> = {}) => {
  const { keyId, privateKey, receiptKeys } = readAgency(bed.kernel, 'hospital')
  return new Goc({ origin, keyId, privateKey, receiptKeys, ...more })
}
const answered = async (...[url, init]: Parameters<typeof fetch>) => {
  const response = await fetch(url, init)
  return { status: response.status, headers: response.headers, text: await response.text() }
}
const context = { purpose: 'health-care', case: 'BA-17', operator: 'desk-3' }

describe('the client', () => {
  test('authenticates a person and keeps the receipt', async () => {
    const { answer, receipt } = await aClient().verify(
      { identify: IDENTIFY, attributes: { sex: 'female' }, predicates: { alive: true } },
      context,
    )
    assert.ok(answer.result === 'confirmed')
    assert.equal(answer.attributes.sex, 'match')
    assert.equal(answer.predicates.alive, true)
    assert.match(receipt.event, /^[0-9a-f-]{36}$/)
  })

  test('authenticates many, in their order', async () => {
    const { rows } = await aClient().verifyBatch(
      [
        { ref: 'a', identify: IDENTIFY },
        { ref: 'b', identify: { ...IDENTIFY, personal_administrative_number: NOBODY } },
      ],
      context,
    )
    assert.deepEqual(
      rows.map(({ ref, result }) => [ref, result]),
      [
        ['a', 'confirmed'],
        ['b', 'not_confirmed'],
      ],
    )
  })

  test('throws what the register refuses, with its code and the words of its language', async () => {
    const call = aClient({ language: 'fr' }).verify({ identify: IDENTIFY }, { purpose: 'tax' })
    await assert.rejects(call, (error: unknown) => {
      assert.ok(error instanceof Refused)
      assert.equal(error.problem.code, 'purpose.not-allowed')
      assert.match(error.problem.title, /[éè]|finalité/)
      return true
    })
  })

  test('keeps the receipt of a refusal, and believes no refusal whose receipt does not hold', async () => {
    const refused = (more: Parameters<typeof aClient>[0]) =>
      aClient(more)
        .verify({ identify: IDENTIFY }, { purpose: 'tax' })
        .catch((error: unknown) => error)
    const honest = await refused({})
    assert.ok(honest instanceof Refused)
    assert.match(honest.receipt?.event ?? '', /^[0-9a-f-]{36}$/)
    const forging: typeof fetch = async (url, init) => {
      const { status, headers, ...response } = await answered(url, init)
      return new Response(response.text.replace('purpose.not-allowed', 'x'), { status, headers })
    }
    const forged = await refused({ fetch: forging })
    assert.ok(forged instanceof ReceiptRefused)
    assert.equal(forged.fault, 'another-answer')
    // Whose signature is not known has done nothing that could stand in the log.
    const unknown = await refused({ keyId: 'hospital.nobody' })
    assert.ok(unknown instanceof Refused)
    assert.deepEqual([unknown.problem.code, unknown.receipt], ['signature.key-unknown', null])
  })

  test('believes no answer whose receipt does not hold', async () => {
    const forging: typeof fetch = async (url, init) => {
      const response = await fetch(url, init)
      const text = (await response.text()).replace('not_confirmed', 'confirmed')
      return new Response(text, { status: response.status, headers: response.headers })
    }
    const stranger = { ...IDENTIFY, personal_administrative_number: NOBODY }
    const forged = aClient({ fetch: forging }).verify({ identify: stranger }, context)
    await assert.rejects(forged, (error: unknown) => {
      assert.ok(error instanceof ReceiptRefused)
      return error.fault === 'another-answer'
    })
    const unpinned = aClient({ receiptKeys: {} }).verify({ identify: IDENTIFY }, context)
    await assert.rejects(unpinned, (error: unknown) => {
      assert.ok(error instanceof ReceiptRefused)
      return error.fault === 'key-unknown'
    })
  })
})
