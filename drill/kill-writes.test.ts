import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { profile } from '../profiles/vn/index.ts'
import { type Foundation, foundNation, openFoundation, openKernel } from '../src/house.ts'
import { readConfig } from '../src/kernel/config.ts'
import type { Kernel, ReceivedFact } from '../src/kernel/index.ts'
import { round } from '../src/kernel/worker.ts'
import { unitsOf } from '../src/register/index.ts'
import { ensureUnits } from '../src/register/unit/seed.ts'
import { withTestRoles } from '../test/commands.ts'
import { countAll, requireOnce, requireWhole } from './writes/checks.ts'
import { laneOf } from './writes/plan.ts'
import type { Order, Told } from './writes/process.ts'

const LANES = 60
const PROGRAM = fileURLToPath(new URL('./writes/process.ts', import.meta.url))
/** Killed: the program beside a server that lives on; with a server of its own; both at once. */
const KILLS = [
  ...Array<'client'>(8).fill('client'),
  ...Array<'program'>(7).fill('program'),
  ...Array<'everything'>(5).fill('everything'),
]
const ANSWERS_most = 30

const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'goc-drill-writes-'))
fs.chmodSync(dataDir, 0o711)
const config = readConfig({ GOC_DATA: dataDir, PORT: '0', GOC_LOG: 'fatal' })
const nation = { profile: withTestRoles(profile), demonstration: true }
const taken: ReceivedFact[] = []
const job = {
  name: 'drill.taker',
  on: ['*'] as string[],
  run: async (fact: ReceivedFact) => void taken.push(fact),
}
const answered: Record<string, unknown> = {}
const running = new Set<ChildProcess>()
let home = ''

interface House {
  readonly foundation: Foundation
  readonly kernel: Kernel
  readonly owner: pg.Client
  close(): Promise<void>
}

async function openHouse(): Promise<House> {
  const foundation = await openFoundation(config, true)
  const kernel = openKernel(foundation, nation)
  const owner = new pg.Client(foundation.connection())
  await owner.connect()
  const close = async () => {
    await owner.end()
    await kernel.database.end()
    await foundation.close()
  }
  return { foundation, kernel, owner, close }
}

/** A program that stands by; `go` has it send every key that has no answer yet. */
async function stand() {
  const child = spawn(process.execPath, [PROGRAM], {
    env: { ...process.env, GOC_DATA: dataDir },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  const exited = once(child, 'exit')
  const [told] = (await Promise.race([once(child, 'message'), exited])) as [Told | null]
  assert.ok(told !== null && typeof told === 'object' && 'ready' in told, 'it did not start')
  return { child, serverPid: told.serverPid, exited }
}

type Standing = Awaited<ReturnType<typeof stand>>

/** Has it work until `enough` answers have come, or until it has finished. */
async function work({ child }: Standing, enough = Number.POSITIVE_INFINITY): Promise<boolean> {
  let left = enough
  const done = new Promise<boolean>((resolve, reject) => {
    child.on('message', (told: Told) => {
      if ('finished' in told) resolve(true)
      if (!('key' in told)) return
      // A key that was done before the kill, and only its answer lost, is answered the same again.
      assert.ok(!(told.key in answered), `${told.key} was sent again though it was answered`)
      answered[told.key] = told.answer
      if (--left === 0) resolve(false)
    })
    child.once('exit', (code, signal) => {
      if (signal !== 'SIGKILL' && code !== 0) reject(new Error(`the program ended with ${code}`))
    })
  })
  const order: Order = { lanes: LANES, home, answered }
  child.send(order)
  return done
}

/** The server's processes, whose parent is the first of them; none where nobody can tell. */
function serverProcesses(pid: number): number[] {
  if (!fs.existsSync('/proc/self/stat')) return []
  const isChild = (name: string) => {
    try {
      const stat = fs.readFileSync(`/proc/${name}/stat`, 'utf8')
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid
    } catch {
      return false
    }
  }
  const names = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isChild(name))
  return [pid, ...names.map(Number)]
}

async function kill({ child, serverPid, exited }: Standing, kind: (typeof KILLS)[number]) {
  await sleep(Math.random() * 15)
  const server = kind === 'everything' ? serverProcesses(serverPid) : []
  child.kill('SIGKILL')
  for (const pid of server) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended by itself meanwhile.
    }
  }
  await exited
}

before(async () => {
  const house = await openHouse()
  await foundNation(house.foundation, nation)
  await ensureUnits(house.kernel)
  const directory = await house.kernel.database.transaction((tx) =>
    unitsOf({ tx, kernel: house.kernel }),
  )
  const today = house.kernel.now().slice(0, 10) as never
  for (let [unit] = directory.childrenOf(null, today); unit !== undefined; ) {
    home = unit.id
    unit = directory.childrenOf(unit.id, today)[0]
  }
  // A subscriber reads what comes after it was made known.
  await round(house.kernel, [job])
  await house.close()
})
after(() => {
  for (const child of running) child.kill('SIGKILL')
  fs.rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 500 })
})

test(`kill -9 during writes, ${KILLS.length} times: nothing is lost and nothing done twice`, async (t) => {
  let house: House | undefined = await openHouse()
  let next: Promise<Standing> | undefined
  let unheard = 0
  for (const kind of KILLS) {
    if (kind !== 'client' && house !== undefined) {
      await (await next)?.child.kill('SIGKILL')
      await house.close()
      house = undefined
      next = undefined
    }
    const standing = await (next ?? stand())
    // Beside a server that lives on, the next one sends while the last commit may be under way.
    next = kind === 'client' ? stand() : undefined
    await next
    const finished = await work(standing, 1 + randomInt(ANSWERS_most))
    assert.ok(!finished, 'it was killed with work before it')
    await kill(standing, kind)
    if (house !== undefined) unheard += (await countDone(house)) - Object.keys(answered).length
  }
  t.diagnostic(`${Object.keys(answered).length} keys were answered before the last kill`)
  t.diagnostic(`${unheard} were done beside a living server and their answers lost`)
  house = await openHouse()
  try {
    const last = await stand()
    assert.ok(await work(last))
    await last.exited
    await examine(house)
  } finally {
    await house.close()
  }
})

async function countDone({ owner }: House): Promise<number> {
  const { rows } = await owner.query<{ n: number }>(
    'select count(*)::int as n from kernel.idempotency',
  )
  return rows[0]?.n ?? 0
}

async function examine({ kernel, owner }: House): Promise<void> {
  const lanes = Array.from({ length: LANES }, (_, at) => laneOf(at, home))
  assert.equal(Object.keys(answered).length, lanes.flatMap(({ steps }) => steps).length)
  await requireWhole(owner)
  await requireOnce(owner, lanes)

  const { rows } = await owner.query<{ fact_id: string }>(
    'select fact_id from kernel.outbox order by xid, fact_id',
  )
  job.on = (
    await owner.query<{ name: string }>('select distinct name from kernel.outbox')
  ).rows.map((row) => row.name)
  while (await round(kernel, [job]));
  assert.deepEqual(
    taken.map(({ factId }) => factId),
    rows.map((row) => row.fact_id),
  )

  const counts = await countAll(owner)
  const before = { ...answered }
  for (const key of Object.keys(answered)) delete answered[key]
  const again = await stand()
  assert.ok(await work(again))
  await again.exited
  assert.deepEqual(answered, before, 'every key has the answer it had')
  assert.deepEqual(await countAll(owner), counts, 'a repeat writes nothing')

  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.resolve('src/main.ts'), 'ledger', 'verify'],
    { env: { ...process.env, GOC_DATA: dataDir, GOC_LANG: 'en' }, encoding: 'utf8' },
  )
  assert.equal(status, 0, `${stdout}${stderr}`)
}
