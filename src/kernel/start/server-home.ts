import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { errorCode, StartRefused } from './refused.ts'
import { startWords } from './words.js'

/** Under which user the server runs. PostgreSQL refuses to run as root. */
export type Way = 'self' | 'owner' | 'nobody' | 'namespace' | 'copy'

/** Where the server's files lie and how a process for them is started. */
export interface ServerHome {
  readonly way: Way
  /** The folder with `bin`, `lib` and `share`. */
  readonly binaries: string
  /** PostgreSQL's own data folder; it may not exist yet. */
  readonly data: string
  /** The user to become, when we are root and may. */
  readonly user: UserIds | null
  /** Words before the command, to run it inside a user namespace. */
  readonly prefix: readonly string[]
  /** A line for the start-up print when the data are not where they were asked for. */
  readonly note: string | null
}

interface UserIds {
  readonly uid: number
  readonly gid: number
}

interface Wanted {
  readonly binaries: string
  readonly dataDir: string
  /** For tests: the ways to try, instead of all. */
  readonly ways: readonly Way[] | null
}

const POINTER = 'postgres.at'
const SHELL = '/bin/sh'
/** Folders that outlive a restart and that other users may enter, for data root cannot share. */
const REACHABLE_FOLDERS = ['/var/lib', '/var/tmp']

/**
 * Finds the first way in which the server can run on the data, and gives the data to that user.
 * @throws StartRefused when there is none
 */
export function findServerHome(wanted: Wanted): ServerHome {
  const data = path.join(wanted.dataDir, 'postgres')
  const owner = ownerOf(data)
  if (process.getuid?.() !== 0) return ordinaryHome({ ...wanted, data, owner })

  const nobody = idsOf('nobody')
  const candidates = { ...wanted, data, owner, nobody }
  const ways = wanted.ways ?? waysForRoot(candidates)
  for (const way of ways) {
    const home = tryWay(way, candidates)
    if (home === null) continue
    const uid = home.user?.uid ?? 0
    if (home.data === data && owner !== null && owner !== uid) giveTo(data, home.user ?? rootIds)
    return home
  }
  if (owner !== null && owner !== 0 && owner !== nobody?.uid) {
    const details = { folder: data, owner: nameOf(owner), user: 'root' }
    throw new StartRefused('data-of-other-user', details)
  }
  throw new StartRefused('root-has-no-way', { folder: wanted.dataDir })
}

interface Candidates extends Wanted {
  readonly data: string
  readonly owner: number | null
  readonly nobody: UserIds | null
}

const rootIds: UserIds = { uid: 0, gid: 0 }

/** Data that a person made stay that person's; root's and nobody's may pass to each other. */
function waysForRoot({ owner, nobody, dataDir }: Candidates): readonly Way[] {
  if (fs.existsSync(path.join(dataDir, POINTER))) return ['copy']
  if (owner === null) return ['nobody', 'namespace', 'copy']
  if (owner === 0) return ['namespace', 'nobody', 'copy']
  return owner === nobody?.uid ? ['nobody', 'namespace', 'copy'] : ['owner']
}

function ordinaryHome(place: Omit<Candidates, 'nobody'>): ServerHome {
  const { data, owner, binaries } = place
  const user = process.getuid?.() ?? 0
  if (owner !== null && owner !== user) {
    const details = { folder: data, owner: nameOf(owner), user: nameOf(user) }
    throw new StartRefused('data-of-other-user', details)
  }
  const home: ServerHome = { way: 'self', binaries, data, user: null, prefix: [], note: null }
  if (hasName(user)) return home
  // initdb looks its user up by name, which a container's arbitrary user does not have.
  const prefix = namespacePrefix(idsOf('nobody'))
  return prefix === null ? home : { ...home, way: 'namespace', prefix }
}

function tryWay(way: Way, place: Candidates): ServerHome | null {
  const { binaries, data, dataDir, owner, nobody } = place
  const home: ServerHome = { way, binaries, data, user: null, prefix: [], note: null }
  if (way === 'namespace') {
    const prefix = namespacePrefix(nobody)
    return prefix === null ? null : { ...home, prefix }
  }
  if (way === 'copy') return nobody === null ? null : copyHome(place, nobody)
  const user = way === 'owner' && owner !== null ? { uid: owner, gid: groupOf(data) } : nobody
  if (user === null || !reaches(user, binaries, dataDir)) return null
  return { ...home, user }
}

/** `unshare -U` gives root's process another user's number, while it still owns root's files. */
function namespacePrefix(nobody: UserIds | null): readonly string[] | null {
  if (process.platform !== 'linux' || nobody === null) return null
  const prefix = ['unshare', '-U', `--map-user=${nobody.uid}`, `--map-group=${nobody.gid}`, '--']
  const [command = '', ...words] = [...prefix, SHELL, '-c', 'id -u']
  const probe = spawnSync(command, words, { encoding: 'utf8' })
  return probe.status === 0 && probe.stdout.trim() === String(nobody.uid) ? prefix : null
}

/**
 * Copies the binaries to where nobody reaches them, and keeps the data there too when nobody
 * reaches them either; a file beside the keys remembers where.
 */
function copyHome(place: Candidates, nobody: UserIds): ServerHome | null {
  const { binaries, data, dataDir, owner } = place
  const pointer = path.join(dataDir, POINTER)
  const remembered = fs.existsSync(pointer) ? fs.readFileSync(pointer, 'utf8').trim() : null
  const parents = remembered === null ? REACHABLE_FOLDERS : [path.dirname(remembered)]
  for (const parent of parents) {
    try {
      const copied = copyBinaries(binaries, parent)
      const home: ServerHome = { ...copiedHome, binaries: copied, user: nobody, data: '' }
      if (remembered === null && reaches(nobody, copied, dataDir)) return { ...home, data }
      // Data that exist are not left behind for an empty database elsewhere.
      if (owner !== null) return null
      const name = `goc-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`
      const folder = remembered ?? path.join(parent, name)
      makeOwnFolder(folder)
      if (!reaches(nobody, copied, folder)) continue
      fs.writeFileSync(pointer, `${folder}\n`)
      const note = startWords('start.data-kept-at', { folder, wanted: dataDir })
      return { ...home, data: path.join(folder, 'postgres'), note }
    } catch (error) {
      if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOENT'].includes(errorCode(error))) throw error
    }
  }
  return null
}

const copiedHome = { way: 'copy', prefix: [], note: null } as const

/** One copy serves every Gốc of this version on the machine. */
function copyBinaries(binaries: string, parent: string): string {
  const { version } = JSON.parse(fs.readFileSync(path.join(binaries, '../package.json'), 'utf8'))
  const target = path.join(parent, `goc-server-${version}`)
  if (!fs.existsSync(target)) {
    const half = fs.mkdtempSync(`${target}.`)
    fs.cpSync(binaries, half, { recursive: true, verbatimSymlinks: true })
    const opened = spawnSync('chmod', ['-R', 'u+w,go-w,a+rX', half])
    if (opened.status !== 0) throw new Error(`chmod -R a+rX ${half} failed`)
    try {
      fs.renameSync(half, target)
    } catch (error) {
      if (!['ENOTEMPTY', 'EEXIST'].includes(errorCode(error))) throw error
      // Another start was quicker.
      fs.rmSync(half, { recursive: true })
    }
  }
  makeOwnFolder(target, 0o755)
  return target
}

/** In a folder that others may write to, one of the same name may be somebody else's trap. */
function makeOwnFolder(folder: string, mode = 0o711): void {
  fs.mkdirSync(folder, { recursive: true, mode })
  const { uid, mode: found } = fs.lstatSync(folder)
  const isOurs = uid === process.getuid?.() && (found & 0o022) === 0
  if (!isOurs || !fs.lstatSync(folder).isDirectory()) {
    throw new StartRefused('root-has-no-way', { folder })
  }
}

/** Can this user run the binaries and enter the folder? Asked by trying it as that user. */
function reaches(user: UserIds, binaries: string, folder: string): boolean {
  const script =
    '"$1/bin/postgres" --version >/dev/null && test -r "$1/share/postgresql/postgres.bki" && cd "$2"'
  const words = ['-c', script, 'sh', binaries, folder]
  return spawnSync(SHELL, words, { ...user, cwd: '/', stdio: 'ignore' }).status === 0
}

function giveTo(folder: string, { uid, gid }: UserIds): void {
  const changed = spawnSync('chown', ['-R', `${uid}:${gid}`, folder])
  if (changed.status !== 0) throw new StartRefused('root-has-no-way', { folder })
}

function ownerOf(folder: string): number | null {
  try {
    return fs.statSync(folder).uid
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw new StartRefused('folder-not-writable', { folder, code: errorCode(error) })
  }
}

function groupOf(folder: string): number {
  return fs.statSync(folder).gid
}

function passwdLines(): readonly string[][] {
  try {
    return fs
      .readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
  } catch {
    return []
  }
}

function idsOf(name: string): UserIds | null {
  const line = passwdLines().find(([found]) => found === name)
  const [uid, gid] = [Number(line?.[2]), Number(line?.[3])]
  return uid > 0 && gid > 0 ? { uid, gid } : null
}

function hasName(uid: number): boolean {
  try {
    return os.userInfo().uid === uid
  } catch {
    return false
  }
}

function nameOf(uid: number): string {
  return passwdLines().find((line) => line[2] === String(uid))?.[0] ?? String(uid)
}
