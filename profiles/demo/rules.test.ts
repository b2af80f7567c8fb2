import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { addDays, plainDay } from '../../src/kernel/time.ts'
import { addWorkingDays, isWorkingDay } from '../../src/kernel/working-days.ts'
import { calendar } from './calendar.ts'
import { names } from './names.ts'
import { number } from './number.ts'
import { units } from './units.ts'

const born = fc.record({
  place: fc.constantFrom('11', '14', '18'),
  sex: fc.constantFrom('male' as const, 'female' as const),
  birthYear: fc.integer({ min: 1900, max: 2026 }),
  serial: fc.integer({ min: 0, max: 9999 }),
})

test('the check digit finds every single wrong digit', () => {
  fc.assert(
    fc.property(born, fc.nat(9), fc.integer({ min: 1, max: 9 }), (parts, at, change) => {
      const right = number.compose(parts)
      const wrong = (Number(right[at]) + change) % 10
      const read = number.parse(right.slice(0, at) + wrong + right.slice(at + 1))
      assert.ok(!read.ok, `${right} at ${at}`)
    }),
  )
})

test('a number does not tell the sex', () => {
  fc.assert(
    fc.property(born, (parts) => {
      const other = { ...parts, sex: parts.sex === 'male' ? 'female' : 'male' } as const
      assert.equal(number.compose(parts), number.compose(other))
    }),
  )
})

test('the old passbook number has a letter', () => {
  const read = number.parse('c 123456')
  assert.ok(read.ok && read.scheme === 'passbook' && read.number === 'C123456')
})

test('the given name is written first and the family name last', () => {
  assert.deepEqual(names.split('Åse Marit Lindqvår'), {
    given: 'Åse',
    middle: 'Marit',
    family: 'Lindqvår',
  })
  assert.deepEqual(names.order, ['given', 'middle', 'family'])
})

test('one sound in two spellings is a habit; a missing ring is not', () => {
  assert.equal(names.compare('Åse Østby', 'Aase Oestby'), 'tone-placement')
  assert.deepEqual(names.fold('Þóra Ðahl'), ['thora', 'dahl'])
  assert.equal(names.compare('Léa Vik', 'Lea Vik'), 'folded')
  assert.equal(names.compare('Léa Vik', 'Lèa Vik'), 'contradicting')
  assert.equal(names.compare('Åse Vik', 'Ase Vik'), 'different')
})

test('two regions became one, and their towns with them', () => {
  const ended = units.builtIn.filter(({ to }) => to !== null)
  assert.deepEqual(
    ended.map(({ code, successors }) => [code, ...(successors ?? [])]),
    [
      ['17', '17'],
      ['18', '17'],
    ],
  )
  const towns = units.demonstration().filter(({ parent }) => parent === '17' || parent === '18')
  assert.equal(towns.filter(({ to }) => to !== null).length, 24)
  assert.equal(towns.filter(({ to }) => to === null).length, 16)
})

test('offices work on Sunday and rest on Friday', () => {
  assert.ok(isWorkingDay(plainDay('2026-07-05'), calendar))
  assert.ok(!isWorkingDay(plainDay('2026-07-03'), calendar))
  const thaw = calendar.holidays(2026)[0]?.day ?? plainDay('2026-01-01')
  assert.equal(thaw, '2026-03-08', 'the second Sunday of March')
  assert.equal(addWorkingDays(addDays(thaw, -1), 1, calendar), '2026-03-09')
})
