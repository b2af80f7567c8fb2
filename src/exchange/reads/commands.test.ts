import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { anActor, Cut } from '../../../test/kernel.ts'
import { type Actor, ask, type Command, execute, Refusal, uuidv7 } from '../../kernel/index.ts'
import { clientOf } from '../agency/directory.ts'
import { findAgency } from '../agency/store.ts'
import { addPerson, citizen, type TestAgency } from '../testing.ts'
import { type Bed, IDENTIFY, openBed, PERSON } from '../verify/testing.ts'
import { answerWhy, askWhy, giveConsent, withdrawConsentCommand } from './commands.ts'
import { complaintsToAnswer, complaintToAnswer, type MyReads, myReads } from './queries.ts'

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
const agencyActor = async ({ code }: TestAgency): Promise<Actor> => {
  const agency = await bed.kernel.database.transaction((tx) => findAgency(tx, code))
  assert.ok(agency)
  return clientOf(agency).actor
}
describe('why?', () => {
  async function anEvent(): Promise<string> {
    await bed.verify({ identify: IDENTIFY })
    return (await bed.lastEvent()).row.event_id
  }
  const complain = (event: string, actor: Actor = me) =>
    execute(askWhy, { event, question: 'Vì sao ngân hàng xem dữ liệu của tôi?' }, by(actor))

  test('opens a question to whoever read, due in ten working days', async () => {
    const event = await anEvent()
    const asked = await complain(event)
    // Friday 16 October 2026 and ten working days: Friday 30 October.
    assert.deepEqual([asked.addressee, asked.dueOn], ['Agency bank', '2026-10-30'])
    const line = (await reads()).lines.find((one) => one.event === event)
    assert.equal(line?.complaint?.answer, null)
    await assert.rejects(complain(event), refused('complaint.exists'))
    await assert.rejects(complain(event, neighbour.actor), refused('ledger.event-not-found'))
  })

  test('is answered once, by whoever caused it or by the inspection', async () => {
    const { complaint } = await complain(await anEvent())
    const answer = (actor: Actor) =>
      execute(
        answerWhy,
        { complaint, answer: 'Khách hàng mở tài khoản tại quầy.', lawful: true },
        by(actor),
      )
    const other = await agencyActor(await bed.newAgency())
    await assert.rejects(answer(other), refused('complaint.not-found'))
    const elsewhere = anActor([['inspector', '79@2025-07-01']])
    await assert.rejects(answer(elsewhere), refused('actor.out-of-area'))
    await answer(await agencyActor(bed.bank))
    const inspector = anActor([['inspector', 'nation']])
    await assert.rejects(answer(inspector), refused('complaint.answered'))
    const mine = (await reads()).lines.find((one) => one.complaint?.id === complaint)
    assert.equal(mine?.complaint?.lawful, true)
    assert.equal(mine?.complaint?.answer, 'Khách hàng mở tài khoản tại quầy.')
  })

  test('stands on the list of whoever must answer, without who asks, overdue after its day', async () => {
    const { complaint } = await complain(await anEvent())
    const list = (actor: Actor) =>
      ask(complaintsToAnswer, { isOpen: true }, asking(actor, 'complaint'))
    const found = (await list(await agencyActor(bed.bank))).find((one) => one.id === complaint)
    assert.equal(found?.isOverdue, false)
    assert.equal(found?.told?.operation, 'verify')
    assert.ok(!JSON.stringify(found).includes(bed.personId))
    assert.deepEqual(await list(await agencyActor(await bed.newAgency())), [])
    bed.kernel.setNow('2026-10-31T03:00:00.000Z')
    try {
      const late = (await list(anActor([['inspector', 'nation']]))).find(
        (one) => one.id === complaint,
      )
      assert.equal(late?.isOverdue, true)
    } finally {
      bed.kernel.setNow('2026-10-16T03:00:00.000Z')
    }
  })
})

describe('one question, opened', () => {
  const open = (complaint: string, actor: Actor) =>
    ask(complaintToAnswer, { complaint }, asking(actor, 'complaint'))
  const asked = async (number: string, actor: Actor) => {
    await bed.verify({ identify: { ...IDENTIFY, personal_administrative_number: number } })
    const event = (await bed.lastEvent()).row.event_id
    return execute(askWhy, { event, question: 'Vì sao?' }, by(actor))
  }

  test('is a look at whoever asked it, and at nobody who asked another', async () => {
    const { complaint } = await asked(PERSON.number, me)
    await asked(neighbour.number, neighbour.actor)
    for (const reader of [anActor([['inspector', 'nation']]), await agencyActor(bed.bank)]) {
      const opened = await open(complaint, reader)
      assert.deepEqual([opened.id, opened.told?.operation], [complaint, 'verify'])
      assert.ok(!JSON.stringify(opened).includes(bed.personId))
      const { row, body } = await bed.lastEvent()
      assert.equal(body.operation, 'complaint.get')
      assert.deepEqual([row.person_id, body.subjects], [bed.personId, 1])
    }
  })

  test('is there when a hundred others wait before it', async () => {
    const { complaint } = await asked(PERSON.number, me)
    await bed.kernel.owner(
      `insert into exchange.complaint
         (person_id, complaint_id, event_id, caused_by, addressee, question, asked_at, due_on)
       select person_id, gen_random_uuid(), gen_random_uuid(), caused_by, addressee, question,
         asked_at, due_on - 1
       from exchange.complaint, generate_series(1, 100) where complaint_id = $1`,
      [complaint],
    )
    const inspector = anActor([['inspector', 'nation']])
    assert.equal((await open(complaint, inspector)).id, complaint)
  })

  test('does not exist for another agency, an officer of a place, or by another id', async () => {
    const { complaint } = await asked(PERSON.number, me)
    const other = await agencyActor(await bed.newAgency())
    await assert.rejects(open(complaint, other), refused('complaint.not-found'))
    const elsewhere = anActor([['inspector', '79@2025-07-01']])
    await assert.rejects(open(complaint, elsewhere), refused('actor.out-of-area'))
    const inspector = anActor([['inspector', 'nation']])
    await assert.rejects(open(uuidv7(), inspector), refused('complaint.not-found'))
  })
})

describe('a consent', () => {
  test('lets the agency ask for its purpose until it is withdrawn', async () => {
    const agency = await bed.newAgency({ scope: { kind: 'consented' } })
    const result = async () => (await bed.verify({ identify: IDENTIFY }, { agency })).body.result
    assert.equal(await result(), 'not_confirmed')
    const give = (purpose: string, to: string | null = null) =>
      execute(giveConsent, { agency: agency.code, purpose, to }, by(me))
    await give('tax')
    assert.equal(await result(), 'not_confirmed')
    const { consent } = await give('account-opening', '2027-01-01')
    assert.equal(await result(), 'confirmed')
    await assert.rejects(
      execute(withdrawConsentCommand, { consent }, by(neighbour.actor)),
      refused('consent.not-found'),
    )
    await execute(withdrawConsentCommand, { consent }, by(me))
    assert.equal(await result(), 'not_confirmed')
    const withdrawn = (await reads()).consents.find((one) => one.id === consent)
    assert.ok(withdrawn?.withdrawnAt)
    await assert.rejects(give('curiosity'), refused('purpose.not-allowed'))
    await assert.rejects(give('tax', '2026-10-16'), refused('request.invalid'))
    const nobody = { agency: 'nobody-here', purpose: 'tax', to: null }
    await assert.rejects(execute(giveConsent, nobody, by(me)), refused('agency.not-found'))
  })
})

describe('each command', () => {
  const COMMANDS: readonly (readonly [Command, () => Promise<object>, () => Actor])[] = [
    [
      askWhy as unknown as Command,
      async () => {
        await bed.verify({ identify: IDENTIFY })
        return { event: (await bed.lastEvent()).row.event_id, question: 'Vì sao?' }
      },
      () => me,
    ],
    [
      answerWhy as unknown as Command,
      async () => {
        await bed.verify({ identify: IDENTIFY })
        const event = (await bed.lastEvent()).row.event_id
        const { complaint } = await execute(askWhy, { event, question: 'Vì sao?' }, by(me))
        return { complaint, answer: 'Theo luật.', lawful: true }
      },
      () => anActor([['inspector', 'nation']]),
    ],
    [
      giveConsent as unknown as Command,
      async () => ({ agency: 'bank', purpose: 'tax', to: null }),
      () => me,
    ],
    [
      withdrawConsentCommand as unknown as Command,
      async () => execute(giveConsent, { agency: 'bank', purpose: 'tax', to: null }, by(me)),
      () => me,
    ],
  ]
  const TABLES = [
    'exchange.complaint',
    'exchange.consent',
    'kernel.audit_event',
    'kernel.outbox',
    'kernel.idempotency',
  ]
  const traces = async () =>
    JSON.stringify(
      await Promise.all(
        TABLES.map((table) => bed.kernel.owner(`select * from ${table} order by 1, 2`)),
      ),
    )

  for (const [command, input, actor] of COMMANDS) {
    test(`${command.name}: permitted once, forbidden to others, nothing left after a cut`, async () => {
      const given = await input()
      const officer = anActor([['commune-officer', 'nation']])
      await assert.rejects(execute(command, given, by(officer)), refused('actor.not-permitted'))
      const untouched = await traces()
      let cut = 0
      for (; ; cut++) {
        bed.kernel.cutAt(cut)
        const outcome = await execute(command, given, by(actor())).catch((error: unknown) => error)
        bed.kernel.cutAt(null)
        if (!(outcome instanceof Cut)) {
          assert.ok(!(outcome instanceof Error), String(outcome))
          break
        }
        assert.equal(await traces(), untouched, `after ${cut} statements`)
      }
      assert.ok(cut >= 5, `${cut} cuts`)
    })

    test(`${command.name}: twice with the same key changes nothing more`, async () => {
      const given = await input()
      const caller = by(actor())
      const first = await execute(command, given, caller)
      const once = await traces()
      assert.deepEqual(await execute(command, given, caller), first)
      assert.equal(await traces(), once)
    })
  }
})
