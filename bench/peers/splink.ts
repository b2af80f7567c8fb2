import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Measured, measured } from '../linkage/measured.ts'

const PROGRAM = fileURLToPath(new URL('./splink_link.py', import.meta.url))
const PYTHON = process.env.GOC_BENCH_PYTHON ?? 'python3'
const VERSION = 'import duckdb, splink; print(splink.__version__)'

/** The version of Splink that Python here has; null without one. We never install it. */
export function splinkVersion(): string | null {
  const { status, stdout } = spawnSync(PYTHON, ['-c', VERSION], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : null
}

export interface SplinkRun {
  /** The Splink model of the files, of those in splink_link.py. */
  readonly model: 'vn' | 'english' | 'febrl'
  readonly left: string
  readonly right: string | null
  readonly out: string
}

/** Links the files with Splink, from the start of the process to its end. */
export function runSplink({ model, left, right, out }: SplinkRun): Promise<Measured> {
  const files = ['--left', left, ...(right === null ? [] : ['--right', right])]
  return measured(PYTHON, [PROGRAM, '--model', model, ...files, '--out', out])
}
