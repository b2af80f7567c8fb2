import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { openKeys } from './keys.ts'
import type { Role } from './migrate.ts'
import { describeLock, lockHolder, releaseLock, takeLock } from './start/lock.js'
import { errorCode, StartRefused } from './start/refused.ts'
import { findBinaries, freeSpace_MB, makeData, OWNER, serverSettings } from './start/server-data.ts'
import { findServerHome, type ServerHome, type Way } from './start/server-home.ts'
import {
  makeSocketFolder,
  removeSocketFolder,
  SERVER_PORT,
  type Server,
  ServerFailed,
  startServer,
  stopOrphan,
} from './start/server-process.ts'
import { startWords } from './start/words.js'

export { checkServer } from './start/external-server.ts'
export { StartRefused } from './start/refused.ts'
export { OWNER } from './start/server-data.ts'

export interface ClusterOptions {
  /** Folder of everything the program keeps; the server's files go to `postgres` inside it. */
  readonly dataDir: string
  /** Folder of the keys, which also holds the password of each database role. */
  readonly keysDir: string
  /** Server settings beyond ours. */
  readonly settings?: Readonly<Record<string, string>>
  /** Use the server of the program that already works on these data, instead of refusing. */
  readonly share?: boolean
  /** Loses data in a power cut: for the clusters of tests only. */
  readonly throwAway?: boolean
  /** For tests: the ways to run the server, in the order to try them. */
  readonly ways?: readonly Way[]
}

/** A connection as `pg` takes it. */
export interface Connection {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: ServerRole
  readonly password: string
}

/** A role of the database: its owner, or one of the program's own. */
export type ServerRole = typeof OWNER | Role

export interface Cluster {
  /** A connection for a role; its password is made at first use, and set by the migrator. */
  connection(database: string, user?: ServerRole): Connection
  /** Makes the database when there is none of that name. */
  ensureDatabase(name: string): Promise<void>
  /** Lets others that start on the same data say where this one answers. */
  announce(address: string): void
  /** A line for the start-up print, when the data are not where they were asked for. */
  readonly note: string | null
  /** Settles when the server ends: null after `stop`, else the server's last words. */
  readonly ended: Promise<string | null>
  stop(): Promise<void>
}

const SPACE_FIRST_MB = 512
const SPACE_LATER_MB = 64
const SHARE_WITHIN_ms = 60_000
const ENDING_WITHIN_ms = 60_000

/** Opens the data folder's own PostgreSQL: makes it when there is none, and starts it. */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  makeFolder(options.dataDir, 0o711)
  makeFolder(options.keysDir, 0o700)
  const dataDir = fs.realpathSync(options.dataDir)
  const lock = path.join(dataDir, 'goc.lock')
  const holder = await lockOrHolder(lock, dataDir)
  if (holder !== null) {
    if (options.share) return await shareCluster(lock, { ...options, dataDir })
    const address = typeof holder.address === 'string' ? `, ${holder.address}` : ''
    throw new StartRefused('already-running', { folder: dataDir, pid: holder.pid, address })
  }
  try {
    return await startCluster(lock, { ...options, dataDir })
  } catch (error) {
    releaseLock(lock)
    throw explain(error, dataDir)
  }
}

async function startCluster(lock: string, options: ClusterOptions): Promise<Cluster> {
  const { dataDir } = options
  const found = findBinaries()
  const home = findServerHome({ binaries: found.folder, dataDir, ways: options.ways ?? null })
  const isNew = !fs.existsSync(home.data)
  refuseFullDisk(path.dirname(home.data), isNew ? SPACE_FIRST_MB : SPACE_LATER_MB)
  if (!isNew) {
    refuseOtherVersion(home.data, found.version)
    await stopOrphan(home.data)
  }
  const temporary = [...new Set([os.tmpdir(), '/tmp', '/var/tmp'])]
  const socket = makeSocketFolder(home, temporary)
  try {
    if (isNew) {
      const ownerPassword = passwordOf(options.keysDir, OWNER)
      makeData(home, socket, { ownerPassword, throwAway: options.throwAway ?? false })
    }
    const settings = {
      ...serverSettings(home.data, socket, options.throwAway),
      ...options.settings,
    }
    makeFolder(path.join(dataDir, 'log'), 0o700)
    const log = path.join(dataDir, 'log', 'postgres.log')
    const server = await startServer(home, { settings, socketFolder: socket, log })
    describeLock(lock, { socket, address: null })
    return clusterOf(server, { lock, socket, home, options })
  } catch (error) {
    removeSocketFolder(socket)
    throw error
  }
}

interface Parts {
  readonly lock: string
  readonly socket: string
  readonly home: ServerHome
  readonly options: ClusterOptions
}

function clusterOf(server: Server, { lock, socket, home, options }: Parts): Cluster {
  const connection = connector(socket, options.keysDir)
  let stopping: Promise<void> | null = null
  const stop = async () => {
    if (options.share) await untilAlone(connection('postgres'))
    describeLock(lock, { socket: null, address: null, stopping: true })
    await server.stop()
    removeSocketFolder(socket)
    releaseLock(lock)
  }
  return {
    connection,
    ensureDatabase: (name) => ensureDatabase(connection('postgres'), name),
    announce: (address) => describeLock(lock, { socket, address }),
    note: home.note,
    ended: server.ended,
    stop() {
      stopping ??= stop()
      return stopping
    },
  }
}

/**
 * Commands that run side by side share the server of the one that came first, which therefore
 * stays until the others are done.
 */
async function untilAlone(owner: Connection): Promise<void> {
  const client = new pg.Client(owner)
  client.on('error', () => {})
  try {
    await client.connect()
    for (let told = false; ; told = true) {
      const { rowCount } = await client.query(
        `select from pg_stat_activity where backend_type = 'client backend'
            and pid <> pg_backend_pid() limit 1`,
      )
      if (rowCount === 0) return
      if (!told) process.stderr.write(`${startWords('start.others-still-work')}\n`)
      await sleep(200)
    }
  } catch (error) {
    // A server that no longer answers serves nobody; whatever else is wrong is a bug.
    if (!/^(ECONN|ENOENT|EPIPE|57P)/.test(errorCode(error))) throw error
  } finally {
    await client.end()
  }
}

/** Waits for the other program's server, which may be just starting. */
async function shareCluster(lock: string, options: ClusterOptions): Promise<Cluster> {
  for (let waited = 0; waited < SHARE_WITHIN_ms; waited += 50) {
    const holder = lockHolder(lock)
    if (holder === null) return await openCluster(options)
    if (typeof holder.socket === 'string') {
      const connection = connector(holder.socket, options.keysDir)
      return {
        connection,
        ensureDatabase: (name) => ensureDatabase(connection('postgres'), name),
        announce: () => {},
        note: null,
        ended: new Promise(() => {}),
        stop: async () => {},
      }
    }
    await sleep(50)
  }
  const pid = lockHolder(lock)?.pid ?? 0
  throw new StartRefused('already-running', { folder: options.dataDir, pid, address: '' })
}

function connector(host: string, keysDir: string): Cluster['connection'] {
  return (database, user = OWNER) => {
    return { host, port: SERVER_PORT, database, user, password: passwordOf(keysDir, user) }
  }
}

/** The hexadecimal form of the role's secret, which is made at its first use. */
export function passwordOf(keysDir: string, role: ServerRole): string {
  return openKeys(keysDir).secret(role).toString('hex')
}

async function ensureDatabase(owner: Connection, name: string): Promise<void> {
  const client = new pg.Client(owner)
  await client.connect()
  try {
    await client.query(`create database ${client.escapeIdentifier(name)}`)
  } catch (error) {
    if (errorCode(error) !== '42P04') throw error
  } finally {
    await client.end()
  }
}

function refuseFullDisk(folder: string, needed: number): void {
  const free = freeSpace_MB(folder)
  if (free < needed) throw new StartRefused('disk-full', { folder, free, needed })
}

function refuseOtherVersion(data: string, carried: string): void {
  const found = fs.readFileSync(path.join(data, 'PG_VERSION'), 'utf8').trim()
  if (found !== carried)
    throw new StartRefused('data-other-version', { folder: data, found, carried })
}

function makeFolder(folder: string, mode: number): void {
  try {
    fs.mkdirSync(folder, { recursive: true, mode })
    fs.accessSync(folder, fs.constants.W_OK | fs.constants.X_OK)
  } catch (error) {
    throw new StartRefused('folder-not-writable', { folder, code: errorCode(error) })
  }
}

/** Takes the lock; waits for a program that is just ending, so that a restart needs no patience. */
async function lockOrHolder(lock: string, folder: string) {
  try {
    for (let waited = 0; ; waited += 50) {
      const holder = takeLock(lock, { socket: null, address: null })
      if (holder?.stopping !== true || waited >= ENDING_WITHIN_ms) return holder
      await sleep(50)
    }
  } catch (error) {
    throw explain(error, folder)
  }
}

/** Turns what the file system or the server says into a line with its remedy. */
function explain(error: unknown, folder: string): unknown {
  const code = errorCode(error)
  const text = error instanceof Error ? error.message : ''
  if (code === 'ENOSPC' || code === 'EDQUOT' || /No space left|Disk quota/.test(text)) {
    const details = { folder, free: freeSpace_MB(folder), needed: SPACE_FIRST_MB }
    return new StartRefused('disk-full', details)
  }
  if (['EACCES', 'EPERM', 'EROFS'].includes(code)) {
    return new StartRefused('folder-not-writable', { folder, code })
  }
  if (error instanceof ServerFailed) {
    return new StartRefused('server-failed', { reason: text, log: `${folder}/log/postgres.log` })
  }
  return error
}
