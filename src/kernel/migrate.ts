import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'
import type { Room } from './room.ts'

/** Database roles of the program beside the owner; each logs in with a password of its own. */
export const ROLES = ['goc_app', 'goc_sequencer', 'goc_eraser'] as const
export type Role = (typeof ROLES)[number]

export interface Migration {
  readonly room: string
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

/** A migration that was applied has changed, or the database is newer than the program. */
export class MigrationRefused extends Error {}

/** The migrations of all rooms, in the order of the rooms and of their file names. */
export async function readMigrations(rooms: readonly Room[]): Promise<Migration[]> {
  const found: Migration[] = []
  for (const room of rooms) {
    if (room.migrations === null) continue
    const names = (await readdir(room.migrations)).filter((name) => name.endsWith('.sql')).sort()
    for (const name of names) {
      const sql = await readFile(new URL(name, room.migrations), 'utf8')
      const checksum = createHash('sha256').update(sql).digest('hex')
      found.push({ room: room.name, name, sql, checksum })
    }
  }
  return found
}

/**
 * Brings the database to the newest schema, as the owner, under a lock so that two starts agree.
 * Each room's tables are its own schema; what the app role may do is granted here from the rooms'
 * own lists, so that no migration can forget it. Returns the migrations applied.
 */
export async function migrate(
  owner: pg.ClientConfig,
  rooms: readonly Room[],
  passwords: Readonly<Partial<Record<Role, string>>>,
): Promise<readonly Migration[]> {
  const all = await readMigrations(rooms)
  const client = new pg.Client({ ...owner, application_name: 'goc-migrate' })
  await client.connect()
  try {
    // Session lock 4100: whoever comes second waits, then finds nothing left to do.
    await client.query('select pg_advisory_lock(4100)')
    await makeRoles(client, passwords)
    await client.query(
      `create schema if not exists kernel;
       create table if not exists kernel.migration (
         room text not null, name text not null, checksum text not null,
         applied_at timestamptz not null default now(), primary key (room, name));
       comment on table kernel.migration is 'Which migration files this database has taken.'`,
    )
    const pending = await pendingMigrations(client, all)
    for (const migration of pending) await apply(client, migration)
    if (pending.length > 0) await grantPrivileges(client, rooms)
    return pending
  } finally {
    await client.end()
  }
}

async function makeRoles(client: pg.Client, passwords: Partial<Record<Role, string>>) {
  for (const role of ROLES) {
    await client.query(
      `do $$ begin create role ${role} login; exception when duplicate_object then null; end $$`,
    )
    const password = passwords[role]
    if (password !== undefined) {
      await client.query(`alter role ${role} password ${client.escapeLiteral(password)}`)
    }
  }
}

async function pendingMigrations(client: pg.Client, all: readonly Migration[]) {
  const { rows } = await client.query<{ room: string; name: string; checksum: string }>(
    'select room, name, checksum from kernel.migration',
  )
  const applied = new Map(rows.map((row) => [`${row.room}/${row.name}`, row.checksum]))
  for (const { room, name, checksum } of all) {
    const before = applied.get(`${room}/${name}`)
    if (before !== undefined && before !== checksum) {
      throw new MigrationRefused(
        `Migration ${room}/${name} was changed after it had been applied. Restore the file, and add a new migration instead.`,
      )
    }
    applied.delete(`${room}/${name}`)
  }
  if (applied.size > 0) {
    throw new MigrationRefused(
      `The database has taken ${[...applied.keys()].join(', ')}, which this program does not know. Start the newer program.`,
    )
  }
  const done = new Set(rows.map((row) => `${row.room}/${row.name}`))
  return all.filter((migration) => !done.has(`${migration.room}/${migration.name}`))
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(
      `create schema if not exists ${client.escapeIdentifier(schemaOf(migration.room))}`,
    )
    await client.query(migration.sql)
    await client.query('insert into kernel.migration (room, name, checksum) values ($1, $2, $3)', [
      migration.room,
      migration.name,
      migration.checksum,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/** A room's schema is its name with underscores. */
export function schemaOf(room: string): string {
  return room.replaceAll('-', '_')
}

/** Select and insert everywhere; update only the columns, and delete only the tables, a room names. */
async function grantPrivileges(client: pg.Client, rooms: readonly Room[]): Promise<void> {
  const statements: string[] = []
  for (const room of rooms) {
    if (room.migrations === null) continue
    const schema = schemaOf(room.name)
    statements.push(
      `grant usage on schema ${schema} to goc_app`,
      `revoke all on all tables in schema ${schema} from goc_app`,
      `grant select, insert on all tables in schema ${schema} to goc_app`,
      `grant usage on all sequences in schema ${schema} to goc_app`,
    )
    for (const [table, columns] of Object.entries(room.updates ?? {})) {
      statements.push(`grant update (${columns.join(', ')}) on ${schema}.${table} to goc_app`)
    }
    for (const table of room.deletes ?? []) {
      statements.push(`grant delete on ${schema}.${table} to goc_app`)
    }
    for (const statement of room.privileges ?? []) statements.push(statement)
  }
  statements.push('revoke insert, update, delete on kernel.migration from goc_app')
  await client.query(statements.join(';\n'))
}

/** Throws away all that the rooms hold: the end of a demonstration. */
export async function dropSchemas(client: pg.Client, rooms: readonly Room[]): Promise<void> {
  const schemas = rooms.map(({ name }) => client.escapeIdentifier(schemaOf(name))).join(', ')
  await client.query(`drop schema if exists ${schemas} cascade`)
}
