import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { Type } from 'typebox'
import { profile as demo } from '../../profiles/demo/index.ts'
import { anActor, Cut, type TestKernel, testKernel } from '../../test/kernel.ts'
import { type AuditBody, eventLeaf, subjectCommitment } from './audit.ts'
import { command, execute } from './command.ts'
import { uuidv7 } from './id.ts'
import { room } from './kernel-room.ts'
import type { Profile } from './profile.ts'
import { ask, query } from './query.ts'
import { Refusal } from './refusal.ts'
import { plainDay } from './time.ts'

const NOTE = { minLength: 1, maxLength: 20 }
const person = uuidv7()

/** Writes three rows, so that a cut between any two of them would show. */
const keepNote = command({
  name: 'note.keep',
  input: Type.Object({ note: Type.String(NOTE) }, { additionalProperties: false }),
  purpose: 'testing',
  legalBasis: 'no law',
  async run({ note }, { tx, emit, concerns, requireArea }) {
    requireArea(['unit-a', 'nation'])
    if (note === 'refuse') throw new Refusal('fact.nothing-changed')
    for (const part of [1, 2, 3]) {
      await tx.query('insert into kernel.note (note, part) values ($1, $2)', [note, part])
    }
    concerns(person, ['note'])
    emit('note.kept', person, { note })
    return { kept: note }
  },
})

const readNotes = query({
  name: 'note.read',
  input: Type.Object({}, { additionalProperties: false }),
  purposes: ['testing'],
  async run(_input, { tx, concerns }) {
    concerns(person, ['note'])
    return tx.query<{ note: string }>('select distinct note from kernel.note')
  },
})

const profile: Profile = {
  ...demo,
  roles: {
    keeper: { words: { vi: '', en: '', fr: '' }, operations: ['note.keep', 'note.read'] },
    reader: { words: { vi: '', en: '', fr: '' }, operations: ['note.read'] },
  },
}
const keeper = anActor([['keeper', 'unit-a']])
const TABLES = ['kernel.note', 'kernel.audit_event', 'kernel.outbox', 'kernel.idempotency']

let kernel: TestKernel
before(async () => {
  kernel = await testKernel({ profile, rooms: [room] })
  await kernel.owner('create table kernel.note (note text, part int)')
  await kernel.owner('grant select, insert on kernel.note to goc_app')
})
after(() => kernel.close())
beforeEach(async () => {
  kernel.cutAt(null)
  await kernel.owner(`truncate ${TABLES.join(', ')}`)
})

const keep = (note: string, key: string = uuidv7(), actor = keeper) =>
  execute(keepNote, { note }, { kernel, actor, key })
const refused = (code: string) => (error: unknown) =>
  error instanceof Refusal && error.code === code

test('one transaction holds the work, its event, its facts and its answer', async () => {
  assert.deepEqual(await keep('one'), { kept: 'one' })
  assert.deepEqual(await Promise.all(TABLES.map((table) => kernel.count(table))), [3, 1, 1, 1])
})

test('a power cut after any statement leaves nothing behind', async () => {
  let cut = 0
  for (; ; cut++) {
    kernel.cutAt(cut)
    const outcome = await keep('cut').catch((error: unknown) => error)
    kernel.cutAt(null)
    if (!(outcome instanceof Cut)) break
    for (const table of TABLES) assert.equal(await kernel.count(table), 0, `${table} after ${cut}`)
  }
  // The look-up of the key, three notes, event, facts, answer, commit.
  assert.equal(cut, 8)
})

test('the same key again gives the same answer and changes nothing', async () => {
  const key = uuidv7()
  assert.deepEqual(await keep('once', key), await keep('once', key))
  assert.equal(await kernel.count('kernel.note'), 3)
  assert.equal(await kernel.count('kernel.audit_event'), 1)
})

test('the same key at once, twenty times, is done once', async () => {
  const key = uuidv7()
  const answers = await Promise.all(Array.from({ length: 20 }, () => keep('race', key)))
  for (const answer of answers) assert.deepEqual(answer, { kept: 'race' })
  assert.equal(await kernel.count('kernel.note'), 3)
})

test('a repeat that races its first into a refusal gets the answer of the first', async () => {
  // Both have found no answer yet when the first is done; the second then finds the thing done.
  let begun = 0
  let both: () => void = () => {}
  const together = new Promise<void>((resolve) => {
    both = resolve
  })
  const takeName = command({
    name: 'note.keep',
    input: Type.Object({ note: Type.String(NOTE) }, { additionalProperties: false }),
    purpose: 'testing',
    legalBasis: 'no law',
    async run({ note }, { tx, requireArea }) {
      requireArea(['unit-a', 'nation'])
      if (++begun === 2) both()
      await together
      await tx.query('select pg_advisory_xact_lock(1)')
      const taken = await tx.query('select from kernel.note where note = $1', [note])
      if (taken.length > 0) throw new Refusal('fact.nothing-changed')
      await tx.query('insert into kernel.note (note, part) values ($1, 1)', [note])
      return { kept: note }
    },
  })
  const take = (key: string) => execute(takeName, { note: 'name' }, { kernel, actor: keeper, key })
  const key = uuidv7()
  assert.deepEqual(await Promise.all([take(key), take(key)]), [{ kept: 'name' }, { kept: 'name' }])
  assert.equal(begun, 2)
  assert.equal(await kernel.count('kernel.note'), 1)
  assert.equal(await kernel.count('kernel.audit_event'), 1)
  await assert.rejects(take(uuidv7()), refused('fact.nothing-changed'))
})

test('a deadlock is done once more, and both are done', async () => {
  // Each holds one lock and then wants the other's: PostgreSQL undoes one of the two.
  let begun = 0
  let both: () => void = () => {}
  const together = new Promise<void>((resolve) => {
    both = resolve
  })
  const lockTwo = command({
    name: 'note.keep',
    input: Type.Object({ first: Type.Integer(), second: Type.Integer() }),
    purpose: 'testing',
    legalBasis: 'no law',
    async run({ first, second }, { tx, requireArea, emit }) {
      requireArea(['unit-a', 'nation'])
      await tx.query('select pg_advisory_xact_lock($1)', [first])
      if (++begun === 2) both()
      await together
      await tx.query('select pg_advisory_xact_lock($1)', [second])
      await tx.query(`insert into kernel.note (note, part) values ('locked', $1)`, [first])
      emit('note.kept', person, {})
      return { first }
    },
  })
  const lock = (first: number, second: number) =>
    execute(lockTwo, { first, second }, { kernel, actor: keeper, key: uuidv7() })
  assert.deepEqual(await Promise.all([lock(7, 8), lock(8, 7)]), [{ first: 7 }, { first: 8 }])
  assert.equal(begun, 3)
  assert.deepEqual(await Promise.all(TABLES.map((table) => kernel.count(table))), [2, 2, 2, 2])
})

test('who is overtaken twice is refused, and nothing is half-written', async () => {
  let tries = 0
  const unlucky = command({
    name: 'note.keep',
    input: Type.Object({}),
    purpose: 'testing',
    legalBasis: 'no law',
    async run(_input, { tx, requireArea }) {
      requireArea(['unit-a', 'nation'])
      tries++
      await tx.query(`insert into kernel.note (note, part) values ('undone', 1)`)
      await tx.query(`do $$ begin raise exception 'no order' using errcode = '40001'; end $$`)
    },
  })
  const done = execute(unlucky, {}, { kernel, actor: keeper, key: uuidv7() })
  await assert.rejects(done, refused('fact.changed-meanwhile'))
  assert.equal(tries, 2)
  assert.deepEqual(await Promise.all(TABLES.map((table) => kernel.count(table))), [0, 1, 0, 0])
})

test('the same key with another input is refused', async () => {
  const key = uuidv7()
  await keep('first', key)
  await assert.rejects(keep('second', key), refused('idempotency.key-reused'))
  assert.equal(await kernel.count('kernel.note'), 3)
})

test('two actors may use the same key', async () => {
  const key = uuidv7()
  await keep('mine', key)
  await keep('yours', key, anActor([['keeper', 'nation']]))
  assert.equal(await kernel.count('kernel.note'), 6)
})

test('who has no grant is refused, and the refusal is an event', async () => {
  const stranger = anActor([['reader', 'unit-a']])
  await assert.rejects(keep('no', uuidv7(), stranger), refused('actor.not-permitted'))
  assert.equal(await kernel.count('kernel.note'), 0)
  const [event] = await kernel.owner<{ body: string }>('select body from kernel.audit_event')
  const body = JSON.parse(event?.body ?? '') as AuditBody
  assert.deepEqual([body.outcome, body.code], ['refused', 'actor.not-permitted'])
})

test('a grant for another unit does not reach, one for the nation does', async () => {
  const elsewhere = anActor([['keeper', 'unit-b']])
  await assert.rejects(keep('no', uuidv7(), elsewhere), refused('actor.out-of-area'))
  await keep('yes', uuidv7(), anActor([['keeper', 'nation']]))
  assert.equal(await kernel.count('kernel.note'), 3)
})

test('a grant that has ended, or not begun, permits nothing', async () => {
  const grant = { role: 'keeper', unit: 'nation' }
  const past = { from: plainDay('2000-01-01'), to: plainDay('2026-10-16') }
  const future = { from: plainDay('2026-10-17'), to: null }
  for (const days of [past, future]) {
    const actor = { ...keeper, grants: [{ ...grant, ...days }] }
    await assert.rejects(keep('no', uuidv7(), actor), refused('actor.not-permitted'))
  }
})

test('an input of another shape names the field', async () => {
  for (const [input, field] of [
    [{}, 'note'],
    [{ note: '' }, 'note'],
    [{ note: 'a', more: 1 }, 'more'],
    [null, 'body'],
  ] as const) {
    await assert.rejects(
      execute(keepNote, input, { kernel, actor: keeper, key: uuidv7() }),
      (error: unknown) => error instanceof Refusal && error.details.field === field,
      JSON.stringify(input),
    )
  }
})

test('a refusal of the rules leaves its event alone', async () => {
  await assert.rejects(keep('refuse'), refused('fact.nothing-changed'))
  assert.deepEqual(await Promise.all(TABLES.map((table) => kernel.count(table))), [0, 1, 0, 0])
})

test('the event is what was hashed, and names its subject by commitment alone', async () => {
  await keep('hashed')
  const [row] = await kernel.owner<{ body: string; salt: Buffer; leaf: Buffer; person: string }>(
    'select body, salt, leaf, person_id as person from kernel.audit_event',
  )
  assert.ok(row)
  assert.deepEqual(eventLeaf(row.salt, row.body), row.leaf)
  const body = JSON.parse(row.body) as AuditBody
  assert.equal(body.subjectRoot, subjectCommitment(row.salt, person).toString('hex'))
  assert.equal(row.person, person)
  assert.ok(!row.body.includes(person) && !row.body.includes(keeper.id))
})

test('a read without one of its purposes is refused', async () => {
  const asked = (purpose: string) => ask(readNotes, {}, { kernel, actor: keeper, purpose })
  await keep('read')
  assert.deepEqual(await asked('testing'), [{ note: 'read' }])
  await assert.rejects(asked(''), refused('purpose.not-allowed'))
  await assert.rejects(asked('curiosity'), refused('purpose.not-allowed'))
  assert.equal(await kernel.count('kernel.audit_event'), 4)
})

test('a read whose event cannot be written gives nothing', async () => {
  await keep('read')
  kernel.cutAt(1)
  await assert.rejects(ask(readNotes, {}, { kernel, actor: keeper, purpose: 'testing' }), Cut)
})
