import assert from 'node:assert/strict'
import path from 'node:path'
import test from 'node:test'
import { isTestFile, readSource, sourceFiles } from './source.ts'

/** Files that are no store and hold SQL all the same, each with its reason. */
const MAY_HOLD_SQL: Readonly<Record<string, string>> = {
  'src/kernel/database.ts': 'begins and ends the transactions of all others',
  'src/kernel/migrate.ts': 'makes roles, schemas and grants',
  'src/kernel/postgres.ts': 'asks the server about itself',
  'src/ledger/client-tx.ts': 'begins and ends transactions on a connection of its own',
  'src/ledger/crash-process.ts': 'is what a test kills',
  'src/register/import/bulk.ts': 'begins and ends transactions that COPY',
  'src/register/import/encode.ts': 'each COPY stands beside the bytes it is sent',
}

/** How a statement of ours begins, right behind the quote. */
const STATEMENT = new RegExp(
  `(?:['"\`]|\\$\\{\\w+\\})\\s*(?:${[
    'select (?:\\$\\{|[\\w*(:\'"])',
    'insert into [\\w"]+\\.',
    'update [\\w"]+\\.[\\s\\S]{0,80}\\bset\\b',
    'delete from ',
    'with (?:recursive )?\\w+ (?:\\([^)]*\\) )?as ',
    'copy [\\w.$ {}]+ (?:from|to) |copy \\w+\\.',
    'truncate ',
    'lock table ',
    'vacuum ',
    'analyze ',
    'listen \\w',
    'set local ',
    '(?:create|drop|alter) (?:table|schema|index|role|database) ',
  ].join('|')})|(?:\\.query|#write)\\(\\s*['"\`](?:begin|commit|rollback)`,
)
const COMMENTS = /^[ \t]*(?:\/\*[\s\S]*?\*\/|\/\/.*$)/gm

const holdsSql = (text: string): boolean => STATEMENT.test(text.replaceAll(COMMENTS, ''))
const isStore = (file: string): boolean => /(?:^|-)store\.ts$/.test(path.basename(file))

test('SQL stands in stores, and in the few files named here', () => {
  const files = sourceFiles('src', 'profiles').filter((file) => !isTestFile(file))
  const stores = files.filter(isStore)
  assert.ok(stores.length >= 20, `only ${stores.length} stores were seen`)
  for (const file of stores) assert.ok(holdsSql(readSource(file)), `no SQL was seen in ${file}`)
  const others = files.filter((file) => !isStore(file) && holdsSql(readSource(file)))
  assert.deepEqual(others, Object.keys(MAY_HOLD_SQL))
})

test('what begins like a statement is seen, what only reads like one is not', () => {
  for (const statement of [
    '`select count(*) from register.person`',
    "'select from register.opening'",
    '`\n    with new as (select 1)`',
    "'update register.fact f set valid = $1'",
    'await client.query(\n  `begin isolation level repeatable read`)',
    "'copy register.person from stdin'",
  ]) {
    assert.ok(holdsSql(statement), statement)
  }
  for (const words of [
    "'Copy the number exactly as it is printed.'",
    "'select'",
    "Pick<Stay, 'from' | 'begin'>",
    "emit('agreement.ended')",
    '// `select 1` would do',
  ]) {
    assert.ok(!holdsSql(words), words)
  }
})
