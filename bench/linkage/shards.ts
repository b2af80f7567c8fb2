import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { SMOKE } from '../bench.ts'
import { filesOf, runGoc } from './goc.ts'

/** Processes over which the pairs are shared out, in turn. */
export const SHARDS: readonly number[] = SMOKE ? [1, 2] : [1, 4, 8]

/**
 * Scores a folder's files with a model trained before, whole and in shares, each share a process
 * of its own, and answers the digests of the sorted pairs: they must be one.
 */
export async function shardDigests(folder: string, out: string): Promise<readonly string[]> {
  const files = filesOf(folder, true)
  const trained = path.join(out, 'trained')
  await runGoc({ ...files, out: trained })
  const digests: string[] = []
  for (const of of SHARDS) {
    const lines: string[] = []
    for (let index = 1; index <= of; index++) {
      const share = path.join(out, `${index}-of-${of}`)
      const more = ['--model', path.join(trained, 'model.json'), '--shard', `${index}/${of}`]
      await runGoc({ ...files, out: share, more })
      const [, ...pairs] = readFileSync(path.join(share, 'pairs.csv'), 'utf8').trim().split('\n')
      lines.push(...pairs)
    }
    digests.push(createHash('sha256').update(lines.sort().join('\n')).digest('hex'))
  }
  return digests
}
