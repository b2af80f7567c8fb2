import assert from 'node:assert/strict'
import test from 'node:test'
import { chanceShares, frequenciesOf, withoutMatches } from './chance.ts'
import { combine, learn } from './expectation.ts'
import { type FieldModel, likelyShares } from './model.ts'
import { countPatterns, levelOf, patternCode } from './pattern.ts'
import { logOdds, priorOf } from './prior.ts'

const LEVELS = ['missing', 'exact', 'near', 'different'].map((id, at) => ({
  id,
  byFrequency: at === 1,
}))

/** Numbers from 0 to 1, the same each time. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state / 2147483648
  }
}

const M = [0, 0.9, 0.06, 0.04]
const U = [0, 0.01, 0.02, 0.97]
const field = (name: string): FieldModel => ({
  name,
  kind: 'text',
  levels: LEVELS,
  m: likelyShares(LEVELS),
  u: U,
  r: null,
})

function drawLevel(shares: readonly number[], part: number): number {
  let sum = 0
  for (const [level, share] of shares.entries()) {
    sum += share
    if (part < sum) return level
  }
  return shares.length - 1
}

/** Pairs of which one in five is a match, at levels drawn from M and U. */
function pairsAtRandom(count: number, fields: number): Float64Array {
  const next = random(7)
  const code = patternCode(Array.from({ length: fields }, () => LEVELS.length))
  return Float64Array.from({ length: count }, () => {
    const shares = next() < 0.2 ? M : U
    let pattern = 0
    for (const place of code.place) pattern += drawLevel(shares, next()) * place
    return pattern
  })
}

test('expectation-maximisation finds the shares that the pairs were drawn with', () => {
  const fields = ['a', 'b', 'c', 'd'].map(field)
  const code = patternCode(fields.map(({ levels }) => levels.length))
  const patterns = countPatterns(code, pairsAtRandom(40_000, 4))
  const lesson = learn({ patterns, fields, agreed: new Set(), withRelatives: false })
  assert.ok(Math.abs(lesson.matches / 40_000 - 0.2) < 0.01, `${lesson.matches} matches`)
  for (const { m } of combine(fields, [lesson])) {
    for (const [level, share] of m.entries()) {
      assert.ok(Math.abs(share - (M[level] ?? 0)) < 0.02, `level ${level}: ${share}`)
    }
  }
  assert.ok(lesson.chance(Uint8Array.of(1, 1, 1, 1)) > 0.999)
  assert.ok(lesson.chance(Uint8Array.of(3, 3, 3, 3)) < 0.001)
})

test('a field that the rule agrees on teaches nothing there', () => {
  const fields = ['a', 'b', 'c'].map(field)
  const code = patternCode(fields.map(({ levels }) => levels.length))
  const patterns = countPatterns(code, pairsAtRandom(5_000, 3))
  const lesson = learn({ patterns, fields, agreed: new Set([1]), withRelatives: false })
  assert.equal(lesson.m[1], null)
  assert.notEqual(lesson.m[0], null)
})

test('a pattern is one number and reads back as its levels', () => {
  const code = patternCode([4, 8, 2])
  const pattern = 3 * 1 + 5 * 4 + 1 * 32
  assert.deepEqual(
    [0, 1, 2].map((at) => levelOf(code, pattern, at)),
    [3, 5, 1],
  )
  assert.throws(() => patternCode(Array.from({ length: 40 }, () => 8)), RangeError)
})

test('how often values agree by chance is counted, not sampled', () => {
  // Three rows of meaning 1 and one of meaning 2 on the left, two and two on the right.
  const meaning = Uint32Array.of(0, 1, 2)
  const features = { kind: 'category' as const, meaning, meanings: 2 }
  const rows = { left: Uint32Array.of(1, 1, 1, 2), right: Uint32Array.of(1, 1, 2, 2) }
  const { same, chance } = frequenciesOf(features, rows)
  assert.equal(same, (3 * 2 + 1 * 2) / 16)
  assert.equal(chance[1], 4 / 7)
  const u = chanceShares(LEVELS, [0, 0, 20, 80], same)
  assert.ok(Math.abs((u[1] ?? 0) - 0.5) < 1e-9)
  assert.ok(Math.abs(u.reduce((a, b) => a + b, 0) - 1) < 1e-9)
})

test('the matches among pairs at random are taken out of u', () => {
  const [share = 0] = [withoutMatches([0, 0.002, 0.018, 0.98], M, 0.002)[1]]
  assert.ok(share < 0.0003, `${share}`)
})

test('how many pairs match is learnt from the pairs worth keeping', () => {
  const weights = Float64Array.from([...Array<number>(50).fill(30), ...Array<number>(200).fill(2)])
  const kin = new Float64Array(250)
  const prior = priorOf({ weights, kin }, 1_000_000, { matches: 1e-3, relatives: 0 })
  assert.ok(Math.abs(prior.matches * 1_000_000 - 50) < 1, `${prior.matches}`)
  assert.ok(logOdds(30, 0, prior) > 10)
  assert.ok(logOdds(2, 0, prior) < -10)
})

test('a pair that relatives explain better is no match', () => {
  const prior = { matches: 1e-6, relatives: 1e-5 }
  assert.ok(logOdds(25, 0, prior) > 0)
  assert.ok(logOdds(25, 24, prior) < 0)
})
