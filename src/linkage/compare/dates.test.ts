import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { dayReader, digitsOf, MISSING_DAY, UNREADABLE_DAY } from './dates.ts'

const read = (text: string, format: string | null = null, others: readonly string[] = []) =>
  dayReader(format, [text, ...others])(text)

test('formats: the parts are where the format says', () => {
  const day = digitsOf(1984, 3, 7)
  assert.equal(day, 0x19840307)
  assert.equal(read('1984-03-07', 'yyyy-mm-dd'), day)
  assert.equal(read('07/03/1984', 'dd/mm/yyyy'), day)
  assert.equal(read('03/07/1984', 'mm/dd/yyyy'), day)
  assert.equal(read('3/7/84', 'm/d/yy'), day)
  assert.equal(read('19840307', 'yyyymmdd'), day)
  assert.equal(read('07031984', 'ddmmyyyy'), day)
  // A spreadsheet took the first zero.
  assert.equal(read('7031984', 'ddmmyyyy'), day)
  assert.equal(read('19840307', 'YYYYMMDD'), day)
  assert.equal(read('1984-03-07', 'dd/mm/yyyy'), day)
})

test('without a format the field itself tells day from month', () => {
  const march = digitsOf(1984, 3, 7)
  const july = digitsOf(1984, 7, 3)
  assert.equal(read('03/07/1984', null, ['25/12/1990']), july)
  assert.equal(read('03/07/1984', null, ['12/25/1990']), march)
  assert.equal(read('7.3.1984'), march)
})

test('parts that are not known are 00', () => {
  assert.equal(read('1984'), digitsOf(1984, 0, 0))
  assert.equal(read('1984-03'), digitsOf(1984, 3, 0))
  assert.equal(read('03/1984'), digitsOf(1984, 3, 0))
  assert.equal(read('198403'), digitsOf(1984, 3, 0))
  assert.equal(read('1984-00-00'), digitsOf(1984, 0, 0))
  // Columns of year, month and day joined, some of them empty.
  assert.equal(read('1984-3-'), digitsOf(1984, 3, 0))
  assert.equal(read('1984--'), digitsOf(1984, 0, 0))
  assert.equal(read('--'), UNREADABLE_DAY)
  assert.equal(read('0000-00-00'), MISSING_DAY)
})

test('a day that cannot be stays as written where a slip explains it, else it is unreadable', () => {
  assert.equal(read('1990-13-05'), digitsOf(1990, 13, 5))
  for (const text of ['12345', 'born in may', '31.5', '1984-03-07-01', '123456789', '12-1999999']) {
    assert.equal(read(text), UNREADABLE_DAY, text)
  }
  assert.equal(read('1916721', 'yyyymmdd'), digitsOf(1916, 0, 0))
})

test('the month may have a name', () => {
  const day = digitsOf(1984, 3, 7)
  for (const text of ['7 Mar 1984', 'March 7, 1984', '07-MAR-1984', '7 mars 1984']) {
    assert.equal(read(text), day, text)
  }
})

test('whatever is written, an answer is a day, missing or unreadable', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(null, 'yyyy-mm-dd', 'ddmmyyyy'), (text, format) => {
      const day = read(text, format)
      assert.ok(Number.isInteger(day) && day >= UNREADABLE_DAY && day <= 0xffffffff)
    }),
  )
})
