import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import type pg from 'pg'
import { endBackup, startBackup } from './backup-store.ts'
import { errorCode, StartRefused } from './refused.ts'

/** One file of a backup, with what it must be when it is put back. */
export interface BackupFile {
  /** Inside the data folder. */
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

/** Written last: a folder without it is no backup. */
export interface Manifest {
  readonly format: typeof FORMAT
  readonly madeAt: string
  /** Major version of the server. */
  readonly version: string
  readonly folders: readonly string[]
  readonly files: readonly BackupFile[]
}

export const FORMAT = 'goc backup v1'
export const MANIFEST = 'manifest.json'
/** Folder of the server's files inside a backup. */
export const FILES = 'data'
const BLOCK_bytes = 1 << 20

/** Of these folders the server keeps nothing that outlives it; the log is copied apart. */
const EMPTIED = new Set([
  ...['pg_wal', 'pg_replslot', 'pg_dynshmem', 'pg_notify', 'pg_serial', 'pg_snapshots'],
  ...['pg_stat_tmp', 'pg_subtrans'],
])
const LEFT_OUT =
  /^(postmaster\.(pid|opts)|backup_label(\.old)?|tablespace_map(\.old)?|.*\.tmp|pgsql_tmp.*|pg_internal\.init.*)$/
/** Says where the server's recovery begins, so nothing that came before it may be newer. */
const CONTROL = 'global/pg_control'

export interface Progress {
  readonly files: number
  readonly of: number
  readonly bytes: number
}

export interface BackingUp {
  /** A connection of the owner's, used for nothing else meanwhile. */
  readonly client: pg.Client
  readonly folder: string
  readonly signal: AbortSignal
  onProgress(progress: Progress): void
}

/**
 * Copies the server's files while it works, with the log that makes them one moment's: what
 * pg_basebackup does. No key is among them.
 * @throws StartRefused `backup-not-empty`
 */
export async function backUp(work: BackingUp): Promise<Manifest> {
  const { client, folder, signal, onProgress } = work
  makeEmptyFolder(folder)
  const target = path.join(folder, FILES)
  fs.mkdirSync(target, { mode: 0o700 })
  const start = await startBackup(client)
  const { folders, names } = listData(start.data)
  for (const name of folders) fs.mkdirSync(path.join(target, name), { mode: 0o700 })
  const files: BackupFile[] = []
  let bytes = 0
  const take = async (name: string) => {
    // Ctrl-C is heard between two files.
    await turn()
    signal.throwIfAborted()
    const file = copyFile(start.data, target, name)
    // A table that was dropped meanwhile has taken its file with it, and the log knows.
    if (file === null) return
    files.push(file)
    bytes += file.bytes
    onProgress({ files: files.length, of: names.length, bytes })
  }
  for (const name of names.filter((one) => one !== CONTROL)) await take(name)
  await take(CONTROL)
  const end = await endBackup(client)
  for (const name of logSegments(start.data, start.segment, end.segment)) await take(name)
  files.push(writeFile(target, 'backup_label', end.label))
  const { version } = start
  const manifest = { format: FORMAT, madeAt: new Date().toISOString(), version, folders, files }
  writeFile(folder, MANIFEST, `${JSON.stringify(manifest, null, 1)}\n`)
  return manifest as Manifest
}

function makeEmptyFolder(folder: string): void {
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (fs.readdirSync(folder).length > 0) throw new StartRefused('backup-not-empty', { folder })
    // It holds everybody's record: the folder may have been made by another.
    fs.chmodSync(folder, 0o700)
  } catch (error) {
    if (error instanceof StartRefused) throw error
    throw new StartRefused('folder-not-writable', { folder, code: errorCode(error) })
  }
}

function listData(data: string): { folders: string[]; names: string[] } {
  const folders: string[] = []
  const names: string[] = []
  const walk = (inside: string) => {
    for (const entry of fs.readdirSync(path.join(data, inside), { withFileTypes: true })) {
      const name = path.posix.join(inside, entry.name)
      if (entry.isSymbolicLink()) throw new Error(`${name} lies elsewhere: a tablespace`)
      if (entry.isDirectory()) {
        if (LEFT_OUT.test(entry.name)) continue
        folders.push(name)
        if (!EMPTIED.has(name)) walk(name)
      } else if (entry.isFile() && !LEFT_OUT.test(entry.name)) names.push(name)
    }
  }
  walk('')
  return { folders, names }
}

/** The log from the first segment to the last, all of one timeline: their names sort as they follow. */
function logSegments(data: string, first: string, last: string): readonly string[] {
  const isNeeded = (name: string) => /^[0-9A-F]{24}$/.test(name) && first <= name && name <= last
  const names = fs.readdirSync(path.join(data, 'pg_wal')).filter(isNeeded).sort()
  if (names[0] !== first || names.at(-1) !== last) {
    throw new Error(`the server no longer has its log from ${first} to ${last}`)
  }
  return names.map((name) => `pg_wal/${name}`)
}

/** Copies a file and has it on the disk; null when it is gone. */
export function copyFile(from: string, to: string, name: string): BackupFile | null {
  let source: number
  try {
    source = fs.openSync(path.join(from, name), 'r')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  }
  const target = fs.openSync(path.join(to, name), 'wx', 0o600)
  try {
    const hash = createHash('sha256')
    const block = Buffer.allocUnsafe(BLOCK_bytes)
    let bytes = 0
    for (;;) {
      const read = fs.readSync(source, block)
      if (read === 0) break
      hash.update(block.subarray(0, read))
      fs.writeSync(target, block, 0, read)
      bytes += read
    }
    fs.fsyncSync(target)
    return { path: name, bytes, sha256: hash.digest('hex') }
  } finally {
    fs.closeSync(source)
    fs.closeSync(target)
  }
}

function writeFile(folder: string, name: string, text: string): BackupFile {
  fs.writeFileSync(path.join(folder, name), text, { mode: 0o600, flag: 'wx', flush: true })
  const sha256 = createHash('sha256').update(text).digest('hex')
  return { path: name, bytes: Buffer.byteLength(text), sha256 }
}
