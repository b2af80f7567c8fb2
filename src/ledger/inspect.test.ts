import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Refusal, uuidv7 } from '../kernel/index.ts'
import { transactionOn, txOn } from './client-tx.ts'
import { inspect } from './inspect.ts'
import type { FindingCode } from './inspect-events.ts'
import { Claims } from './inspect-heads.ts'
import { logSigner, readCheckpoint, witnessSigner } from './note.ts'
import { parseVerifierKey } from './offline/note.js'
import { Sequencer } from './sequencer.ts'
import { findLatestCheckpoint, insertCosignature } from './store.ts'
import { insertEvents, newEvent, newKey, type TestLog, testLog } from './testing.ts'

const SIZE = 600
let log: TestLog
/** What somebody outside kept when the log had 400 lines. */
let kept = ''
const witness = witnessSigner('w.example', newKey(), () => 1_760_000_000)

before(async () => {
  log = await testLog()
  const people = Array.from({ length: 4 }, () => uuidv7())
  await log.write(Array.from({ length: 399 }, () => newEvent()))
  await log.write([newEvent({ persons: people })])
  await log.sequence()
  const checkpoint = await findLatestCheckpoint(txOn(log.app))
  assert.ok(checkpoint)
  kept = checkpoint.note
  const line = witness.sign(readCheckpoint(kept).note.text).trimEnd()
  await insertCosignature(txOn(log.sequencer), { size: 400, witness: witness.name, line })
  await log.write(Array.from({ length: 199 }, () => newEvent()))
  await log.write([newEvent({ hiddenUntil: '2031-05-01' })])
  await log.sequence()
})
after(() => log.close())

async function claims(files: Readonly<Record<string, string>> = {}): Promise<Claims> {
  const claims = new Claims({
    logs: [await parseVerifierKey(logSigner(log.origin, log.key).verifierKey)],
    witnesses: [await parseVerifierKey(witness.verifierKey)],
  })
  for (const [name, note] of Object.entries(files)) await claims.addFile(name, note)
  return claims
}

const look = async (files?: Readonly<Record<string, string>>) =>
  inspect(txOn(log.owner), { claims: await claims(files), today: '2026-03-03' })

/**
 * Does the harm as the superuser, triggers off, inside a transaction that is undone, and answers
 * what a check then finds, with the places.
 */
async function foundAfter(
  harm: readonly string[] | (() => Promise<void>),
  files?: Readonly<Record<string, string>>,
): Promise<Map<FindingCode, string[]>> {
  await log.owner.query('begin')
  await log.owner.query('set local session_replication_role = replica')
  try {
    if (typeof harm === 'function') await harm()
    else for (const statement of harm) await log.owner.query(statement)
    const { findings } = await look(files)
    const found = new Map<FindingCode, string[]>()
    for (const { code, at } of findings) found.set(code, [...(found.get(code) ?? []), at])
    return found
  } finally {
    await log.owner.query('rollback')
  }
}

async function eventAt(seq: number): Promise<string> {
  const { rows } = await log.owner.query<{ event_id: string }>(
    'select event_id from ledger.audit_leaf where seq = $1',
    [seq],
  )
  return rows[0]?.event_id ?? ''
}
const eventId = (seq: number) => `(select event_id from ledger.audit_leaf where seq = ${seq})`

test('an honest log: everything is recomputed, nothing is found', async () => {
  const { findings, ...seen } = await look({ 'kept.txt': kept })
  assert.deepEqual(findings, [])
  assert.equal(seen.lines, SIZE)
  assert.equal(seen.checkpoints, 2)
  assert.equal(seen.cosignatures, 1)
  assert.equal(seen.hidden, 1)
  assert.equal(seen.waiting, 0)
})

test('events not yet in the log are counted as waiting', async () => {
  await log.owner.query('begin')
  await insertEvents(log.owner, [newEvent()])
  const { waiting, findings } = await look()
  await log.owner.query('rollback')
  assert.equal(waiting, 1)
  assert.deepEqual(findings, [])
})

test('edit: an event with another text, and even another leaf and commitment, is named', async () => {
  const at = await eventAt(77)
  const body = `update kernel.audit_event set body = replace(body, 'name', 'religion') where event_id = ${eventId(77)}`
  const leaf = `update kernel.audit_event set leaf = sha256('\\x0001' || sha256(salt || convert_to(body, 'UTF8'))) where event_id = ${eventId(77)}`
  const commitment = `update ledger.audit_leaf l set commitment = sha256(e.salt || convert_to(e.body, 'UTF8')) from kernel.audit_event e where e.event_id = l.event_id and l.seq = 77`
  for (const harm of [[body], [body, leaf], [body, leaf, commitment]]) {
    const found = await foundAfter(harm)
    assert.ok(found.get('event-altered')?.includes(at))
    assert.equal(found.has('checkpoint-forked'), false)
  }
})

test('edit: a line moved to another person, another actor or another day is named', async () => {
  const at = [await eventAt(78)]
  const other = `'00000000-0000-7000-8000-000000000999'`
  const set = (what: string) => [
    `update kernel.audit_event set ${what} where event_id = ${eventId(78)}`,
  ]
  assert.deepEqual((await foundAfter(set(`person_id = ${other}`))).get('subjects-altered'), at)
  assert.deepEqual((await foundAfter(set(`actor_id = ${other}`))).get('actor-altered'), at)
  assert.deepEqual((await foundAfter(set(`hidden_until = '2099-01-01'`))).get('hidden-altered'), at)
  const many = [await eventAt(399)]
  const hide = `delete from kernel.audit_subject where event_id = ${eventId(399)} and position = 2`
  assert.deepEqual((await foundAfter([hide])).get('subjects-altered'), many)
  const put = `update kernel.audit_event set hidden_until = '2030-01-01' where event_id = ${eventId(599)}`
  assert.deepEqual((await foundAfter([put])).get('hidden-altered'), [await eventAt(599)])
})

test('delete: an event, or its line, or both, is named', async () => {
  const at = await eventAt(200)
  const event = `delete from kernel.audit_event where event_id = ${eventId(200)}`
  const line = 'delete from ledger.audit_leaf where seq = 200'
  assert.deepEqual((await foundAfter([event])).get('event-missing'), [at])
  const lineGone = await foundAfter([line])
  assert.deepEqual(lineGone.get('line-missing'), ['200'])
  assert.deepEqual(lineGone.get('event-unlogged'), [at])
  assert.deepEqual((await foundAfter([event, line])).get('line-missing'), ['200'])
})

test('erased without two persons having agreed: named', async () => {
  const erase = `update kernel.audit_event set body = null, salt = null where event_id = ${eventId(9)}`
  const found = await foundAfter([erase])
  assert.deepEqual(found.get('erased-without-agreement'), [await eventAt(9)])
})

test('insert: an event put in behind the log is named', async () => {
  const forged = newEvent()
  const found = await foundAfter(async () => {
    await insertEvents(log.owner, [forged])
    await log.owner.query(`update kernel.audit_event set xid = '3' where event_id = $1`, [
      forged.eventId,
    ])
  })
  assert.deepEqual(found.get('event-unlogged'), [forged.eventId])
})

test('insert: a line squeezed in, the later ones moved up, is named', async () => {
  const forged = newEvent()
  const found = await foundAfter(async () => {
    await insertEvents(log.owner, [forged])
    await log.owner.query('update ledger.audit_leaf set seq = seq + 100001 where seq >= 300')
    await log.owner.query('update ledger.audit_leaf set seq = seq - 100000 where seq >= 100000')
    await log.owner.query(
      `insert into ledger.audit_leaf select 300, event_id, sha256(salt || convert_to(body, 'UTF8'))
       from kernel.audit_event where event_id = $1`,
      [forged.eventId],
    )
  })
  assert.ok(found.get('event-altered')?.includes(forged.eventId))
  assert.ok(found.has('event-order'))
  assert.ok(found.has('place-altered'))
})

test('reorder: two lines exchanged are named', async () => {
  const found = await foundAfter([
    'update ledger.audit_leaf set seq = 100000 where seq = 10',
    'update ledger.audit_leaf set seq = 10 where seq = 11',
    'update ledger.audit_leaf set seq = 11 where seq = 100000',
  ])
  assert.deepEqual(found.get('event-altered')?.length, 2)
  assert.ok(found.has('event-order'))
})

test('tiles: a changed, missing or additional one is named, and no event is blamed', async () => {
  const flip = (where: string) => [
    `update ledger.tile set data = set_byte(data, 70, get_byte(data, 70) # 1) where ${where}`,
  ]
  const leaf = await foundAfter(flip('level = 0 and tile_index = 1'))
  assert.ok(leaf.get('tile-altered')?.includes('0/1'))
  assert.equal(leaf.has('event-altered'), false)
  const node = await foundAfter(
    flip('level = 1 and tile_index = 0').map((s) => s.replaceAll('70', '33')),
  )
  assert.deepEqual(node.get('tile-altered'), ['1/0'])
  assert.ok((await foundAfter(['delete from ledger.tile where level = 1'])).has('tile-altered'))
  const extra = `insert into ledger.tile values (3, 0, 1, decode(repeat('00', 32), 'hex'))`
  assert.ok((await foundAfter([extra])).has('tile-count'))
})

test('checkpoints and cosignatures that were changed are named', async () => {
  const root = `update ledger.checkpoint set root = sha256('other') where size = 400`
  assert.deepEqual((await foundAfter([root])).get('checkpoint-altered'), ['400'])
  const text = `update ledger.checkpoint set note = replace(note, E'\\n400\\n', E'\\n399\\n') where size = 400`
  assert.deepEqual((await foundAfter([text])).get('checkpoint-altered'), ['400'])
  const cosigned = `update ledger.cosignature set line = replace(line, 'w.example', 'w.example') || 'A'`
  assert.deepEqual((await foundAfter([cosigned])).get('cosignature-wrong'), ['400'])
})

test('truncate: a log cut off at its end contradicts its checkpoints', async () => {
  const found = await foundAfter([
    `delete from kernel.audit_event where event_id in (select event_id from ledger.audit_leaf where seq >= 590)`,
    'delete from ledger.audit_leaf where seq >= 590',
  ])
  assert.deepEqual(found.get('checkpoint-ahead'), ['600 checkpoint'])
  assert.ok(found.has('place-altered'))
})

/** Rewrites the whole log as only its owner could, with its own key: nothing in it contradicts itself. */
async function rewrite(harm: string): Promise<void> {
  await log.owner.query(harm)
  for (const table of ['cosignature', 'checkpoint', 'tile', 'audit_leaf']) {
    await log.owner.query(`delete from ledger.${table}`)
  }
  await log.owner.query(
    `update ledger.sequencer set size = 0, xid = '0', event_id = '00000000-0000-0000-0000-000000000000'`,
  )
  const signers = [logSigner(log.origin, log.key)]
  const rewritten = await Sequencer.takeUp(txOn(log.owner), log.origin, signers)
  while ((await rewritten.round(txOn(log.owner))).events > 0);
}

test('fork: a log rewritten with its own key contradicts any older checkpoint', async () => {
  const harm = () => rewrite(`delete from kernel.audit_event where event_id = ${eventId(5)}`)
  assert.deepEqual([...(await foundAfter(harm)).keys()], [], 'by itself it is consistent')
  const found = await foundAfter(harm, { 'kept.txt': kept })
  assert.deepEqual(found.get('checkpoint-forked'), ['400 kept.txt'])
})

test('rollback: a log set back to before is shorter than what someone has kept', async () => {
  const harm = () =>
    rewrite(
      'delete from kernel.audit_event where event_id in (select event_id from ledger.audit_leaf where seq >= 350)',
    )
  assert.deepEqual([...(await foundAfter(harm)).keys()], [], 'by itself it is consistent')
  const found = await foundAfter(harm, { 'kept.txt': kept })
  assert.deepEqual(found.get('checkpoint-ahead'), ['400 kept.txt'])
})

test('a file that the log has not signed is not held against it', async () => {
  const other = logSigner(log.origin, newKey())
  const { note } = readCheckpoint(kept)
  const file = `${note.text}\n${other.sign(note.text)}`
  await assert.rejects(
    claims({ 'other.txt': file }),
    (error) => error instanceof Refusal && error.code === 'ledger.key-unknown',
  )
})

test('the guard holds for the owner too, as long as it is not switched off', async () => {
  const statements = [
    `update kernel.audit_event set body = body || ' ' where event_id = ${eventId(1)}`,
    `update kernel.audit_event set person_id = null where event_id = ${eventId(1)}`,
    `update kernel.audit_event set body = null, salt = null where event_id = ${eventId(1)}`,
  ]
  for (const statement of statements) {
    await assert.rejects(
      transactionOn(log.owner, (tx) => tx.query(statement)),
      { code: '42501' },
      statement,
    )
  }
})
