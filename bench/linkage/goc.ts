import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Measured, measured } from './measured.ts'

const GOC = fileURLToPath(new URL('../../setup.js', import.meta.url))

/** What `goc link --json` says of a run. */
export interface Told {
  readonly rows: number
  readonly unreadable: number
  readonly compared: number
  readonly pairs: number
  readonly seconds: number
}

export interface LinkRun {
  readonly left: string
  /** Null: `goc dedupe`. */
  readonly right: string | null
  readonly spec: string
  readonly out: string
  readonly more?: readonly string[]
}

/** The command as a person gives it, from the start of the process to its end. */
export async function runGoc(run: LinkRun): Promise<Measured & { readonly told: Told }> {
  const { left, right, spec, out, more = [] } = run
  const files = right === null ? ['dedupe', left] : ['link', left, right]
  const args = [GOC, 'goc', ...files, '--spec', spec, '--out', out, '--json', ...more]
  const done = await measured(process.execPath, args)
  return { ...done, told: JSON.parse(done.output.trim().split('\n').at(-1) ?? '') as Told }
}

/** The two files of a folder of the generator, or the one. */
export const filesOf = (folder: string, right: boolean) => ({
  left: path.join(folder, right ? 'left.csv' : 'file.csv'),
  right: right ? path.join(folder, 'right.csv') : null,
  spec: path.join(folder, 'spec.json'),
})
