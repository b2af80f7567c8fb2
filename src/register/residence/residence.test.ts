import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { EVERYTHING, refused, tryCommand } from '../../../test/commands.ts'
import { anActor } from '../../../test/kernel.ts'
import { addDays, ask } from '../../kernel/index.ts'
import { registerDeath } from '../person/death.ts'
import { factsAsOf } from '../person/queries.ts'
import { ACT, aPerson, PROFILES, type Stage, stageOf } from '../testing.ts'
import type { Residence } from '../types.ts'
import { readUnits } from '../unit/units.ts'
import {
  declareCurrent,
  deregister,
  endAbsence,
  endTemporary,
  registerPermanent,
  registerTemporary,
  reportAbsence,
} from './commands.ts'

for (const profile of PROFILES) {
  describe(`residence in ${profile.id}`, () => {
    let stage: Stage
    before(async () => {
      stage = await stageOf(profile)
    })
    after(() => stage.close())

    const at = (unit: string, address = '12 Hàng Bông'): Residence => ({ unit, address })
    const living = async (number: string, kind: string, day = '2026-10-16') => {
      const actor = anActor([[EVERYTHING, 'nation']])
      const asker = { kernel: stage.kernel, actor, purpose: 'residence' }
      const { facts } = await ask(factsAsOf, { number, day, kinds: [kind] }, asker)
      return facts[0]?.value
    }
    const tokens = async (number: string) => {
      const [row] = await stage.kernel.owner<{ tokens: string[] }>(
        'select tokens from register.search join register.number using (person_id) where number = $1',
        [number],
      )
      return row?.tokens.filter((token) => token.includes('@'))
    }
    /** Someone with a permanent residence at the stage's home since 2020. */
    const resident = async () => {
      const number = await aPerson(stage)
      await stage.do(registerPermanent, {
        act: ACT,
        number,
        residence: at(stage.home),
        on: '2026-01-05',
      })
      stage.tick()
      return number
    }
    const trial =
      (
        input: () => Promise<unknown>,
        again: 'residence.exists' | 'residence.not-found' = 'residence.exists',
      ) =>
      () => ({ kernel: stage.kernel, actor: stage.officer, stranger: stage.stranger, input, again })
    const newcomer = async () => {
      const number = await aPerson(stage)
      stage.tick()
      return { act: ACT, number, residence: at(stage.home), on: '2026-10-01' }
    }

    tryCommand(registerPermanent, trial(newcomer))
    tryCommand(registerTemporary, trial(newcomer))
    tryCommand(declareCurrent, trial(newcomer))
    tryCommand(
      reportAbsence,
      trial(async () => ({
        act: ACT,
        number: await resident(),
        reason: 'work abroad',
        on: '2026-10-01',
      })),
    )
    tryCommand(
      endAbsence,
      trial(async () => {
        const number = await resident()
        await stage.do(reportAbsence, { act: ACT, number, reason: 'work', on: '2026-02-01' })
        stage.tick()
        return { act: ACT, number, on: '2026-10-01' }
      }, 'residence.not-found'),
    )
    tryCommand(
      endTemporary,
      trial(async () => {
        const number = await aPerson(stage)
        const residence = at(stage.home)
        await stage.do(registerTemporary, { act: ACT, number, residence, on: '2026-02-01' })
        stage.tick()
        return { act: ACT, number, on: '2026-10-01' }
      }, 'residence.not-found'),
    )
    tryCommand(
      deregister,
      trial(
        async () => ({ act: ACT, number: await resident(), on: '2026-10-01' }),
        'residence.not-found',
      ),
    )

    test('one permanent residence at a time: the new one ends the old one that day', async () => {
      const number = await resident()
      await stage.do(registerPermanent, {
        act: ACT,
        number,
        residence: at(stage.home, '5 Tân Ấp'),
        on: '2026-03-01',
      })
      assert.deepEqual(await living(number, 'permanent', '2026-02-28'), at(stage.home))
      assert.deepEqual(await living(number, 'permanent', '2026-03-01'), at(stage.home, '5 Tân Ấp'))
    })

    test('the receiving unit registers, wherever the person lived before', async () => {
      const number = await resident()
      const input = { act: ACT, number, residence: at(stage.elsewhere), on: '2026-04-01' }
      await assert.rejects(stage.do(registerPermanent, input), refused('actor.out-of-area'))
      await stage.do(registerPermanent, input, stage.stranger)
      assert.deepEqual(await living(number, 'permanent'), at(stage.elsewhere))
      assert.deepEqual(await tokens(number), [`u${stage.elsewhere}`])
      // The record went along: its officers are those of the new place.
      const absent = { act: ACT, number, reason: 'study', on: '2026-05-01' }
      await assert.rejects(stage.do(reportAbsence, absent), refused('actor.out-of-area'))
    })

    test('a temporary residence stands beside the permanent one, in another unit', async () => {
      const number = await resident()
      const same = {
        act: ACT,
        number,
        residence: at(stage.home, 'elsewhere in it'),
        on: '2026-05-01',
      }
      await assert.rejects(stage.do(registerTemporary, same), refused('residence.exists'))
      const other = {
        act: ACT,
        number,
        residence: at(stage.elsewhere),
        on: '2026-05-01',
        until: '2026-12-01',
      }
      await stage.do(registerTemporary, other, stage.stranger)
      assert.deepEqual(await living(number, 'permanent'), at(stage.home))
      assert.deepEqual(await living(number, 'temporary'), at(stage.elsewhere))
      assert.deepEqual(await tokens(number), [`u${stage.home}`, `u${stage.elsewhere}`])
      // Moving there for good ends it.
      const moved = { act: ACT, number, residence: at(stage.elsewhere), on: '2026-06-01' }
      await stage.do(registerPermanent, moved, stage.stranger)
      assert.equal(await living(number, 'temporary'), undefined)
      assert.deepEqual(await living(number, 'temporary', '2026-05-31'), at(stage.elsewhere))
    })

    test('absence keeps the permanent residence, and a move ends it', async () => {
      const number = await resident()
      await stage.do(reportAbsence, { act: ACT, number, reason: 'work', on: '2026-02-01' })
      assert.deepEqual(await living(number, 'permanent'), at(stage.home))
      assert.deepEqual(await living(number, 'absence'), { reason: 'work' })
      const residence = at(stage.home, 'another house')
      await stage.do(registerPermanent, { act: ACT, number, residence, on: '2026-07-01' })
      assert.equal(await living(number, 'absence'), undefined)
    })

    test('nobody is absent from nowhere; whoever has no residence says where they stay', async () => {
      const number = await aPerson(stage)
      const absent = { act: ACT, number, reason: 'work', on: '2026-02-01' }
      await assert.rejects(stage.do(reportAbsence, absent), refused('residence.not-found'))
      await stage.do(declareCurrent, {
        act: ACT,
        number,
        residence: at(stage.home),
        on: '2026-02-01',
      })
      assert.deepEqual(await living(number, 'current'), at(stage.home))
      await stage.do(registerPermanent, {
        act: ACT,
        number,
        residence: at(stage.home),
        on: '2026-03-01',
      })
      assert.equal(await living(number, 'current'), undefined)
    })

    test('deregistered, a person has no residence and is found in no unit', async () => {
      const number = await resident()
      await stage.do(deregister, { act: ACT, number, on: '2026-08-01' })
      assert.equal(await living(number, 'permanent'), undefined)
      assert.deepEqual(await living(number, 'permanent', '2026-07-31'), at(stage.home))
      assert.deepEqual(await tokens(number), [])
    })

    test('units are valid on the day, and of the level people are registered in', async () => {
      const { kernel } = stage
      const units = await kernel.database.transaction((tx) => readUnits({ tx, kernel }))
      const [highest = ''] = units.pathOf(stage.home).slice(-2)
      const number = await aPerson(stage)
      const nation = anActor([[EVERYTHING, 'nation']])
      const register = (unit: string, on: string) =>
        stage.do(registerPermanent, { act: ACT, number, residence: { unit }, on }, nation)
      await assert.rejects(register('999999@2020-01-01', '2026-01-01'), refused('unit.not-found'))
      await assert.rejects(register(highest, '2026-01-01'), refused('unit.not-valid-on-day'))
      const ended = [...units.rows()].find(
        (row) =>
          row.to !== null &&
          units.wholeSuccessorOf(row.id) &&
          units.isResidential(row.id, row.from),
      )
      if (ended?.to == null) return
      await assert.rejects(register(ended.id, ended.to), refused('unit.not-valid-on-day'))
      // Registered late, the residence goes on in the unit its own went into.
      const before = addDays(ended.to, -60)
      await register(ended.id, before)
      const successor = units.wholeSuccessorOf(ended.id)
      assert.deepEqual(await living(number, 'permanent', before), { unit: ended.id })
      assert.deepEqual(await living(number, 'permanent', ended.to), { unit: successor })
    })

    test('days are neither to come nor before birth, and end after they begin', async () => {
      const number = await aPerson(stage, { on: '2000-01-01' })
      const register = (more: object) =>
        stage.do(registerTemporary, { act: ACT, number, residence: at(stage.home), ...more })
      await assert.rejects(register({ on: '2026-10-17' }), refused('fact.in-future'))
      await assert.rejects(register({ on: '1999-12-31' }), refused('fact.day-order'))
      const turned = { on: '2026-10-01', until: '2026-10-01' }
      await assert.rejects(register(turned), refused('fact.day-order'))
    })

    test('nobody is registered after death, nor under a number nobody bears', async () => {
      const number = await resident()
      await stage.do(registerDeath, { act: ACT, number, on: '2026-09-01' })
      const input = { act: ACT, number, residence: at(stage.home, 'x'), on: '2026-10-01' }
      await assert.rejects(stage.do(registerPermanent, input), refused('person.deceased'))
      const wrong = { ...input, number: profile.number.example }
      await assert.rejects(stage.do(registerPermanent, wrong), refused('number.not-found'))
    })
  })
}
