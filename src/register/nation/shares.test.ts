import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { profile as vn } from '../../../profiles/vn/index.ts'
import { dayOf, dayText, FOREVER } from './days.ts'
import { nameOf } from './naming.ts'
import { type Made, makePart } from './part.ts'
import { FEMALE, MARRIED, NONE } from './people.ts'
import { planNation } from './plan.ts'
import type { NationSink } from './sink.ts'
import { tellPart } from './tell.ts'
import { Texts } from './telling.ts'
import { NOBODY } from './testing.ts'

describe('marginal shares of 200,000 persons of Viet Nam', () => {
  const plan = planNation(vn, { persons: 200_000, seed: 'shares' })
  const parts = plan.parts.map((part) => makePart(plan, part))
  const count = (is: (made: Made, person: number) => boolean): number => {
    let found = 0
    for (const made of parts) {
      for (let person = 0; person < made.people.count; person++) if (is(made, person)) found++
    }
    return found
  }
  const near = (value: number, wanted: number, tolerance: number): void =>
    assert.ok(Math.abs(value - wanted) <= tolerance, `${value} is not near ${wanted}`)
  const living = count(({ people }, person) => people.died.at(person) === FOREVER)

  test('no two numbers are alike', () => {
    const texts = new Texts(plan)
    const seen = new Set<string>()
    let told = 0
    const numbers: NationSink = {
      ...NOBODY,
      number(_person, number) {
        seen.add(number)
        told++
      },
    }
    for (const made of parts) tellPart(made, texts, numbers)
    assert.equal(seen.size, told)
    assert.ok(told >= 200_000)
  })

  test('ages follow the pyramid', () => {
    const { pyramid } = plan.demography
    const total = [...pyramid.male, ...pyramid.female].reduce((sum, one) => sum + one, 0)
    for (const [sex, bands] of [pyramid.male, pyramid.female].entries()) {
      for (const [band, weight] of bands.entries()) {
        const of = count(({ people }, person) => {
          const years = (plan.asOf - 1 - people.born.at(person)) / 365.2425
          return (
            people.died.at(person) === FOREVER &&
            people.sex.at(person) === sex &&
            Math.floor(years / 5) === band
          )
        })
        // Year-only births stand on 1 January, so the old move half a year up.
        near(of / living, weight / total, 0.0025)
      }
    }
  })

  test('as many live in each status as the table of women says', () => {
    const women = ({ people }: Made, person: number): boolean =>
      people.sex.at(person) === FEMALE && people.died.at(person) === FOREVER
    for (const [index, shares] of plan.demography.marital.female.entries()) {
      const to = plan.demography.marital.female[index + 1]?.fromAge ?? 200
      const isOfAge = ({ people }: Made, person: number): boolean => {
        const years = (plan.asOf - 1 - people.born.at(person)) / 365.2425
        return years >= shares.fromAge && years < to
      }
      const all = count((made, person) => women(made, person) && isOfAge(made, person))
      const married = count(
        (made, person) =>
          women(made, person) &&
          isOfAge(made, person) &&
          made.people.marital.at(person) === MARRIED,
      )
      near(married / all, shares.married / 1000, 0.06)
    }
  })

  test('Nguyễn is the name of about 30 in 100, as in large real lists', () => {
    const shares = new Map<string, number>()
    for (const made of parts) {
      for (let person = 0; person < made.people.count; person++) {
        const family = nameOf(made.draft, person).split(' ')[0] ?? ''
        shares.set(family, (shares.get(family) ?? 0) + 1)
      }
    }
    near((shares.get('Nguyễn') ?? 0) / 200_000, 0.29, 0.04)
    near((shares.get('Trần') ?? 0) / 200_000, 0.09, 0.03)
    near((shares.get('Lê') ?? 0) / 200_000, 0.085, 0.03)
  })

  test('peoples have the shares of their provinces', () => {
    const total = plan.population.provinces.reduce((sum, one) => sum + one.residents, 0)
    for (const [group, { id }] of plan.population.groups.entries()) {
      const wanted = plan.population.provinces.reduce((sum, province, at) => {
        const share = plan.provinces[at]?.groups.find((one) => one.group === group)?.share ?? 0
        return sum + share * province.residents
      }, 0)
      const found = count(({ people }, person) => people.group.at(person) === group)
      near(found / 200_000, wanted / total, 0.012 + (id === 'kinh' ? 0.01 : 0))
    }
  })

  test('people live where the profile says, though many were born elsewhere', () => {
    const residents = new Map<number, number>()
    let moved = 0
    for (const made of parts) {
      for (let person = 0; person < made.people.count; person++) {
        const now = plan.places[made.settler.placeOf(person, plan.asOf)]?.province ?? NONE
        residents.set(now, (residents.get(now) ?? 0) + 1)
        if (plan.places[made.people.bornAt.at(person)]?.province !== now) moved++
      }
    }
    const total = plan.population.provinces.reduce((sum, one) => sum + one.residents, 0)
    for (const [at, province] of plan.population.provinces.entries()) {
      near((residents.get(at) ?? 0) / 200_000, province.residents / total, 0.012)
    }
    near(moved / 200_000, 0.1, 0.05)
  })

  test('three generations live together in some households', () => {
    let households = 0
    let deep = 0
    let alone = 0
    for (const { people, members } of parts) {
      for (const list of members) {
        let size = 0
        let isDeep = false
        for (let at = 0; at < list.length; at++) {
          const person = list.at(at)
          if (people.died.at(person) !== FOREVER) continue
          size++
          const isHere = (other: number): boolean =>
            other !== NONE &&
            people.died.at(other) === FOREVER &&
            people.household.at(other) === people.household.at(person)
          const grandparents = [people.mother.at(person), people.father.at(person)]
            .filter(isHere)
            .flatMap((parent) => [people.mother.at(parent), people.father.at(parent)])
          isDeep = isDeep || grandparents.some(isHere)
        }
        if (size === 0) continue
        households++
        if (isDeep) deep++
        if (size === 1) alone++
      }
    }
    assert.ok(deep / households > 0.05, `${deep} of ${households}`)
    assert.ok(alone / households < 0.17, `${alone} of ${households}`)
    near(living / households, 3.5, 0.5)
  })

  test('it is true for its day', () => {
    assert.equal(dayText(plan.asOf), vn.population.asOf)
    assert.ok(plan.opened < dayOf('2025-07-01'))
  })
})
