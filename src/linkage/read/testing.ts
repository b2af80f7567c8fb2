import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after } from 'node:test'
import type { FieldKind, LinkSpec } from '../types.ts'
import { readFiles } from './files.ts'
import type { ReadOptions, TwoFiles } from './types.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'goc-read-'))
const SCRATCH = path.join(folder, 'scratch')
mkdirSync(SCRATCH)
after(() => rmSync(folder, { recursive: true, force: true }))

/** A file of a test, gone when the tests are. */
export function fileOf(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name)
  writeFileSync(file, content)
  return file
}

/** Fields by name and kind; several columns of a day with `+` between them. */
export function specOf(id: string, fields: Readonly<Record<string, FieldKind>>): LinkSpec {
  const list = Object.entries(fields).map(([name, kind]) => {
    const columns = name.split('+')
    return { name: columns[0] ?? '', kind, columns, format: null }
  })
  return { id, fields: list, blocking: null, names: null }
}

export const NAMES = specOf('id', { name: 'full-name' })

/** Reads files with what a test need not say. */
export const readAll = (
  options: Partial<ReadOptions> & Pick<ReadOptions, 'left'>,
): Promise<TwoFiles> =>
  readFiles({ right: null, spec: NAMES, scratch: SCRATCH, threads: 2, ...options })

/** What a field says of the rows of a side. */
export function textsAt({ columns }: TwoFiles, field: number, side: 'left' | 'right' = 'left') {
  const column = columns[field]
  return Array.from(column?.[side] ?? [], (code) => column?.values[code])
}

/** Whether a refusal is the one expected: its code, and these of its details. */
export const refusal =
  (code: string, details: Readonly<Record<string, string | RegExp>> = {}) =>
  (error: { code?: string; details?: Readonly<Record<string, string>> }): boolean =>
    error.code === code &&
    Object.entries(details).every(([name, expected]) => {
      const value = error.details?.[name] ?? ''
      return typeof expected === 'string' ? value === expected : expected.test(value)
    })
