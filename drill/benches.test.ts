import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { ROOT } from '../test/gate/source.ts'
import { cleanEnvironment } from './program.ts'

const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'goc-drill-benches-'))
fs.chmodSync(dataDir, 0o711)
after(() => fs.rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 500 }))

/** What the issue asks figures of; `goc bench` runs all there are. */
const NAMES = ['audit', 'birth', 'import', 'nation', 'read', 'search', 'verify', 'verify-batch']

// No figure is judged: so small a run says nothing of a rate.
test('every bench still runs and answers its figures', async (t) => {
  const child = spawn(process.execPath, [path.join(ROOT, 'src/main.ts'), 'bench'], {
    env: { ...cleanEnvironment(), GOC_BENCH_SMOKE: '1', GOC_DATA: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let words = ''
  child.stdout.on('data', (text) => (output += text))
  child.stderr.on('data', (text) => (words += text))
  const [status] = (await once(child, 'close')) as [number | null]
  assert.equal(status, 0, `${output}\n${words}`)
  for (const name of NAMES) {
    const [, table] = new RegExp(`^${name}: .*\n((?:  .*\n)+)`, 'm').exec(output) ?? []
    const figures = (table ?? '').trim().split('\n').slice(1)
    assert.ok(figures.length > 0, `${name} answered nothing:\n${output}\n${words}`)
    for (const figure of figures) assert.doesNotMatch(figure, /NaN/, figure)
    t.diagnostic(`${name}: ${figures.length} figures`)
  }
})
