import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { EVERYTHING, refused } from '../../../test/commands.ts'
import { anActor } from '../../../test/kernel.ts'
import { type Actor, ask } from '../../kernel/index.ts'
import { myFamily } from '../person/own.ts'
import { approveOpening, askOpening, protectPerson } from '../person/protection.ts'
import { ACT, aPerson, PROFILES, type Stage, stageOf } from '../testing.ts'
import { addMember, establish, move, removeMember } from './commands.ts'
import { getHousehold } from './queries.ts'
import { changeHead, split } from './reshape.ts'

const THEN = '2026-02-01'
const reason = 'threatened by a former partner'

for (const profile of PROFILES) {
  describe(`whose a household is, in ${profile.id}`, () => {
    let stage: Stage
    let nation: Actor
    before(async () => {
      stage = await stageOf(profile)
      nation = anActor([[EVERYTHING, 'nation']])
    })
    after(() => stage.close())

    const asker = (actor: Actor) => ({ kernel: stage.kernel, actor, purpose: 'residence' })
    /** Head, spouse and child, at the stage's home since 5 January. */
    const aFamily = async () => {
      const head = await aPerson(stage, { sex: 'male', on: '1970-01-01' })
      const spouse = await aPerson(stage, { sex: 'female', on: '1972-01-01' })
      const child = await aPerson(stage, { on: '2016-01-01', mother: { number: spouse } })
      const members = [
        { number: spouse, relation: 'spouse' },
        { number: child, relation: 'child' },
      ]
      const residence = { unit: stage.home, address: '12 Hàng Bông' }
      await stage.do(establish, { act: ACT, head, members, residence, on: '2026-01-05' })
      stage.tick()
      return { head, spouse, child }
    }
    /** The same, elsewhere since 1 June. */
    const moved = async () => {
      const family = await aFamily()
      const residence = { unit: stage.elsewhere, address: 'where nobody shall find them' }
      const input = { act: ACT, number: family.head, residence, on: '2026-06-01' }
      await stage.do(move, input, stage.stranger)
      stage.tick()
      return family
    }

    test('officers of where it lived are not told of it by asking for an earlier day', async () => {
      const { head } = await aFamily()
      const known = stage.tick()
      const { handle } = await ask(getHousehold, { number: head }, asker(stage.officer))
      const residence = { unit: stage.elsewhere, address: 'where nobody shall find them' }
      await stage.do(move, { act: ACT, number: head, residence, on: '2026-06-01' }, stage.stranger)
      stage.tick()
      for (const who of [{ number: head }, { household: handle }]) {
        for (const day of [{ day: THEN }, { day: THEN, known }, {}]) {
          const wanted = ask(getHousehold, { ...who, ...day }, asker(stage.officer))
          await assert.rejects(wanted, refused('actor.out-of-area'))
        }
      }
      const then = await ask(getHousehold, { number: head, day: THEN }, asker(stage.stranger))
      assert.equal(then.address?.unit, stage.home)
    })

    test('nor do they change it by dating the change back', async () => {
      const { head, spouse, child } = await moved()
      const other = await aPerson(stage)
      const on = THEN
      const outside = refused('actor.out-of-area')
      await assert.rejects(stage.do(changeHead, { act: ACT, number: spouse, on }), outside)
      await assert.rejects(stage.do(removeMember, { act: ACT, number: child, on }), outside)
      const joins = { act: ACT, number: other, of: head, relation: 'other-relative', on }
      await assert.rejects(stage.do(addMember, joins), outside)
      await assert.rejects(stage.do(split, { act: ACT, head: spouse, members: [], on }), outside)
      await stage.do(changeHead, { act: ACT, number: spouse, on }, stage.stranger)
    })

    test('where somebody protected lives is not told by their household, before it is opened', async () => {
      const { spouse } = await aFamily()
      await stage.do(protectPerson, { act: ACT, number: spouse, reason }, nation)
      stage.tick()
      const look = () => ask(getHousehold, { number: spouse }, asker(stage.officer))
      await assert.rejects(look(), refused('person.protected'))
      const { openingId } = await stage.do(askOpening, { number: spouse, reason })
      await stage.do(approveOpening, { number: spouse, openingId }, nation)
      stage.tick()
      assert.equal((await look()).members.length, 3)
    })

    test('nor to a parent by the record of the child who lives with them', async () => {
      const { spouse, child } = await aFamily()
      const [row] = await stage.kernel.owner<{ mother: string; father: string }>(
        `select m.person_id as mother, f.person_id as father from register.number m,
           register.number f where m.number = $1 and f.number = $2`,
        [spouse, await aPerson(stage)],
      )
      const citizen = (personId: string): Actor => anActor([], { kind: 'citizen', personId })
      const records = async (personId: string) => {
        const caller = { ...asker(citizen(personId)), purpose: 'family-record' }
        return (await ask(myFamily, {}, caller)).records.map(({ number }) => number)
      }
      const { mother = '', father = '' } = row ?? {}
      await stage.kernel.owner(
        `insert into register.fact (person_id, kind, key, valid, value, act_id, recorded_at)
         select $1, 'child', n.person_id::text, '[2016-01-01,)',
           jsonb_build_object('person', n.person_id), act_id, recorded_at
         from register.number n, register.act where n.number = $2 limit 1`,
        [father, child],
      )
      assert.deepEqual([await records(mother), await records(father)], [[child], [child]])
      await stage.do(protectPerson, { act: ACT, number: spouse, reason }, nation)
      stage.tick()
      assert.deepEqual([await records(mother), await records(father)], [[child], []])
    })

    test('a refused look is seen by whom it was asked by', async () => {
      const { head } = await aFamily()
      const foreign = ask(getHousehold, { number: head }, asker(stage.stranger))
      await assert.rejects(foreign, refused('actor.out-of-area'))
      const [row] = await stage.kernel.owner<{ code: string }>(
        `select e.body::jsonb ->> 'code' as code from kernel.audit_event e
         join register.number n using (person_id)
         where n.number = $1 order by e.event_id desc limit 1`,
        [head],
      )
      assert.equal(row?.code, 'actor.out-of-area')
    })
  })
}
