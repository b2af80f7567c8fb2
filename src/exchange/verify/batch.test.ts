import assert from 'node:assert/strict'
import { createPublicKey } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { checkReceipt } from '../../../client/receipt.ts'
import { signRequest } from '../../../client/sign.ts'
import { LIMITS, merkleRoot, subjectCommitment } from '../../kernel/index.ts'
import { addPerson, signedRequest, type TestAgency } from '../testing.ts'
import { type Bed, IDENTIFY, NOBODY, openBed, PERSON } from './testing.ts'

let bed: Bed
const people: { readonly id: string; readonly number: string }[] = []
before(async () => {
  bed = await openBed()
  for (let n = 0; n < 40; n++) {
    const number = `0790970001${String(n).padStart(2, '0')}`
    const id = await addPerson(bed.kernel, { ...PERSON, number, oldNumbers: [] })
    people.push({ id, number })
  }
})
after(() => bed.close())

const row = (ref: string, number: string, more: object = {}) => ({
  ref,
  identify: { ...IDENTIFY, personal_administrative_number: number, ...more },
})
const rowsOf = (count: number) =>
  people.slice(0, count).map(({ number }, index) => row(`r${index}`, number))

async function send(payload: unknown, agency: TestAgency = bed.bank) {
  const signed = signedRequest(bed.kernel, agency, { path: '/api/verify/batch', payload })
  const response = await bed.app.inject(signed.request)
  return { response, ...signed, body: response.json() }
}
async function refusedAs(code: string, payload: unknown, agency?: TestAgency) {
  const { body, response } = await send(payload, agency)
  assert.equal(body.code, code, response.body.slice(0, 300))
  return body
}

test('rows are answered in their order, each as a single call would be', async () => {
  const { body, response } = await send({
    rows: [
      row('a', people[0]?.number ?? ''),
      row('b', NOBODY),
      row('c', '12'),
      row('d', people[1]?.number ?? '', { name: 'Người Khác' }),
      { ...row('e', people[2]?.number ?? ''), attributes: { sex: 'male' } },
    ],
  })
  assert.equal(response.statusCode, 200, response.body)
  const [a, b, c, d, e] = body.rows
  assert.deepEqual([a.ref, a.result, a.attributes.name], ['a', 'confirmed', 'match'])
  assert.deepEqual(b, { ref: 'b', result: 'not_confirmed' })
  assert.equal(c.result, 'invalid')
  assert.equal(c.field, 'identify.personal_administrative_number')
  assert.deepEqual(d, { ref: 'd', result: 'not_confirmed' })
  assert.equal(e.attributes.sex, 'no_match')
})

test('a pseudonym is the one a single call gives', async () => {
  const [person] = people
  const single = await bed.verify({
    identify: { ...IDENTIFY, personal_administrative_number: person?.number ?? '' },
  })
  const { body } = await send({ rows: rowsOf(1) })
  assert.equal(body.rows[0].pseudonym, single.body.pseudonym)
})

test('one event carries the Merkle root over all its subjects', async () => {
  const before = await bed.kernel.count('kernel.audit_event')
  await send({ rows: rowsOf(25) })
  assert.equal(await bed.kernel.count('kernel.audit_event'), before + 1)
  const { row: event, body } = await bed.lastEvent()
  assert.equal(event.person_id, null)
  assert.equal(body.subjects, 25)
  assert.equal(body.notes?.rows, '25')
  assert.deepEqual(body.attributes, ['birthdate', 'name'])
  const subjects = await bed.kernel.owner<{ person_id: string; salt: Buffer }>(
    'select person_id, salt from kernel.audit_subject where event_id = $1 order by position',
    [event.event_id],
  )
  assert.deepEqual(
    subjects.map((one) => one.person_id),
    people.slice(0, 25).map(({ id }) => id),
  )
  const leaves = subjects.map((one) => subjectCommitment(one.salt, one.person_id))
  assert.equal(body.subjectRoot, merkleRoot(leaves).toString('hex'))
})

test('rows come and go one a line where they were sent so', async () => {
  const lines = rowsOf(3).map((one) => JSON.stringify(one))
  const body = Buffer.from(`${lines.join('\n')}\n`)
  const { headers } = signRequest(
    {
      method: 'POST',
      url: new URL('http://goc.example/api/verify/batch'),
      headers: { 'content-type': 'application/x-ndjson', 'goc-purpose': 'account-opening' },
      body,
    },
    bed.bank,
    { created: Math.floor(Date.parse(bed.kernel.now()) / 1000) },
  )
  const response = await bed.app.inject({
    method: 'POST',
    url: '/api/verify/batch',
    headers: { ...headers, host: 'goc.example' },
    payload: body,
  })
  assert.match(String(response.headers['content-type']), /^application\/x-ndjson/)
  const refs = response.body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).ref)
  assert.deepEqual(refs, ['r0', 'r1', 'r2'])
})

test('nothing is parsed of whom nobody knows, and never more lines than a batch has', async () => {
  const post = (payload: Buffer, headers: Record<string, string>) =>
    bed.app.inject({ method: 'POST', url: '/api/verify/batch', headers, payload })
  const type = { 'content-type': 'application/x-ndjson' }
  for (const [line, times] of [
    ['{}\n', LIMITS.batchRows + 1],
    ['\n', 1_000_000],
    ['[', 1_000_000],
  ] as const) {
    const payload = Buffer.from(line.repeat(times))
    assert.equal((await post(payload, type)).json().code, 'signature.missing')
    const json = { 'content-type': 'application/json' }
    assert.equal((await post(payload, json)).json().code, 'signature.missing')
    if (line === '[') continue
    const url = new URL('http://goc.example/api/verify/batch')
    const sent = { ...type, 'goc-purpose': 'account-opening' }
    const { headers } = signRequest(
      { method: 'POST', url, headers: sent, body: payload },
      bed.bank,
      { created: Math.floor(Date.parse(bed.kernel.now()) / 1000) },
    )
    const known = await post(payload, { ...headers, host: 'goc.example' })
    assert.equal(known.json().code, 'batch.too-large')
  }
})

test('a receipt covers the whole answer', async () => {
  const { response, requestDigest } = await send({ rows: rowsOf(2) })
  const { id, raw } = bed.kernel.keys.active('receipt')
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }
  const keys = new Map([[id, createPublicKey({ key: jwk, format: 'jwk' })]])
  const answer = response.rawPayload
  checkReceipt(String(response.headers['goc-receipt']), { requestDigest, answer, keys })
})

describe('limits', () => {
  test('a list of which more than half is unknown is not answered, and its failures count', async () => {
    const agency = await bed.newAgency()
    const unknown = Array.from({ length: 11 }, (_, n) =>
      row(`u${n}`, `0790980000${String(n).padStart(2, '0')}`),
    )
    const body = await refusedAs(
      'batch.too-many-unknown',
      { rows: [...rowsOf(9), ...unknown] },
      agency,
    )
    assert.ok(!JSON.stringify(body).includes('pseudonym'))
    const [counted] = await bed.kernel.owner<{ n: number }>(
      `select sum(g.on_day)::int as n from exchange.guess g join exchange.agency a using (agency_id)
       where a.code = $1`,
      [agency.code],
    )
    assert.equal(counted?.n, 11)
    const fewer = await send({ rows: [...rowsOf(11), ...unknown.slice(0, 9)] }, agency)
    assert.equal(fewer.response.statusCode, 200, fewer.response.body)
  })

  test('attempts at one number are counted row by row', async () => {
    const agency = await bed.newAgency()
    const number = people[5]?.number ?? ''
    const rows = [
      ...Array.from({ length: 7 }, (_, n) => row(`g${n}`, number, { birthdate: `199${n}-05-05` })),
      row('right', number),
    ]
    const { body } = await send({ rows }, agency)
    const results = body.rows.map((one: { result: string }) => one.result)
    assert.deepEqual(results, [
      ...Array(5).fill('not_confirmed'),
      ...Array(3).fill('attempts_spent'),
    ])
  })

  test('lists that come together do not go over the quota', async () => {
    const agency = await bed.newAgency({ bulkPerDay: 30 })
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => send({ rows: rowsOf(10) }, agency)),
    )
    const said = answers.map(({ response, body }) => body.code ?? response.statusCode)
    assert.equal(said.filter((one) => one === 200).length, 3, said.join())
    assert.equal(said.filter((one) => one === 'quota.spent').length, 3, said.join())
    const counted = await bed.kernel.owner<{ calls: string }>(
      'select sum(calls) as calls from exchange.usage where agreement_id = $1 and bulk',
      [agency.agreementId],
    )
    assert.equal(Number(counted[0]?.calls), 30)
  })

  test('the bulk quota is not the online one', async () => {
    const agency = await bed.newAgency({ bulkPerDay: 5, onlinePerDay: 1 })
    assert.equal((await send({ rows: rowsOf(4) }, agency)).response.statusCode, 200)
    const body = await refusedAs('quota.spent', { rows: rowsOf(2) }, agency)
    assert.equal(body.details.left, '1')
    assert.equal((await send({ rows: rowsOf(1) }, agency)).response.statusCode, 200)
  })

  test('no rows, too many rows, and an agreement for single calls only', async () => {
    await refusedAs('request.invalid', { rows: [] })
    const many = Array.from({ length: LIMITS.batchRows + 1 }, (_, n) => row(`${n}`, NOBODY))
    await refusedAs('batch.too-large', { rows: many })
    const single = await bed.newAgency({ operations: ['verify'] })
    await refusedAs('purpose.not-allowed', { rows: rowsOf(1) }, single)
    const { request } = await send({ rows: rowsOf(1) })
    assert.equal((await bed.app.inject(request)).json().code, 'signature.replayed')
  })
})
