import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { migrate, ROLES, type Role, readMigrations } from '../src/kernel/migrate.ts'
import {
  type Cluster,
  type Connection,
  openCluster,
  passwordOf,
  type ServerRole,
} from '../src/kernel/postgres.ts'
import type { Room } from '../src/kernel/room.ts'
import { lockHolder } from '../src/kernel/start/lock.js'

/** A migrated database of a test file's own, on a real PostgreSQL. */
export interface TestDatabase {
  readonly name: string
  /** The role that migrates and sees everything. */
  readonly owner: Connection
  /** The role the program runs as. */
  readonly app: Connection
  connection(role: ServerRole): Connection
}

/** What `test/run.ts` hands to the files it runs, so that one cluster serves them all. */
export interface RunningCluster {
  readonly host: string
  readonly keysDir: string
}

export const CLUSTER_VARIABLE = 'GOC_TEST_CLUSTER'
const FOLDER_PREFIX = 'goc-test-'
const STALE_AFTER_ms = 60_000

let opened: Promise<RunningCluster> | null = null
let made = 0

/**
 * Makes a database from the migrated template. It is dropped after this process has ended, or
 * together with the cluster.
 */
export async function testDatabase(
  options: { rooms?: readonly Room[] } = {},
): Promise<TestDatabase> {
  opened ??= runningCluster()
  const cluster = await opened
  // Loaded only when asked for: a file that names its rooms does not depend on all the others.
  const rooms = options.rooms ?? (await import('../src/rooms.ts')).ROOMS
  const name = `goc_test_${process.pid}_${++made}`
  const client = new pg.Client(connectionTo(cluster, 'postgres'))
  await client.connect()
  try {
    await dropLeftBehind(client)
    const template = await migratedTemplate(client, cluster, rooms)
    await client.query(`create database ${name} template ${template} strategy file_copy`)
  } finally {
    await client.end()
  }
  const connection = (role: ServerRole) => connectionTo(cluster, name, role)
  return { name, owner: connection('goc_owner'), app: connection('goc_app'), connection }
}

/** Starts a cluster that is thrown away; `stop` also removes its folder. */
export async function openTestCluster(): Promise<RunningCluster & { stop(): Promise<void> }> {
  removeStaleFolders()
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), FOLDER_PREFIX))
  // Root's server runs as another user, who must be able to pass through.
  fs.chmodSync(dataDir, 0o711)
  const keysDir = path.join(dataDir, 'keys')
  const cluster: Cluster = await openCluster({ dataDir, keysDir, throwAway: true })
  return {
    host: cluster.connection('postgres').host,
    keysDir,
    async stop() {
      await cluster.stop()
      fs.rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function runningCluster(): Promise<RunningCluster> {
  const handed = process.env[CLUSTER_VARIABLE]
  if (handed !== undefined) return JSON.parse(handed) as RunningCluster
  // A file that is run alone has a cluster of its own until its last test is over.
  const cluster = await openTestCluster()
  process.once('beforeExit', () => cluster.stop())
  return cluster
}

function connectionTo(
  cluster: RunningCluster,
  database: string,
  user: ServerRole = 'goc_owner',
): Connection {
  const password = passwordOf(cluster.keysDir, user)
  return { host: cluster.host, port: 5432, database, user, password }
}

/** The template is named by what it was made of, so it is made once for all files of a run. */
async function migratedTemplate(
  client: pg.Client,
  cluster: RunningCluster,
  rooms: readonly Room[],
): Promise<string> {
  const hash = createHash('sha256')
  for (const { room, name, checksum } of await readMigrations(rooms)) {
    hash.update(`${room}/${name} ${checksum}\n`)
  }
  for (const { name, updates, deletes, privileges } of rooms) {
    hash.update(JSON.stringify([name, updates, deletes, privileges]))
  }
  const template = `goc_template_${hash.digest('hex').slice(0, 16)}`
  await client.query('select pg_advisory_lock(4101)')
  try {
    const query = 'select datistemplate from pg_database where datname = $1'
    const { rows } = await client.query<{ datistemplate: boolean }>(query, [template])
    if (rows[0]?.datistemplate) return template
    await client.query(`drop database if exists ${template} with (force)`)
    await client.query(`create database ${template}`)
    await migrate(connectionTo(cluster, template), rooms, rolePasswords(cluster))
    await client.query(`alter database ${template} is_template true`)
    return template
  } finally {
    await client.query('select pg_advisory_unlock(4101)')
  }
}

function rolePasswords(cluster: RunningCluster): Record<Role, string> {
  const entries = ROLES.map((role) => [role, passwordOf(cluster.keysDir, role)] as const)
  return Object.fromEntries(entries) as Record<Role, string>
}

/** Databases carry the id of the process that made them. */
async function dropLeftBehind(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    `select datname from pg_database where datname like 'goc\\_test\\_%'`,
  )
  for (const { datname } of rows) {
    const pid = Number(datname.split('_')[2])
    if (isAlive(pid)) continue
    // Two files may sweep at once; the one that comes second finds nothing.
    const name = client.escapeIdentifier(datname)
    await client.query(`drop database if exists ${name} with (force)`).catch(() => {})
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Folders of clusters whose process was killed. */
function removeStaleFolders(): void {
  for (const name of fs.readdirSync(os.tmpdir())) {
    if (!name.startsWith(FOLDER_PREFIX)) continue
    const folder = path.join(os.tmpdir(), name)
    try {
      const { mtimeMs, uid } = fs.statSync(folder)
      if (uid !== process.getuid?.() || Date.now() - mtimeMs < STALE_AFTER_ms) continue
      if (lockHolder(path.join(folder, 'goc.lock')) === null) fs.rmSync(folder, { recursive: true })
    } catch {
      // Another run was quicker.
    }
  }
}
