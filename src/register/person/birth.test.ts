import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { EVERYTHING, refused, tryCommand } from '../../../test/commands.ts'
import { anActor } from '../../../test/kernel.ts'
import { establish } from '../household/commands.ts'
import { ACT, aBirth, aChild, aPerson, PROFILES, type Stage, stageOf } from '../testing.ts'
import { registerBirth } from './birth.ts'

for (const profile of PROFILES) {
  describe(`birth.register in ${profile.id}`, () => {
    let stage: Stage
    before(async () => {
      stage = await stageOf(profile)
    })
    after(() => stage.close())

    tryCommand(registerBirth, () => ({
      kernel: stage.kernel,
      actor: stage.officer,
      stranger: stage.stranger,
      input: async () => {
        const mother = await aPerson(stage, { sex: 'female', on: '1996-02-03' })
        stage.tick()
        return aBirth(stage, { mother: { number: mother } })
      },
      again: 'person.already-exists',
    }))

    test('the number is the profile’s, and of the demonstration', async () => {
      const number = await aChild(stage)
      const read = profile.number.parse(number)
      assert.ok(read.ok && read.demonstration)
      assert.ok(read.implied.birthYear === null || read.implied.birthYear === 2026)
    })

    test('eight children of one mother registered at once are eight, each with a number', async () => {
      const mother = await aPerson(stage, { sex: 'female', on: '1996-02-03' })
      const births = Array.from({ length: 8 }, () => aChild(stage, { mother: { number: mother } }))
      assert.equal(new Set(await Promise.all(births)).size, 8)
      const [children] = await stage.kernel.owner<{ n: number }>(
        `select count(*)::int as n from register.fact f join register.number n using (person_id)
         where n.number = $1 and f.kind = 'child' and f.superseded_at is null`,
        [mother],
      )
      assert.equal(children?.n, 8)
    })

    test('one child registered by two clerks at once is registered once', async () => {
      const mother = await aPerson(stage, { sex: 'female', on: '1996-02-03' })
      const father = await aPerson(stage, { sex: 'male', on: '1995-02-03' })
      const input = aBirth(stage, { mother: { number: mother }, father: { number: father } })
      const clerks = Array.from({ length: 4 }, () => anActor([[EVERYTHING, stage.home]]))
      const done = await Promise.allSettled(
        clerks.map((clerk) => stage.do(registerBirth, input, clerk)),
      )
      const refusals = done.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
      assert.equal(refusals.length, 3)
      for (const refusal of refusals) refused('person.already-exists')(refusal)
    })

    test('a child lives with the parent from the day of registration', async () => {
      const mother = await aPerson(stage, { sex: 'female', on: '1996-02-03' })
      const household = { of: 'mother', relation: 'child' }
      const input = { mother: { number: mother }, household }
      await assert.rejects(aChild(stage, input), refused('household.not-member'))
      const residence = { unit: stage.home, address: '5' }
      await stage.do(establish, { act: ACT, head: mother, members: [], residence })
      const child = await aChild(stage, input)
      const rows = await stage.kernel.owner<{ kind: string; value: Record<string, string> }>(
        `select f.kind, f.value from register.fact f join register.number n using (person_id)
         where n.number = $1 and f.kind in ('household', 'permanent') order by f.kind`,
        [child],
      )
      assert.equal(rows[0]?.value.relation, 'child')
      assert.deepEqual(rows[1]?.value, residence)
      const asHead = { ...input, household: { of: 'mother', relation: 'head' } }
      await assert.rejects(aChild(stage, asHead), refused('request.invalid'))
    })

    test('a birth noticed before it happened, and a parent who is nobody, are refused', async () => {
      const act = { ...ACT, decidedOn: '2026-09-30' }
      await assert.rejects(aChild(stage, { act }), refused('birth.after-registration'))
      const nobody = profile.number.compose({
        place: profile.id === 'vn' ? '01' : '11',
        sex: 'female',
        birthYear: 1990,
        serial: 1,
      })
      await assert.rejects(
        aChild(stage, { mother: { number: nobody } }),
        refused('number.not-found'),
      )
    })

    test('a mother of ten years is refused', async () => {
      const mother = await aPerson(stage, { sex: 'female', on: '2016-02-03' })
      await assert.rejects(
        aChild(stage, { mother: { number: mother } }),
        refused('kinship.impossible-age'),
      )
    })
  })
}
