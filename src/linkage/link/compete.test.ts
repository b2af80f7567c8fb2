import assert from 'node:assert/strict'
import test from 'node:test'
import { compete } from './compete.ts'
import type { LinkedPairs } from './pairs.ts'

const ROWS = { leftRows: 2000, rightRows: 2000, least: 0.01 }

/** A thousand rows that are surely one person each, and after them the pairs given. */
function pairsOf(more: readonly (readonly [number, number, number])[]) {
  const all = [...Array.from({ length: 1000 }, (_, row) => [row, row, 30] as const), ...more]
  return {
    left: Uint32Array.from(all, ([left]) => left),
    right: Uint32Array.from(all, ([, right]) => right),
    weights: Float64Array.from(all, ([, , weight]) => weight),
  }
}

const weightOf = (pairs: LinkedPairs, left: number, right: number) => {
  const at = pairs.left.findIndex((row, place) => row === left && pairs.right[place] === right)
  return at < 0 ? null : (pairs.weights[at] ?? null)
}

test('a twin gives way to the row that fits better', () => {
  const told = compete(pairsOf([[1500, 0, 4]]), ROWS)
  assert.equal(weightOf(told, 1500, 0), null)
  assert.ok((weightOf(told, 0, 0) ?? 0) > 25)
})

test('two that fit alike are each half as likely', () => {
  const told = compete(
    pairsOf([
      [1500, 1700, 9],
      [1501, 1700, 9],
    ]),
    ROWS,
  )
  for (const left of [1500, 1501]) {
    const weight = weightOf(told, left, 1700) ?? 0
    assert.ok(Math.abs(weight) < 0.01, `${weight}`)
  }
})

test('a file that holds persons twice does not compete', () => {
  const twice = Array.from({ length: 300 }, (_, row) => [row + 1000, row, 25] as const)
  const told = compete(pairsOf(twice), ROWS)
  assert.equal(weightOf(told, 1000, 0), 25)
})
