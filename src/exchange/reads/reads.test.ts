import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { Type } from 'typebox'
import { anActor } from '../../../test/kernel.ts'
import { type Actor, ask, execute, plainDay, query, Refusal, uuidv7 } from '../../kernel/index.ts'
import { parsePolicy, policyText, startLedger, verifyProof } from '../../ledger/index.ts'
import { addPerson, citizen, signedRequest } from '../testing.ts'
import { type Bed, IDENTIFY, openBed, PERSON } from '../verify/testing.ts'
import { askWhy, giveConsent, withdrawConsentCommand } from './commands.ts'
import { myCopy } from './copy.ts'
import { type MyReads, myProof, myReads } from './queries.ts'

let bed: Bed
let me: Actor
let neighbour: { readonly actor: Actor; readonly number: string }
before(async () => {
  bed = await openBed()
  me = citizen(bed.personId)
  const number = '079097000001'
  const id = await addPerson(bed.kernel, { ...PERSON, number, oldNumbers: [] })
  neighbour = { actor: citizen(id), number }
})
after(() => bed.close())

const by = (actor: Actor) => ({ kernel: bed.kernel, actor, key: uuidv7() })
const asking = (actor: Actor, purpose = 'own-record') => ({ kernel: bed.kernel, actor, purpose })
const reads = (actor: Actor = me, input: object = {}): Promise<MyReads> =>
  ask(myReads, input, asking(actor))
const refused = (code: string) => (error: unknown) => {
  assert.ok(error instanceof Refusal, String(error))
  assert.equal(error.code, code)
  return true
}
async function batch(numbers: readonly string[]) {
  const rows = numbers.map((number, n) => ({
    ref: `${n}`,
    identify: { ...IDENTIFY, personal_administrative_number: number },
  }))
  const { request } = signedRequest(bed.kernel, bed.bank, {
    path: '/api/verify/batch',
    payload: { rows },
  })
  assert.equal((await bed.app.inject(request)).statusCode, 200)
}

describe('who read my data', () => {
  test('says who, why, under which law, which attributes, online or bulk', async () => {
    await bed.verify({ identify: IDENTIFY }, { headers: { 'goc-case': 'HS-1' } })
    const [line] = (await reads()).lines
    assert.ok(line?.told)
    assert.equal(line.state, 'open')
    assert.equal(line.told.body, 'Agency bank')
    assert.equal(line.told.kind, 'agency')
    assert.equal(line.told.purpose, 'account-opening')
    assert.equal(line.told.legalBasis, 'bank.customer')
    assert.equal(line.told.case, 'HS-1')
    assert.deepEqual(line.told.attributes, ['birthdate', 'name'])
    assert.equal(line.told.isBulk, false)

    await batch([PERSON.number, neighbour.number])
    const { lines } = await reads()
    assert.equal(lines[0]?.told?.isBulk, true)
    assert.equal(lines[0]?.told?.subjects, 2)
    // Looking is an event too, and everybody sees only their own.
    assert.equal(lines[1]?.told?.operation, 'my-reads')
    assert.equal((await reads(neighbour.actor)).lines.length, 1)
  })

  test('a failed attempt is there, and says that nothing was told', async () => {
    await bed.verify({ identify: { ...IDENTIFY, name: 'Kẻ Đoán Mò' } })
    const [line] = (await reads()).lines
    assert.deepEqual(line?.told?.flags, ['not-confirmed'])
    assert.deepEqual(line?.told?.attributes, [])
  })

  test('goes back page by page without a gap', async () => {
    for (let n = 0; n < 7; n++) await bed.verify({ identify: IDENTIFY })
    const all = (await reads(me, { limit: 500 })).lines.map((line) => line.event)
    const paged: string[] = []
    let before = (await reads(me, { limit: 1 })).lines[0]?.event
    for (let next: string | null | undefined = before; next; ) {
      const page: MyReads = await reads(me, { limit: 3, before: next })
      paged.push(...page.lines.map((line) => line.event))
      before = page.lines[0]?.event
      next = page.next
    }
    assert.deepEqual(
      paged.filter((event) => all.includes(event)),
      all,
    )
  })

  test('a hidden event is counted, dated, and says nothing until its day', async () => {
    // A read of an investigation; the name is one an inspector may use.
    const investigate = query({
      name: 'ledger.open-event',
      input: Type.Object({}),
      purposes: ['investigation'],
      async run(_, { concerns, hideUntil }) {
        concerns(bed.personId, ['name'])
        hideUntil(plainDay('2026-12-01'))
      },
    })
    await ask(investigate, {}, asking(anActor([['inspector', 'nation']]), 'investigation'))
    const { row } = await bed.lastEvent()
    const before = await reads()
    const hidden = before.lines.find((line) => line.event === row.event_id)
    assert.equal(before.hidden, 1)
    assert.deepEqual(
      [hidden?.state, hidden?.told, hidden?.hiddenUntil],
      ['hidden', null, '2026-12-01'],
    )
    const complaint = execute(askWhy, { event: row.event_id, question: 'Vì sao?' }, by(me))
    await assert.rejects(complaint, refused('ledger.hidden'))
    bed.kernel.setNow('2026-12-01T03:00:00.000Z')
    try {
      const after = await reads()
      assert.equal(after.hidden, 0)
      assert.equal(after.lines.find((line) => line.event === row.event_id)?.state, 'open')
    } finally {
      bed.kernel.setNow('2026-10-16T03:00:00.000Z')
    }
  })

  test('is for persons, with the purpose that is their own', async () => {
    await assert.rejects(reads(anActor([['registrar', 'nation']])), refused('actor.not-permitted'))
    const curious = ask(myReads, {}, asking(me, 'tax'))
    await assert.rejects(curious, refused('purpose.not-allowed'))
  })
})

test('whose record was merged into another sees what happened to both, and may act on both', async () => {
  const { kernel } = bed
  const number = '079097000002'
  const survivor = await addPerson(kernel, { ...PERSON, number: '079097000003', oldNumbers: [] })
  const duplicate = await addPerson(kernel, { ...PERSON, number, oldNumbers: [] })
  const twice = citizen(duplicate)
  const readOf = async () => {
    await bed.verify({ identify: { ...IDENTIFY, personal_administrative_number: number } })
    return (await bed.lastEvent()).row
  }
  const before = await readOf()
  assert.equal(before.person_id, duplicate)
  const give = { agency: 'bank', purpose: 'tax', to: null }
  const { consent } = await execute(giveConsent, give, by(twice))
  await execute(askWhy, { event: before.event_id, question: 'Vì sao?' }, by(twice))
  await kernel.owner(
    `insert into register.fact (person_id, kind, key, valid, value, act_id, recorded_at)
     select person_id, 'merged', '', valid, $2, act_id, recorded_at
     from register.fact where person_id = $1 and kind = 'name'`,
    [duplicate, JSON.stringify({ into: survivor })],
  )
  await kernel.owner('insert into register.duplicate (survivor_id, person_id) values ($1, $2)', [
    survivor,
    duplicate,
  ])
  const since = await readOf()
  assert.equal(since.person_id, survivor)

  const all = await reads(twice)
  const others = all.lines.filter((line) => !line.isOwn).map((line) => line.event)
  assert.deepEqual(others, [since.event_id, before.event_id])
  assert.deepEqual([all.complaints.length, all.consents.length], [1, 1])
  // The own look names who the person is now.
  assert.equal((await bed.lastEvent()).row.person_id, survivor)
  for (const { event_id: event } of [before, since]) {
    assert.equal((await reads(twice, { event })).lines[0]?.event, event)
  }
  await execute(askWhy, { event: since.event_id, question: 'Vì sao?' }, by(twice))
  assert.equal((await reads(twice)).complaints.length, 2)
  await execute(withdrawConsentCommand, { consent }, by(twice))
  const copy = await ask(myCopy, {}, asking(twice))
  const copied = copy.reads.map((line) => line.event)
  assert.ok(copied.includes(before.event_id) && copied.includes(since.event_id))
  // Ids of events tell the machine's clock, and the months are counted by them.
  kernel.setNow(new Date().toISOString())
  try {
    assert.equal((await reads(twice)).overview.total, 2)
  } finally {
    kernel.setNow('2026-10-16T03:00:00.000Z')
  }
  // Whoever signs in as the one that remained sees the same, until the two are parted again.
  const seenBy = async (who: Actor) => {
    const { lines } = await reads(who)
    return others.filter((event) => lines.some((line) => line.event === event))
  }
  assert.deepEqual(await seenBy(citizen(survivor)), others)
  await kernel.owner(
    `update register.fact set superseded_at = now(), superseded_by = act_id
     where person_id = $1 and kind = 'merged'`,
    [duplicate],
  )
  assert.deepEqual(await seenBy(citizen(survivor)), [since.event_id])
  // Nobody else's lines came with it.
  const { lines } = await reads(neighbour.actor)
  assert.ok(!lines.some((line) => others.includes(line.event)))
})

test('the proof of a line convinces whoever trusts the log, and shows nobody else', async () => {
  await batch([PERSON.number, neighbour.number])
  const { row } = await bed.lastEvent()
  const early = ask(myProof, { event: row.event_id }, asking(me))
  await assert.rejects(early, refused('ledger.not-yet-sequenced'))
  const ledger = startLedger(bed.kernel, bed.kernel.testDatabase.connection('goc_sequencer'))
  try {
    for (let waited = 0; ; waited += 50) {
      const { lines } = await reads()
      if (lines.find((line) => line.event === row.event_id)?.isProvable === true) break
      assert.ok(waited < 10_000, 'not in the log after ten seconds')
      await setTimeout(50)
    }
    const { text } = await ask(myProof, { event: row.event_id }, asking(me))
    const policy = await parsePolicy(await policyText(bed.kernel))
    const checked = await verifyProof({ proof: text, policy })
    assert.equal(checked.event.id, row.event_id)
    assert.equal(checked.event.purpose, 'account-opening')
    assert.ok(!text.includes(bed.personId))
    const stranger = ask(myProof, { event: row.event_id }, asking(citizen(uuidv7())))
    await assert.rejects(stranger, refused('ledger.event-not-found'))
  } finally {
    await ledger.stop()
  }
})
