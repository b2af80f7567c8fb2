import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { EVERYTHING, refused, tryCommand } from '../../../test/commands.ts'
import { anActor } from '../../../test/kernel.ts'
import { type Actor, ask, type PlainDay, type RefusalCode, uuidv7 } from '../../kernel/index.ts'
import { linkKin } from '../kinship/commands.ts'
import { registerDeath } from '../person/death.ts'
import { protectPerson } from '../person/protection.ts'
import { factsAsOf } from '../person/queries.ts'
import { registerPermanent } from '../residence/commands.ts'
import { ACT, aPerson, PROFILES, type Stage, stageOf } from '../testing.ts'
import type { ActId, HouseholdId, Residence } from '../types.ts'
import { addMember, establish, move, removeMember } from './commands.ts'
import { reviseHouseholds } from './fact-store.ts'
import { householdRevision } from './facts.ts'
import { getHousehold, type HouseholdView, myHousehold } from './queries.ts'
import { changeHead, merge, split } from './reshape.ts'

for (const profile of PROFILES) {
  describe(`households in ${profile.id}`, () => {
    let stage: Stage
    before(async () => {
      stage = await stageOf(profile)
    })
    after(() => stage.close())

    const at = (unit: string, address = '12 Hàng Bông'): Residence => ({ unit, address })
    const nation = anActor([[EVERYTHING, 'nation']])
    const asker = (actor: Actor = nation) => ({ kernel: stage.kernel, actor, purpose: 'residence' })
    const home = (number: string, day = '2026-10-16', known?: string): Promise<HouseholdView> =>
      ask(getHousehold, { number, day, ...(known && { known }) }, asker())
    const relations = async (number: string, day?: string) => {
      const { members } = await home(number, day)
      return Object.fromEntries(members.map((member) => [member.number, member.relation]))
    }
    const living = async (number: string, day = '2026-10-16') => {
      const { facts } = await ask(factsAsOf, { number, day, kinds: ['permanent'] }, asker())
      return facts[0]?.value
    }
    interface Family {
      readonly head: string
      readonly spouse: string
      readonly child: string
    }
    /** Man, wife and child at the stage's home since 5 January 2026. */
    const aFamily = async (): Promise<Family> => {
      const head = await aPerson(stage, { sex: 'male', on: '1970-01-01' })
      const spouse = await aPerson(stage, { sex: 'female', on: '1972-01-01' })
      const child = await aPerson(stage, { sex: 'male', on: '1998-01-01' })
      await stage.do(establish, {
        act: ACT,
        head,
        members: [
          { number: spouse, relation: 'spouse' },
          { number: child, relation: 'child' },
        ],
        residence: at(stage.home),
        on: '2026-01-05',
      })
      stage.tick()
      return { head, spouse, child }
    }
    const trial = (input: () => Promise<unknown>, again?: RefusalCode) => () => ({
      kernel: stage.kernel,
      actor: stage.officer,
      stranger: stage.stranger,
      input,
      ...(again && { again }),
    })

    tryCommand(
      establish,
      trial(async () => {
        const [head, other] = [await aPerson(stage), await aPerson(stage)]
        stage.tick()
        const members = [{ number: other, relation: 'sibling' }]
        return { act: ACT, head, members, residence: at(stage.home), on: '2026-10-01' }
      }, 'household.already-member'),
    )
    tryCommand(
      addMember,
      trial(async () => {
        const { head } = await aFamily()
        const number = await aPerson(stage)
        stage.tick()
        return { act: ACT, number, relation: 'sibling', of: head, on: '2026-10-01' }
      }, 'household.already-member'),
    )
    tryCommand(
      removeMember,
      trial(async () => {
        const { child } = await aFamily()
        return { act: ACT, number: child, on: '2026-10-01' }
      }, 'household.not-member'),
    )
    tryCommand(
      move,
      trial(async () => {
        const { child } = await aFamily()
        return { act: ACT, number: child, residence: at(stage.home, '8 Tân Ấp'), on: '2026-10-01' }
      }, 'residence.exists'),
    )
    tryCommand(
      split,
      trial(async () => {
        const { child } = await aFamily()
        return { act: ACT, head: child, members: [], on: '2026-10-01' }
      }, 'household.head-required'),
    )
    tryCommand(
      merge,
      trial(async () => {
        const [one, other] = [await aFamily(), await aFamily()]
        return { act: ACT, number: one.child, into: other.head, on: '2026-10-01' }
      }, 'person.same'),
    )
    tryCommand(
      changeHead,
      trial(async () => {
        const { spouse } = await aFamily()
        return { act: ACT, number: spouse, on: '2026-10-01' }
      }, 'fact.nothing-changed'),
    )

    test('a household has one head, an address and a file, and its members live there', async () => {
      const { head, spouse, child } = await aFamily()
      const view = await home(child)
      assert.equal(view.isHeadless, false)
      assert.deepEqual(view.address, at(stage.home))
      assert.match(view.file ?? '', /^\w+-\d{8}$/)
      assert.deepEqual(
        view.members.map(({ number, relation }) => [number, relation]),
        [
          [head, 'head'],
          [spouse, 'spouse'],
          [child, 'child'],
        ].sort((a, b) => Number(b[1] === 'head') - Number(a[1] === 'head')),
      )
      for (const number of [head, spouse, child])
        assert.deepEqual(await living(number), at(stage.home))
      await assert.rejects(home(child, '2026-01-04'), refused('household.not-member'))
    })

    test('members’ residence moves with the household, and only the receiving area moves it', async () => {
      const { head, child } = await aFamily()
      const input = { act: ACT, number: child, residence: at(stage.elsewhere), on: '2026-06-01' }
      await assert.rejects(stage.do(move, input), refused('actor.out-of-area'))
      await stage.do(move, input, stage.stranger)
      assert.deepEqual((await home(head)).address, at(stage.elsewhere))
      assert.deepEqual((await home(head, '2026-05-31')).address, at(stage.home))
      assert.deepEqual(await living(head), at(stage.elsewhere))
      assert.deepEqual(await living(child, '2026-05-31'), at(stage.home))
    })

    test('what was known before the move is still what was known', async () => {
      const { head } = await aFamily()
      const known = stage.kernel.now()
      await stage.do(move, {
        act: ACT,
        number: head,
        residence: at(stage.home, 'x'),
        on: '2026-06-01',
      })
      assert.deepEqual((await home(head, '2026-10-16', known)).address, at(stage.home))
      assert.deepEqual((await home(head, '2026-10-16')).address, at(stage.home, 'x'))
    })

    test('the head cannot leave while others stay; the last one closes the household', async () => {
      const { head, spouse, child } = await aFamily()
      const remove = (number: string, on: string) =>
        stage.do(removeMember, { act: ACT, number, on })
      await assert.rejects(remove(head, '2026-03-01'), refused('household.head-required'))
      const moved = { act: ACT, number: head, residence: at(stage.home, 'y'), on: '2026-03-01' }
      await assert.rejects(stage.do(registerPermanent, moved), refused('household.head-required'))
      assert.deepEqual(await remove(spouse, '2026-03-01'), { from: '2026-03-01', closed: false })
      await remove(child, '2026-03-02')
      assert.deepEqual(await remove(head, '2026-03-03'), { from: '2026-03-03', closed: true })
      const before = await home(head, '2026-03-02')
      assert.deepEqual([before.isHeadless, before.members.length], [false, 1])
    })

    test('whoever registers elsewhere leaves the household', async () => {
      const { head, child } = await aFamily()
      const input = { act: ACT, number: child, residence: at(stage.elsewhere), on: '2026-03-01' }
      await stage.do(registerPermanent, input, stage.stranger)
      assert.deepEqual(Object.keys(await relations(head)).length, 2)
      await assert.rejects(home(child), refused('household.not-member'))
      assert.equal((await relations(child, '2026-02-28'))[child], 'child')
    })

    test('another head: relations are recomputed by the kinship on record, or as stated', async () => {
      const { head, spouse, child } = await aFamily()
      const tie = (number: string, relation: string, other: string, more = {}) =>
        stage.do(linkKin, { act: ACT, number, relation, relative: { number: other }, ...more })
      await tie(head, 'spouse', spouse, { from: '1995-01-01' })
      await tie(child, 'father', head)
      await tie(child, 'mother', spouse)
      const stranger = await aPerson(stage)
      await stage.do(addMember, {
        act: ACT,
        number: stranger,
        relation: 'not-related',
        of: head,
        on: '2026-02-01',
      })
      await stage.do(changeHead, { act: ACT, number: child, on: '2026-03-01' })
      assert.deepEqual(await relations(head), {
        [child]: 'head',
        [head]: 'parent',
        [spouse]: 'parent',
        [stranger]: 'not-related',
      })
      assert.equal((await relations(head, '2026-02-28'))[head], 'head')
      const relations2 = [{ number: stranger, relation: 'other-relative' }]
      await stage.do(changeHead, {
        act: ACT,
        number: spouse,
        on: '2026-04-01',
        relations: relations2,
      })
      assert.deepEqual(await relations(head), {
        [spouse]: 'head',
        [head]: 'spouse',
        [child]: 'child',
        [stranger]: 'other-relative',
      })
    })

    test('after the head’s death the members choose another', async () => {
      const { head, spouse, child } = await aFamily()
      await stage.do(registerDeath, { act: ACT, number: head, on: '2026-05-05' })
      const left = await home(spouse)
      assert.equal(left.isHeadless, true)
      assert.equal(left.members.length, 2)
      const input = {
        act: ACT,
        number: await aPerson(stage),
        relation: 'sibling',
        of: spouse,
        on: '2026-06-01',
      }
      await assert.rejects(stage.do(addMember, input), refused('household.head-required'))
      await stage.do(changeHead, { act: ACT, number: spouse, on: '2026-05-06' })
      const chosen = await home(child)
      assert.deepEqual([chosen.isHeadless, chosen.members[0]?.number], [false, spouse])
      const before = await home(child, '2026-05-04')
      assert.deepEqual([before.isHeadless, before.members.length], [false, 3])
    })

    test('a split makes a household of its own, here or elsewhere; the old one keeps its head', async () => {
      const { head, spouse, child } = await aFamily()
      const wife = await aPerson(stage, { sex: 'female', on: '1999-01-01' })
      await stage.do(addMember, {
        act: ACT,
        number: wife,
        relation: 'child-in-law',
        of: head,
        on: '2026-02-01',
      })
      const members = [{ number: wife, relation: 'spouse' }]
      const input = {
        act: ACT,
        head: child,
        members,
        residence: at(stage.elsewhere),
        on: '2026-03-01',
      }
      await stage.do(split, input, stage.stranger)
      assert.deepEqual(await relations(child), { [child]: 'head', [wife]: 'spouse' })
      assert.deepEqual(await relations(head), { [head]: 'head', [spouse]: 'spouse' })
      assert.deepEqual(await living(wife), at(stage.elsewhere))
      assert.notEqual((await home(child)).file, (await home(head)).file)
      const whole = {
        act: ACT,
        head,
        members: [{ number: spouse, relation: 'spouse' }],
        on: '2026-04-01',
      }
      await assert.rejects(stage.do(split, whole), refused('household.head-required'))
      const other = {
        act: ACT,
        head: spouse,
        members: [{ number: wife, relation: 'child' }],
        on: '2026-04-01',
      }
      await assert.rejects(stage.do(split, other), refused('household.not-member'))
    })

    test('merged, a household is closed and its members live with those who took them in', async () => {
      const [one, other] = [await aFamily(), await aFamily()]
      const relations1 = [{ number: one.head, relation: 'sibling' }]
      await stage.do(move, {
        act: ACT,
        number: other.head,
        residence: at(stage.home, 'z'),
        on: '2026-02-01',
      })
      await stage.do(merge, {
        act: ACT,
        number: one.child,
        into: other.spouse,
        relations: relations1,
        on: '2026-03-01',
      })
      const all = await relations(one.head)
      assert.deepEqual(all, {
        [other.head]: 'head',
        [other.spouse]: 'spouse',
        [other.child]: 'child',
        [one.head]: 'sibling',
        [one.spouse]: 'not-related',
        [one.child]: 'not-related',
      })
      assert.deepEqual(await living(one.child), at(stage.home, 'z'))
      assert.equal((await home(one.head, '2026-02-28')).members.length, 3)
    })

    test('nobody is of two households, nor a head beside the head, nor twice on a list', async () => {
      const { head, spouse, child } = await aFamily()
      const residence = at(stage.home)
      const found = (who: string, members: object[]) =>
        stage.do(establish, { act: ACT, head: who, members, residence, on: '2026-03-01' })
      await assert.rejects(found(child, []), refused('household.already-member'))
      const free = await aPerson(stage)
      const twice = [{ number: free, relation: 'child' }]
      await assert.rejects(found(free, twice), refused('person.same'))
      const two = [{ number: await aPerson(stage), relation: 'head' }]
      await assert.rejects(found(free, two), refused('request.invalid'))
      const none = [{ number: await aPerson(stage), relation: 'neighbour' }]
      await assert.rejects(found(free, none), refused('request.invalid'))
      const join = { act: ACT, number: spouse, relation: 'child', of: head, on: '2026-03-01' }
      await assert.rejects(stage.do(addMember, join), refused('household.already-member'))
    })

    test('the officer sees the household of the area, by handle; others only within a case', async () => {
      const { head } = await aFamily()
      const view = await ask(getHousehold, { number: head }, asker(stage.officer))
      const { handle } = view
      assert.ok(handle)
      const again = await ask(getHousehold, { household: handle }, asker(stage.officer))
      assert.deepEqual(again.members, view.members)
      const foreign = ask(getHousehold, { number: head }, asker(stage.stranger))
      await assert.rejects(foreign, refused('actor.out-of-area'))
      const opened = {
        reference: 'HS-1',
        reason: 'an application',
        number: head,
        bornOn: '1970-01-01',
      }
      const inCase = await ask(
        getHousehold,
        { number: head },
        { ...asker(stage.stranger), case: opened },
      )
      assert.equal(inCase.members.length, 3)
      const ids = await stage.kernel.owner<{ id: string }>(
        'select person_id as id from register.person',
      )
      const answer = JSON.stringify(inCase)
      assert.ok(ids.every(({ id }) => !answer.includes(id)))
    })

    test('an address overtaken by another change is refused as such, not as a fault', async () => {
      const { head } = await aFamily()
      const [household] = await stage.kernel.owner<{ id: HouseholdId }>(
        `select (f.value ->> 'household')::uuid as id from register.fact f
         join register.number n using (person_id)
         where n.number = $1 and f.kind = 'household' and f.superseded_at is null`,
        [head],
      )
      const householdId = household?.id as HouseholdId
      const moved = householdRevision({
        householdId,
        kind: 'address',
        from: '2026-02-01' as PlainDay,
        value: at(stage.home, '7 Hàng Gai'),
      })
      const moment = stage.tick()
      const { database } = stage.kernel
      const revise = () =>
        database.transaction((tx) =>
          reviseHouseholds(tx, [moved], { actId: uuidv7() as ActId, at: moment }),
        )
      const done = await Promise.allSettled([revise(), revise(), revise()])
      const refusals = done.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
      assert.equal(refusals.length, 2)
      for (const refusal of refusals) refused('fact.changed-meanwhile')(refusal)
    })

    test('the citizen sees their own household; a protected member is told by relation alone', async () => {
      const { head, spouse } = await aFamily()
      const [row] = await stage.kernel.owner<{ id: string }>(
        'select person_id as id from register.number where number = $1',
        [head],
      )
      const citizen = anActor([], { kind: 'citizen', personId: row?.id ?? '' })
      const mine = () =>
        ask(myHousehold, {}, { kernel: stage.kernel, actor: citizen, purpose: 'family-record' })
      assert.equal(
        (await mine())?.members.find(({ relation }) => relation === 'spouse')?.number,
        spouse,
      )
      await stage.do(protectPerson, { act: ACT, number: spouse, reason: 'threatened' }, nation)
      const hidden = (await mine())?.members.find(({ relation }) => relation === 'spouse')
      assert.deepEqual([hidden?.name, hidden?.number], [null, null])
      const events = await stage.kernel.owner<{ n: number }>(
        `select count(*)::int as n from kernel.audit_subject s join register.number n using (person_id)
         where n.number = $1`,
        [spouse],
      )
      assert.ok((events[0]?.n ?? 0) > 0, 'every member sees that the household was read')
    })
  })
}
