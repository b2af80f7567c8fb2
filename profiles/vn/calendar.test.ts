import assert from 'node:assert/strict'
import test from 'node:test'
import { addDays, plainDay, weekdayOf } from '../../src/kernel/time.ts'
import { addWorkingDays, isWorkingDay } from '../../src/kernel/working-days.ts'
import { calendar } from './calendar.ts'
import { lunarDay } from './lunar.ts'

test('the first day of Tết, where the calendars of Việt Nam and of China part too', () => {
  const tet = `1968-01-29 1969-02-16 1985-01-21 2007-02-17 2020-01-25 2021-02-12 2022-02-01
2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-02
2053-02-18`
  for (const day of tet.split(/\s+/)) assert.equal(lunarDay(Number(day.slice(0, 4)), 1, 1), day)
})

test('the tenth of the third month, behind a leap second month in 2023', () => {
  const days = `2020-04-02 2021-04-21 2022-04-10 2023-04-29 2024-04-18 2025-04-07 2026-04-26
2027-04-16`
  for (const day of days.split(/\s+/)) assert.equal(lunarDay(Number(day.slice(0, 4)), 3, 10), day)
})

/** Weekdays off, as the yearly notices to the State's offices gave them. */
const NOTICES: Readonly<Record<string, string>> = {
  2021: '01-01 02-10 02-11 02-12 02-15 02-16 04-21 04-30 05-03 09-02 09-03',
  2022: '01-03 01-31 02-01 02-02 02-03 02-04 04-11 05-02 05-03 09-01 09-02',
  2023: '01-02 01-20 01-23 01-24 01-25 01-26 05-01 05-02 05-03 09-01 09-04',
  2024: '01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03',
  2025: '01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02',
  2026: '01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24',
}

test('working days are those of the yearly notices (Labour Code 2019, art. 111, 112)', () => {
  for (const [year, notice] of Object.entries(NOTICES)) {
    const off: string[] = []
    for (let day = plainDay(`${year}-01-01`); day.startsWith(year); day = addDays(day, 1)) {
      if (weekdayOf(day) < 6 && !isWorkingDay(day, calendar)) off.push(day.slice(5))
    }
    assert.equal(off.join(' '), notice, year)
  }
})

test('a Saturday is worked for a Friday or Monday that was exchanged', () => {
  for (const day of ['2024-05-04', '2025-04-26', '2026-01-10', '2026-08-22']) {
    assert.ok(isWorkingDay(plainDay(day), calendar), day)
  }
})

test('Culture Day is kept from 2026 on and not made up for on a Saturday', () => {
  assert.ok(isWorkingDay(plainDay('2025-11-24'), calendar))
  assert.ok(!isWorkingDay(plainDay('2027-11-24'), calendar))
  assert.equal(weekdayOf(plainDay('2029-11-24')), 6)
  assert.ok(isWorkingDay(plainDay('2029-11-26'), calendar))
})

test('seven working days from the eve of Tết 2026 end after the holiday', () => {
  assert.equal(addWorkingDays(plainDay('2026-02-13'), 7, calendar), '2026-03-03')
  assert.equal(addWorkingDays(plainDay('2026-02-14'), 0, calendar), '2026-02-23')
})
