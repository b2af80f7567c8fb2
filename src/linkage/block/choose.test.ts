import assert from 'node:assert/strict'
import test from 'node:test'
import { chooseRules, chooseTeachers } from './choose.ts'
import type { RowKey } from './rule.ts'

const key = (field: number, id: string): RowKey => ({ field, id, keys: new Uint32Array() })
const KEYS = [
  key(0, 'number:exact'),
  key(1, 'name:exact'),
  key(1, 'name:last'),
  key(2, 'birth:exact'),
]

/** Pairs that the keys of a rule find together, as if fields were independent. */
const counter = (each: readonly number[], rows: number) => ({
  count: ({ keys }: { keys: readonly number[] }) =>
    keys.reduce((pairs, place) => (pairs * (each[place] ?? 0)) / (rows * rows), rows * rows),
})

/** Ten kinds of matches, each by the keys it agrees on. */
const DRAWS = [
  [1, 1, 1, 1, 1, 0, 0, 0, 0, 0],
  [1, 1, 1, 1, 0, 1, 1, 0, 0, 0],
  [1, 1, 1, 1, 1, 1, 1, 1, 0, 0],
  [1, 1, 1, 0, 1, 1, 1, 1, 1, 0],
].map((bits) => Uint8Array.from(bits))

test('rules rest on different fields, so that one wrong field does not lose the match', () => {
  const counting = counter([1_000, 1_000_000, 100_000_000, 40_000], 1_000)
  const rules = chooseRules({
    keys: KEYS,
    draws: DRAWS,
    counter: counting,
    rows: 2_000,
    budget: 200_000,
  })
  const fields = rules.map(({ rule }) => rule.keys.map((place) => KEYS[place]?.field))
  assert.ok(
    fields.some((one) => one.includes(0) && one.length === 1),
    'the number alone',
  )
  assert.ok(
    fields.some((one) => !one.includes(0)),
    'something without the number',
  )
  assert.ok(rules.reduce((sum, { pairs }) => sum + pairs, 0) <= 200_000)
})

test('a rule that would find too many pairs is narrowed by another field', () => {
  const counting = counter(
    [1e12, 1e12, 1e12, 1e12].map((pairs) => pairs / 1e4),
    1e6,
  )
  const rules = chooseRules({ keys: KEYS, draws: DRAWS, counter: counting, rows: 2e6, budget: 5e6 })
  assert.ok(rules.length > 0)
  for (const { rule } of rules) assert.ok(rule.keys.length >= 2)
})

test('every field is taught by a rule that does not rest on it', () => {
  const counting = counter([1_000, 100_000, 100_000, 40_000], 1_000)
  const rules = chooseTeachers({
    keys: KEYS,
    draws: DRAWS,
    counter: counting,
    rows: 2_000,
    budget: 200_000,
  })
  for (const field of [0, 1, 2]) {
    assert.ok(rules.some(({ rule }) => rule.keys.every((place) => KEYS[place]?.field !== field)))
  }
})
