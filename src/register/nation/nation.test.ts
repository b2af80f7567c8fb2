import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { profile as demo } from '../../../profiles/demo/index.ts'
import { profile as vn } from '../../../profiles/vn/index.ts'
import type { Profile } from '../../kernel/profile.ts'
import { type Made, makePart } from './part.ts'
import { DIVORCED, FEMALE, MALE, MARRIED, NONE } from './people.ts'
import { type Plan, planNation } from './plan.ts'
import { tellPart } from './tell.ts'
import { Texts } from './telling.ts'
import { digestOf, Recorder } from './testing.ts'

const PERSONS = 12_000
const profiles: readonly Profile[] = [vn, demo]

for (const profile of profiles) {
  describe(`a nation of the profile ${profile.id}`, () => {
    const plan = planNation(profile, { persons: PERSONS, seed: 'a test' })
    const texts = new Texts(plan)
    let parts: Made[] = []
    let told: Recorder[] = []

    before(() => {
      parts = plan.parts.map((part) => makePart(plan, part))
      told = parts.map((made) => tellInto(new Recorder(made), texts))
    })

    test('has exactly as many persons as were asked for', () => {
      assert.equal(
        parts.reduce((sum, made) => sum + made.people.count, 0),
        PERSONS,
      )
    })

    test('is the same again from the same seed, in whatever order its parts are made', () => {
      const again = [...plan.parts].reverse().map((part) => tellAgain(plan, part.index))
      assert.deepEqual(again.reverse(), told.map(digestOf))
    })

    test('is another from another seed', () => {
      const other = planNation(profile, { persons: PERSONS, seed: 'another' })
      const [first] = told
      assert.ok(first !== undefined)
      assert.notEqual(tellAgain(other, 0), digestOf(first))
    })

    test('mothers are at least 15 years older than their children and were alive at the birth', () => {
      let children = 0
      for (const { people } of parts) {
        for (let child = 0; child < people.count; child++) {
          const mother = people.mother.at(child)
          if (mother === NONE) continue
          children++
          const born = people.born.at(child)
          assert.equal(people.sex.at(mother), FEMALE)
          assert.ok(born - people.born.at(mother) >= 15 * 365.25)
          assert.ok(born - people.born.at(mother) <= 47 * 365.25)
          assert.ok(people.died.at(mother) > born)
        }
      }
      assert.ok(children > PERSONS / 2)
    })

    test('fathers are men old enough, married to the mother', () => {
      for (const { people } of parts) {
        for (let child = 0; child < people.count; child++) {
          const father = people.father.at(child)
          if (father === NONE) continue
          assert.equal(people.sex.at(father), MALE)
          assert.ok(people.born.at(child) - people.born.at(father) >= 15 * 365.25)
          const mother = people.mother.at(child)
          if (mother !== NONE) assert.equal(people.spouse.at(mother), father)
        }
      }
    })

    test('marriage is mutual, of age, and of one man with one woman', () => {
      const { marriage } = profile.ages
      let couples = 0
      for (const { people } of parts) {
        for (let person = 0; person < people.count; person++) {
          const spouse = people.spouse.at(person)
          if (people.marital.at(person) === MARRIED) assert.notEqual(spouse, NONE)
          if (spouse === NONE) continue
          couples++
          assert.equal(people.spouse.at(spouse), person)
          assert.notEqual(people.sex.at(spouse), people.sex.at(person))
          const wed = people.wed.at(person)
          assert.equal(people.wed.at(spouse), wed)
          const least = people.sex.at(person) === FEMALE ? marriage.female : marriage.male
          assert.ok(wed - people.born.at(person) >= Math.floor(least * 365.24))
          if (people.marital.at(person) !== DIVORCED) continue
          assert.equal(people.marital.at(spouse), DIVORCED)
          assert.equal(people.parted.at(spouse), people.parted.at(person))
        }
      }
      assert.ok(couples > PERSONS * 0.4)
    })

    test('nobody is the own ancestor', () => {
      for (const { people } of parts) {
        for (let person = 0; person < people.count; person++) {
          for (const parent of [people.mother.at(person), people.father.at(person)]) {
            if (parent !== NONE) assert.ok(people.born.at(parent) < people.born.at(person))
          }
        }
      }
    })

    test('a household has exactly one head on each day, a member of it on that day', () => {
      let homes = 0
      for (const { people, households } of parts) {
        for (let household = 0; household < households.count; household++) {
          const heads = households.heads[household] ?? []
          if (heads.length === 0) continue
          homes++
          assert.equal(heads[1], households.founded.at(household))
          for (let turn = 0; 2 * turn < heads.length; turn++) {
            const head = heads[2 * turn] ?? NONE
            const from = heads[2 * turn + 1] ?? 0
            const to = heads[2 * turn + 3] ?? households.ended.at(household)
            assert.ok(from < to)
            assert.equal(people.household.at(head), household)
            assert.ok(people.joined.at(head) <= from && people.died.at(head) >= to)
          }
        }
      }
      assert.ok(homes > PERSONS / 5)
    })

    test('children live in their mother’s household from birth, or from the day she came', () => {
      for (const { people } of parts) {
        for (let child = 0; child < people.count; child++) {
          const mother = people.mother.at(child)
          const isSmall = people.born.at(child) > plan.asOf - 17 * 365
          if (mother === NONE || !isSmall || people.household.at(child) === NONE) continue
          if (people.household.at(child) !== people.household.at(mother)) continue
          const day = Math.max(people.born.at(child), people.joined.at(mother))
          assert.equal(people.joined.at(child), day)
        }
      }
    })

    test('every member has one relation on each day of membership, and only heads are heads', () => {
      for (const record of told) record.checkMemberships()
    })

    test('kinship is told on both sides', () => {
      for (const record of told) record.checkKinship()
    })

    test('believed facts never overlap at any moment of the record', () => {
      for (const record of told) record.checkBelief()
    })

    test('nothing begins before birth or after the day the nation is true for', () => {
      for (const record of told) record.checkDays()
    })

    test('values are codes of the profile and units of their day', () => {
      for (const record of told) record.checkValues()
    })

    test('names are what the profile calls names, and are found by their folded words', () => {
      for (const record of told) record.checkNames()
    })

    test('numbers are valid, of the reserved range, and say the truth', () => {
      const seen = new Set<string>()
      for (const record of told) record.checkNumbers(seen)
      assert.ok(seen.size >= PERSONS)
    })

    test('there are dead, widowed and divorced, temporary residents, and people without a home', () => {
      const kinds = new Map<string, number>()
      for (const record of told) record.countKinds(kinds)
      for (const kind of ['death', 'temporary', 'current', 'absence', 'household', 'blood']) {
        assert.ok((kinds.get(kind) ?? 0) > 20, `${kind}: ${kinds.get(kind)}`)
      }
      for (const status of ['single', 'married', 'widowed', 'divorced']) {
        assert.ok((kinds.get(`marital ${status}`) ?? 0) > 100, status)
      }
    })
  })
}

function tellInto(record: Recorder, texts: Texts): Recorder {
  tellPart(record.made, texts, record)
  return record
}

function tellAgain(plan: Plan, index: number): string {
  const part = plan.parts[index]
  assert.ok(part !== undefined)
  return digestOf(tellInto(new Recorder(makePart(plan, part)), new Texts(plan)))
}

test('a nation that cannot be is refused', () => {
  assert.throws(() => planNation(vn, { persons: 0, seed: '1' }), RangeError)
  assert.throws(() => planNation(vn, { persons: 1e9, seed: '1' }), RangeError)
  assert.throws(() => planNation(vn, { persons: 1000.5, seed: '1' }), RangeError)
  assert.throws(() => planNation(vn, { persons: 1000, seed: '1', asOf: '2019-01-01' }), RangeError)
})
