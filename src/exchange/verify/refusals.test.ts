import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { buildApp } from '../../app.ts'
import { execute, uuidv7 } from '../../kernel/index.ts'
import { revokeAgencyKey } from '../agency/commands.ts'
import { signedRequest, steward } from '../testing.ts'
import { type Bed, IDENTIFY, NUMBER, openBed } from './testing.ts'

let bed: Bed
before(async () => {
  bed = await openBed()
})
after(() => bed.close())

describe('refusals', () => {
  test('no agreement for the purpose, none in force, more than was agreed', async () => {
    const purpose = { 'goc-purpose': 'tax' }
    await bed.refusedAs('purpose.not-allowed', { identify: IDENTIFY }, { headers: purpose })
    const agency = await bed.newAgency({ to: '2026-10-16' })
    await bed.refusedAs('agreement.not-in-force', { identify: IDENTIFY }, { agency })
    const excess = { identify: IDENTIFY, attributes: { ethnicity: 'kinh' } }
    assert.equal(
      (await bed.refusedAs('attribute.in-excess', excess)).details.attributes,
      'ethnicity',
    )
    const older = { identify: IDENTIFY, predicates: { age_over_60: true } }
    assert.equal(
      (await bed.refusedAs('attribute.in-excess', older)).details.attributes,
      'age_over_60',
    )
    const strict = await bed.newAgency({ assurance: 3 })
    await bed.refusedAs('actor.level-too-low', { identify: IDENTIFY }, { agency: strict })
  })

  test('a quota is spent, also by calls that come together', async () => {
    const agency = await bed.newAgency({ onlinePerDay: 7 })
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => bed.verify({ identify: IDENTIFY }, { agency })),
    )
    assert.equal(answers.filter(({ body }) => body.code === 'quota.spent').length, 3)
    await bed.refusedAs('quota.spent', { identify: IDENTIFY }, { agency })
  })

  test('bad input names the field and the remedy', async () => {
    for (const [payload, code, field] of [
      [{}, 'request.invalid', 'identify'],
      [{ identify: { personal_administrative_number: NUMBER } }, 'request.invalid', 'identify'],
      [{ identify: { ...IDENTIFY, sex: 'female' } }, 'request.invalid', 'identify.sex'],
      [{ identify: { ...IDENTIFY, birthdate: '1997-02-30' } }, 'request.invalid', 'birthdate'],
      [
        { identify: { ...IDENTIFY, personal_administrative_number: '12' } },
        'number.invalid',
        'identify.personal_administrative_number',
      ],
      [
        { identify: IDENTIFY, predicates: { resides_in: true } },
        'request.invalid',
        'predicates.resides_in',
      ],
      [{ identify: IDENTIFY, predicates: { alive: 'yes' } }, 'request.invalid', 'predicates.alive'],
    ] as const) {
      const body = await bed.refusedAs(code, payload)
      assert.equal(body.details.field, field, JSON.stringify(payload))
    }
  })

  test('without a signature, a purpose, or with a body too large', async () => {
    const bare = await bed.app.inject({
      method: 'POST',
      url: '/api/verify',
      payload: { identify: IDENTIFY },
    })
    assert.equal(bare.json().code, 'signature.missing')
    assert.equal(bare.statusCode, 401)
    await bed.refusedAs(
      'request.invalid',
      { identify: IDENTIFY },
      { headers: { 'goc-purpose': 'é' } },
    )
    await bed.refusedAs('request.too-large', {
      identify: { ...IDENTIFY, name: 'x'.repeat(300_000) },
    })
  })

  test('a revoked key is refused within a second', async () => {
    const agency = await bed.newAgency()
    assert.equal((await bed.verify({ identify: IDENTIFY }, { agency })).body.result, 'confirmed')
    await execute(
      revokeAgencyKey,
      { keyId: agency.keyId, because: 'lost' },
      { kernel: bed.kernel, actor: steward(), key: uuidv7() },
    )
    const began = performance.now()
    for (;;) {
      const { body } = await bed.verify({ identify: IDENTIFY }, { agency })
      if (body.code === 'signature.key-unknown') break
      assert.ok(performance.now() - began < 1_000, 'still accepted after a second')
    }
  })
})

describe('a signed request', () => {
  test('is taken once, by this process or another, even at once', async () => {
    const twin = await buildApp(bed.kernel)
    try {
      const { request } = signedRequest(bed.kernel, bed.bank, {
        path: '/api/verify',
        payload: { identify: IDENTIFY },
      })
      const answers = await Promise.all(
        [bed.app, twin, bed.app, twin, bed.app, twin].map((on) => on.inject(request)),
      )
      const codes = answers.map((one) => one.json().code ?? one.json().result).sort()
      assert.deepEqual(codes, ['confirmed', ...Array(5).fill('signature.replayed')])
      assert.equal((await bed.app.inject(request)).json().code, 'signature.replayed')
    } finally {
      await twin.close()
    }
  })

  test('of which the nonce was used with another body is refused', async () => {
    const nonce = 'n'.repeat(24)
    await bed.verify({ identify: IDENTIFY }, { sign: { nonce } })
    const other = { identify: IDENTIFY, predicates: { alive: true } }
    await bed.refusedAs('signature.replayed', other, { sign: { nonce } })
  })

  test('dead nonces are forgotten, living ones are not', async () => {
    await bed.kernel.owner('truncate exchange.nonce')
    const { request } = await bed.verify({ identify: IDENTIFY })
    const forget = (later_s: number) =>
      bed.kernel.owner('select exchange.forget_nonces($1)', [
        Math.floor(Date.parse(bed.kernel.now()) / 1000) + later_s,
      ])
    for (let later = 0; later <= 600; later += 60) await forget(later)
    assert.equal((await bed.app.inject(request)).json().code, 'signature.replayed')
    for (let later = 660; later <= 3600; later += 60) await forget(later)
    assert.equal(await bed.kernel.count('exchange.nonce'), 0)
  })
})
