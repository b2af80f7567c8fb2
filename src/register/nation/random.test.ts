import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addYears, dayOf, dayText, monthStart, yearOf, yearStart, yearsBetween } from './days.ts'
import { Permutation, Random, seedOf } from './random.ts'
import { Chooser, NumberChooser, parseWeights, WordChooser } from './weights.ts'

test('the numbers of a seed are the same on every machine', () => {
  const random = new Random(seedOf('1'), 1)
  const drawn = Array.from({ length: 4 }, () => random.bits() >>> 0)
  assert.deepEqual(drawn, [3321471998, 3750222429, 766013833, 3882426304])
})

test('streams of one seed have nothing in common', () => {
  const first = new Random(7, 1)
  const second = new Random(7, 2)
  let equal = 0
  for (let draw = 0; draw < 10_000; draw++) if (first.bits() === second.bits()) equal++
  assert.ok(equal < 3)
})

test('shares are at least 0, less than 1, and even', () => {
  const random = new Random(42, 0)
  const tenths = new Array<number>(10).fill(0)
  for (let draw = 0; draw < 100_000; draw++) {
    const share = random.share()
    assert.ok(share >= 0 && share < 1)
    const tenth = Math.floor(share * 10)
    tenths[tenth] = (tenths[tenth] ?? 0) + 1
  }
  for (const count of tenths) assert.ok(Math.abs(count - 10_000) < 500)
})

test('a permutation meets every value once, whatever its size and key', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3000 }), fc.integer(), (size, key) => {
      const permutation = new Permutation(size)
      const met = new Set<number>()
      for (let index = 0; index < size; index++) {
        const value = permutation.at(index, key)
        assert.ok(value >= 0 && value < size)
        met.add(value)
      }
      assert.equal(met.size, size)
    }),
    { numRuns: 60 },
  )
})

test('values are drawn as often as their weights say', () => {
  const random = new Random(3, 3)
  const words = new WordChooser('Nguyễn 30, Thị Kim 10.5, - 59.5')
  const counts = new Map<string, number>()
  for (let draw = 0; draw < 100_000; draw++) {
    const word = words.pick(random)
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  assert.ok(Math.abs((counts.get('Nguyễn') ?? 0) - 30_000) < 700)
  assert.ok(Math.abs((counts.get('Thị Kim') ?? 0) - 10_500) < 500)
  assert.ok(Math.abs((counts.get('') ?? 0) - 59_500) < 800)
})

test('weights that say nothing are refused', () => {
  assert.throws(() => new Chooser([]), RangeError)
  assert.throws(() => new Chooser([0, 0]), RangeError)
  assert.throws(() => new Chooser([1, -1]), RangeError)
  assert.throws(() => parseWeights('Nguyễn'), RangeError)
  assert.throws(() => new NumberChooser('a 1'), RangeError)
})

test('days are counted as the calendar counts them', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1900-01-01'), max: new Date('2150-12-31'), noInvalidDate: true }),
      (date) => {
        const text = date.toISOString().slice(0, 10)
        const day = dayOf(text)
        assert.equal(dayText(day), text)
        assert.equal(day, Math.floor(date.getTime() / 86_400_000) - 10_957)
        assert.equal(yearOf(day), Number(text.slice(0, 4)))
        assert.equal(dayText(monthStart(day)), `${text.slice(0, 8)}01`)
        assert.equal(dayText(yearStart(yearOf(day))), `${text.slice(0, 4)}-01-01`)
      },
    ),
  )
})

test('a year of age is completed on the birthday', () => {
  assert.equal(yearsBetween(dayOf('2000-05-10'), dayOf('2020-05-09')), 19)
  assert.equal(yearsBetween(dayOf('2000-05-10'), dayOf('2020-05-10')), 20)
  assert.equal(dayText(addYears(dayOf('2004-02-29'), 1)), '2005-03-01')
})
