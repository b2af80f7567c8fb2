import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { profile as demo } from '../../profiles/demo/index.ts'
import { anActor, type TestKernel, testKernel } from '../../test/kernel.ts'
import { buildHttp } from '../kernel/http.ts'
import {
  ask,
  execute,
  html,
  loadCatalogues,
  OPERATOR,
  type Operator,
  type PlainDay,
  plainDay,
  Refusal,
  uuidv7,
} from '../kernel/index.ts'
import { room as kernelRoom } from '../kernel/kernel-room.ts'
import type { Profile } from '../kernel/profile.ts'
import { room as webRoom } from '../web/index.ts'
import { proveCommand, verifyCommand } from './cli.ts'
import { agreeToErasure, requestErasure } from './erasure.ts'
import { parsePolicy, policyText, proofFor, proofText, startLedger, verifyProof } from './index.ts'
import { leafHash, rootFromInclusion, rootOfLeaves } from './merkle.ts'
import { parseCheckpoint, parseNote } from './offline/note.js'
import { parseProof } from './offline/proof.js'
import { openEvent } from './open-event.ts'
import { disclosureText } from './proof.ts'
import { room } from './room.ts'
import { discloseTo, eventsOf } from './subject-store.ts'
import { insertEvents, newEvent, type TestEvent } from './testing.ts'

const profile: Profile = {
  ...demo,
  roles: {
    ...demo.roles,
    protector: {
      words: { vi: '', en: '', fr: '' },
      operations: ['ledger.request-erasure', 'ledger.agree-to-erasure'],
    },
  },
}
let kernel: TestKernel
let app: FastifyInstance
let service: { stop(): Promise<void> }
let client: pg.Client

before(async () => {
  kernel = await testKernel({ profile, rooms: [kernelRoom, webRoom, room] })
  client = new pg.Client(kernel.testDatabase.app)
  await client.connect()
  service = startLedger(kernel, kernel.testDatabase.connection('goc_sequencer'))
  const catalogues = loadCatalogues([
    { name: 'ledger', locales: room.locales ?? null },
    { name: 'web', locales: webRoom.locales ?? null },
  ])
  const pages = { refusal: () => html``, fault: () => html`` }
  app = await buildHttp({ kernel, catalogues, pages })
  room.routes?.(app, kernel)
})
after(async () => {
  await app.close()
  await service.stop()
  await client.end()
  await kernel.close()
})

const day = plainDay('2026-10-16')
const refusedAs = (code: string) => (error: unknown) =>
  error instanceof Refusal && error.code === code

/** Waits for what the sequencer or the witness does within seconds. */
async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 150; tries++) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('it did not come about within 15 seconds')
}

async function write(events: readonly TestEvent[]): Promise<void> {
  await insertEvents(client, events)
  const last = events.at(-1)
  if (last !== undefined) await until(() => provable(last.eventId))
}
async function provable(eventId: string): Promise<string | undefined> {
  try {
    return proofText(await kernel.database.transaction((tx) => proofFor(tx, eventId)))
  } catch (error) {
    if (refusedAs('ledger.not-yet-sequenced')(error)) return undefined
    throw error
  }
}
const policy = async () => parsePolicy(await policyText(kernel))
const get = (url: string) => app.inject({ method: 'GET', url })

test('an event is provable within two seconds, and cosigned by a witness of its own process', async () => {
  const person = uuidv7()
  const event = newEvent({ persons: [person] })
  const began = Date.now()
  await insertEvents(client, [event])
  await until(() => provable(event.eventId))
  assert.ok(Date.now() - began < 10_000)
  const checked = await until(async () => {
    const [proof, opened] = await kernel.database.transaction(async (tx) => [
      await proofFor(tx, event.eventId),
      await discloseTo(tx, event.eventId, { personId: person, today: day }),
    ])
    const result = await verifyProof({ proof: proofText(proof, opened), policy: await policy() })
    return result.witnesses.length > 0 ? result : undefined
  })
  assert.equal(checked.witnessed, true)
  assert.equal(checked.witnesses[0]?.name, 'goc.invalid/demonstration-witness')
  assert.equal(checked.event.id, event.eventId)
  assert.equal(checked.subject?.count, 1)
})

test('a person named among many sees the line and a proof that shows nobody else', async () => {
  const persons = Array.from({ length: 40 }, () => uuidv7())
  const event = newEvent({ persons })
  await write([event])
  const to = { personId: persons[23] ?? '', today: day }
  const [line] = await kernel.database.transaction((tx) =>
    eventsOf(tx, to.personId, { today: day, limit: 10 }),
  )
  assert.equal(line?.state, 'open')
  const opened = await kernel.database.transaction((tx) => discloseTo(tx, event.eventId, to))
  const proof = await until(() => provable(event.eventId))
  const disclosure = disclosureText(opened)
  for (const other of persons) assert.ok(!disclosure.includes(other))
  const checked = await verifyProof({ proof, disclosure, policy: await policy() })
  assert.equal(checked.subject?.position, 23)
  const stranger = { personId: uuidv7(), today: day }
  await assert.rejects(
    kernel.database.transaction((tx) => discloseTo(tx, event.eventId, stranger)),
    refusedAs('ledger.event-not-found'),
  )
})

test('a hidden event is counted and proven, says nothing, and opens by itself on its day', async () => {
  const person = uuidv7()
  const event = newEvent({ persons: [person], hiddenUntil: '2026-12-01' })
  await write([event])
  const lineOn = async (today: PlainDay) =>
    kernel.database.transaction((tx) => eventsOf(tx, person, { today, limit: 10 }))
  const [hidden] = await lineOn(plainDay('2026-11-30'))
  assert.deepEqual(
    { state: hidden?.state, body: hidden?.body, until: hidden?.hiddenUntil },
    { state: 'hidden', body: null, until: '2026-12-01' },
  )
  assert.equal(typeof hidden?.seq, 'number')
  const proof = parseProof(await until(() => provable(event.eventId)))
  assert.equal(proof.index, hidden?.seq)
  const open = (today: PlainDay) =>
    kernel.database.transaction((tx) => discloseTo(tx, event.eventId, { personId: person, today }))
  await assert.rejects(open(plainDay('2026-11-30')), refusedAs('ledger.hidden'))
  const [opened] = await lineOn(plainDay('2026-12-01'))
  assert.equal(opened?.state, 'open')
  assert.equal((await open(plainDay('2026-12-01'))).body, event.body)
})

test('erasure: two different persons, once in the log; every other proof stays valid', async () => {
  const [first, second] = [anActor([['protector', 'nation']]), anActor([['protector', 'nation']])]
  const person = uuidv7()
  const [gone, kept] = [newEvent({ persons: [person] }), newEvent({ persons: [person] })]
  await write([gone, kept])
  const before = await until(() => provable(kept.eventId))
  const { eventId } = gone
  const request = { eventId, reason: 'a court has ordered it', legalBasis: 'art. 16' }
  const call = (actor: typeof first) => ({ kernel, actor, key: uuidv7() })
  await assert.rejects(
    execute(agreeToErasure, { eventId }, call(second)),
    refusedAs('ledger.erasure-not-approved'),
  )
  await execute(requestErasure, request, call(first))
  await assert.rejects(
    execute(agreeToErasure, { eventId }, call(first)),
    refusedAs('actor.same-person'),
  )
  await execute(agreeToErasure, { eventId }, call(second))
  const lines = await kernel.database.transaction((tx) =>
    eventsOf(tx, person, { today: day, limit: 10 }),
  )
  assert.deepEqual(
    lines.map((line) => [line.eventId === eventId, line.state]).filter(([own]) => own),
    [[true, 'erased']],
  )
  await assert.rejects(
    kernel.database.transaction((tx) => discloseTo(tx, eventId, { personId: person, today: day })),
    refusedAs('ledger.event-not-found'),
  )
  const opened = await kernel.database.transaction((tx) =>
    discloseTo(tx, kept.eventId, { personId: person, today: day }),
  )
  const disclosure = disclosureText(opened)
  for (const proof of [before, await until(() => provable(kept.eventId))]) {
    const checked = await verifyProof({ proof, disclosure, policy: await policy() })
    assert.equal(checked.event.id, kept.eventId)
  }
  assert.deepEqual(await verify([]), { status: 0, ok: true, erased: 1 })
})

/** The operator at the command line, whose lines are kept. */
function operator(): Operator & { lines: string[] } {
  const lines: string[] = []
  return {
    kernel,
    lines,
    signal: new AbortController().signal,
    print: (line) => void lines.push(line),
    progress: () => {},
    async owner() {
      const owner = new pg.Client(kernel.testDatabase.owner)
      await owner.connect()
      return owner
    },
  }
}

async function verify(args: readonly string[]) {
  const at = operator()
  const status = await verifyCommand.run([...args, '--json'], at)
  const { ok, erased } = JSON.parse(at.lines[0] ?? '{}')
  return { status, ok, erased }
}

test('goc ledger prove writes the proof, and with it the event only through an audited look', async () => {
  const event = newEvent()
  await write([event])
  const out = join(kernel.config.dataDir, 'event.tlog-proof')
  assert.equal(await proveCommand.run([event.eventId], operator()), 2)
  assert.equal(await proveCommand.run([event.eventId, '--out', out], operator()), 0)
  const bare = readFileSync(out, 'utf8')
  assert.equal(parseProof(bare).extra, null)
  const looks = `select count(*)::int as n from kernel.audit_event where body like '%"operation":"ledger.open-event"%'`
  assert.deepEqual(await kernel.owner(looks), [{ n: 0 }])
  assert.equal(await proveCommand.run(['--out', out, event.eventId, '--with-event'], operator()), 0)
  const checked = await verifyProof({ proof: readFileSync(out, 'utf8'), policy: await policy() })
  assert.equal(checked.event.id, event.eventId)
  assert.deepEqual(await kernel.owner(looks), [{ n: 1 }])
  await assert.rejects(
    proveCommand.run([uuidv7(), '--out', out], operator()),
    refusedAs('ledger.event-not-found'),
  )
})

test('goc ledger verify: right, right beside an older checkpoint, and wrong once tampered with', async () => {
  const file = join(kernel.config.dataDir, 'kept.txt')
  writeFileSync(file, (await get('/ledger/checkpoint')).body)
  await write([newEvent()])
  assert.equal((await verify(['--checkpoint', file])).status, 0)
  assert.equal(await verifyCommand.run(['--no-such-flag'], operator()), 2)
  const [victim] = await kernel.owner<{ id: string }>(
    'select event_id as id from ledger.audit_leaf where seq = 0',
  )
  await kernel.owner('alter table kernel.audit_event disable trigger guard_event')
  await kernel.owner(`update kernel.audit_event set body = body || ' ' where event_id = $1`, [
    victim?.id,
  ])
  const at = operator()
  assert.equal(await verifyCommand.run([], at), 1)
  assert.ok(at.lines.some((line) => line.includes(victim?.id ?? '-')))
  await kernel.owner(`update kernel.audit_event set body = rtrim(body) where event_id = $1`, [
    victim?.id,
  ])
  await kernel.owner('alter table kernel.audit_event enable trigger guard_event')
  assert.equal((await verify([])).status, 0)
})

test('the log is served as C2SP tlog-tiles; from tiles alone anyone can compute its root', async () => {
  await write(Array.from({ length: 300 }, () => newEvent()))
  const checkpoint = await get('/ledger/checkpoint')
  assert.equal(checkpoint.headers['content-type'], 'text/plain; charset=utf-8')
  const { size, root } = parseCheckpoint(parseNote(checkpoint.body).text)
  const full = await get('/ledger/tile/0/000')
  assert.equal(full.headers['content-type'], 'application/octet-stream')
  assert.match(String(full.headers['cache-control']), /immutable/)
  assert.equal(full.rawPayload.length, 8192)
  const width = size % 256
  const edge = await get(`/ledger/tile/0/001.p/${width}`)
  assert.equal(edge.rawPayload.length, width * 32)
  const hashes = Buffer.concat([full.rawPayload, edge.rawPayload])
  const leaves = Array.from({ length: size }, (_, n) => hashes.subarray(n * 32, n * 32 + 32))
  assert.deepEqual(Buffer.from(rootOfLeaves(leaves)), Buffer.from(root))
  // The narrower tile of an older checkpoint is still served.
  const older = await get('/ledger/tile/0/001.p/3')
  assert.deepEqual(older.rawPayload, edge.rawPayload.subarray(0, 96))
  const entries = (await get('/ledger/tile/entries/000')).rawPayload
  assert.equal(entries.length, 256 * 35)
  for (let n = 0; n < 256; n++) {
    const entry = entries.subarray(n * 35, n * 35 + 35)
    assert.equal(entry.readUInt16BE(), 33)
    assert.deepEqual(leafHash(entry.subarray(2)), leaves[n])
  }
  for (const path of [
    '0/001',
    `0/001.p/${width + 1}`,
    '0/002',
    '2/000.p/1',
    'entries/001',
    '0/1',
  ]) {
    assert.equal((await get(`/ledger/tile/${path}`)).statusCode, 404, path)
  }
})

test('whoever holds a receipt gets the proof by the id of the event, and nothing of the event', async () => {
  const event = newEvent()
  await write([event])
  const answer = await get(`/ledger/proof/${event.eventId}`)
  assert.equal(answer.statusCode, 200)
  const { index, path, checkpoint, extra } = parseProof(answer.body)
  const { size, root } = parseCheckpoint(parseNote(checkpoint).text)
  assert.equal(extra, null)
  assert.deepEqual(
    Buffer.from(rootFromInclusion(event.leaf, { index, size }, path)),
    Buffer.from(root),
  )
  assert.equal((await get(`/ledger/proof/${uuidv7()}`)).statusCode, 404)
  assert.equal((await get('/ledger/proof/nonsense')).statusCode, 404)
})

test('the policy names the log and the demonstration witness; the page says what that is worth', async () => {
  const { body } = await get('/ledger/policy')
  const parsed = await parsePolicy(body)
  assert.equal(parsed.logs.length, 1)
  assert.match(parsed.logs[0]?.name ?? '', /^localhost:\d+\/ledger\/[0-9a-f]{8}$/)
  assert.equal(parsed.quorum, 'demonstration')
  const witness = parsed.witnesses[0]
  const page = await (await fetch(`${witness?.url}/`)).text()
  assert.match(page, /proves only that the software works/)
  assert.match(page, /chỉ chứng tỏ phần mềm hoạt động/)
})

test('the pages: the log in three languages, and the file that checks without a network', async () => {
  for (const lang of ['vi', 'en', 'fr']) {
    const page = await get(`/ledger/?lang=${lang}`)
    assert.equal(page.statusCode, 200)
    assert.match(page.body, new RegExp(`<html lang="?${lang}`))
    const file = await get(`/ledger/verify.html?lang=${lang}`)
    assert.equal(file.statusCode, 200)
    assert.equal(file.headers['content-security-policy'], undefined)
    assert.match(file.body, /Content-Security-Policy/)
  }
  const saved = await get('/ledger/verify.html?save')
  assert.match(
    String(saved.headers['content-disposition']),
    /attachment; filename="goc-verify\.html"/,
  )
})

test('a witness that dies is started again, and meanwhile the log goes on', async () => {
  const before = await policyText(kernel)
  const [pid] = witnessPids()
  assert.ok(pid !== undefined)
  process.kill(pid, 'SIGKILL')
  await write([newEvent()])
  await until(async () => witnessPids().find((other) => other !== pid))
  const event = newEvent()
  await write([event])
  await until(async () => {
    const proof = (await provable(event.eventId)) ?? ''
    return parseNote(parseProof(proof).checkpoint).signatures.length === 2 ? true : undefined
  })
  assert.equal((await policyText(kernel)).split(' ')[2], before.split(' ')[2], 'the same key')
})

/** Processes of the witness whose folder is this test's own. */
function witnessPids(): number[] {
  if (!existsSync('/proc')) return []
  const folder = kernel.config.dataDir
  return readdirNumbers('/proc').filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`GOC_WITNESS_FOLDER=${folder}/`)
    } catch {
      return false
    }
  })
}

function readdirNumbers(folder: string): number[] {
  return readdirSync(folder).map(Number).filter(Number.isSafeInteger)
}

test('the operator may open an event only for a purpose', async () => {
  const asker = { kernel, actor: OPERATOR, purpose: 'statistics' }
  await assert.rejects(
    ask(openEvent, { eventId: uuidv7() }, asker),
    refusedAs('purpose.not-allowed'),
  )
})
