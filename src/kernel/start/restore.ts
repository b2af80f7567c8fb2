import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { copyFile, FILES, FORMAT, MANIFEST, type Manifest, type Progress } from './backup.ts'
import { describeLock, releaseLock, takeLock } from './lock.js'
import { StartRefused } from './refused.ts'
import { findBinaries, OWNER } from './server-data.ts'
import { findServerHome, type ServerHome } from './server-home.ts'

export interface Restoring {
  /** The folder a backup was written to. */
  readonly folder: string
  readonly dataDir: string
  readonly keysDir: string
  readonly signal: AbortSignal
  onProgress(progress: Progress): void
}

/**
 * Puts a backup back where there is no database. Every file is checked on its way, and nothing is
 * taken for a database before all of them are there. The keys are put back first, from their own copy.
 * @throws StartRefused `restore-no-backup`, `restore-damaged`, `restore-not-empty`, `restore-no-keys`,
 * `data-other-version`, `already-running`
 */
export async function restore(work: Restoring): Promise<Manifest> {
  const manifest = readManifest(work.folder)
  const found = findBinaries()
  if (manifest.version !== found.version) {
    const details = { folder: work.folder, found: manifest.version, carried: found.version }
    throw new StartRefused('data-other-version', details)
  }
  const password = path.join(work.keysDir, `${OWNER}.secret`)
  if (!fs.existsSync(password)) throw new StartRefused('restore-no-keys', { file: password })
  fs.mkdirSync(work.dataDir, { recursive: true, mode: 0o711 })
  const dataDir = fs.realpathSync(work.dataDir)
  const lock = path.join(dataDir, 'goc.lock')
  const holder = takeLock(lock, { socket: null, address: null })
  if (holder !== null) {
    throw new StartRefused('already-running', { folder: dataDir, pid: holder.pid, address: '' })
  }
  try {
    const home = findServerHome({ binaries: found.folder, dataDir, ways: null })
    if (fs.existsSync(home.data)) throw new StartRefused('restore-not-empty', { folder: dataDir })
    await putBack(work, manifest, home)
    return manifest
  } finally {
    describeLock(lock, { socket: null, address: null, stopping: true })
    releaseLock(lock)
  }
}

function readManifest(folder: string): Manifest {
  try {
    const manifest = JSON.parse(fs.readFileSync(path.join(folder, MANIFEST), 'utf8')) as Manifest
    if (manifest.format === FORMAT) return manifest
  } catch {
    // No such file, or not whole.
  }
  throw new StartRefused('restore-no-backup', { folder })
}

/** Beside the final place, so that an interrupted one is never taken for a database. */
async function putBack(work: Restoring, manifest: Manifest, home: ServerHome): Promise<void> {
  const { folder, signal, onProgress } = work
  const half = `${home.data}.restoring`
  fs.rmSync(half, { recursive: true, force: true })
  fs.mkdirSync(half, { mode: 0o700 })
  for (const name of manifest.folders) fs.mkdirSync(path.join(half, name), { mode: 0o700 })
  let bytes = 0
  for (const [at, { path: name, sha256 }] of manifest.files.entries()) {
    await turn()
    signal.throwIfAborted()
    const file = copyFile(path.join(folder, FILES), half, name)
    if (file?.sha256 !== sha256) throw new StartRefused('restore-damaged', { file: name })
    bytes += file.bytes
    onProgress({ files: at + 1, of: manifest.files.length, bytes })
  }
  if (home.user !== null) {
    const owner = `${home.user.uid}:${home.user.gid}`
    if (spawnSync('chown', ['-R', owner, half]).status !== 0) {
      throw new StartRefused('root-has-no-way', { folder: half })
    }
  }
  fs.renameSync(half, home.data)
}
