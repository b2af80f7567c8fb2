import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { ROOT } from '../test/gate/source.ts'
import { cleanEnvironment, freePort, Reader, startProgram, waitFor } from './program.ts'

const PERSONS = 2_000
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'goc-drill-backup-'))
fs.chmodSync(folder, 0o711)
const at = (name: string) => path.join(folder, name)
const COPY = at('copy')

interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs `goc …` to its end on the data of a name, while others go on. */
async function goc(data: string, ...words: readonly string[]): Promise<Ended> {
  const env = { ...cleanEnvironment(), GOC_DATA: at(data), GOC_LANG: 'en', GOC_LOG: 'warn' }
  const args = [path.join(ROOT, 'src/main.ts'), ...words]
  const child = spawn(process.execPath, args, { cwd: ROOT, env })
  const said = { stdout: '', stderr: '' }
  child.stdout.on('data', (text) => {
    said.stdout += text
  })
  child.stderr.on('data', (text) => {
    said.stderr += text
  })
  const [status] = (await once(child, 'close')) as [number | null]
  return { status, ...said }
}

async function run(data: string) {
  const port = await freePort()
  const program = startProgram({ args: ['start'], port, env: { GOC_DATA: at(data) } })
  await program.untilServing()
  const reader = new Reader()
  await reader.signIn(program.url, 'citizen')
  return { program, reader }
}

const verified = async (data: string) => {
  const { status, stdout, stderr } = await goc(data, 'ledger', 'verify', '--json')
  assert.equal(status, 0, `${stdout}${stderr}`)
  return JSON.parse(stdout) as { ok: boolean; lines: number }
}

before(async () => {
  const made = await goc('first', 'nation', '--persons', `${PERSONS}`)
  assert.equal(made.status, 0, made.stderr)
})
after(() => {
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 500 })
})

test('a backup made under way is put back whole, and its log goes on', async () => {
  const first = await run('first')
  let isDone = false
  const reading = (async () => {
    for (; !isDone; ) await first.reader.text(`${first.program.url}/reads`)
  })()
  await waitFor(async () => (await verified('first')).lines > 5, 'lines in the log')
  const made = await goc('first', 'backup', COPY)
  assert.equal(made.status, 0, made.stderr)
  isDone = true
  await reading
  await first.program.stop()
  const { lines } = await verified('first')

  assert.ok(!fs.existsSync(path.join(COPY, 'data', 'keys')))
  const without = await goc('second', 'restore', COPY)
  assert.equal(without.status, 1)
  assert.match(without.stderr, /keys are missing/)
  fs.cpSync(at('first/keys'), at('second/keys'), { recursive: true })
  const restored = await goc('second', 'restore', COPY)
  assert.equal(restored.status, 0, restored.stderr)

  const before = await verified('second')
  assert.ok(before.lines > 5 && before.lines <= lines)
  const second = await run('second')
  await second.reader.text(`${second.program.url}/reads`)
  await waitFor(async () => (await verified('second')).lines > before.lines, 'the log to go on')
  await second.program.stop()
  assert.match(second.program.output(), /2,000 people/)
})

test('a database that is there is never written over, nor a backup', async () => {
  const over = await goc('first', 'restore', COPY)
  assert.equal(over.status, 1)
  assert.match(over.stderr, /already/)
  const again = await goc('first', 'backup', COPY)
  assert.equal(again.status, 1)
  assert.match(again.stderr, /not empty/)
})

test('a backup that was changed, or never finished, is not put back', async () => {
  fs.cpSync(at('first/keys'), at('third/keys'), { recursive: true })
  const changed = at('changed')
  fs.cpSync(COPY, changed, { recursive: true })
  const [file = ''] = fs.readdirSync(path.join(changed, 'data/pg_xact'))
  fs.appendFileSync(path.join(changed, 'data/pg_xact', file), 'x')
  const damaged = await goc('third', 'restore', changed)
  assert.equal(damaged.status, 1)
  assert.match(damaged.stderr, new RegExp(`pg_xact/${file}`))
  fs.rmSync(path.join(changed, 'manifest.json'))
  const unfinished = await goc('third', 'restore', changed)
  assert.match(unfinished.stderr, /no whole backup/)
  assert.ok(!fs.existsSync(at('third/postgres')))
})
