import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { EVERYTHING } from '../../../test/commands.ts'
import { anActor } from '../../../test/kernel.ts'
import { type Actor, addMs, ask, dayOf } from '../../kernel/index.ts'
import { ACT, aPerson, PROFILES, type Stage, stageOf } from '../testing.ts'
import { countOpenings, listOpenings } from './openings.ts'
import { approveOpening, askOpening, breakGlass, protectPerson } from './protection.ts'
import { personRecord } from './queries.ts'

const reason = 'threatened by a former partner'
const DAY_ms = 86_400_000

for (const profile of PROFILES) {
  describe(`openings in ${profile.id}`, () => {
    let stage: Stage
    let second: Actor
    before(async () => {
      stage = await stageOf(profile)
      second = anActor([[EVERYTHING, stage.home]])
    })
    after(() => stage.close())

    const list = (actor: Actor) =>
      ask(listOpenings, {}, { kernel: stage.kernel, actor, purpose: 'register-keeping' })
    const someone = async () => {
      const number = await aPerson(stage)
      await stage.do(protectPerson, { act: ACT, number, reason })
      return number
    }

    test('what one asks for waits for the others of the area, and for nobody elsewhere', async () => {
      const number = await someone()
      await stage.do(askOpening, { number, reason })
      const [mine] = (await list(stage.officer)).own
      assert.deepEqual([mine?.isApproved, mine?.name], [false, null])
      assert.equal((await list(stage.officer)).waiting.length, 0)
      assert.deepEqual(await list(stage.stranger), { waiting: [], own: [] })
      const [waiting] = (await list(second)).waiting
      assert.equal(waiting?.reason, reason)
      const { person, opening: openingId } = waiting ?? {}
      await stage.do(approveOpening, { person, openingId }, second)
      assert.equal((await list(second)).waiting.length, 0)
      const [approved] = (await list(stage.officer)).own
      assert.equal(approved?.isApproved, true)
      assert.ok(approved?.name)
      const asker = { kernel: stage.kernel, actor: stage.officer, purpose: 'public-service' }
      const record = await ask(personRecord, { person: approved?.person }, asker)
      assert.equal(record.number, number)
    })

    test('who moved meanwhile waits for the officers of the new home', async () => {
      const number = await someone()
      await stage.do(breakGlass, { number, reason })
      const { waiting } = await list(second)
      assert.equal(waiting.length, 1)
      await stage.kernel.owner(
        `update register.fact f set value = jsonb_set(value, '{registered,unit}', to_jsonb($2::text))
         from register.number n where n.number = $1 and f.person_id = n.person_id
           and f.kind = 'birth'`,
        [number, stage.elsewhere],
      )
      assert.deepEqual((await list(second)).waiting, [])
      const [moved] = (await list(stage.stranger)).waiting
      assert.equal(moved?.reason, reason)
      const within = (actor: Actor) =>
        stage.kernel.database.transaction((tx) => {
          const now = stage.kernel.now()
          const today = dayOf(now, profile.timeZone)
          return countOpenings({ tx, kernel: stage.kernel, actor, now, today })
        })
      assert.deepEqual([await within(second), await within(stage.stranger)], [0, 1])
      const { person, opening: openingId } = moved ?? {}
      await stage.do(approveOpening, { person, openingId }, stage.stranger)
      assert.equal(await within(stage.stranger), 0)
    })

    test('a day later only an emergency still waits to be confirmed', async () => {
      const [asked, broken] = [await someone(), await someone()]
      await stage.do(askOpening, { number: asked, reason })
      await stage.do(breakGlass, { number: broken, reason })
      stage.kernel.setNow(addMs(stage.tick(), DAY_ms))
      const { waiting } = await list(second)
      assert.deepEqual(
        waiting.map((one) => one.isEmergency),
        [true],
      )
      assert.equal((await list(stage.officer)).own.length, 1)
      stage.tick()
    })

    test('the list is an event that names whom it shows', async () => {
      const number = await someone()
      await stage.do(askOpening, { number, reason })
      const events = await stage.kernel.count('kernel.audit_event')
      const { waiting } = await list(second)
      assert.equal(await stage.kernel.count('kernel.audit_event'), events + 1)
      const [row] = await stage.kernel.owner<{ body: { subjects: number; attributes: string[] } }>(
        'select body::jsonb as body from kernel.audit_event order by event_id desc limit 1',
      )
      assert.equal(row?.body.subjects, waiting.length)
      assert.deepEqual(row?.body.attributes, ['name', 'protected'])
    })
  })
}
