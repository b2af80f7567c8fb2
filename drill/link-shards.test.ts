import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { generate } from '../bench/linkage/generator.ts'

const GOC = fileURLToPath(new URL('../goc', import.meta.url))
/** So many that blocking is needed: fewer rows have all their pairs scored. */
const ROWS = 12_000

async function link(args: readonly string[]): Promise<void> {
  const child = spawn(GOC, ['link', ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (words) => (said += words))
  const [status] = await once(child, 'exit')
  assert.equal(status, 0, said)
}

const digest = (folder: string): string =>
  createHash('sha256')
    .update(readFileSync(path.join(folder, 'pairs.csv')))
    .digest('hex')

test('1, 4 and 8 processes over shards of the keys find the same pairs, each once', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'goc-shards-'))
  const at = (name: string) => path.join(folder, name)
  try {
    const files = generate(
      { people: 'vn', severity: 'typical', seed: 'shards', left: ROWS, right: ROWS },
      at('files'),
    )
    const given = [files.left, files.right ?? '', '--spec', files.spec]
    await link([...given, '--out', at('whole')])
    const model = at('whole/model.json')
    assert.ok(statSync(at('whole/pairs.csv')).size > ROWS * 10)
    for (const shards of [1, 4, 8]) {
      const parts = Array.from({ length: shards }, (_, shard) => at(`${shards}-${shard + 1}`))
      for (const [shard, out] of parts.entries()) {
        await link([...given, '--model', model, '--shard', `${shard + 1}/${shards}`, '--out', out])
      }
      if (shards === 1) {
        assert.equal(digest(at('1-1')), digest(at('whole')), 'a model used again')
        continue
      }
      const gather = parts.flatMap((out) => ['--gather', out])
      await link([...given, '--model', model, ...gather, '--out', at(`${shards}`)])
      assert.equal(digest(at(`${shards}`)), digest(at('whole')), `${shards} processes`)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})
