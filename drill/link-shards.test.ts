import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
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

const linesOf = (folder: string): readonly string[] =>
  readFileSync(path.join(folder, 'pairs.csv'), 'utf8').trimEnd().split('\n').slice(1)

const digest = (lines: readonly string[]): string =>
  createHash('sha256').update(lines.toSorted().join('\n')).digest('hex')

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
    const whole = linesOf(at('whole'))
    assert.ok(whole.length > ROWS / 2, `${whole.length} pairs`)
    for (const shards of [1, 4, 8]) {
      const found: string[] = []
      for (let shard = 1; shard <= shards; shard++) {
        const out = at(`${shards}-${shard}`)
        const model = at('whole/model.json')
        await link([...given, '--model', model, '--shard', `${shard}/${shards}`, '--out', out])
        found.push(...linesOf(out))
      }
      assert.equal(found.length, whole.length)
      assert.equal(digest(found), digest(whole), `${shards} processes`)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})
