import assert from 'node:assert/strict'
import test from 'node:test'
import { PROFILES } from '../../profiles.ts'
import { countryOf } from './country.ts'

const countries = PROFILES.map(({ names }) => names)
const vn = PROFILES.find(({ id }) => id === 'vn')?.names
const FIELDS = { fields: [{ name: 'n', kind: 'full-name' as const, columns: ['n'], format: null }] }

const column = (family: readonly string[], given: readonly string[]) => [
  { values: ['', ...family.flatMap((one) => given.map((other) => `${one} ${other}`))] },
]

test('Vietnamese names are known by their family names, with or without accents', () => {
  const given = ['Văn An', 'Thị Bình', 'Minh Châu', 'THU HÀ', 'quoc dung', 'Ngọc Yến']
  const found = countryOf(FIELDS, column(['Nguyễn', 'TRAN', 'Lê', 'pham'], given), countries)
  assert.equal(found, vn)
})

test('names of other languages are no country’s', () => {
  const given = ['Walker', 'Smith', 'Le Page', 'Dang', 'Meyer', 'Okafor']
  const found = countryOf(FIELDS, column(['Anna', 'John', 'Vo', 'Ly', 'Petra'], given), countries)
  assert.equal(found, null)
})

test('a handful of names tells nothing, and a file without full names neither', () => {
  assert.equal(countryOf(FIELDS, column(['Nguyễn'], ['An', 'Bình']), countries), null)
  assert.equal(countryOf({ fields: [] }, [], countries), null)
})
