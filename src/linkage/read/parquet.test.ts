import assert from 'node:assert/strict'
import { readdirSync, readFileSync, truncateSync } from 'node:fs'
import path from 'node:path'
import test from 'node:test'
import { DuckDBInstance } from '@duckdb/node-api'
import { idOf } from './index.ts'
import { fileOf, readAll, refusal, specOf, textsAt } from './testing.ts'

/** Writes what a SELECT gives as Parquet. */
async function parquet(name: string, select: string): Promise<string> {
  const file = fileOf(name, '')
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    await connection.run(`copy (${select}) to '${file}' (format parquet, row_group_size 2048)`)
    return file
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

test('Parquet is read as text, row for row, and scratch is left empty', async () => {
  const left = await parquet(
    'people [2024]*.parquet',
    `select i::bigint as "ID ", 'Nguyễn "Tí", ' || i || chr(10) as name, date '1990-01-01' + i::int as born
     from range(20000) t(i)`,
  )
  const scratch = path.join(path.dirname(left), 'scratch')
  const spec = specOf('ID', { name: 'full-name', born: 'date' })
  const files = await readAll({ left, spec, scratch })
  assert.equal(files.left.rows, 20_000)
  assert.equal(files.left.path, left)
  assert.equal(files.left.separator, null)
  assert.deepEqual(files.left.columns, ['ID', 'name', 'born'])
  for (const row of [0, 1, 2047, 2048, 9999, 19_999]) {
    assert.equal(idOf(files.left, row), String(row))
    assert.equal(textsAt(files, 0)[row], `Nguyễn "Tí", ${row}`)
  }
  assert.equal(textsAt(files, 1)[31], '1990-02-01')
  assert.deepEqual(readdirSync(scratch), [])
})

test('numbers stored as floating ones are written whole, instants of days as days', async () => {
  const left = await parquet(
    'types.parquet',
    `select 'x' as id, 79097375971.0::double as number, timestamp '1980-02-29 00:00:00' as born,
       null::varchar as name, 'nan'::double as code, 'ab'::blob as place, 1.25::double as share`,
  )
  const spec = specOf('id', {
    ...{ number: 'identifier', born: 'date', name: 'full-name' },
    ...{ code: 'code', place: 'place', share: 'number' },
  })
  const files = await readAll({ left, spec })
  const texts = spec.fields.map((_, field) => textsAt(files, field)[0])
  assert.deepEqual(texts, ['79097375971', '1980-02-29', '', '', 'ab', '1.25'])
})

test('a nested column is refused when it is wanted, and none of our business when not', async () => {
  const select = `select 1 as id, {'given': 'An'} as name, [1, 2] as list, 'x' as place`
  const left = await parquet('nested.parquet', select)
  for (const column of ['name', 'list']) {
    const reading = readAll({ left, spec: specOf('id', { [column]: 'text' }) })
    await assert.rejects(reading, refusal('table.nested', { file: left, column }))
  }
  const files = await readAll({ left, spec: specOf('id', { place: 'place' }) })
  assert.equal(files.left.rows, 1)
})

test('missing columns, no rows, and half a file are refused', async () => {
  const left = await parquet('some.parquet', 'select i as id, i as name from range(9000) t(i)')
  const missing = readAll({ left, spec: specOf('rec', { name: 'text' }) })
  const told = { file: left, column: 'rec', columns: 'id, name' }
  await assert.rejects(missing, refusal('table.column-missing', told))
  const none = await parquet('none.parquet', 'select 1 as id, 2 as name where false')
  await assert.rejects(readAll({ left: none }), refusal('table.no-rows', { file: none }))
  const half = fileOf('half.parquet', readFileSync(left))
  truncateSync(half, 5000)
  await assert.rejects(readAll({ left: half }), refusal('table.damaged', { file: half }))
})

test('a NUL in a value makes its row unreadable, in Parquet as in text', async () => {
  const left = await parquet(
    'nul.parquet',
    `select i as id, 'a' || chr(i::int) as name from range(3) t(i)`,
  )
  const files = await readAll({ left })
  assert.equal(files.left.rows, 2)
  assert.equal(files.left.unreadable.byFault.nul, 1)
})
