import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { EVERYTHING, refused, tryCommand } from '../../../test/commands.ts'
import { anActor } from '../../../test/kernel.ts'
import { ask } from '../../kernel/index.ts'
import { ACT, aName, aPerson, PROFILES, type Stage, stageOf } from '../testing.ts'
import { personRecord } from './queries.ts'
import { registerPerson } from './register.ts'

for (const profile of PROFILES) {
  describe(`person.register in ${profile.id}`, () => {
    let stage: Stage
    before(async () => {
      stage = await stageOf(profile)
    })
    after(() => stage.close())

    const nation = anActor([[EVERYTHING, 'nation']])
    const someone = (more: Record<string, unknown> = {}) => ({
      act: ACT,
      ground: 'returned',
      name: aName(),
      sex: 'female',
      birth: { on: '1979-12-24', registered: { country: 'FRA' }, place: { text: 'à Paris' } },
      nationalities: [profile.country, 'FRA'],
      ...more,
    })
    const record = (number: string) =>
      ask(
        personRecord,
        { number },
        { kernel: stage.kernel, actor: stage.officer, purpose: 'civil-registration' },
      )

    tryCommand(registerPerson, () => ({
      kernel: stage.kernel,
      actor: stage.officer,
      stranger: stage.stranger,
      input: async () => {
        stage.tick()
        return someone({ birth: { on: '1979-12-24', registered: { unit: stage.home } } })
      },
      again: 'person.already-exists',
    }))

    test('one of undetermined nationality is kept apart, and only so', async () => {
      const birth = { on: '1950', registered: { unit: stage.home } }
      const number = await aPerson(stage, {
        ground: 'undetermined',
        nationalities: ['XXX'],
        birth,
      })
      const { facts } = await record(number)
      const value = (kind: string) => facts.find((fact) => fact.kind === kind)?.value
      assert.equal(value('category'), 'undetermined')
      assert.equal(value('nationality'), 'XXX')
      await assert.rejects(aPerson(stage, { ground: 'undetermined' }), refused('request.invalid'))
      await assert.rejects(aPerson(stage, { nationalities: ['XXX'] }), refused('request.invalid'))
    })

    test('born and registered abroad, the number tells the country or nothing', async () => {
      const { number } = await stage.do(registerPerson, someone(), nation)
      const read = profile.number.parse(number)
      assert.ok(read.ok)
      assert.ok(read.implied.place === null || read.implied.place === 'FRA')
    })

    test('a namesake born the same day needs to be told apart', async () => {
      const [name, on] = [aName(), '1979-12-24']
      const first = await aPerson(stage, { name, on })
      await assert.rejects(aPerson(stage, { name, on }), refused('person.already-exists'))
      const second = await aPerson(stage, { name, on, differs: 'another mother' })
      assert.notEqual(first, second)
    })

    test('a day to come, an impossible age, a strange code and a nameless place are refused', async () => {
      const at = { registered: { unit: stage.home } }
      const born = (birth: unknown) => () => aPerson(stage, { birth })
      await assert.rejects(born({ on: '2026-10-17', ...at }), refused('birth.after-registration'))
      await assert.rejects(born({ on: '1850', ...at }), refused('request.invalid'))
      await assert.rejects(born({ on: '1980-02-30', ...at }), refused('request.invalid'))
      const nowhere = stage.do(registerPerson, someone({ birth: { on: '1980' } }), nation)
      await assert.rejects(nowhere, refused('request.invalid'))
      await assert.rejects(born({ on: '1980', place: {}, ...at }), refused('request.invalid'))
      await assert.rejects(aPerson(stage, { sex: 'other' }), refused('request.invalid'))
      await assert.rejects(aPerson(stage, { name: 'x9' }), refused('name.invalid'))
    })
  })
}
