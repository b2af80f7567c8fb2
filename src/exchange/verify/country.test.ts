import assert from 'node:assert/strict'
import { createPrivateKey } from 'node:crypto'
import { test } from 'node:test'
import { testKernel } from '../../../test/kernel.ts'
import { buildApp } from '../../app.ts'
import { PROFILES } from '../../profiles.ts'
import { demonstrateAgencies } from '../demonstration/demonstrate.ts'
import { readAgency } from '../demonstration/folder.ts'
import { testOperator } from '../demonstration/testing.ts'
import { addPerson, signedRequest } from '../testing.ts'

for (const profile of PROFILES) {
  test(`${profile.id}: its agencies authenticate its people by its own numbers and names`, async () => {
    const kernel = await testKernel({ profile, now: '2026-10-16T03:00:00.000Z' })
    const app = await buildApp(kernel)
    try {
      await demonstrateAgencies(testOperator(kernel))
      const { example } = profile.number
      const parsed = profile.number.parse(example)
      assert.ok(parsed.ok)
      const name = profile.names.order.map(
        (part) => ({ family: 'Trần', middle: 'Ana', given: 'Minh' })[part],
      )
      const person = {
        number: parsed.number,
        name: name.join(' '),
        born: '1997-01-26',
        sex: 'male',
      }
      await addPerson(kernel, person)
      const { keyId, privateKey } = readAgency(kernel, 'hospital')
      const agency = {
        code: 'hospital',
        keyId,
        privateKey: createPrivateKey(privateKey),
        agreementId: '',
      }
      const ask = async (identify: object) => {
        const { request } = signedRequest(kernel, agency, {
          path: '/api/verify',
          payload: { identify: { personal_administrative_number: example, ...identify } },
          headers: { 'goc-purpose': 'health-care' },
        })
        return (await app.inject(request)).json()
      }
      const right = await ask({ name: person.name, birthdate: person.born })
      assert.equal(right.result, 'confirmed', JSON.stringify(right))
      const wrong = await ask({ name: person.name, birthdate: '1997-01-27' })
      assert.deepEqual(wrong, { result: 'not_confirmed' })
    } finally {
      await app.close()
      await kernel.close()
    }
  })
}
