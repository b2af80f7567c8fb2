import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { type Cluster, checkServer, openCluster, StartRefused } from './postgres.ts'

const base = fs.mkdtempSync(path.join(os.tmpdir(), 'goc-pg test ữ-'))
fs.chmodSync(base, 0o711)
after(() => fs.rmSync(base, { recursive: true, force: true }))

function folderOf(name: string) {
  const dataDir = path.join(base, name)
  return { dataDir, keysDir: path.join(dataDir, 'keys'), throwAway: true }
}

async function ask(cluster: Cluster, text: string): Promise<unknown> {
  const client = new pg.Client(cluster.connection('postgres'))
  await client.connect()
  try {
    const { rows } = await client.query({ text, rowMode: 'array' })
    return rows[0]?.[0]
  } finally {
    await client.end()
  }
}

function refused(code: string) {
  return (error: unknown) => {
    assert.ok(error instanceof StartRefused, String(error))
    assert.equal(error.code, code)
    assert.ok(!error.message.includes('\n'), 'the cause and the remedy are one line')
    return true
  }
}

/** Another program on the same data, to be killed without a chance to clean up. */
async function startProgram(dataDir: string): Promise<ChildProcess> {
  const module = JSON.stringify(new URL('./postgres.ts', import.meta.url).href)
  const options = JSON.stringify({ dataDir, keysDir: path.join(dataDir, 'keys'), throwAway: true })
  const script = `const { openCluster } = await import(${module})
    const cluster = await openCluster(${options})
    cluster.announce('http://localhost:4100')
    setInterval(() => {}, 1000)
    process.stdout.write('ready')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return child
}

test('a new folder gets a PostgreSQL 18 that only its own user reaches', async () => {
  const options = folderOf(`a long path ${'đ'.repeat(60)}/${'x'.repeat(80)}`)
  const cluster = await openCluster(options)
  try {
    assert.match(String(await ask(cluster, 'show server_version')), /^18\./)
    assert.equal(await ask(cluster, 'show server_encoding'), 'UTF8')
    assert.equal(await ask(cluster, 'show listen_addresses'), '')
    assert.equal(await ask(cluster, 'select current_user'), 'goc_owner')
    const { host } = cluster.connection('postgres')
    assert.ok(Buffer.byteLength(`${host}/.s.PGSQL.5432`) <= 107, 'unix(7)')
    assert.equal(fs.statSync(host).mode & 0o777, 0o700)
    for (const key of fs.readdirSync(options.keysDir)) {
      assert.equal(fs.statSync(path.join(options.keysDir, key)).mode & 0o777, 0o600, key)
    }
    const stranger = { ...cluster.connection('postgres'), password: 'guess' }
    await assert.rejects(new pg.Client(stranger).connect(), { code: '28P01' })
  } finally {
    await cluster.stop()
  }
  assert.equal(fs.existsSync(cluster.connection('postgres').host), false)
  assert.equal(await cluster.ended, null)
})

test('the second start on the same data is refused and told where the first one answers', async () => {
  const options = folderOf('twice')
  const program = await startProgram(options.dataDir)
  await assert.rejects(openCluster(options), (error) => {
    assert.match(String(error), new RegExp(`pid ${program.pid}, http://localhost:4100`))
    return refused('already-running')(error)
  })
  const joined = await openCluster({ ...options, share: true })
  await ask(joined, 'create table t as select 1')
  program.kill('SIGKILL')
  await once(program, 'exit')

  // kill -9: what was written stays, and the next start needs no help.
  const cluster = await openCluster(options)
  assert.equal(await ask(cluster, 'select count(*) from t'), '1')

  // A restart does not have to wait for the end of the program before it.
  const [, next] = await Promise.all([cluster.stop(), openCluster(options)])
  await next.stop()
})

test('of commands side by side the first one stays until the others are done', async () => {
  const options = { ...folderOf('side by side'), share: true }
  const [first, second] = [await openCluster(options), await openCluster(options)]
  const working = new pg.Client(second.connection('postgres'))
  await working.connect()
  let hasStopped = false
  const stopped = first.stop().then(() => {
    hasStopped = true
  })
  await working.query('select pg_sleep(0.5)')
  assert.equal(hasStopped, false)
  await working.end()
  await second.stop()
  await stopped
})

test('a server left behind without its guard is ended, and its data are kept', {
  skip: process.platform !== 'linux',
}, async () => {
  const options = folderOf('orphan')
  const program = await startProgram(options.dataDir)
  const pid = program.pid ?? 0
  const server = readPostmaster(options.dataDir)
  const children = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
  const guards = children.map(Number).filter((child) => child !== server)
  for (const victim of [...guards, pid]) process.kill(victim, 'SIGKILL')
  await once(program, 'exit')
  assert.ok(!hasEnded(server), 'the server outlived both')

  const cluster = await openCluster(options)
  assert.notEqual(readPostmaster(options.dataDir), server)
  assert.ok(hasEnded(server))
  await cluster.stop()
})

test('an interrupted first start and a number reused by another program do no harm', async () => {
  const options = folderOf('half')
  fs.mkdirSync(path.join(options.dataDir, 'postgres.new'), { recursive: true })
  fs.chmodSync(options.dataDir, 0o711)
  await (await openCluster(options)).stop()
  const stale = path.join(options.dataDir, 'postgres', 'postmaster.pid')
  fs.writeFileSync(stale, `${process.pid}\n${options.dataDir}/postgres\n`)
  await (await openCluster(options)).stop()
})

test('data of another major version are refused, untouched', async () => {
  const options = folderOf('version')
  await (await openCluster(options)).stop()
  fs.writeFileSync(path.join(options.dataDir, 'postgres', 'PG_VERSION'), '17\n')
  await assert.rejects(openCluster(options), refused('data-other-version'))
})

test('a folder that cannot be made is refused', async () => {
  const options = { dataDir: '/dev/null/goc', keysDir: '/dev/null/goc/keys' }
  await assert.rejects(openCluster(options), refused('folder-not-writable'))
})

test('as root the server runs as nobody or in a user namespace, on the same data', {
  skip: process.getuid?.() !== 0 && 'only root is refused by PostgreSQL',
}, async () => {
  const options = folderOf('root')
  for (const way of ['nobody', 'namespace', 'nobody'] as const) {
    const cluster = await openCluster({ ...options, ways: [way] }).catch((error) => {
      refused('root-has-no-way')(error)
      return null
    })
    if (cluster === null) continue
    const owner = fs.statSync(path.join(options.dataDir, 'postgres')).uid
    assert.equal(owner === 0, way === 'namespace')
    assert.equal(await ask(cluster, 'select 1'), 1)
    await cluster.stop()
  }
})

test('a server of the operator’s that does not answer is named without its password', async () => {
  await assert.rejects(checkServer('postgres://me:secret@127.0.0.1:1/goc'), (error) => {
    assert.ok(!String(error).includes('secret'))
    assert.match(String(error), /127\.0\.0\.1:1\/goc/)
    return refused('database-unreachable')(error)
  })
})

function readPostmaster(dataDir: string): number {
  const text = fs.readFileSync(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')
  return Number(text.split('\n')[0])
}

/** Gone, or only waiting for its parent to take note (a zombie has no command line). */
function hasEnded(pid: number): boolean {
  const file = `/proc/${pid}/cmdline`
  return !fs.existsSync(file) || fs.readFileSync(file, 'utf8') === ''
}
