import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { readNumber } from './numbers.ts'

test('numbers are read as people of several countries write them', () => {
  const expected: readonly (readonly [string, number | null])[] = [
    ['1234.5', 1234.5],
    ['1,234.50', 1234.5],
    ['1.234,50', 1234.5],
    ['1 234,50 €', 1234.5],
    ['$1,234', 1234],
    ['1.234.567', 1234567],
    ["1'234'567", 1234567],
    ['12,5', 12.5],
    ['.5', 0.5],
    ['-3', -3],
    ['− 3', -3],
    ['1e3', 1000],
    ['12.4 inch', 12.4],
    ['3:45', 225],
    ['1:03:45', 3825],
    ['about ten', null],
    ['', null],
  ]
  for (const [text, number] of expected) assert.equal(readNumber(text), number, text)
})

test('whatever is written, an answer is a number or null', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const number = readNumber(text)
      assert.ok(number === null || Number.isFinite(number))
    }),
  )
  fc.assert(fc.property(fc.integer(), (value) => assert.equal(readNumber(String(value)), value)))
})
