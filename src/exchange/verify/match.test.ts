import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { profile as demo } from '../../../profiles/demo/index.ts'
import { profile as vn } from '../../../profiles/vn/index.ts'
import { type PartialDay, plainDay } from '../../kernel/index.ts'
import { ATTRIBUTES, type Attribute, IDENTIFIERS, type Identifier } from '../types.ts'
import { type FactTriple, heldFrom, kindsFor } from './held.ts'
import { answerOf, type Held, isIdentified, type Verdict, verdictOf } from './match.ts'

const COMMUNE = { id: '26773@2025-07-01', code: '26773', name: 'Dĩ An' }
const PROVINCE = { id: '79@2025-07-01', code: '79', name: 'Thành phố Hồ Chí Minh' }
const HELD: Held = {
  name: 'Nguyễn Hoà Bình',
  birthdate: '1997-01-26' as PartialDay,
  sex: 'female',
  birthPlace: [COMMUNE, PROVINCE],
  nationalities: ['VNM', 'FRA'],
  ethnicity: 'kinh',
  maritalStatus: 'single',
  residence: [COMMUNE, PROVINCE],
  address: '12 Đường  Số 3',
  oldNumbers: ['024681012', '280123456'],
  alive: true,
}
const EMPTY: Held = {
  ...HELD,
  name: null,
  birthdate: null,
  sex: null,
  birthPlace: [],
  nationalities: [],
  ethnicity: null,
  maritalStatus: null,
  residence: [],
  address: null,
  oldNumbers: [],
}
const say = (attribute: Attribute, claim: string | string[], close = true, held = HELD): Verdict =>
  verdictOf({ attribute, claim }, held, { names: vn.names, close })

describe('an attribute', () => {
  test('is compared as its kind demands', () => {
    const cases: readonly (readonly [Attribute, string | string[], Verdict])[] = [
      ['name', 'NGUYỄN HOÀ BÌNH', 'match'],
      ['name', 'Nguyễn Hòa Bình', 'match'],
      ['name', 'Nguyễn Hoà Bình'.normalize('NFD'), 'match'],
      ['name', 'Nguyen Hoa Binh', 'close'],
      ['name', 'Nguyễn Hoá Bình', 'no_match'],
      ['name', 'Nguyễn Bình', 'no_match'],
      ['given_name', 'Bình', 'match'],
      ['given_name', 'Hoà', 'no_match'],
      ['family_name', 'nguyễn', 'match'],
      ['birthdate', '1997-01-26', 'match'],
      ['birthdate', '1997-01', 'close'],
      ['birthdate', '1997', 'close'],
      ['birthdate', '1997-26-01', 'no_match'],
      ['birthdate', '1997-01-01', 'no_match'],
      ['sex', 'female', 'match'],
      ['sex', 'male', 'no_match'],
      ['birth_place', '79', 'match'],
      ['birth_place', 'dĩ an', 'match'],
      ['nationalities', ['FRA'], 'match'],
      ['nationalities', ['FRA', 'VNM'], 'match'],
      ['nationalities', ['VNM', 'DEU'], 'no_match'],
      ['ethnicity', 'kinh', 'match'],
      ['marital_status', 'married', 'no_match'],
      ['resident_city', '26773', 'match'],
      ['resident_city', '26773@2025-07-01', 'match'],
      ['resident_city', '26773@1999-01-01', 'no_match'],
      ['resident_city', '79', 'no_match'],
      ['resident_state', '79', 'match'],
      ['resident_state', '26773', 'no_match'],
      ['resident_address', '12 đường số 3 ', 'match'],
      ['resident_address', '12 Duong So 3', 'no_match'],
      ['old_number', '280123456', 'match'],
      ['old_number', '280123457', 'no_match'],
    ]
    for (const [attribute, claim, verdict] of cases) {
      assert.equal(say(attribute, claim), verdict, `${attribute}: ${claim}`)
    }
  })

  test('that the register does not hold is not_held, whatever is claimed', () => {
    for (const attribute of ATTRIBUTES) {
      const claim = attribute === 'nationalities' ? ['VNM'] : 'anything'
      assert.equal(say(attribute, claim, true, EMPTY), 'not_held', attribute)
    }
  })

  test('is close only where that was agreed; otherwise it does not match', () => {
    assert.equal(say('name', 'Nguyen Hoa Binh', false), 'no_match')
    assert.equal(say('birthdate', '1997', false), 'no_match')
  })

  test('known to the register only by year agrees with any day of it, closely', () => {
    const held = { ...HELD, birthdate: '1945' as PartialDay }
    assert.equal(say('birthdate', '1945', true, held), 'match')
    assert.equal(say('birthdate', '1945-01-01', true, held), 'close')
    assert.equal(say('birthdate', '1946-01-01', true, held), 'no_match')
  })
})

describe('a person is identified', () => {
  const verdict = fc.constantFrom<Verdict>('match', 'close', 'no_match', 'not_held')
  const verdicts = fc
    .dictionary(fc.constantFrom(...IDENTIFIERS), verdict)
    .map((record) => new Map(Object.entries(record) as [Identifier, Verdict][]))
  const agreeing = (map: ReadonlyMap<Identifier, Verdict>) =>
    [...map].filter(([, one]) => one === 'match' || one === 'close').map(([name]) => name)

  test('by at least two agreeing claims, one of them name or birth date, one exact', () => {
    fc.assert(
      fc.property(verdicts, (map) => {
        const names = agreeing(map)
        const enough =
          names.length >= 2 &&
          (names.includes('name') || names.includes('birthdate')) &&
          [...map.values()].includes('match')
        assert.equal(isIdentified(map, 'two'), enough)
        assert.equal(isIdentified(map, 'all'), enough && names.length === map.size)
      }),
    )
  })

  test('no more easily by adding a claim that does not agree', () => {
    fc.assert(
      fc.property(verdicts, fc.constantFrom(...IDENTIFIERS), (map, name) => {
        const worse = new Map([...map, [name, 'no_match' as const]])
        if (isIdentified(worse, 'all')) assert.fail('a contradiction was overlooked')
        if (isIdentified(worse, 'two')) assert.ok(isIdentified(map, 'two'))
      }),
    )
  })
})

describe('a predicate', () => {
  const TODAY = plainDay('2026-10-16')
  const ask = (
    predicate: Parameters<typeof answerOf>[0]['predicate'],
    asked: string | true = true,
  ) => answerOf({ predicate, asked }, HELD, TODAY)

  test('of age is true from the birthday on (ISO/IEC 18013-5 section 7.2.5)', () => {
    const at = (born: string, day: string) =>
      answerOf(
        { predicate: 'age_over_18', asked: true },
        { ...HELD, birthdate: born as PartialDay },
        plainDay(day),
      )
    assert.equal(at('2008-10-16', '2026-10-15'), false)
    assert.equal(at('2008-10-16', '2026-10-16'), true)
    assert.equal(at('2008', '2026-10-16'), 'not_held')
    assert.equal(at('2007', '2026-01-01'), true)
    assert.equal(at('2009', '2026-12-31'), false)
  })

  test('of life and residence is plain, and unknown where nothing is held', () => {
    assert.equal(ask('alive'), true)
    assert.equal(
      answerOf({ predicate: 'alive', asked: true }, { ...HELD, alive: false }, TODAY),
      false,
    )
    assert.equal(ask('resides_in', '26773'), true)
    assert.equal(ask('resides_in', '79@2025-07-01'), true)
    assert.equal(ask('resides_in', '01'), false)
    const nowhere = answerOf({ predicate: 'resides_in', asked: '79' }, EMPTY, TODAY)
    assert.equal(nowhere, 'not_held')
  })
})

describe('what is held', () => {
  const facts: readonly FactTriple[] = [
    ['name', '', { full: 'Lê Thị Hồng' }],
    ['birth', '', { on: '1950', place: { text: 'Huế' } }],
    ['permanent', '', { unit: COMMUNE.id, address: 'Số 1' }],
    ['nationality', 'VNM', 'VNM'],
    ['death', '', { on: '2020-01-01', kind: 'death' }],
  ]
  const unitsAbove = (id: string) => (id === COMMUNE.id ? [COMMUNE, PROVINCE] : [])

  test('is read from the facts of the register', () => {
    const held = heldFrom(facts, unitsAbove)
    assert.equal(held.name, 'Lê Thị Hồng')
    assert.equal(held.birthdate, '1950')
    assert.deepEqual(held.residence, [COMMUNE, PROVINCE])
    assert.equal(held.birthPlace[0]?.name, 'Huế')
    assert.equal(held.alive, false)
    assert.equal(held.sex, null)
  })

  test('of a protected person has no residence', () => {
    const held = heldFrom([...facts, ['protected', '', { reason: 'witness' }]], unitsAbove)
    assert.deepEqual([held.residence, held.address], [[], null])
  })

  test('only the kinds that are asked about are read', () => {
    assert.deepEqual(kindsFor(['name', 'age_over_18']), ['birth', 'merged', 'name', 'protected'])
    assert.deepEqual(kindsFor(['resides_in', 'resident_city', 'alive']), [
      'death',
      'merged',
      'permanent',
      'protected',
    ])
  })
})

test('another country compares names by its own rules', () => {
  const rules = { names: demo.names, close: true }
  const held = { ...HELD, name: 'Ana Veloso' }
  assert.equal(verdictOf({ attribute: 'name', claim: 'ana veloso' }, held, rules), 'match')
  assert.equal(verdictOf({ attribute: 'name', claim: 'Ana Velosa' }, held, rules), 'no_match')
})
