import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { freePort, type Program, Reader, startProgram, waitFor } from './program.ts'

/** From installed packages to signed in, and from a stopped program to an answer (DESIGN 8). */
const FIRST_ms = 90_000
const AGAIN_ms = 5_000
const PERSONS = 20_000

const base = fs.mkdtempSync(path.join(os.tmpdir(), 'goc-drill-start-'))
fs.chmodSync(base, 0o711)
const env = { GOC_DATA: base }
const running = new Set<Program>()
after(async () => {
  for (const program of running) program.child.kill('SIGTERM')
  for (const program of running) await program.stop()
  fs.rmSync(base, { recursive: true, force: true, maxRetries: 20, retryDelay: 500 })
})

async function start(args?: readonly string[]): Promise<Program> {
  const program = startProgram({ port: await freePort(), env, ...(args !== undefined && { args }) })
  running.add(program)
  program.child.once('exit', () => running.delete(program))
  return program
}

/** How many times as long as on a free machine something takes here: what others do is not ours. */
const busyness = () => Math.max(1, (os.loadavg()[0] ?? 0) / os.availableParallelism())

/** What only these data hold: the citizen's own number. */
async function numberOfCitizen({ url }: Program): Promise<string> {
  const citizen = new Reader()
  await citizen.signIn(url, 'citizen')
  const page = await citizen.text(`${url}/record`)
  const [number] = /9\d{2}[\s\u00a0]?\d{3}[\s\u00a0]?\d{3}[\s\u00a0]?\d{3}/.exec(page) ?? []
  assert.ok(number !== undefined, 'a record shows its number')
  return number.replaceAll(/\D/g, '')
}

let number = ''

test(`npm start makes a nation of ${PERSONS} persons and lets one sign in within ${FIRST_ms / 1000} s`, async (t) => {
  const began = performance.now()
  const program = await start()
  await program.untilServing()
  number = await numberOfCitizen(program)
  const took_ms = performance.now() - began
  t.diagnostic(`signed in after ${Math.round(took_ms)} ms`)
  assert.ok(took_ms <= FIRST_ms * busyness())
  assert.match(program.output(), /20,000/)
  await program.stop()
})

test(`started again it answers within ${AGAIN_ms / 1000} s and has kept its data`, async (t) => {
  const took: number[] = []
  for (let turn = 0; turn < 3; turn++) {
    const program = await start()
    took.push(await program.untilServing())
    assert.equal(await numberOfCitizen(program), number)
    await program.stop()
  }
  t.diagnostic(`served after ${took.map(Math.round).join(', ')} ms`)
  assert.ok(Math.min(...took) <= AGAIN_ms * busyness())
})

test('pages and the work behind them run as two processes on one data folder', async () => {
  const pages = await start(['start', '--no-worker'])
  await pages.untilServing()
  const size = async () => {
    const answer = await fetch(`${pages.url}/ledger/checkpoint`)
    return answer.ok ? Number((await answer.text()).split('\n')[1]) : 0
  }
  const worker = await start(['worker'])
  const before = await size()
  assert.equal(await numberOfCitizen(pages), number)
  await waitFor(async () => (await size()) > before, 'the worker to give the event its line')
  await worker.stop()
  await pages.stop()
})
