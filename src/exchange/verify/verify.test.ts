import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { addPerson, COMMUNE } from '../testing.ts'
import { type Bed, IDENTIFY, NOBODY, NUMBER, openBed, PERSON, UNTOLD } from './testing.ts'

let bed: Bed
before(async () => {
  bed = await openBed()
})
after(() => bed.close())

describe('a person who is confirmed', () => {
  test('has a word for each attribute and never a value', async () => {
    const { response, body } = await bed.verify({
      identify: IDENTIFY,
      attributes: { sex: 'male', given_name: 'Xuân', resident_city: '26773', resident_state: '01' },
      predicates: { age_over_18: true, alive: true, resides_in: '79' },
    })
    assert.equal(response.statusCode, 200, response.body)
    const { pseudonym, ...answer } = body
    assert.match(pseudonym, /^[A-Za-z0-9_-]{22}$/)
    assert.deepEqual(answer, {
      result: 'confirmed',
      attributes: {
        sex: 'no_match',
        given_name: 'match',
        resident_city: 'match',
        resident_state: 'no_match',
        name: 'match',
        birthdate: 'match',
      },
      predicates: { age_over_18: true, alive: true, resides_in: true },
    })
    assert.ok(!response.body.includes(bed.personId))
  })

  test('is confirmed by the old number and the place as well', async () => {
    for (const more of [
      { birthdate: PERSON.born, old_number: '000012345' },
      { name: 'NGUYỄN TUẤN XUÂN', resident_city: 'Dĩ An' },
      { ...IDENTIFY, resident_city: COMMUNE, old_number: '000 012 345' },
    ]) {
      const identify = { personal_administrative_number: NUMBER, ...more }
      const { body } = await bed.verify({ identify })
      assert.equal(body.result, 'confirmed', JSON.stringify(more))
    }
  })

  test('has one pseudonym with an agency, another with the next, also at first use by many', async () => {
    const agency = await bed.newAgency()
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => bed.verify({ identify: IDENTIFY }, { agency })),
    )
    const known = new Set(answers.map(({ body }) => body.pseudonym))
    assert.equal(known.size, 1)
    const elsewhere = await bed.verify({ identify: IDENTIFY })
    assert.ok(!known.has(elsewhere.body.pseudonym))
  })

  test('is answered for from the record into which a duplicate was merged', async () => {
    const duplicate = '079097375972'
    await addPerson(bed.kernel, {
      ...PERSON,
      number: duplicate,
      mergedInto: bed.personId,
      oldNumbers: [],
    })
    const identify = {
      ...IDENTIFY,
      personal_administrative_number: duplicate,
      name: 'Nguyễn Tuấn Xuân',
    }
    const agency = await bed.newAgency()
    const merged = await bed.verify({ identify }, { agency })
    assert.equal(merged.body.result, 'confirmed')
    assert.equal((await bed.lastEvent()).row.person_id, bed.personId)
    const older = '079097375974'
    const [between] = await bed.kernel.owner<{ id: string }>(
      'select person_id as id from register.number where number = $1',
      [duplicate],
    )
    await addPerson(bed.kernel, { number: older, mergedInto: between?.id ?? '' })
    const twice = await bed.verify(
      { identify: { ...identify, personal_administrative_number: older } },
      { agency },
    )
    assert.equal(twice.body.pseudonym, merged.body.pseudonym)
    const survivor = await bed.verify({ identify: IDENTIFY }, { agency })
    assert.equal(survivor.body.pseudonym, merged.body.pseudonym)
  })
})

describe('the one answer to whoever is not confirmed', () => {
  test('does not depend on the cause, whatever was asked beside', async () => {
    const hidden = '079097375973'
    await addPerson(bed.kernel, { ...PERSON, number: hidden, oldNumbers: [], isProtected: true })
    const more = {
      attributes: { sex: 'female', nationalities: ['VNM'] },
      predicates: { alive: true, age_over_18: true },
    }
    const cases: Readonly<Record<string, object>> = {
      'no such person': { ...IDENTIFY, personal_administrative_number: NOBODY },
      'another name': { ...IDENTIFY, name: 'Trần Văn Khác' },
      'another birth date': { ...IDENTIFY, birthdate: '1997-01-27' },
      'one of three wrong': { ...IDENTIFY, resident_city: '26774' },
      'a protected residence': {
        personal_administrative_number: hidden,
        name: PERSON.name,
        resident_city: '26773',
      },
      'neither name nor birth date': {
        personal_administrative_number: NUMBER,
        resident_city: '26773',
        old_number: '000012345',
      },
      'a name without accents where close is not agreed': { ...IDENTIFY, name: 'Nguyen Tuan Xuan' },
    }
    const headers: string[] = []
    for (const [cause, identify] of Object.entries(cases)) {
      const agency = await bed.newAgency()
      const { response } = await bed.verify({ identify, ...more }, { agency })
      assert.equal(response.statusCode, 200, cause)
      assert.equal(response.body, UNTOLD, cause)
      const { 'goc-receipt': _, date: __, ...rest } = response.headers
      headers.push(JSON.stringify(rest))
    }
    assert.equal(new Set(headers).size, 1)
  })

  test('is given outside the scope of the agreement too', async () => {
    const scoped = async (scope: object) =>
      (await bed.verify({ identify: IDENTIFY }, { agency: await bed.newAgency({ scope }) }))
        .response.body
    assert.equal(await scoped({ kind: 'unit', unit: '26774@2025-07-01' }), UNTOLD)
    assert.notEqual(await scoped({ kind: 'unit', unit: '79@2025-07-01' }), UNTOLD)
    assert.equal(await scoped({ kind: 'own-clients' }), UNTOLD)
    assert.equal(await scoped({ kind: 'consented' }), UNTOLD)
  })

  test('is not a second sooner than the floor', async () => {
    const began = performance.now()
    await bed.verify({ identify: { ...IDENTIFY, personal_administrative_number: NOBODY } })
    assert.ok(performance.now() - began >= 24)
  })
})

test('where close is agreed, one exact match beside it identifies, two close ones do not', async () => {
  const agency = await bed.newAgency({ close: true })
  const identify = { ...IDENTIFY, name: 'Nguyen Tuan Xuan' }
  const { body } = await bed.verify({ identify }, { agency })
  assert.equal(body.attributes.name, 'close')
  const both = await bed.verify({ identify: { ...identify, birthdate: '1997' } }, { agency })
  assert.equal(both.response.body, UNTOLD)
})
