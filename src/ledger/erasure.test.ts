import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { profile as demo } from '../../profiles/demo/index.ts'
import { refused } from '../../test/commands.ts'
import { anActor, Cut, type TestKernel, testKernel } from '../../test/kernel.ts'
import { type Actor, execute, uuidv7 } from '../kernel/index.ts'
import { room as kernelRoom } from '../kernel/kernel-room.ts'
import type { Profile } from '../kernel/profile.ts'
import { transactionOn, txOn } from './client-tx.ts'
import { agreeToErasure, requestErasure } from './erasure.ts'
import { logSigner } from './note.ts'
import { room } from './room.ts'
import { Sequencer } from './sequencer.ts'
import { insertEvents, newEvent, newKey, type TestEvent, untilDecided } from './testing.ts'

const words = { vi: '', en: '', fr: '' }
const operations = ['ledger.request-erasure', 'ledger.agree-to-erasure']
const profile: Profile = {
  ...demo,
  roles: { ...demo.roles, protector: { words, operations }, nothing: { words, operations: [] } },
}
const first = anActor([['protector', 'nation']])
const second = anActor([['protector', 'nation']])
const origin = 'goc.example/ledger/erasure'
const signers = [logSigner(origin, newKey())]
let kernel: TestKernel
let app: pg.Client
let sequencer: pg.Client

before(async () => {
  kernel = await testKernel({ profile, rooms: [kernelRoom, room] })
  app = new pg.Client(kernel.testDatabase.app)
  sequencer = new pg.Client(kernel.testDatabase.connection('goc_sequencer'))
  await Promise.all([app.connect(), sequencer.connect()])
  await kernel.owner('insert into ledger.log (origin) values ($1)', [origin])
})
after(async () => {
  await Promise.all([app.end(), sequencer.end()])
  await kernel.close()
})

const call = (actor: Actor, key = uuidv7()) => ({ kernel, actor, key })
const requestOf = ({ eventId }: TestEvent) => ({
  eventId,
  reason: 'a court has ordered it',
  legalBasis: 'Law on Data Protection, art. 16',
})
async function waiting(): Promise<TestEvent> {
  const event = newEvent()
  await insertEvents(app, [event])
  return event
}
async function logged(): Promise<TestEvent> {
  const event = await waiting()
  await untilDecided(app)
  const log = await Sequencer.takeUp(txOn(sequencer), origin, signers)
  await transactionOn(sequencer, (tx) => log.round(tx))
  return event
}
async function requested(): Promise<TestEvent> {
  const event = await logged()
  await execute(requestErasure, requestOf(event), call(first))
  return event
}
const isErased = async ({ eventId }: TestEvent) => {
  const [row] = await kernel.owner<{ erased: boolean }>(
    `select body is null and salt is null and leaf is not null as erased
     from kernel.audit_event where event_id = $1`,
    [eventId],
  )
  return row?.erased === true
}
const print = () =>
  kernel.owner(
    `select (select count(*) from kernel.audit_event) as events,
       (select count(*) from kernel.audit_event where body is null) as erased,
       (select count(*) from kernel.outbox) as facts,
       (select count(*) from kernel.idempotency) as answers,
       (select count(*) from ledger.erasure) as requests,
       (select count(approved_by) from ledger.erasure) as agreed`,
  )

/** Cuts the work after each of its statements in turn; nothing may be left of any try. */
async function cutEverywhere(work: () => Promise<unknown>): Promise<number> {
  const untouched = await print()
  for (let cut = 0; ; cut++) {
    kernel.cutAt(cut)
    const outcome = await work().catch((error: unknown) => error)
    kernel.cutAt(null)
    if (!(outcome instanceof Cut)) return cut
    assert.deepEqual(await print(), untouched, `after statement ${cut}`)
  }
}

test('one asks, another agrees, and the event is gone while its leaf stays', async () => {
  const event = await requested()
  assert.equal(await isErased(event), false)
  const answer = await execute(agreeToErasure, { eventId: event.eventId }, call(second))
  assert.deepEqual(answer, { erased: true })
  assert.equal(await isErased(event), true)
})

test('its subject sees that it was asked for, and that it was done', async () => {
  const event = await requested()
  await execute(agreeToErasure, { eventId: event.eventId }, call(second))
  const told = await kernel.owner<{ operation: string }>(
    `select body::json ->> 'operation' as operation from kernel.audit_event
     where person_id = $1 and body is not null order by event_id`,
    [event.personId],
  )
  assert.deepEqual(
    told.map((row) => row.operation),
    operations,
  )
})

test('whoever asked cannot agree, and nobody can agree to what was not asked', async () => {
  const event = await requested()
  const agree = (one: TestEvent, actor: Actor) =>
    execute(agreeToErasure, { eventId: one.eventId }, call(actor))
  await assert.rejects(agree(event, first), refused('actor.same-person'))
  await assert.rejects(agree(await logged(), second), refused('ledger.erasure-not-approved'))
  await agree(event, second)
  await assert.rejects(agree(event, second), refused('ledger.erasure-not-approved'))
})

test('forbidden, or outside the nation’s area: refused, and the event stays', async () => {
  const event = await requested()
  const input = { eventId: event.eventId }
  const nobody = anActor([['nothing', 'nation']])
  const local = anActor([['protector', 'unit-a']])
  await assert.rejects(execute(agreeToErasure, input, call(nobody)), refused('actor.not-permitted'))
  await assert.rejects(execute(agreeToErasure, input, call(local)), refused('actor.out-of-area'))
  const other = requestOf(await logged())
  await assert.rejects(execute(requestErasure, other, call(nobody)), refused('actor.not-permitted'))
  await assert.rejects(execute(requestErasure, other, call(local)), refused('actor.out-of-area'))
  assert.equal(await isErased(event), false)
})

test('an event that is not in the log yet, is gone, or never was, cannot be asked for', async () => {
  const early = await waiting()
  const ask = (event: TestEvent) => execute(requestErasure, requestOf(event), call(first))
  await assert.rejects(ask(early), refused('ledger.not-yet-sequenced'))
  await assert.rejects(ask(newEvent()), refused('ledger.event-not-found'))
  const gone = await requested()
  await execute(agreeToErasure, { eventId: gone.eventId }, call(second))
  await assert.rejects(ask(gone), refused('ledger.event-not-found'))
})

test('the same key again changes nothing and answers the same', async () => {
  const event = await logged()
  const keys = [uuidv7(), uuidv7()]
  const asked = () => execute(requestErasure, requestOf(event), call(first, keys[0]))
  const agreed = () => execute(agreeToErasure, { eventId: event.eventId }, call(second, keys[1]))
  const answers = [await asked(), await agreed()]
  const before = await print()
  assert.deepEqual([await asked(), await agreed()], answers)
  assert.deepEqual(await print(), before)
})

test('a cut after any statement of asking leaves nothing behind', async () => {
  const input = requestOf(await logged())
  assert.ok((await cutEverywhere(() => execute(requestErasure, input, call(first)))) >= 6)
})

test('a cut after any statement of agreeing leaves the event whole', async () => {
  const event = await requested()
  const work = () => execute(agreeToErasure, { eventId: event.eventId }, call(second))
  assert.ok((await cutEverywhere(work)) >= 9)
  assert.equal(await isErased(event), true)
})
