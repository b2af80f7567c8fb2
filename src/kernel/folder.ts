import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { Refusal } from './refusal.ts'

/**
 * A folder for results, made where it is missing. Level by level: under /proc Node's own way of
 * making all of them never ends.
 * @throws Refusal folder.not-writable, naming it.
 */
export function makeFolder(folder: string): void {
  const whole = path.resolve(folder)
  const missing: string[] = []
  for (let at = whole; !isThere(at); at = path.dirname(at)) missing.unshift(at)
  try {
    for (const one of missing) mkdirSync(one)
    if (!statSync(whole).isDirectory()) throw new Error('not a folder')
    accessSync(whole, constants.W_OK)
  } catch {
    throw new Refusal('folder.not-writable', { folder })
  }
}

function isThere(file: string): boolean {
  return file === path.dirname(file) || statSync(file, { throwIfNoEntry: false }) !== undefined
}
