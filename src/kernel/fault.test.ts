import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeFault, faultLine } from './fault.ts'

test("the database's words, which quote what was typed, are never kept", () => {
  const error = Object.assign(new Error('invalid input syntax for type date: "Nguyễn Thị Hoa"'), {
    severity: 'ERROR',
    code: '22007',
    table: 'fact',
  })
  assert.equal(faultLine(error), 'Error 22007 fact')
  assert.ok(!JSON.stringify(describeFault(error)).includes('Hoa'))
})

test('a number in our own words is blanked', () => {
  assert.equal(faultLine(new RangeError('no place for 036197004821')), 'RangeError no place for …')
})

test('what is thrown and is no error says its type alone', () => {
  assert.equal(faultLine('036197004821'), 'string')
})
