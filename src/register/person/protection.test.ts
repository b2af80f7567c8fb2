import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { EVERYTHING, refused, tryCommand } from '../../../test/commands.ts'
import { anActor } from '../../../test/kernel.ts'
import { type Actor, ask, execute, uuidv7 } from '../../kernel/index.ts'
import { ACT, aPerson, PROFILES, type Stage, stageOf } from '../testing.ts'
import {
  approveOpening,
  askOpening,
  breakGlass,
  protectPerson,
  unprotectPerson,
} from './protection.ts'
import { personRecord } from './queries.ts'

const reason = 'threatened by a former partner'

for (const profile of PROFILES) {
  describe(`protection in ${profile.id}`, () => {
    let stage: Stage
    let second: Actor
    before(async () => {
      stage = await stageOf(profile)
      second = anActor([[EVERYTHING, stage.home]])
    })
    after(() => stage.close())

    const record = (number: string, actor: Actor = stage.officer) =>
      ask(personRecord, { number }, { kernel: stage.kernel, actor, purpose: 'public-service' })
    const someoneProtected = async () => {
      const number = await aPerson(stage)
      await stage.do(protectPerson, { act: ACT, number, reason })
      stage.tick()
      return number
    }
    const trial = () => ({
      kernel: stage.kernel,
      actor: stage.officer,
      stranger: stage.stranger,
    })
    const approved = async (actor: Actor = stage.officer) => {
      const number = await someoneProtected()
      const { openingId } = await stage.do(askOpening, { number, reason }, actor)
      await stage.do(approveOpening, { number, openingId }, second)
      stage.tick()
      return number
    }

    tryCommand(protectPerson, () => ({
      ...trial(),
      input: async () => ({ act: ACT, number: await aPerson(stage), reason }),
      again: 'person.protected',
    }))
    tryCommand(unprotectPerson, () => ({
      ...trial(),
      input: async () => ({ act: ACT, number: await approved() }),
      again: 'fact.not-found',
    }))
    const nurse = anActor([[EVERYTHING, 'nation']])
    tryCommand(askOpening, () => ({
      ...trial(),
      input: async () => ({ number: await someoneProtected(), reason }),
    }))
    tryCommand(breakGlass, () => ({
      ...trial(),
      actor: nurse,
      input: async () => ({ number: await someoneProtected(), reason }),
    }))
    tryCommand(approveOpening, () => ({
      ...trial(),
      actor: second,
      input: async () => {
        const number = await someoneProtected()
        const { openingId } = await stage.do(askOpening, { number, reason })
        stage.tick()
        return { number, openingId }
      },
      again: 'opening.already-approved',
    }))

    test('a protected record opens to who asked, once a second person agreed, for a day', async () => {
      const number = await someoneProtected()
      await assert.rejects(record(number), refused('person.protected'))
      const { openingId } = await stage.do(askOpening, { number, reason })
      await assert.rejects(record(number), refused('person.protected'))
      await assert.rejects(
        stage.do(approveOpening, { number, openingId }),
        refused('actor.same-person'),
      )
      await stage.do(approveOpening, { number, openingId }, second)
      assert.equal((await record(number)).number, number)
      await assert.rejects(record(number, second), refused('person.protected'))
      const [event] = await stage.kernel.owner<{ flags: string[] }>(
        `select (body::jsonb) -> 'flags' as flags from kernel.audit_event
         where body like '%person.record%' and body like '%"flags"%' order by event_id desc limit 1`,
      )
      assert.deepEqual(event?.flags, ['protected'])
    })

    test('elsewhere nobody learns who is protected; with a case it is asked for, and flagged', async () => {
      const [kept, plain] = [await someoneProtected(), await aPerson(stage)]
      const { kernel, stranger: actor } = stage
      for (const command of [askOpening, breakGlass]) {
        for (const number of [kept, plain]) {
          await assert.rejects(
            stage.do(command, { number, reason }, actor),
            refused('actor.out-of-area'),
          )
        }
      }
      const [refusal] = await kernel.owner<{ person: string; own: string }>(
        `select person_id as person, (select person_id from register.number where number = $1) as own
         from kernel.audit_event order by event_id desc limit 1`,
        [plain],
      )
      assert.equal(refusal?.person, refusal?.own, 'whom it concerned sees that it was tried')
      const typed = {
        reference: 'HS 7/2026',
        reason: 'moved here for safety',
        bornOn: '1980-05-17',
      }
      const asked = (number: string, bornOn = typed.bornOn) =>
        execute(
          askOpening,
          { number: kept, reason },
          { kernel, actor, key: uuidv7(), case: { ...typed, number, bornOn } },
        )
      await assert.rejects(asked(kept, '1980-05-18'), refused('case.not-matching'))
      await assert.rejects(asked(plain), refused('case.not-matching'))
      await asked(kept)
      const [event] = await kernel.owner<{ flags: string[] }>(
        `select (body::jsonb) -> 'flags' as flags from kernel.audit_event
         order by event_id desc limit 1`,
      )
      assert.deepEqual(event?.flags, ['outside-area'])
    })

    test('glass once broken is confirmed within a day, or no other is broken', async () => {
      const doctor = anActor([[EVERYTHING, stage.home]])
      const number = await someoneProtected()
      const { openingId } = await stage.do(breakGlass, { number, reason }, doctor)
      assert.equal((await record(number, doctor)).number, number)
      const other = await someoneProtected()
      const before = stage.kernel.now()
      stage.kernel.setNow('2026-10-18T03:00:00.000Z')
      await assert.rejects(record(number, doctor), refused('person.protected'))
      const again = () =>
        execute(
          breakGlass,
          { number: other, reason },
          { kernel: stage.kernel, actor: doctor, key: uuidv7() },
        )
      await assert.rejects(again(), refused('opening.unconfirmed'))
      stage.kernel.setNow(before)
      await stage.do(approveOpening, { number, openingId }, second)
      stage.kernel.setNow('2026-10-18T03:00:00.000Z')
      await again()
      stage.kernel.setNow(before)
    })
  })
}
