import pg from 'pg'
import { pino } from 'pino'
import type { Config } from './kernel/config.ts'
import { describeFault } from './kernel/fault.ts'
import { type Kernel, openDatabase, openKeys, type Room } from './kernel/index.ts'
import { migrate, ROLES, type Role } from './kernel/migrate.ts'
import { type Cluster, checkServer, OWNER, openCluster, passwordOf } from './kernel/postgres.ts'
import type { Profile } from './kernel/profile.ts'
import { findNationRow, insertNationRow } from './kernel/store.ts'

import { instantOf } from './kernel/time.ts'
import { findProfile } from './profiles.ts'
import { ROOMS } from './rooms.ts'

const DATABASE = 'goc'

/** The database with its roles, before it is known which nation it holds. */
export interface Foundation {
  readonly config: Config
  readonly cluster: Cluster | null
  /** Connection settings of a role, or of the owner. */
  connection(role?: Role): pg.ClientConfig
  close(): Promise<void>
}

/**
 * Starts or joins the data folder's own PostgreSQL, or goes to DATABASE_URL, and brings the schema
 * up to date. `share`: join the server of a program that already runs on the same data.
 */
export async function openFoundation(config: Config, share: boolean): Promise<Foundation> {
  const cluster =
    config.databaseUrl === null
      ? await openCluster({ dataDir: config.dataDir, keysDir: config.keysDir, share })
      : null
  try {
    if (config.databaseUrl !== null) await checkServer(config.databaseUrl)
    const connection = await connector(config, cluster)
    const passwords = Object.fromEntries(
      ROLES.map((role) => [role, passwordOf(config.keysDir, role)]),
    )
    await migrate(connection(), ROOMS, passwords)
    return { config, cluster, connection, close: async () => cluster?.stop() }
  } catch (error) {
    await cluster?.stop()
    throw error
  }
}

async function connector(
  config: Config,
  cluster: Cluster | null,
): Promise<(role?: Role) => pg.ClientConfig> {
  if (cluster !== null) {
    await cluster.ensureDatabase(DATABASE)
    return (role) => ({ ...cluster.connection(DATABASE, role ?? OWNER) })
  }
  const url = new URL(config.databaseUrl ?? '')
  return (role) => {
    const target = new URL(url)
    if (role !== undefined) {
      target.username = role
      target.password = passwordOf(config.keysDir, role)
    }
    return { connectionString: target.toString() }
  }
}

/** The nation a database holds; null before one is made. */
export interface Nation {
  readonly profile: Profile
  readonly demonstration: boolean
}

export async function findNation(foundation: Foundation): Promise<Nation | null> {
  const client = new pg.Client(foundation.connection())
  await client.connect()
  try {
    const row = await findNationRow(client)
    if (row === undefined) return null
    const profile = findProfile(row.profile)
    if (profile === undefined) throw new Error(`this program has no profile ${row.profile}`)
    return { profile, demonstration: row.demonstration }
  } finally {
    await client.end()
  }
}

/** Records which nation this database holds, for good. */
export async function foundNation(foundation: Foundation, nation: Nation): Promise<void> {
  const client = new pg.Client(foundation.connection())
  await client.connect()
  try {
    await insertNationRow(client, {
      profile: nation.profile.id,
      demonstration: nation.demonstration,
    })
  } finally {
    await client.end()
  }
}

export function openKernel(foundation: Foundation, nation: Nation): Kernel {
  const { config } = foundation
  return {
    database: openDatabase(foundation.connection('goc_app')),
    profile: nation.profile,
    demonstration: nation.demonstration,
    config,
    keys: openKeys(config.keysDir),
    log: pino({ level: config.logLevel, serializers: { err: describeFault } }, pino.destination(2)),
    now: () => instantOf(Date.now()),
  }
}

export const jobsOf = (rooms: readonly Room[]) => rooms.flatMap((room) => room.jobs ?? [])
