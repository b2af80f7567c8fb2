import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { transactionOn, txOn } from './client-tx.ts'
import { rootOfLeaves } from './merkle.ts'
import { logSigner, readCheckpoint } from './note.ts'
import { parseVerifierKey, verifyNote } from './offline/note.js'
import { LedgerDamaged, Sequencer } from './sequencer.ts'
import { findLatestCheckpoint } from './store.ts'
import { insertEvents, newEvent, newKey, type TestLog, testLog, untilDecided } from './testing.ts'

let log: TestLog
before(async () => {
  log = await testLog()
})
after(() => log.close())

const many = (n: number) => Array.from({ length: n }, () => newEvent())

/** Leaves in their order, as the database holds the events they stand for. */
async function leavesOf(): Promise<Buffer[]> {
  const { rows } = await log.owner.query<{ leaf: Buffer }>(
    'select e.leaf from ledger.audit_leaf l join kernel.audit_event e using (event_id) order by l.seq',
  )
  return rows.map((row) => row.leaf)
}

async function requireRoot(size: number): Promise<void> {
  const leaves = await leavesOf()
  assert.equal(leaves.length, size)
  const checkpoint = await findLatestCheckpoint(txOn(log.app))
  assert.equal(checkpoint?.size, size)
  const { head } = readCheckpoint(checkpoint?.note ?? '')
  assert.deepEqual(Buffer.from(head.root), Buffer.from(rootOfLeaves(leaves)))
}

test('an empty log signs nothing', async () => {
  assert.equal((await log.sequence()).size, 0)
  assert.equal(await findLatestCheckpoint(txOn(log.app)), undefined)
})

test('events become leaves, tiles and a signed checkpoint, whatever the size of a round', async () => {
  await log.write(many(3))
  await log.sequence()
  await requireRoot(3)
  await log.write(many(700))
  await log.sequence(90)
  await requireRoot(703)
  const { rows } = await log.owner.query(
    'select level, tile_index, width from ledger.tile order by level, tile_index',
  )
  assert.deepEqual(rows, [
    { level: 0, tile_index: 0, width: 256 },
    { level: 0, tile_index: 1, width: 256 },
    { level: 0, tile_index: 2, width: 191 },
    { level: 1, tile_index: 0, width: 2 },
  ])
})

test('an event is taken only when no transaction before it can still commit', async () => {
  const slow = new pg.Client(log.database.app)
  await slow.connect()
  await slow.query('begin')
  const early = newEvent()
  await insertEvents(slow, [early])
  const late = newEvent()
  await log.insert([late])
  const held = await log.sequence()
  assert.equal(held.size, 703, 'the later transaction waits behind the earlier one')
  await slow.query('commit')
  await slow.end()
  await untilDecided(log.app)
  await log.sequence()
  const { rows } = await log.owner.query<{ event_id: string }>(
    'select event_id from ledger.audit_leaf where seq >= 703 order by seq',
  )
  assert.deepEqual(
    rows.map((row) => row.event_id),
    [early.eventId, late.eventId],
  )
  await requireRoot(705)
})

test('a transaction rolled back leaves no gap', async () => {
  await log.app.query('begin')
  await insertEvents(log.app, many(5))
  await log.app.query('rollback')
  await log.write(many(2))
  await log.sequence()
  await requireRoot(707)
})

test('a round cut short in a transaction of many events goes on within it', async () => {
  await log.write(many(25))
  await log.sequence(10)
  await requireRoot(732)
})

test('two leaders cannot both move the log on', async () => {
  const signers = [logSigner(log.origin, log.key)]
  const first = await Sequencer.takeUp(txOn(log.sequencer), log.origin, signers)
  const second = await Sequencer.takeUp(txOn(log.sequencer), log.origin, signers)
  await log.write(many(1))
  await log.sequencer.query('begin')
  await first.round(txOn(log.sequencer))
  await log.sequencer.query('commit')
  await log.write(many(1))
  await log.sequencer.query('begin')
  await assert.rejects(second.round(txOn(log.sequencer)))
  await log.sequencer.query('rollback')
  await log.sequence()
  await requireRoot(734)
})

test('a log whose tiles, checkpoints or keys are not its own is not signed on', async () => {
  const tx = txOn(log.sequencer)
  const signers = [logSigner(log.origin, log.key)]
  const stranger = [logSigner(log.origin, newKey())]
  await assert.rejects(Sequencer.takeUp(tx, log.origin, stranger), LedgerDamaged)
  await assert.rejects(Sequencer.takeUp(tx, 'other.example/log', signers), LedgerDamaged)
  const harms = [
    'update ledger.tile set data = set_byte(data, 0, get_byte(data, 0) # 1) where level = 0 and tile_index = 2',
    'delete from ledger.tile where level = 1',
    'update ledger.sequencer set size = size - 1',
    'delete from ledger.checkpoint where size = (select max(size) from ledger.checkpoint)',
  ]
  for (const harm of harms) {
    await log.owner.query('begin')
    await log.owner.query(harm)
    await assert.rejects(
      Sequencer.takeUp(txOn(log.owner), log.origin, signers),
      LedgerDamaged,
      harm,
    )
    await log.owner.query('rollback')
  }
  await Sequencer.takeUp(tx, log.origin, signers)
})

test('a key that takes over signs on from the checkpoint of the key that retires', async () => {
  const [next, retiring] = [logSigner(log.origin, newKey()), logSigner(log.origin, log.key)]
  const taken = await Sequencer.takeUp(txOn(log.sequencer), log.origin, [next, retiring])
  await log.write(many(1))
  await transactionOn(log.sequencer, (tx) => taken.round(tx))
  const checkpoint = await findLatestCheckpoint(txOn(log.app))
  const { note } = readCheckpoint(checkpoint?.note ?? '')
  const key = await parseVerifierKey(next.verifierKey)
  assert.equal((await verifyNote(note, [key])).length, 1)
  await Sequencer.takeUp(txOn(log.sequencer), log.origin, [next, retiring])
})

test('a database that has lost its transaction counter is not read as if nothing were new', async () => {
  const other = await testLog()
  const signers = [logSigner(other.origin, other.key)]
  await other.owner.query(`update ledger.sequencer set xid = '999999999999'`)
  const ahead = await Sequencer.takeUp(txOn(other.sequencer), other.origin, signers)
  await assert.rejects(
    transactionOn(other.sequencer, (tx) => ahead.round(tx)),
    /counts transactions from/,
  )
  await other.close()
})

test('roles: the app cannot write the log, the sequencer cannot write events', async () => {
  const refused = { code: '42501' }
  for (const table of ['audit_leaf', 'tile', 'checkpoint', 'cosignature', 'sequencer']) {
    await assert.rejects(log.app.query(`insert into ledger.${table} default values`), refused)
    await assert.rejects(log.app.query(`delete from ledger.${table}`), refused)
  }
  await assert.rejects(log.app.query('update kernel.audit_event set body = null'), refused)
  await assert.rejects(log.app.query('delete from kernel.audit_event'), refused)
  await assert.rejects(insertEvents(log.sequencer, [newEvent()]), refused)
  await assert.rejects(log.sequencer.query('delete from ledger.audit_leaf'), refused)
  await assert.rejects(log.sequencer.query('update ledger.audit_leaf set seq = seq + 1'), refused)
})

test('every table of the schema says what it is for', async () => {
  const { rows } = await log.owner.query<{ name: string; comment: string | null }>(
    `select c.relname as name, obj_description(c.oid) as comment from pg_class c
     join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'ledger' and c.relkind = 'r'`,
  )
  assert.ok(rows.length >= 7)
  for (const { name, comment } of rows) assert.ok(comment, name)
})
