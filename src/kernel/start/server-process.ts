import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { errorCode, StartRefused } from './refused.ts'
import type { ServerHome } from './server-home.ts'

export const SERVER_PORT = 5432
/** sun_path of sockaddr_un holds 108 bytes with its closing zero (unix(7)). */
const LONGEST_SOCKET_PATH = 107
const POLL_ms = 20
/** Replaying the log after a power cut takes a while; longer than this is a fault. */
const READY_WITHIN_ms = 600_000
const ENDS_WITHIN_ms = 30_000
const LOG_KEPT_bytes = 10_000_000

export interface Server {
  readonly pid: number
  /** Settles when the server has ended, with the reason when nobody asked it to. */
  readonly ended: Promise<string | null>
  stop(): Promise<void>
}

export interface ServerOptions {
  readonly settings: Readonly<Record<string, string>>
  readonly socketFolder: string
  /** The file that the server's own words are added to. */
  readonly log: string
}

/** A private environment: no PGDATA, PGOPTIONS or locale of the user's shell may leak in. */
const ENVIRONMENT = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/** Runs one of the server's commands to its end, as the server's user. */
export function runServerCommand(home: ServerHome, name: string, args: readonly string[]) {
  const [command = '', ...words] = [...home.prefix, path.join(home.binaries, 'bin', name), ...args]
  const options = { cwd: '/', env: ENVIRONMENT, encoding: 'utf8' as const, ...home.user }
  const result = spawnSync(command, words, options)
  return { status: result.status, stderr: result.stderr ?? '' }
}

/** Starts the server and waits until it takes connections. */
export async function startServer(home: ServerHome, options: ServerOptions): Promise<Server> {
  const { settings, socketFolder, log } = options
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  if (fs.existsSync(log) && fs.statSync(log).size > LOG_KEPT_bytes) fs.renameSync(log, `${log}.1`)
  const output = fs.openSync(log, 'a', 0o600)
  const logStart = fs.fstatSync(output).size
  const binary = path.join(home.binaries, 'bin', 'postgres')
  const [command = '', ...words] = [...home.prefix, binary, '-D', home.data, ...args]
  const child = spawn(command, words, {
    cwd: '/',
    env: ENVIRONMENT,
    // Its own session: Ctrl-C must reach the program first, which then ends the server in order.
    detached: true,
    stdio: ['ignore', output, output],
    ...home.user,
  })
  fs.closeSync(output)
  const ended = new Promise<void>((resolve) => {
    child.on('error', () => resolve())
    child.on('exit', () => resolve())
  })
  const reason = () => lastWords(log, logStart)
  await untilReady(child, home.data, reason)
  child.unref()
  return serve(child, { ended, reason, watchdog: spawnWatchdog(child.pid ?? 0, socketFolder) })
}

interface Guards {
  readonly ended: Promise<void>
  readonly watchdog: ChildProcess
  reason(): string
}

function serve(child: ChildProcess, { ended, watchdog, reason }: Guards): Server {
  const pid = child.pid ?? 0
  let asked = false
  ended.then(() => watchdog.kill('SIGKILL'))
  return {
    pid,
    ended: ended.then(() => (asked ? null : reason())),
    async stop() {
      asked = true
      // Fast shutdown, then immediate, then by force; the log makes each of them safe.
      for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
        child.kill(signal)
        if (await endsWithin(ended, ENDS_WITHIN_ms)) return
      }
    },
  }
}

async function endsWithin(ended: Promise<void>, limit_ms: number): Promise<boolean> {
  const stop = new AbortController()
  const timer = sleep(limit_ms, false, { signal: stop.signal }).catch(() => true)
  const inTime = await Promise.race([ended.then(() => true), timer])
  stop.abort()
  return inTime
}

/**
 * Ends the server when this process dies without a word (kill -9): the shell reads from a pipe
 * whose other end only we hold, and the kernel closes it with us.
 */
function spawnWatchdog(serverPid: number, socketFolder: string): ChildProcess {
  const script = 'read -r _; kill -INT "$1"; while kill -0 "$1"; do sleep 1; done; rmdir "$2"'
  const child = spawn('/bin/sh', ['-c', script, 'sh', String(serverPid), socketFolder], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.unref()
  child.on('error', () => {})
  child.stdin?.on('error', () => {})
  if (child.stdin !== null && 'unref' in child.stdin) (child.stdin.unref as () => void)()
  return child
}

/** Line 8 of postmaster.pid turns to `ready` when connections are taken (as pg_ctl reads it). */
async function untilReady(child: ChildProcess, data: string, reason: () => string): Promise<void> {
  let failure: Error | null = null
  child.on('error', (error) => {
    failure = error
  })
  for (let waited = 0; waited < READY_WITHIN_ms; waited += POLL_ms) {
    if (failure !== null) throw failure
    if (child.exitCode !== null || child.signalCode !== null) throw new ServerFailed(reason())
    const lines = postmasterLines(data)
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return
    await sleep(POLL_ms)
  }
  child.kill('SIGQUIT')
  throw new ServerFailed(`not ready after ${READY_WITHIN_ms / 1000} s`)
}

/** The server ended while it started; the message is its own last words. */
export class ServerFailed extends Error {}

function lastWords(log: string, from: number): string {
  const lines = fs.readFileSync(log).subarray(from).toString().trim().split('\n')
  const fatal = lines.findLast((line) => /FATAL|PANIC|error while loading|could not/.test(line))
  return (fatal ?? lines.at(-1) ?? '').replace(/^.*?(FATAL|PANIC|LOG): +/, '')
}

function postmasterLines(data: string): readonly string[] {
  try {
    return fs.readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

/**
 * Ends a server that an earlier program left behind on these data. Only whoever holds the lock
 * on the data may call this.
 */
export async function stopOrphan(data: string): Promise<void> {
  const lines = postmasterLines(data)
  const pid = Number(lines[0])
  if (!Number.isSafeInteger(pid) || pid <= 0) return
  if (!isServerOf(pid, data)) {
    // The number may belong to another program by now, which would keep PostgreSQL from starting.
    fs.rmSync(path.join(data, 'postmaster.pid'), { force: true })
    return
  }
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    try {
      process.kill(pid, signal)
    } catch (error) {
      if (errorCode(error) !== 'ESRCH') break
    }
    for (let waited = 0; waited < ENDS_WITHIN_ms; waited += POLL_ms) {
      if (!isServerOf(pid, data)) {
        removeSocketFolder(lines[4] ?? '')
        return
      }
      await sleep(POLL_ms)
    }
  }
  throw new StartRefused('orphan-stays', { pid, folder: data })
}

function isServerOf(pid: number, data: string): boolean {
  if (process.platform === 'linux') {
    try {
      return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(data)
    } catch {
      return false
    }
  }
  const listed = spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' })
  return listed.stdout?.includes(` -D ${data}`) ?? false
}

/**
 * Makes a folder of our own for the socket, short enough for the kernel and open to the server's
 * user only.
 */
export function makeSocketFolder(home: ServerHome, temporaryFolders: readonly string[]): string {
  const longest =
    LONGEST_SOCKET_PATH - `/.s.PGSQL.${SERVER_PORT}.lock`.length - '/goc-XXXXXX'.length
  for (const parent of temporaryFolders) {
    // The setting is a list with quoting rules of its own; plain paths need none.
    if (Buffer.byteLength(parent) > longest || !/^[\w/.+-]+$/.test(parent)) continue
    try {
      const folder = fs.mkdtempSync(path.join(parent, 'goc-'))
      if (home.user !== null) fs.chownSync(folder, home.user.uid, home.user.gid)
      const options = { cwd: '/', stdio: 'ignore' as const, ...home.user }
      if (spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], options).status === 0) return folder
      fs.rmdirSync(folder)
    } catch (error) {
      if (errorCode(error) === '') throw error
    }
  }
  throw new StartRefused('no-socket-folder', { folders: temporaryFolders.join(', ') })
}

/** Removes a socket folder of ours; a path that does not look like one is left alone. */
export function removeSocketFolder(folder: string): void {
  if (!/^goc-\w{6}$/.test(path.basename(folder))) return
  fs.rmSync(folder, { recursive: true, force: true })
}
