import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import test from 'node:test'
import fc from 'fast-check'
import { Dictionary } from './dictionary.ts'
import { digitsOfKey, IdTable, keyOfDigits, NumberTable } from './tables.ts'
import { isSlip } from './view.ts'

const digits = fc.stringMatching(/^[0-9]{1,15}$/)

test('digits keep their zeros', () => {
  fc.assert(fc.property(digits, (text) => assert.equal(digitsOfKey(keyOfDigits(text)), text)))
})

test('a number has the places it was given, in their order, and no other', () => {
  const pairs = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.nat(9)), { maxLength: 200 })
  fc.assert(
    fc.property(pairs, (all) => {
      const table = new NumberTable(1)
      const expected = new Map<number, number[]>()
      for (const [key, place] of all) {
        table.add(key, place)
        const places = expected.get(key) ?? []
        if (!places.includes(place)) expected.set(key, [...places, place])
      }
      for (let key = 1; key <= 51; key++) {
        assert.deepEqual(table.all(key), expected.get(key) ?? [])
        assert.equal(table.find(key), expected.get(key)?.[0] ?? -1)
      }
    }),
  )
})

test('an id has one number for good', () => {
  const ids = Array.from({ length: 5_000 }, () => randomBytes(16))
  const table = new IdTable()
  for (const [at, id] of ids.entries()) assert.equal(table.numberOf(id, 0), at)
  for (const [at, id] of ids.entries()) {
    assert.equal(table.numberOf(Buffer.concat([Buffer.alloc(3), id]), 3), at)
    assert.equal(table.find(id, 0), at)
  }
  assert.equal(table.find(randomBytes(16), 0), -1)
})

test('a text has one number for good, and nothing is 0', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 30 })), (texts) => {
      const dictionary = new Dictionary()
      const known = new Map([['', 0]])
      for (const text of texts) {
        assert.equal(dictionary.find(text), known.get(text) ?? 0)
        const code = dictionary.codeOfText(text)
        assert.equal(code, known.get(text) ?? known.size)
        known.set(text, code)
        assert.equal(dictionary.textOf(code), text)
      }
      assert.deepEqual(dictionary.texts(), [...known.keys()])
    }),
  )
})

test('a slip is one digit wrong, left out or too many, or two that changed places', () => {
  for (const [a, b] of [
    ['079097375971', '079097375917'],
    ['079097375971', '079097375972'],
    ['079097375971', '07909737597'],
    ['079097375971', '0790973759711'],
    ['019632293', '179632293'],
  ] as const) {
    assert.ok(isSlip(a, b), `${a} ${b}`)
  }
  assert.ok(!isSlip('079097375971', '079097375892'))
  assert.ok(!isSlip('079097375971', '970097375971'))
})
