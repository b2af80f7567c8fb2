import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { clustersOf } from './clusters.ts'
import { likelyPairs } from './pairs.ts'

const pair = fc.tuple(fc.nat(5), fc.nat(5), fc.integer({ min: -12, max: 12 }))

const scoredOf = (pairs: readonly (readonly [number, number, number])[]) => ({
  left: Uint32Array.from(pairs, ([left]) => left),
  right: Uint32Array.from(pairs, ([, right]) => right),
  weights: Float64Array.from(pairs, ([, , weight]) => weight),
  kin: new Float64Array(pairs.length),
  found: [],
})

test('pairs are told in the order of their rows, whichever thread scored them', () => {
  const distinct = fc.uniqueArray(pair, { selector: ([left, right]) => left * 10 + right })
  fc.assert(
    fc.property(distinct, fc.nat(4), (pairs, cut) => {
      const plan = { prior: { matches: 0.5, relatives: 0 }, leftRows: 6, least: 0.01 }
      const one = likelyPairs([scoredOf(pairs)], plan)
      const two = likelyPairs([scoredOf(pairs.slice(cut)), scoredOf(pairs.slice(0, cut))], plan)
      assert.deepEqual(one, two)
      const order = Array.from(one.left, (left, at) => left * 10 + (one.right[at] ?? 0))
      assert.deepEqual(
        order,
        order.toSorted((a, b) => a - b),
      )
      const likely = pairs.filter(([, , weight]) => weight >= Math.log2(0.01 / 0.99))
      assert.equal(order.length, likely.length)
    }),
  )
})

test('rows joined by pairs are one cluster, numbered in the order of the rows', () => {
  const pairs = {
    left: Uint32Array.of(0, 3, 1),
    right: Uint32Array.of(4, 4, 2),
    weights: Float64Array.of(9, 1, -3),
  }
  const clusters = clustersOf(pairs, { rows: 6, rightFrom: 0, least: 0 })
  assert.deepEqual([...clusters], [1, 2, 3, 1, 1, 4])
})

test('of two files the right rows follow the left', () => {
  const pairs = { left: Uint32Array.of(1), right: Uint32Array.of(0), weights: Float64Array.of(5) }
  assert.deepEqual([...clustersOf(pairs, { rows: 4, rightFrom: 2, least: 0 })], [1, 2, 2, 3])
})
