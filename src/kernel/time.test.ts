import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { Refusal } from './refusal.ts'
import {
  addDays,
  addMonths,
  addMs,
  addYears,
  ageOn,
  agrees,
  compare,
  dayOf,
  dayOfEpoch,
  daysBetween,
  earliest,
  epochDay,
  instant,
  isPartialDay,
  latest,
  type PartialDay,
  type PlainDay,
  partialDay,
  plainDay,
  readDay,
  startOf,
  weekdayOf,
} from './time.ts'

const day = fc.integer({ min: epochDay(plainDay('1800-01-01')), max: 60_000 }).map(dayOfEpoch)
const partial = fc
  .tuple(day, fc.constantFrom(4, 7, 10))
  .map(([full, length]) => full.slice(0, length) as PartialDay)

test('a day that is not in the calendar is refused', () => {
  for (const text of [
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '0000-01-01',
    '26',
    '',
  ]) {
    assert.throws(() => plainDay(text), Refusal, text)
  }
  assert.throws(() => plainDay('2026-10'), Refusal, 'a month is no day')
  assert.equal(plainDay('2024-02-29'), '2024-02-29')
})

test('a partial day is a year, a month or a day', () => {
  for (const text of ['1950', '1950-06', '1950-06-30']) assert.equal(partialDay(text), text)
  for (const text of ['50', '1950-', '1950-6', '1950-06-31', '1950-06-3', '1950/06']) {
    assert.throws(() => partialDay(text), Refusal, text)
  }
})

test('a moment is in UTC, with milliseconds', () => {
  assert.equal(instant('2026-10-16T03:04:05.678Z'), '2026-10-16T03:04:05.678Z')
  for (const text of ['2026-10-16T03:04:05Z', '2026-10-16', '2026-02-30T00:00:00.000Z']) {
    assert.throws(() => instant(text), Refusal, text)
  }
  assert.equal(addMs(instant('2026-12-31T23:59:59.999Z'), 1), '2027-01-01T00:00:00.000Z')
})

test('days are counted as Date counts them', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -40_000, max: 40_000 }), (from, days) => {
      const expected = new Date(Date.parse(`${from}T00:00:00Z`) + days * 86_400_000)
      assert.equal(addDays(from, days), expected.toISOString().slice(0, 10))
      assert.equal(daysBetween(from, addDays(from, days)), days)
      assert.equal(weekdayOf(from), new Date(`${from}T00:00:00Z`).getUTCDay() || 7)
    }),
  )
})

test('a month that lacks the day ends the period on its last day (Civil Code 2015, art. 148)', () => {
  assert.equal(addMonths(plainDay('2026-01-31'), 1), '2026-02-28')
  assert.equal(addMonths(plainDay('2024-01-31'), 1), '2024-02-29')
  assert.equal(addMonths(plainDay('2026-03-31'), -1), '2026-02-28')
  assert.equal(addMonths(plainDay('2026-11-15'), 3), '2027-02-15')
  assert.equal(addYears(plainDay('2024-02-29'), 1), '2025-02-28')
})

test('age n is reached on the n-th birthday and not the day before', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 120 }), (born, years) => {
      const birthday = addYears(born, years)
      assert.deepEqual(ageOn(born, birthday), { least: years, most: years })
      assert.equal(ageOn(born, addDays(birthday, -1)).most, years - 1)
    }),
  )
})

test('the age of someone born in a known year alone is a range', () => {
  const on = plainDay('2026-07-01')
  assert.deepEqual(ageOn(partialDay('1950'), on), { least: 75, most: 76 })
  assert.deepEqual(ageOn(partialDay('1950-07'), on), { least: 75, most: 76 })
  assert.deepEqual(ageOn(partialDay('2026'), on), { least: 0, most: 0 })
  assert.ok(ageOn(partialDay('2027'), on).most < 0, 'not born yet')
})

test('the true age lies in the range of the partial birth day', () => {
  fc.assert(
    fc.property(day, day, fc.constantFrom(4, 7), (born, on, length) => {
      fc.pre(born <= on)
      const { least, most } = ageOn(born.slice(0, length) as PartialDay, on)
      const truth = ageOn(born, on).most
      assert.ok(least <= truth && truth <= most)
    }),
  )
})

test('a partial day spans from its earliest to its latest day, and agrees with all between', () => {
  fc.assert(
    fc.property(partial, (some) => {
      assert.ok(earliest(some) <= latest(some))
      for (const inside of [earliest(some), latest(some)]) assert.ok(agrees(some, inside))
      assert.ok(!agrees(some, addDays(latest(some), 1)))
      assert.ok(!agrees(some, addDays(earliest(some), -1)))
    }),
  )
  assert.equal(latest(partialDay('2024-02')), '2024-02-29')
  assert.equal(agrees(partialDay('1997'), partialDay('1997-05')), true)
  assert.equal(agrees(partialDay('1997-05'), partialDay('1997-06-01')), false)
})

test('days sort by time, the less precise first', () => {
  const sorted = ['1997', '1997-01', '1997-01-01', '1997-02', '1998']
  assert.deepEqual(
    [...sorted].reverse().sort((a, b) => compare(partialDay(a), partialDay(b))),
    sorted,
  )
})

test('days are read as people write them, day before month', () => {
  const cases: Record<string, string | null> = {
    '16/10/2026': '2026-10-16',
    '1.5.1997': '1997-05-01',
    '01-05-1997': '1997-05-01',
    '2026-10-16': '2026-10-16',
    '2026/10/16': '2026-10-16',
    '16102026': '2026-10-16',
    ' 16/10/2026 ': '2026-10-16',
    '10/2026': '2026-10',
    '2026-10': '2026-10',
    '1950': '1950',
    '00/00/1950': '1950',
    '00/06/1950': '1950-06',
    '1950-00-00': '1950',
    '31/02/1950': null,
    '13/13/1950': null,
    '5/0/1950': null,
    '16/10/26': null,
    yesterday: null,
    '': null,
  }
  for (const [text, read] of Object.entries(cases)) assert.equal(readDay(text), read, text)
})

test('whatever is read is a day or nothing', () => {
  const written = fc.stringMatching(/^[0-9]{0,4}[/.-]?[0-9]{0,2}[/.-]?[0-9]{0,4}$/)
  fc.assert(
    fc.property(written, (text) => {
      const read = readDay(text)
      assert.ok(read === null || isPartialDay(read), text)
    }),
  )
})

test('a moment falls on the day of the place, and a day begins at its midnight', () => {
  assert.equal(dayOf(instant('2026-10-15T17:00:00.000Z'), 'Asia/Ho_Chi_Minh'), '2026-10-16')
  assert.equal(dayOf(instant('2026-10-15T16:59:59.999Z'), 'Asia/Ho_Chi_Minh'), '2026-10-15')
  assert.equal(startOf(plainDay('2026-10-16'), 'Asia/Kathmandu'), '2026-10-15T18:15:00.000Z')
  assert.equal(startOf(plainDay('0001-01-02'), 'UTC'), '0001-01-02T00:00:00.000Z')
  assert.equal(
    dayOf(startOf(plainDay('0987-06-05'), 'Asia/Ho_Chi_Minh'), 'Asia/Ho_Chi_Minh'),
    '0987-06-05',
  )
  for (const zone of ['Asia/Ho_Chi_Minh', 'Asia/Kathmandu', 'Europe/Paris', 'Pacific/Apia']) {
    for (const text of ['2026-03-29', '2026-10-25', '2026-01-01'] as PlainDay[]) {
      const start = startOf(text, zone)
      assert.equal(dayOf(start, zone), text, `${zone} ${text}`)
      assert.equal(dayOf(addMs(start, -1), zone), addDays(text, -1), `${zone} ${text}`)
    }
  }
})
