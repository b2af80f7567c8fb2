// Plain JavaScript for any Node >= 18: setup.js needs it before the pinned Node exists.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/**
 * Who holds a lock: a process, told apart from a later one with the same id by its start.
 * @typedef {{ pid: number, start: string } & Record<string, unknown>} Holder
 */

/**
 * Takes a lock file for this process. A lock whose process is dead is taken over.
 * @param {string} path
 * @param {Record<string, unknown>} [facts] what others may read about the holder
 * @returns {Holder | null} null when taken, else the living holder
 * @throws the error of the file system when the folder cannot be written
 */
export function takeLock(path, facts = {}) {
  const mine = `${path}.${process.pid}`
  writeFileSync(mine, JSON.stringify({ ...facts, pid: process.pid, start: startOf(process.pid) }))
  try {
    for (let attempt = 0; attempt < 100; attempt++) {
      try {
        linkSync(mine, path)
        return null
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error
      }
      const text = readText(path)
      const holder = readHolder(text)
      if (holder !== null && isAlive(holder)) return holder
      if (text !== null) removeStale(path, text)
    }
    throw new Error(`the lock ${path} changes hands too fast`)
  } finally {
    rmSync(mine, { force: true })
  }
}

/**
 * Rewrites what others may read about the holder; only the holder may call it.
 * @param {string} path
 * @param {Record<string, unknown>} facts
 */
export function describeLock(path, facts) {
  const mine = `${path}.${process.pid}`
  writeFileSync(mine, JSON.stringify({ ...facts, pid: process.pid, start: startOf(process.pid) }))
  renameSync(mine, path)
}

/**
 * Gives the lock back, when it is still ours.
 * @param {string} path
 */
export function releaseLock(path) {
  if (readHolder(readText(path))?.pid === process.pid) rmSync(path, { force: true })
}

/**
 * The living process that holds a lock.
 * @param {string} path
 * @returns {Holder | null}
 */
export function lockHolder(path) {
  const holder = readHolder(readText(path))
  return holder !== null && isAlive(holder) ? holder : null
}

/**
 * Is this very process still running?
 * @param {{ pid: number, start: string }} process_
 */
function isAlive({ pid, start }) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false
  }
  return startOf(pid) === start
}

/**
 * When a process began, in a form that no later process with the same id repeats: the boot and
 * the clock tick (proc(5), /proc/pid/stat field 22). Elsewhere than on Linux the id must do.
 * @param {number} pid
 */
function startOf(pid) {
  const stat = readText(`/proc/${pid}/stat`)
  if (stat === null) return ''
  const boot = readText('/proc/sys/kernel/random/boot_id')?.trim() ?? ''
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' ? 'ended' : `${boot}/${fields[19]}`
}

/**
 * Moves a stale lock aside; when another process was quicker and the lock is already new, puts
 * it back, since it was theirs.
 * @param {string} path
 * @param {string} staleText
 */
function removeStale(path, staleText) {
  const aside = `${path}.${process.pid}.stale`
  try {
    renameSync(path, aside)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw error
  }
  if (readText(aside) !== staleText) {
    try {
      linkSync(aside, path)
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
    }
  }
  rmSync(aside, { force: true })
}

/**
 * @param {string | null} text
 * @returns {Holder | null}
 */
function readHolder(text) {
  try {
    const holder = JSON.parse(text ?? 'null')
    return typeof holder?.pid === 'number' && typeof holder.start === 'string' ? holder : null
  } catch {
    return null
  }
}

/** @param {string} path */
function readText(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
