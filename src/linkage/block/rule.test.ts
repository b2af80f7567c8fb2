import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { type Blocks, hashesOf, type Rule, walkEveryPair, walkPairs } from './rule.ts'

/** A file of two fields, each with one key of a few values, 0 being missing. */
interface Files {
  readonly left: readonly (readonly [number, number])[]
  readonly right: readonly (readonly [number, number])[]
}

const rows = fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { maxLength: 30 })

function blocksOf({ left, right }: Files, isDedupe: boolean): Blocks {
  const column = (side: Files['left'], field: 0 | 1) => Uint32Array.from(side, (row) => row[field])
  const key = Uint32Array.from([0, 7, 8, 9, 8])
  return {
    columns: ([0, 1] as const).map((field) => {
      const own = column(left, field)
      return { left: own, right: isDedupe ? own : column(right, field) }
    }),
    keys: [0, 1].map((field) => ({ field, id: `f${field}:exact`, keys: key })),
    leftRows: left.length,
    rightRows: isDedupe ? left.length : right.length,
    isDedupe,
  }
}

function naive(rule: Rule, blocks: Blocks): string[] {
  const value = (key: number, side: 'left' | 'right', row: number) => {
    const { field, keys } = blocks.keys[key] ?? { field: 0, keys: new Uint32Array() }
    return keys[blocks.columns[field]?.[side][row] ?? 0]
  }
  const found: string[] = []
  for (let left = 0; left < blocks.leftRows; left++) {
    for (let right = blocks.isDedupe ? left + 1 : 0; right < blocks.rightRows; right++) {
      const agrees = rule.keys.every(
        (key) =>
          value(key, 'left', left) !== 0 && value(key, 'left', left) === value(key, 'right', right),
      )
      if (agrees) found.push(`${left} ${right}`)
    }
  }
  return found
}

function walked(rules: readonly Rule[], blocks: Blocks, of: number): string[] {
  const found: string[] = []
  for (let index = 0; index < of; index++) {
    const add = (left: number, right: number) => found.push(`${left} ${right}`)
    const hashes = rules.map((rule) => hashesOf(rule, blocks))
    for (const [at, rule] of rules.entries()) {
      const walk = { earlier: hashes.slice(0, at), shard: { index, of }, found: add }
      if (rule.keys.length === 0) walkEveryPair(blocks, walk)
      else walkPairs(hashes[at] ?? hashesOf(rule, blocks), blocks, walk)
    }
  }
  return found
}

const RULES: readonly (readonly Rule[])[] = [
  [{ keys: [] }],
  [{ keys: [0] }],
  [{ keys: [0] }, { keys: [1] }],
  [{ keys: [0, 1] }, { keys: [0] }, { keys: [1] }],
]

test('rules find the pairs that agree on their keys, each pair once, however it is shared out', () => {
  fc.assert(
    fc.property(rows, rows, fc.boolean(), fc.constantFrom(...RULES), (left, right, same, rules) => {
      const blocks = blocksOf({ left, right }, same)
      const expected = new Set(rules.flatMap((rule) => naive(rule, blocks)))
      for (const shards of [1, 3]) {
        const found = walked(rules, blocks, shards)
        assert.equal(found.length, new Set(found).size, 'a pair was found twice')
        assert.deepEqual(found.toSorted(), [...expected].toSorted())
      }
    }),
  )
})

test('a value that is missing on both sides is no agreement', () => {
  const blocks = blocksOf({ left: [[0, 1]], right: [[0, 1]] }, false)
  assert.deepEqual(walked([{ keys: [0] }], blocks, 1), [])
  assert.deepEqual(walked([{ keys: [1] }], blocks, 1), ['0 0'])
})

test('a value that thousands of rows bear brings nobody together, others still do', () => {
  // 600 rows of value 1 on both sides are 360,000 pairs; row 600 alone has value 2.
  const side = Uint32Array.from({ length: 601 }, (_, row) => (row === 600 ? 2 : 1))
  const blocks: Blocks = {
    columns: [{ left: side, right: side.slice() }],
    keys: [{ field: 0, id: 'f:exact', keys: Uint32Array.of(0, 7, 8) }],
    leftRows: 601,
    rightRows: 601,
    isDedupe: false,
  }
  assert.deepEqual(walked([{ keys: [0] }], blocks, 1), ['600 600'])
})
