import assert from 'node:assert/strict'
import test from 'node:test'
import { countryCodes, nationalities } from './countries.ts'
import { plainDay } from './time.ts'
import { isCode, wordsOf } from './words.ts'
import { addWorkingDays, isWorkingDay, workingDaysBetween } from './working-days.ts'

const words = { vi: 'nghỉ', en: 'rest', fr: 'repos' }
/** Rest on Sunday; a holiday on the first of each year; one Sunday worked for a Monday. */
const calendar = {
  weekend: [7],
  holidays: (year: number) => [{ day: plainDay(`${year}-01-01`), words }],
  swaps: [{ off: plainDay('2026-01-05'), worked: plainDay('2026-01-04') }],
} as const

test('the day a period begins is not counted (Civil Code 2015, art. 147)', () => {
  assert.equal(addWorkingDays(plainDay('2026-01-06'), 1, calendar), '2026-01-07')
  assert.equal(addWorkingDays(plainDay('2025-12-31'), 1, calendar), '2026-01-02')
})

test('weekly rest, holidays of two years and exchanged days are all minded', () => {
  assert.ok(!isWorkingDay(plainDay('2026-01-11'), calendar))
  assert.ok(!isWorkingDay(plainDay('2027-01-01'), calendar))
  assert.ok(isWorkingDay(plainDay('2026-01-04'), calendar))
  assert.ok(!isWorkingDay(plainDay('2026-01-05'), calendar))
  assert.equal(addWorkingDays(plainDay('2026-01-03'), 2, calendar), '2026-01-06')
})

test('working days are counted back as they are counted forth', () => {
  const [from, to] = [plainDay('2025-12-20'), plainDay('2026-01-20')]
  assert.equal(workingDaysBetween(from, to, calendar), 25)
  assert.equal(workingDaysBetween(to, from, calendar), -25)
  assert.equal(workingDaysBetween(from, from, calendar), 0)
})

test('a number of days that cannot be is a bug of the caller', () => {
  for (const n of [-1, 1.5, 10_001, Number.NaN]) {
    assert.throws(() => addWorkingDays(plainDay('2026-01-06'), n, calendar), RangeError)
  }
})

test('every country has one alpha-3 code and a name in each language', () => {
  assert.equal(countryCodes.length, 249)
  const own = { code: 'FRA', words: { vi: 'Pháp', en: 'France (own)', fr: 'France' } }
  const list = nationalities([own])
  assert.equal(list.length, 249 + 2)
  assert.equal(list[0], own)
  assert.equal(new Set(list.map(({ code }) => code)).size, list.length)
  assert.equal(wordsOf(list, 'VNM').en, 'Vietnam')
  assert.ok(isCode(list, 'XXA') && !isCode(list, 'ZZZ'))
  assert.equal(wordsOf(list, 'ZZZ').fr, 'ZZZ', 'an unknown code is shown, not hidden')
})
