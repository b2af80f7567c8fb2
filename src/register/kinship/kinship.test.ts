import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { EVERYTHING, refused, tryCommand } from '../../../test/commands.ts'
import { anActor } from '../../../test/kernel.ts'
import { ask } from '../../kernel/index.ts'
import { registerDeath } from '../person/death.ts'
import { approveOpening, askOpening, protectPerson } from '../person/protection.ts'
import { factsAsOf } from '../person/queries.ts'
import { ACT, aName, aPerson, PROFILES, type Stage, stageOf } from '../testing.ts'
import { endKin, linkKin } from './commands.ts'

for (const profile of PROFILES) {
  describe(`kinship in ${profile.id}`, () => {
    let stage: Stage
    before(async () => {
      stage = await stageOf(profile)
    })
    after(() => stage.close())

    const woman = (on: string) => aPerson(stage, { sex: 'female', on })
    const man = (on: string) => aPerson(stage, { sex: 'male', on })
    const link = (number: string, relation: string, other: string, more = {}) =>
      stage.do(linkKin, { act: ACT, number, relation, relative: { number: other }, ...more })
    const end = (number: string, relation: string, other: string, more = {}) =>
      stage.do(endKin, { act: ACT, number, relation, relative: { number: other }, ...more })
    const ties = async (number: string, kind: string, day = '2026-10-16') => {
      const asker = { kernel: stage.kernel, actor: stage.officer, purpose: 'civil-registration' }
      const { facts } = await ask(factsAsOf, { number, day, kinds: [kind] }, asker)
      return facts.map(({ value }) => (value as { number: string }).number ?? value)
    }

    const trial =
      (prepare: () => Promise<unknown>, again: 'kinship.exists' | 'kinship.not-found') => () => ({
        kernel: stage.kernel,
        actor: stage.officer,
        stranger: stage.stranger,
        input: prepare,
        again,
      })

    tryCommand(
      linkKin,
      trial(async () => {
        const [number, other] = [await man('2000-01-01'), await woman('1970')]
        stage.tick()
        return { act: ACT, number, relation: 'mother', relative: { number: other } }
      }, 'kinship.exists'),
    )

    tryCommand(
      endKin,
      trial(async () => {
        const [number, other] = [await man('1970'), await woman('1970')]
        await link(number, 'spouse', other, { from: '2000-01-01' })
        stage.tick()
        return {
          act: ACT,
          number,
          relation: 'spouse',
          relative: { number: other },
          on: '2010-01-01',
        }
      }, 'kinship.not-found'),
    )

    test('a parent has the child, the child the parent; neither without the other', async () => {
      const [child, mother] = [await man('2000-01-01'), await woman('1970')]
      await link(child, 'mother', mother)
      assert.deepEqual(await ties(child, 'parent', '2000-01-01'), [mother])
      assert.deepEqual(await ties(mother, 'child', '2000-01-01'), [child])
      assert.deepEqual(await ties(mother, 'child', '1999-12-31'), [])
      await end(child, 'mother', mother, { on: '2010-01-01' })
      assert.deepEqual(await ties(child, 'parent'), [])
      assert.deepEqual(await ties(mother, 'child'), [])
      assert.deepEqual(await ties(mother, 'child', '2009-12-31'), [child])
    })

    test('nobody has two mothers on one day, nor two spouses', async () => {
      const [child, mother, second] = [
        await man('2000-01-01'),
        await woman('1970'),
        await woman('1971'),
      ]
      await link(child, 'mother', mother)
      await assert.rejects(link(child, 'mother', second), refused('kinship.exists'))
      await end(child, 'mother', mother, { on: '2010-01-01' })
      await link(child, 'mother', second, { adoption: true, from: '2010-01-01' })
      assert.deepEqual(await ties(child, 'parent'), [second])
      assert.deepEqual(await ties(child, 'parent', '2009-12-31'), [mother])
      const [husband, wife] = [await man('1970'), await woman('1972')]
      await link(husband, 'spouse', wife, { from: '2000-02-02' })
      await assert.rejects(
        link(second, 'spouse', husband, { from: '2005-02-02' }),
        refused('kinship.exists'),
      )
    })

    test('nobody is their own ancestor, at whatever distance', async () => {
      const [a, b, c] = [await man('1950'), await man('1950'), await man('1950')]
      await assert.rejects(link(a, 'father', a), refused('kinship.self'))
      // Without a birth on record there is no age to go by.
      await stage.kernel.owner(
        `delete from register.fact f using register.number n
         where f.person_id = n.person_id and f.kind = 'birth' and n.number = any($1)`,
        [[a, b, c]],
      )
      const nation = anActor([[EVERYTHING, 'nation']])
      const father = (number: string, other: string) =>
        stage.do(
          linkKin,
          {
            act: ACT,
            number,
            relation: 'father',
            relative: { number: other },
            from: '1980-01-01',
          },
          nation,
        )
      await father(a, b)
      await father(b, c)
      await assert.rejects(father(c, a), refused('kinship.cycle'))
    })

    test('ages that cannot be are refused; what is not known is believed', async () => {
      const child = await man('2000-06-01')
      const { parentLeast, motherMost } = profile.ages
      const young = await woman(`${2000 - parentLeast}-06-02`)
      await assert.rejects(link(child, 'mother', young), refused('kinship.impossible-age'))
      const old = await woman(`${2000 - motherMost - 1}-06-01`)
      await assert.rejects(link(child, 'mother', old), refused('kinship.impossible-age'))
      const perhaps = await woman(`${2000 - parentLeast}`)
      await link(child, 'mother', perhaps)
      const dead = await woman('1970')
      await stage.do(registerDeath, { act: ACT, number: dead, on: '1999-01-01' })
      const second = await man('2000-06-01')
      await assert.rejects(link(second, 'mother', dead), refused('kinship.impossible-age'))
    })

    test('numbers of mother and father swapped are found out', async () => {
      const [child, father] = [await man('2000-06-01'), await man('1970')]
      await assert.rejects(link(child, 'mother', father), refused('kinship.wrong-sex'))
    })

    test('a marriage makes both married and a divorce both divorced', async () => {
      const [husband, wife] = [await man('1970'), await woman('1972')]
      await assert.rejects(
        link(husband, 'spouse', wife, { from: '1987-01-01' }),
        refused('kinship.impossible-age'),
      )
      await link(husband, 'spouse', wife, { from: '2000-02-02' })
      assert.deepEqual(await ties(wife, 'spouse'), [husband])
      assert.deepEqual(await ties(wife, 'marital'), ['married'])
      await end(wife, 'spouse', husband, { on: '2011-03-03' })
      assert.deepEqual(await ties(husband, 'marital'), ['divorced'])
      assert.deepEqual(await ties(husband, 'marital', '2011-03-02'), ['married'])
      assert.deepEqual(await ties(husband, 'spouse'), [])
    })

    test('a tie that never was leaves no trace of today, and all in the history', async () => {
      const [husband, wife] = [await man('1970'), await woman('1972')]
      await link(husband, 'spouse', wife, { from: '2000-02-02' })
      await end(husband, 'spouse', wife, { never: true })
      assert.deepEqual(await ties(wife, 'spouse', '2005-01-01'), [])
      assert.deepEqual(await ties(wife, 'marital', '2005-01-01'), [])
    })

    test('a protected relative is opened by a second person before anybody is related to them', async () => {
      const [husband, wife] = [await man('1970'), await woman('1972')]
      const reason = 'threatened by a former partner'
      await stage.do(protectPerson, { act: ACT, number: wife, reason })
      await assert.rejects(link(husband, 'spouse', wife), refused('person.protected'))
      const { openingId } = await stage.do(askOpening, { number: wife, reason })
      const second = anActor([[EVERYTHING, stage.home]])
      await stage.do(approveOpening, { number: wife, openingId }, second)
      await link(husband, 'spouse', wife, { from: '2000-02-02' })
      assert.deepEqual(await ties(husband, 'spouse'), [wife])
    })

    test('an attempt that was refused is seen by everybody it concerned', async () => {
      const [husband, wife] = [await man('1970'), await woman('1972')]
      const input = { act: ACT, number: husband, relation: 'spouse', relative: { number: wife } }
      await assert.rejects(stage.do(linkKin, input, stage.stranger), refused('actor.out-of-area'))
      const named = await stage.kernel.owner(
        `select n.number from kernel.audit_subject s join register.number n using (person_id)
         where s.event_id = (select event_id from kernel.audit_event order by event_id desc limit 1)
         order by s.position`,
      )
      assert.deepEqual(named, [{ number: husband }, { number: wife }])
    })

    test('a representative is of age, and two persons do not represent each other', async () => {
      const [minor, adult, other] = [
        await man('2012-01-01'),
        await woman('1970'),
        await man('1980'),
      ]
      await assert.rejects(link(adult, 'representative', minor), refused('kinship.impossible-age'))
      await link(minor, 'representative', adult)
      assert.deepEqual(await ties(adult, 'represented'), [minor])
      await link(adult, 'representative', other)
      await assert.rejects(link(other, 'representative', adult), refused('kinship.cycle'))
    })

    test('a relative outside the register is told by the paper', async () => {
      const child = await man('2000-06-01')
      const name = aName()
      const relative = { name, nationality: 'FRA' }
      await stage.do(linkKin, { act: ACT, number: child, relation: 'father', relative })
      const [told] = (await ties(child, 'parent')) as unknown as { name: string }[]
      assert.equal(told?.name, profile.names.canonical(name))
    })
  })
}
