import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import pg from 'pg'
import { schemaOf } from '../../src/kernel/migrate.ts'
import { ROOMS } from '../../src/rooms.ts'
import { testDatabase } from '../harness.ts'

/**
 * Tables with a person_id whose unique key lacks it, each with its reason: they are not spread
 * over the shards by person (Citus refuses a unique key without the distribution column).
 */
const NOT_BY_PERSON: Readonly<Record<string, string>> = {
  'kernel.actor': 'actors are few and known everywhere; most have no person',
  'kernel.audit_event': 'one event may name no person or many; it is found by its own id',
  'register.number': 'the look-up from a number to its person',
}
const OWN_SCHEMAS = ROOMS.map(({ name }) => schemaOf(name))

const statements = ROOMS.flatMap(({ privileges = [] }) => privileges).map((text) =>
  text.toLowerCase().replaceAll(/\s+/g, ' '),
)

const client = new pg.Client((await testDatabase()).owner)
await client.connect()
after(() => client.end())

async function ask<Row>(text: string): Promise<readonly Row[]> {
  return (await client.query(text, [OWN_SCHEMAS])).rows
}

test('every table says what it is for', async () => {
  const tables = await ask<{ name: string; comment: string | null }>(
    `select c.relnamespace::regnamespace || '.' || c.relname as name,
            obj_description(c.oid, 'pg_class') as comment
       from pg_class c
      where c.relkind in ('r', 'p') and not c.relispartition
        and c.relnamespace::regnamespace::text = any($1)`,
  )
  assert.ok(tables.length > 20, `only ${tables.length} tables were seen`)
  const silent = tables.filter(({ comment }) => comment === null).map(({ name }) => name)
  assert.deepEqual(silent, [])
})

test('the register can be spread over machines by person: its unique keys hold person_id', async () => {
  const keys = await ask<{ table: string; index: string; columns: string[] }>(
    `select c.relnamespace::regnamespace || '.' || c.relname as table,
            i.indexrelid::regclass::text as index,
            array(select a.attname::text
                    from unnest(i.indkey::int2[]) as k (attnum)
                    join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum) as columns
       from pg_class c join pg_index i on i.indrelid = c.oid
      where (i.indisunique or i.indisexclusion) and not c.relispartition
        and c.relnamespace::regnamespace::text = any($1)
        and exists (select from pg_attribute a
                     where a.attrelid = c.oid and a.attname = 'person_id' and not a.attisdropped)`,
  )
  assert.ok(keys.length >= 10, `only ${keys.length} keys were seen`)
  const wrong = keys
    .filter(({ table, columns }) => !columns.includes('person_id') && !NOT_BY_PERSON[table])
    .map(({ index, columns }) => `${index} (${columns.join(', ')})`)
  assert.deepEqual(wrong, [])
  for (const table of Object.keys(NOT_BY_PERSON)) {
    assert.ok(
      keys.some((key) => key.table === table && !key.columns.includes('person_id')),
      `${table} no longer needs its exception`,
    )
  }
})

test('the program may overwrite and delete only what its rooms name', async () => {
  const updates = await ask<{ column: string }>(
    `select distinct table_schema || '.' || table_name || '.' || column_name as column
       from information_schema.column_privileges
      where grantee = 'goc_app' and privilege_type = 'UPDATE' and table_schema = any($1)`,
  )
  const named = ROOMS.flatMap(({ name, updates: tables = {} }) =>
    Object.entries(tables).flatMap(([table, columns]) =>
      columns.map((column) => `${schemaOf(name)}.${table}.${column}`),
    ),
  )
  assert.ok(named.length > 5)
  assert.deepEqual(updates.map(({ column }) => column).sort(), named.sort())

  const others = await ask<{ table: string; privilege: string }>(
    `select table_schema || '.' || table_name as table, privilege_type as privilege
       from information_schema.role_table_grants
      where grantee = 'goc_app' and privilege_type not in ('SELECT', 'INSERT')
        and table_schema = any($1)`,
  )
  const deletes = ROOMS.flatMap(({ name, deletes: tables = [] }) =>
    tables.map((table) => `DELETE ${schemaOf(name)}.${table}`),
  )
  const found = others.map(({ table, privilege }) => `${privilege} ${table}`)
  assert.deepEqual(found.sort(), deletes.sort())
})

test('the sequencer and the eraser write only where a room lets them', async () => {
  const rows = await ask<{ role: string; table: string; privilege: string }>(
    `select grantee as role, table_schema || '.' || table_name as table, privilege_type as privilege
       from information_schema.role_table_grants
      where grantee in ('goc_sequencer', 'goc_eraser') and privilege_type <> 'SELECT'
        and table_schema = any($1)`,
  )
  assert.ok(rows.length > 0)
  for (const { role, table, privilege } of rows) {
    const words = ['grant', privilege.toLowerCase(), table, role]
    assert.ok(
      statements.some((statement) => words.every((word) => statement.includes(word))),
      `${role} may ${privilege} ${table}, which no room names`,
    )
  }
})

test('no role of the program is more than it seems, and strangers may nothing', async () => {
  const roles = await ask<{ name: string; strong: boolean; memberships: string[] }>(
    `select rolname as name,
            rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls as strong,
            array(select roleid::regrole::text from pg_auth_members
                   where member = r.oid) as memberships
       from pg_roles r
      where rolname in ('goc_app', 'goc_sequencer', 'goc_eraser') and $1::text[] is not null`,
  )
  assert.equal(roles.length, 3)
  for (const { name, strong, memberships } of roles) {
    assert.equal(strong, false, name)
    for (const role of memberships) {
      // To be taken up on purpose only, never held by the way.
      const words = `grant ${role} to ${name} with inherit false`
      assert.ok(
        statements.some((statement) => statement.startsWith(words)),
        words,
      )
    }
  }
  const open = await ask<{ table: string }>(
    `select table_schema || '.' || table_name as table from information_schema.table_privileges
      where grantee = 'PUBLIC' and table_schema = any($1)`,
  )
  assert.deepEqual(open, [])
})

test('a function that acts as its owner looks for names in its own schemas only', async () => {
  const functions = await ask<{ name: string; settings: string[] | null }>(
    `select p.oid::regprocedure::text as name, p.proconfig as settings from pg_proc p
      where p.prosecdef and p.pronamespace::regnamespace::text = any($1)`,
  )
  for (const { name, settings } of functions) {
    assert.ok(
      settings?.some((setting) => setting.startsWith('search_path=')),
      `${name} is security definer without a search_path of its own`,
    )
  }
})
