import assert from 'node:assert/strict'
import { createPublicKey } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { checkReceipt } from '../../../client/receipt.ts'
import { subjectCommitment } from '../../kernel/index.ts'
import { type Bed, IDENTIFY, NOBODY, openBed } from './testing.ts'

let bed: Bed
before(async () => {
  bed = await openBed()
})
after(() => bed.close())

describe('the receipt', () => {
  const keys = () => {
    const { id, raw } = bed.kernel.keys.active('receipt')
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }
    return new Map([[id, createPublicKey({ key: jwk, format: 'jwk' })]])
  }

  test('of every answer and of every refusal of ours convinces the client', async () => {
    for (const payload of [
      { identify: IDENTIFY },
      { identify: { ...IDENTIFY, personal_administrative_number: NOBODY } },
      { identify: IDENTIFY, attributes: { ethnicity: 'kinh' } },
    ]) {
      const { response, requestDigest } = await bed.verify(payload)
      const answer = response.rawPayload
      const header = String(response.headers['goc-receipt'])
      const receipt = checkReceipt(header, { requestDigest, answer, keys: keys() })
      const [event] = await bed.kernel.owner<{ leaf: Buffer }>(
        'select leaf from kernel.audit_event where event_id = $1',
        [receipt.event],
      )
      assert.equal(event?.leaf.toString('base64'), receipt.leaf)
      assert.equal(receipt.by, Math.floor(Date.parse(bed.kernel.now()) / 1000) + 10)
    }
  })

  test('of calls that came together is one signature', async () => {
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, n) => {
        const personal_administrative_number = `0790979000${String(n).padStart(2, '0')}`
        return bed.verify({ identify: { ...IDENTIFY, personal_administrative_number } })
      }),
    )
    const signatures = answers.map(
      ({ response }) =>
        JSON.parse(Buffer.from(String(response.headers['goc-receipt']), 'base64url').toString())
          .signature,
    )
    assert.ok(new Set(signatures).size < 24)
  })
})

describe('the event the citizen will see', () => {
  test('names who, why, under which law, what was compared, and the decision', async () => {
    const { requestDigest } = await bed.verify(
      { identify: IDENTIFY, predicates: { alive: true } },
      { headers: { 'goc-case': 'HS-2026/17', 'goc-operator': 'teller-12' } },
    )
    const { row, body } = await bed.lastEvent()
    assert.equal(row.person_id, bed.personId)
    assert.equal(body.operation, 'verify')
    assert.equal(body.outcome, 'done')
    assert.equal(body.actor.body, 'Agency bank')
    assert.equal(body.purpose, 'account-opening')
    assert.equal(body.legalBasis, 'bank.customer')
    assert.equal(body.case, 'HS-2026/17')
    assert.deepEqual(body.attributes, ['alive', 'birthdate', 'name'])
    assert.equal(body.subjectRoot, subjectCommitment(row.salt, bed.personId).toString('hex'))
    assert.equal(body.notes?.operator, 'teller-12')
    assert.equal(body.notes?.request, requestDigest.toString('hex'))
    assert.match(body.notes?.decision ?? '', /^[0-9a-f]{16}-9-2$/)
  })

  test('of a failed attempt names whose number it was, and that nothing was told', async () => {
    await bed.verify(
      { identify: { ...IDENTIFY, name: 'Người Lạ' } },
      { agency: await bed.newAgency() },
    )
    const { row, body } = await bed.lastEvent()
    assert.equal(row.person_id, bed.personId)
    assert.deepEqual(body.attributes, [])
    assert.deepEqual(body.flags, ['not-confirmed'])
  })

  test('of a refusal has its code, and names nobody', async () => {
    await bed.refusedAs('attribute.in-excess', {
      identify: IDENTIFY,
      attributes: { ethnicity: 'x' },
    })
    const { row, body } = await bed.lastEvent()
    assert.equal(row.person_id, null)
    assert.deepEqual([body.outcome, body.code], ['refused', 'attribute.in-excess'])
  })

  test('is written in the transaction of the answer: no event, no answer', async () => {
    for (let cut = 0; ; cut++) {
      const before = await bed.kernel.count('kernel.audit_event')
      bed.kernel.cutAt(cut)
      const { response } = await bed.verify({ identify: IDENTIFY })
      bed.kernel.cutAt(null)
      if (response.statusCode === 200) {
        assert.ok(cut >= 5, `${cut} cuts`)
        break
      }
      assert.equal(response.statusCode, 500)
      assert.ok(!response.body.includes('confirmed'))
      assert.equal(await bed.kernel.count('kernel.audit_event'), before)
    }
  })
})
