import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { readConfig } from '../../src/kernel/config.ts'
import { SMOKE } from '../bench.ts'
import type { Request } from './generator.ts'
import { measured } from './measured.ts'

const HERE = fileURLToPath(new URL('.', import.meta.url))

/** Where linkage benches keep their files: `GOC_DATA/bench/linkage`. */
export function linkageFolder(...names: readonly string[]): string {
  const { dataDir } = readConfig(process.env)
  return path.join(dataDir, SMOKE ? 'bench-smoke' : 'bench', 'linkage', ...names)
}

/** Files made by another generator are made anew. */
const generatorDigest = (): string => {
  const hash = createHash('sha256')
  const files = globSync('*.ts', { cwd: HERE }).filter((name) => !name.endsWith('.test.ts'))
  for (const file of files.sort()) hash.update(readFileSync(path.join(HERE, file)))
  return hash.digest('hex').slice(0, 12)
}

/** Labelled files as asked for, made in a process of their own and found again at the next run. */
export async function labelledFiles(
  request: Request,
  say: (line: string) => void,
): Promise<string> {
  const { people, severity, seed, left, right, without = [] } = request
  const lacks = without.length > 0 ? `-without-${without.join('-')}` : ''
  const name = `${people}-${severity}-${seed}-${left}-${right}${lacks}-${generatorDigest()}`
  const folder = linkageFolder(name)
  if (existsSync(folder)) return folder
  say(`makes ${name}`)
  const making = `${folder}.making`
  rmSync(making, { recursive: true, force: true })
  await measured(process.execPath, [
    path.join(HERE, 'generator.ts'),
    making,
    ...['--people', people, '--severity', severity, '--seed', seed],
    ...['--left', String(left), '--right', String(right), '--without', without.join(',')],
  ])
  renameSync(making, folder)
  return folder
}
