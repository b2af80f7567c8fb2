import assert from 'node:assert/strict'
import test from 'node:test'
import { DuckDBInstance } from '@duckdb/node-api'
import { levenshteinOf } from './edits.ts'
import { jaroWinklerOf } from './jaro-winkler.ts'
import { pack } from './packed.ts'

/** Names and slips of them, drawn from a seed; ASCII, as DuckDB compares bytes. */
function drawn(count: number): readonly string[] {
  const parts = 'nguyen tran le pham thi van hoang smith john mary ann catherine meyer li'.split(
    ' ',
  )
  let state = 7
  const next = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  return Array.from({ length: count }, () => {
    const words = Array.from({ length: 1 + next(5) }, () => parts[next(parts.length)] ?? '')
    const text = words.join(' ')
    const at = next(text.length)
    return text.slice(0, at) + (parts[next(4)]?.[0] ?? '') + text.slice(at + next(3))
  })
}

test('Jaro-Winkler and Levenshtein agree with DuckDB', async () => {
  const texts = drawn(600)
  const { packed, codes } = pack(texts)
  const jaroWinkler = jaroWinklerOf(packed, 0)
  const levenshtein = levenshteinOf(packed, 200)
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    const list = texts.map((text) => `('${text}')`).join(',')
    const reader = await connection.runAndReadAll(
      `with t as (select row_number() over () - 1 as i, x from (values ${list}) v(x))
       select a.i::int, b.i::int, jaro_winkler_similarity(a.x, b.x), levenshtein(a.x, b.x)::int
       from t a join t b on a.i < b.i`,
    )
    const rows = reader.getRows() as [number, number, number, number][]
    assert.equal(rows.length, (600 * 599) / 2)
    for (const [i, j, similarity, distance] of rows) {
      const [a, b] = [codes[i] ?? 0, codes[j] ?? 0]
      assert.equal(levenshtein(a, b), distance, `${texts[i]} | ${texts[j]}`)
      assert.ok(Math.abs(jaroWinkler(a, b) - similarity) < 1e-12, `${texts[i]} | ${texts[j]}`)
    }
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
})
