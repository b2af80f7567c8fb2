import assert from 'node:assert/strict'
import test from 'node:test'
import type { FieldKind } from '../types.ts'
import { blockKeysOf, featuresOf } from './index.ts'

/** Ids of the keys that two values share. */
function shared(kind: FieldKind, a: string, b: string, others: readonly string[] = []): string[] {
  const field = { name: 'f', kind, columns: ['f'], format: null }
  const keys = blockKeysOf(featuresOf(field, ['', a, b, ...others], null))
  for (const { keys: byCode } of keys) assert.equal(byCode[0], 0)
  return keys.filter((key) => key.keys[1] !== 0 && key.keys[1] === key.keys[2]).map((key) => key.id)
}
const has = (found: readonly string[], ...ids: readonly string[]): void => {
  for (const id of ids) assert.ok(found.includes(id), `${id} of ${found.join(', ')}`)
}

test('the first key of every kind is the meaning', () => {
  for (const [kind, a, b] of [
    ['full-name', 'Nguyễn Văn An', 'NGUYEN VAN AN'],
    ['surname', 'Meyer', 'MEYER'],
    ['date', '1984-03-07', '7/3/1984'],
    ['identifier', '049-1', '491'],
    ['code', '02138', '2138'],
    ['category', 'M', 'male'],
    ['place', 'TP Huế', 'Huế'],
    ['number', '1.0', '1'],
    ['text', 'A title', 'a title!'],
  ] as const) {
    assert.equal(shared(kind, a, b)[0], 'exact', kind)
  }
})

test('names: order, dropped middle names and sounds alike are found by some key', () => {
  has(shared('full-name', 'Nguyễn Văn An', 'Trần Văn An'), 'last-word', 'last-sound')
  has(shared('full-name', 'Nguyễn Văn An', 'Nguyễn An'), 'first-and-last', 'last-word', 'ends')
  has(shared('full-name', 'An Nguyễn', 'Nguyễn An'), 'sorted-words', 'ends')
  has(shared('full-name', 'Ksor Thuận', 'Ksor Thuật'), 'first-5', 'first-word')
  has(shared('surname', 'Meier', 'Meyer'), 'sound')
  has(shared('surname', 'Philipp', 'Filip'), 'sound')
  has(shared('given-name', 'Catherine', 'Katharine'), 'sound')
  has(shared('surname', 'Schmidt', 'Schmitt'), 'first-5')
  // Sounds that regions of Viet Nam do not tell apart.
  has(shared('given-name', 'Sương', 'Xương'), 'sound')
  has(shared('given-name', 'Trang', 'Chang'), 'sound')
  has(shared('given-name', 'Lam', 'Nam'), 'sound')
})

test('dates: swapped day and month, and parts, are found by some key', () => {
  has(shared('date', '1984-03-07', '1984-07-03'), 'swap-proof', 'year')
  has(shared('date', '1984-03-07', '1994-03-07'), 'month-day')
  has(shared('date', '1984-03-07', '1984'), 'year')
  assert.deepEqual(shared('date', '1984', '1985'), [])
  assert.deepEqual(shared('date', '1984-00-00', '1990-00-00'), [])
})

test('identifiers: one half is whole when the other is mistyped', () => {
  has(shared('identifier', '049076727255', '049076799999'), 'first-half')
  has(shared('identifier', '049076727255', '051111727255'), 'last-half')
})

test('texts: a rare word that others hold too, not one that stands alone', () => {
  const others = ['a survey of linkage', 'a survey of graphs', 'a survey of trees']
  const found = shared('text', 'survey: linkage at skale', 'a survey of linkage at scale', others)
  has(found, 'rarest-word')
})

test('what is missing has no key', () => {
  for (const kind of ['full-name', 'date', 'identifier', 'place', 'text', 'number'] as const) {
    assert.deepEqual(shared(kind, 'unknown', '-'), [], kind)
  }
})
