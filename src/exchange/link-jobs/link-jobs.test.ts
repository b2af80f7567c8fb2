import assert from 'node:assert/strict'
import { verify } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { refused } from '../../../test/commands.ts'
import { execute, uuidv7 } from '../../kernel/index.ts'
import { steward } from '../testing.ts'
import { approveJob, continueJob, spansOf } from './commands.ts'
import { estimateOf, rowsIn } from './estimate.ts'
import { shredLinkJobs } from './runner.ts'
import { findJob } from './store.ts'
import {
  type Bench,
  fileOf,
  look,
  openBench,
  plan,
  RIGHT,
  sha256,
  started,
  strangers,
  upload,
} from './testing.ts'
import { JOB_LIMITS } from './types.ts'
import { Vault } from './vault.ts'
import { manifestText, workOn } from './work.ts'

let bench: Bench
before(async () => {
  bench = await openBench()
})
after(() => bench.close())

const results = (job: string) =>
  bench.call({ method: 'GET', path: `/api/link-jobs/${job}/results` })
const by = () => ({ kernel: bench.kernel, actor: steward(), key: uuidv7() })
const many = (n: number) => Array.from({ length: n }, (_, at) => `${at},${RIGHT}`)
const folderOf = (job: string) => path.join(bench.kernel.config.dataDir, 'link-jobs', job)
const keyOf = (job: string) => path.join(bench.kernel.keys.folder, 'link-jobs', `${job}.key`)

describe('a file', () => {
  test('is announced first: rows, pairs, time, columns, and who must agree', async () => {
    const file = fileOf([`1,${RIGHT}`])
    const { status, json, headers } = await bench.call({
      path: '/api/link-jobs',
      json: {
        columns: ['stt', 'so_dinh_danh', 'ho_ten', 'ngay_sinh', 'ghi_chu'],
        file: { sha256: sha256(file), bytes: 90_000_000, rows: 1_000_000 },
      },
    })
    assert.equal(status, 201)
    assert.equal(headers.location, `/api/link-jobs/${json.job}`)
    assert.equal(json.state, 'planned')
    assert.deepEqual(json.columns.unknown, ['ghi_chu'])
    assert.deepEqual(json.rows, { count: 1_000_000, counted: false })
    assert.deepEqual(json.approvals, { needed: 2, given: 0 })
    assert.equal(json.parts.count, 22)
    assert.ok(json.estimate.pairs > 0 && json.estimate.seconds > 0)
  })

  test('that no check can read, or no agreement covers, is refused at once', async () => {
    const file = { sha256: '0'.repeat(64), bytes: 100 }
    const wrong = await bench.call({ path: '/api/link-jobs', json: { columns: ['a'], file } })
    assert.equal(wrong.json.code, 'import.header-wrong')
    const narrow = await bench.newAgency({ attributes: ['name', 'birthdate'] })
    const columns = ['number', 'full_name', 'birth_date', 'sex']
    const json = { columns, file }
    const excess = await bench.call({ path: '/api/link-jobs', json, agency: narrow })
    assert.equal(excess.json.code, 'attribute.in-excess')
    const other = await bench.newAgency({ purpose: 'tax', legalBasis: 'tax' })
    const none = await bench.call({ path: '/api/link-jobs', json, agency: other })
    assert.equal(none.json.code, 'purpose.not-allowed')
  })

  test('is received in parts, in any order, checked, and given back with a signed manifest', async () => {
    const file = fileOf([`1,${RIGHT}`, '2,079097375971,Nguyễn Tuấn Xuân,1997-01-27,M,26773'])
    const planned = await plan(bench, file)
    const { job } = planned.json
    assert.equal((await plan(bench, file)).json.job, job, 'the same file is the same job')
    const early = await bench.call({ path: `/api/link-jobs/${job}/start` })
    assert.deepEqual([early.json.code, early.json.details.parts], ['link-job.incomplete', '1'])
    await upload(bench, job, file)
    await upload(bench, job, file)
    assert.equal((await look(bench, job)).parts.received, '1')
    const [sealed = ''] = readdirSync(folderOf(job))
    const stored = readFileSync(path.join(folderOf(job), sealed))
    assert.ok(!stored.includes('Xuân') && !stored.includes('079097375971'), 'it lies encrypted')
    await bench.call({ path: `/api/link-jobs/${job}/start` })
    await bench.work()
    const view = await look(bench, job)
    assert.equal(view.state, 'done', JSON.stringify(view))
    assert.deepEqual(view.rows, { count: 3, counted: true })
    const { text, headers } = await results(job)
    assert.equal(headers['content-type'], 'application/x-ndjson')
    const rows = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    assert.deepEqual(rows.map(({ row, status }) => [row, status]).slice(0, 2), [
      ['1', 'verified'],
      ['2', 'duplicate'],
    ])
    assert.equal(rows.length, 3, 'rows in, rows out')
    const signed = (await bench.call({ method: 'GET', path: `/api/link-jobs/${job}/manifest` }))
      .json
    const key = bench.kernel.keys.all('receipt').find(({ id }) => id === signed.key)
    const proof = Buffer.from(signed.signature, 'base64')
    const said = Buffer.from(manifestText(signed.manifest))
    assert.ok(key !== undefined && verify(null, said, key.publicKey, proof))
    assert.equal(signed.manifest.file.sha256, sha256(file))
    assert.equal(signed.manifest.results.sha256, sha256(Buffer.from(text)))
    assert.equal(signed.manifest.results.statuses.verified, 1)
    assert.ok(signed.manifest.receipts.length >= 1)
    const left = readdirSync(folderOf(job))
    assert.ok(
      left.every((name) => name.endsWith('.enc')),
      `nothing lies in clear: ${left}`,
    )
  })

  test('of several parts goes on where the upload stopped', async () => {
    const file = fileOf(many(140_000))
    assert.ok(file.length > JOB_LIMITS.part_bytes)
    const { job } = (await plan(bench, file)).json
    const send = (part: number, bytes: Uint8Array) =>
      bench.call({ method: 'PUT', path: `/api/link-jobs/${job}/parts/${part}`, bytes })
    const [first, rest] = [
      file.subarray(0, JOB_LIMITS.part_bytes),
      file.subarray(JOB_LIMITS.part_bytes),
    ]
    const second = rest.subarray(0, JOB_LIMITS.part_bytes)
    assert.equal((await send(2, second)).status, 204)
    assert.equal((await look(bench, job)).parts.received, '2')
    assert.equal((await send(1, first.subarray(1))).json.code, 'link-job.part-wrong')
    assert.equal((await send(99, first)).json.code, 'link-job.part-wrong')
    assert.equal((await send(1, first)).status, 204)
    await bench.call({ path: `/api/link-jobs/${job}/cancel` })
    assert.equal((await send(1, first)).json.code, 'link-job.state')
  })

  test('that is not the one announced is not checked', async () => {
    const file = fileOf([`1,${RIGHT}`])
    const other = Buffer.from(file)
    other[other.length - 3] = 120
    const { job } = (await plan(bench, file)).json
    await upload(bench, job, other)
    await bench.call({ path: `/api/link-jobs/${job}/start` })
    await bench.work()
    const { state, reason } = await look(bench, job)
    assert.deepEqual([state, reason], ['failed', 'link-job.file-wrong'])
    assert.notEqual((await plan(bench, file)).json.job, job, 'it may be sent anew')
  })

  test('is its agency’s alone, and a signed request counts once', async () => {
    const job = await started(bench, fileOf([`1,${RIGHT}`]))
    const stranger = await bench.newAgency()
    const paths = [`/api/link-jobs/${job}`, `/api/link-jobs/${job}/results`]
    for (const one of [...paths, '/api/link-jobs/not-an-id']) {
      const { json } = await bench.call({ method: 'GET', path: one, agency: stranger })
      assert.equal(json.code, 'link-job.not-found', one)
    }
    const unsigned = await bench.app.inject({ url: `/api/link-jobs/${job}` })
    assert.equal(unsigned.json().code, 'signature.missing')
    assert.equal((await results(job)).json.code, 'link-job.state')
    await bench.work()
  })
})

test('over 10,000 rows two different persons agree first, whatever was told of the rows', async () => {
  const file = fileOf(many(JOB_LIMITS.unapproved_rows + 1))
  const json = {
    columns: ['row', 'number', 'full_name', 'birth_date', 'sex', 'commune_code'],
    file: { sha256: sha256(file), bytes: file.length, rows: 5 },
  }
  const { job } = (await bench.call({ path: '/api/link-jobs', json })).json
  await upload(bench, job, file)
  await bench.call({ path: `/api/link-jobs/${job}/start` })
  await bench.work()
  const waiting = await look(bench, job)
  assert.deepEqual([waiting.state, waiting.approvals.needed], ['waiting', 2])
  const first = steward()
  const agree = (actor = steward()) => execute(approveJob, { job }, { ...by(), actor })
  assert.deepEqual(await agree(first), { job, approvals: 1, holds: false })
  await assert.rejects(agree(first), refused('actor.same-person'))
  await bench.work()
  assert.equal((await look(bench, job)).state, 'waiting')
  await agree()
  await bench.work()
  const done = await look(bench, job)
  assert.equal(done.state, 'done', JSON.stringify(done))
  assert.equal(done.rows.count, JOB_LIMITS.unapproved_rows + 2)
})

test('a list of strangers stops for a person, who says why it goes on', async () => {
  const job = await started(bench, fileOf(strangers(1_500)))
  await bench.work()
  const stopped = await look(bench, job)
  assert.deepEqual([stopped.state, stopped.reason], ['stopped', 'batch.too-many-unknown'])
  assert.equal((await results(job)).json.code, 'link-job.state')
  await execute(continueJob, { job, because: 'a list of the deceased of 1998' }, by())
  await bench.work()
  const done = await look(bench, job)
  assert.equal(done.state, 'done', JSON.stringify(done))
  const said = await bench.kernel.owner(
    `select from kernel.audit_event where body::jsonb ->> 'case' = 'a list of the deceased of 1998'`,
  )
  assert.ok(said.length >= 1, 'the reason stands in the log')
})

test('a check that was killed goes on where it was, and comes to the same', async () => {
  const job = await started(bench, fileOf(many(3_000)))
  const { kernel } = bench
  const found = await kernel.database.transaction((tx) => findJob(tx, job))
  if (found === undefined) throw new Error('no job')
  // Everything but the connection is gone after a few statements: what kill -9 leaves behind.
  let cuts = 0
  for (let at = 2; at < 40; at += 6) {
    const now = await kernel.database.transaction((tx) => findJob(tx, job))
    if (now?.state === 'done' || now === undefined) break
    kernel.cutAt(at)
    await workOn(kernel, now, new AbortController().signal).catch(() => cuts++)
    kernel.cutAt(null)
  }
  assert.ok(cuts >= 2, `${cuts} cuts`)
  await bench.work()
  const done = await look(bench, job)
  assert.equal(done.state, 'done', JSON.stringify(done))
  const { text } = await results(job)
  const rows = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).row)
  assert.equal(rows.length, 3_001)
  assert.equal(new Set(rows).size, 3_001, 'no row twice, none lost')
})

test('seven days after the end key and files are destroyed, and the log says so', async () => {
  const job = await started(bench, fileOf([`1,${RIGHT}`]))
  await bench.work()
  const { kernel } = bench
  const now = kernel.now()
  assert.ok(existsSync(keyOf(job)) && existsSync(folderOf(job)))
  const copy = readFileSync(path.join(folderOf(job), 'file-000001.enc'))
  if (!('every_ms' in shredLinkJobs)) throw new Error('it is timed')
  await shredLinkJobs.run(kernel)
  assert.ok(existsSync(keyOf(job)), 'not before')
  kernel.setNow(new Date(Date.parse(now) + 7.1 * 86_400_000).toISOString())
  await shredLinkJobs.run(kernel)
  kernel.setNow(now)
  assert.ok(!existsSync(keyOf(job)) && !existsSync(folderOf(job)))
  assert.throws(() => new Vault(kernel, job).read('file', 1), refused('link-job.not-found'))
  assert.ok(copy.length > 0 && !copy.includes('Xuân'), 'a copy of the file alone says nothing')
  assert.equal((await look(bench, job)).state, 'shredded')
  const events = await kernel.owner(
    `select from kernel.audit_event where body::jsonb ->> 'operation' = 'link-job.shred'`,
  )
  assert.ok(events.length >= 1)
})

test('a part cannot stand for another, nor be changed', () => {
  const vault = new Vault(bench.kernel, uuidv7())
  vault.write('file', 1, Buffer.from('one'))
  vault.write('file', 2, Buffer.from('two'))
  assert.equal(vault.read('file', 2).toString(), 'two')
  assert.throws(() => new Vault(bench.kernel, uuidv7()).read('file', 1))
  assert.throws(() => vault.read('results', 1))
})

test('rows and time are reckoned from what is told', () => {
  assert.equal(rowsIn(72_000_000, 6), 1_000_000)
  assert.equal(rowsIn(1, 6), 1)
  const small = estimateOf(10_000, 20_000)
  assert.ok(!small.needsApproval && small.seconds >= 1)
  assert.ok(estimateOf(10_001, 20_000).needsApproval)
  assert.equal(spansOf([1, 2, 3, 7, 9, 10]), '1-3, 7, 9-10')
})
