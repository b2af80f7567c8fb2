import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { plainDay } from '../../kernel/index.ts'
import { monthsUntil, overviewFrom } from './overview.ts'

test('twelve months end with the one of the day, over the end of a year', () => {
  const months = monthsUntil(plainDay('2026-02-28'))
  assert.equal(months.length, 12)
  assert.equal(months[0], '2025-03')
  assert.equal(months[9], '2025-12')
  assert.equal(months[11], '2026-02')
})

test('what is hidden or erased is counted in its month and names nobody', () => {
  const months = monthsUntil(plainDay('2026-10-16'))
  const told = { month: '2026-10', body: 'A', purpose: 'tax', count: 2 }
  const hidden = { month: '2026-10', body: null, purpose: null, count: 1 }
  const old = { month: '2024-01', body: 'B', purpose: 'tax', count: 9 }
  const overview = overviewFrom([told, hidden, old], months)
  assert.equal(overview.total, 3)
  assert.deepEqual(overview.bodies, [{ name: 'A', count: 2 }])
  assert.deepEqual(overview.months.at(-1), { month: '2026-10', count: 3 })
})

test('every line of the year is in its month once, and bodies never count more than all', () => {
  const months = monthsUntil(plainDay('2026-10-16'))
  const row = fc.record({
    month: fc.constantFrom(...months, '2020-01'),
    body: fc.option(fc.constantFrom('A', 'B')),
    purpose: fc.option(fc.constantFrom('p', 'q')),
    count: fc.integer({ min: 1, max: 9 }),
  })
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      const { total, bodies, ...overview } = overviewFrom(rows, months)
      const sum = (some: readonly { readonly count: number }[]) =>
        some.reduce((all, { count }) => all + count, 0)
      assert.equal(sum(overview.months), total)
      assert.ok(sum(bodies) <= total)
    }),
  )
})
