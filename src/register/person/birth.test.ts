import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { refused, tryCommand } from '../../../test/commands.ts'
import { aBirth, aChild, aPerson, PROFILES, type Stage, stageOf } from '../testing.ts'
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

    test('a mother of ten years is refused', async () => {
      const mother = await aPerson(stage, { sex: 'female', on: '2016-02-03' })
      await assert.rejects(
        aChild(stage, { mother: { number: mother } }),
        refused('kinship.impossible-age'),
      )
    })
  })
}
