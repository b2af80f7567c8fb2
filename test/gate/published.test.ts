import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { schemaOf } from '../../src/kernel/migrate.ts'
import { ROOMS } from '../../src/rooms.ts'
import { testDatabase } from '../harness.ts'

const client = new pg.Client((await testDatabase()).owner)
await client.connect()
after(() => client.end())

/** Everything stands on the kernel's tables: the log is made of its events. */
const FOUNDATION = 'kernel'

test("no room's SQL reads another room's tables, but by the views it publishes", async () => {
  const { rows } = await client.query<{ name: string }>(
    `select schemaname || '.' || tablename as name from pg_tables where schemaname = any($1)`,
    [ROOMS.map(({ name }) => schemaOf(name))],
  )
  const tables = new Set(rows.map(({ name }) => name))
  const files = globSync('src/*/**/*.ts').filter((file) => !/test(ing)?\.ts$/.test(file))
  assert.ok(tables.size > 20 && files.length > 100, 'the check must see tables and source')
  let own = 0
  const foreign: string[] = []
  for (const file of files) {
    const room = schemaOf(file.split(path.sep)[1] ?? '')
    const text = readFileSync(file, 'utf8')
    for (const [name] of text.matchAll(/\b[a-z_]+\.[a-z_]+\b/g)) {
      if (!tables.has(name)) continue
      const schema = name.split('.')[0]
      if (schema === room) own += 1
      // A column of a table that happens to be called like it is no reading of it.
      else if (schema !== FOUNDATION && /\b(from|join|into|update)\s+$/.test(before(text, name))) {
        foreign.push(`${file}: ${name}`)
      }
    }
  }
  assert.ok(own > 50, 'the check must see the SQL')
  assert.deepEqual(foreign, [])
})

const before = (text: string, name: string): string => {
  const at = text.search(new RegExp(`\\b(from|join|into|update)\\s+${name.replace('.', '\\.')}\\b`))
  return at < 0 ? '' : text.slice(0, text.indexOf(name, at))
}
