import assert from 'node:assert/strict'
import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { signRequest } from '../client/index.ts'
import { passwordOf } from '../src/kernel/postgres.ts'
import { openTestCluster } from '../test/harness.ts'
import {
  freePort,
  hiddenFields,
  type Program,
  Reader,
  startProgram,
  WARM_START_ms,
  waitFor,
} from './program.ts'

const DATABASE = 'goc_two'
const WORKER_LEAD = 4101
const LEDGER_LEAD = 4102

let cluster: Awaited<ReturnType<typeof openTestCluster>>
let owner: pg.Client
let one: Program
let other: Program
const running = new Set<Program>()

/** All processes read the same settings; only their ports differ. */
async function start(...args: readonly string[]): Promise<Program> {
  const dataDir = path.join(path.dirname(cluster.keysDir), 'program')
  const password = passwordOf(cluster.keysDir, 'goc_owner')
  const program = startProgram({
    args,
    port: await freePort(),
    env: {
      DATABASE_URL: `postgres://goc_owner:${password}@localhost/${DATABASE}?host=${cluster.host}`,
      GOC_KEYS: cluster.keysDir,
      GOC_DATA: dataDir,
    },
  })
  running.add(program)
  program.child.once('exit', () => running.delete(program))
  return program
}

before(async () => {
  cluster = await openTestCluster()
  const connection = {
    host: cluster.host,
    port: 5432,
    user: 'goc_owner',
    password: passwordOf(cluster.keysDir, 'goc_owner'),
  }
  const maker = new pg.Client({ ...connection, database: 'postgres' })
  await maker.connect()
  await maker.query(`create database ${DATABASE}`)
  await maker.end()
  one = await start('start', '--no-worker')
  await one.untilServing()
  other = await start('start', '--no-worker')
  await other.untilServing(WARM_START_ms)
  owner = new pg.Client({ ...connection, database: DATABASE })
  await owner.connect()
})
after(async () => {
  for (const program of running) program.child.kill('SIGKILL')
  await owner?.end()
  await cluster.stop()
})

/** Who holds the lead, by the connection that does; undefined when nobody does. */
async function leadOf(lock: number): Promise<number | undefined> {
  const { rows } = await owner.query<{ pid: number }>(
    `select pid from pg_locks where locktype = 'advisory' and granted and objid = $1
       and database = (select oid from pg_database where datname = current_database())`,
    [lock],
  )
  return rows[0]?.pid
}

const count = async (table: string): Promise<number> =>
  (await owner.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n ?? 0

const logSize = async (): Promise<number> => {
  const answer = await fetch(`${other.url}/ledger/checkpoint`)
  return answer.ok ? Number((await answer.text()).split('\n')[1]) : 0
}

test('a session opened at one process is known at the other, and ended at both', async () => {
  const citizen = new Reader()
  await citizen.signIn(one.url, 'citizen')
  assert.match(await citizen.text(`${other.url}/record`), /<h1/)
  const fields = hiddenFields(await citizen.text(`${other.url}/record`), '/sign-out')
  const before = new Map(citizen.cookies)
  assert.equal((await citizen.post(`${one.url}/sign-out`, fields)).status, 303)
  const headers = { cookie: [...before].map((pair) => pair.join('=')).join('; ') }
  for (const { url } of [one, other]) {
    const answer = await fetch(`${url}/record`, {
      headers: { ...headers, accept: 'text/html' },
      redirect: 'manual',
    })
    assert.equal(answer.status, 303)
    assert.match(answer.headers.get('location') ?? '', /^\/sign-in/)
  }
})

/** The bank of the demonstration asks about the citizen of the demonstration. */
async function askAboutCitizen() {
  const folder = path.join(path.dirname(cluster.keysDir), 'program', 'demo', 'agencies', 'bank')
  const agency = JSON.parse(readFileSync(path.join(folder, 'agency.json'), 'utf8'))
  const privateKey = createPrivateKey(readFileSync(path.join(folder, 'private.pem'), 'utf8'))
  const { rows } = await owner.query<{ number: string; name: string; born: string }>(
    `select n.number, max(f.value ->> 'full') filter (where f.kind = 'name') as name,
       max(f.value ->> 'on') filter (where f.kind = 'birth') as born
     from kernel.actor a join register.number n using (person_id)
     join register.fact f using (person_id)
     where a.login = 'citizen' and f.superseded_at is null and f.valid @> current_date
     group by n.number`,
  )
  const [person] = rows
  assert.ok(person !== undefined)
  const url = new URL('/api/verify', one.url)
  const body = Buffer.from(
    JSON.stringify({
      identify: {
        personal_administrative_number: person.number,
        name: person.name,
        birthdate: person.born,
      },
    }),
  )
  const given = { 'content-type': 'application/json', 'goc-purpose': 'account-opening' }
  const key = { keyId: agency.keyId as string, privateKey }
  const { headers } = signRequest({ method: 'POST', url, headers: given, body }, key)
  return { headers: { ...headers, host: url.host }, body }
}

/** Sends the very same bytes, whichever process listens. */
function send(program: Program, { headers, body }: Awaited<ReturnType<typeof askAboutCitizen>>) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const url = new URL('/api/verify', program.url)
    const request = http.request(url, { method: 'POST', headers }, (response) => {
      let text = ''
      response.on('data', (part) => (text += part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
    request.on('error', reject)
    request.end(body)
  })
}

test('a signed request counts once, whichever process it is sent to again', async () => {
  const signed = await askAboutCitizen()
  const first = await send(one, signed)
  assert.equal(first.status, 200, first.text)
  assert.equal(JSON.parse(first.text).result, 'confirmed')
  for (const program of [other, one]) {
    const again = await send(program, signed)
    assert.equal(JSON.parse(again.text).code, 'signature.replayed', again.text)
  }
  const raced = await askAboutCitizen()
  const answers = await Promise.all([one, other, one, other].map((program) => send(program, raced)))
  assert.equal(answers.filter(({ status }) => status === 200).length, 1)
})

test('a form sent to both processes at once is done once', async () => {
  const citizen = new Reader()
  await citizen.signIn(other.url, 'citizen')
  const [, why] = /href="(\/reads\/[^"]+\/why)"/.exec(await citizen.text(`${one.url}/reads`)) ?? []
  assert.ok(why !== undefined, 'a reading by another can be asked about')
  const fields = hiddenFields(await citizen.text(`${one.url}${why}`), why)
  const before = await count('exchange.complaint')
  const question = 'Vì sao ngân hàng hỏi về tôi?'
  const answers = await Promise.all(
    [one, other, one, other].map(({ url }) =>
      citizen.post(`${url}${why}`, { ...fields, question }),
    ),
  )
  assert.deepEqual(
    answers.map(({ status }) => status),
    [303, 303, 303, 303],
  )
  assert.equal(await count('exchange.complaint'), before + 1)
})

test('the lead passes when its process is killed: the log and the jobs go on', async () => {
  let standing = await start('worker')
  let seen: readonly (number | undefined)[] = []
  for (let turn = 0; turn < 3; turn++) {
    await waitFor(async () => {
      const leads = [await leadOf(WORKER_LEAD), await leadOf(LEDGER_LEAD)]
      if (leads.includes(undefined) || leads.some((pid) => seen.includes(pid))) return false
      seen = leads
      return true
    }, 'the next process to lead')
    await goesOn()
    const next = await start('worker')
    await waitFor(async () => isStandingBy(), 'another to stand by')
    await standing.kill()
    standing = next
  }
  await standing.stop()
})

/** A process that does not lead looks every second whether it may. */
async function isStandingBy(): Promise<boolean> {
  const { rows } = await owner.query<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity
     where datname = current_database() and application_name = 'goc-sequencer'
       and pid <> $1 and query like '%pg_try_advisory_lock%'`,
    [(await leadOf(LEDGER_LEAD)) ?? 0],
  )
  return (rows[0]?.n ?? 0) > 0
}

async function goesOn(): Promise<void> {
  const before = await logSize()
  const signed = await askAboutCitizen()
  assert.equal((await send(other, { ...signed })).status, 200)
  await waitFor(async () => (await logSize()) > before, 'the event to get its line')
  await owner.query(`update kernel.job_run set ran_at = '2000-01-01'`)
  await waitFor(async () => {
    const { rows } = await owner.query<{ ran: boolean }>(
      `select bool_and(ran_at > '2000-01-01') as ran from kernel.job_run`,
    )
    return rows[0]?.ran === true
  }, 'the jobs to run')
}
