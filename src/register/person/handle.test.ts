import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { refused } from '../../../test/commands.ts'
import { anActor } from '../../../test/kernel.ts'
import { type Actor, ask } from '../../kernel/index.ts'
import { establish } from '../household/commands.ts'
import { cancelNumber, reestablishNumber } from '../identifier/commands.ts'
import { ACT, aChild, aPerson, PROFILES, type Stage, stageOf } from '../testing.ts'
import { correctFact } from './correct.ts'
import { mergePersons } from './merge.ts'
import { protectPerson } from './protection.ts'
import { factsAsOf, getAct, personHistory, personRecord, type Wanted } from './queries.ts'
import type { KinView } from './record-view.ts'

for (const profile of PROFILES) {
  describe(`handles in ${profile.id}`, () => {
    let stage: Stage
    before(async () => {
      stage = await stageOf(profile)
    })
    after(() => stage.close())

    const asker = (actor: Actor = stage.officer) => ({
      kernel: stage.kernel,
      actor,
      purpose: 'civil-registration',
    })
    const record = (wanted: Wanted & { day?: string; known?: string }, actor?: Actor) =>
      ask(personRecord, wanted, asker(actor))

    test('a record is asked for by the handle its answer gave, as by its number', async () => {
      const number = await aPerson(stage)
      const byNumber = await record({ number })
      const byHandle = await record({ person: byNumber.person })
      assert.equal(byHandle.asked, null)
      assert.deepEqual({ ...byHandle, asked: byNumber.asked }, byNumber)
      const { person } = byNumber
      const { facts } = await ask(factsAsOf, { person, kinds: ['name'] }, asker())
      assert.deepEqual(
        facts.map((fact) => fact.kind),
        ['name'],
      )
      const { acts } = await ask(personHistory, { person }, asker())
      const act = await ask(getAct, { person, actId: acts[0]?.actId }, asker())
      assert.equal(act.document, ACT.document)
    })

    test('a handle leads nowhere for another officer, and neither does a made-up one', async () => {
      const { person } = await record({ number: await aPerson(stage) })
      const other = anActor([...stage.officer.grants.map((g) => [g.role, g.unit] as const)])
      await assert.rejects(record({ person }, other), (error: { code?: string }) =>
        ['request.not-found', 'person.not-found'].includes(error.code ?? ''),
      )
      await assert.rejects(record({ person: 'nobody' }), refused('request.not-found'))
      await assert.rejects(record({}), refused('request.invalid'))
    })

    test('relatives have handles of their own, and theirs lead to them', async () => {
      const mother = await aPerson(stage, { sex: 'female', on: '1994-03-03' })
      const child = await aChild(stage, { mother: { number: mother } })
      const { facts } = await record({ number: child })
      const kin = facts.find((fact) => fact.kind === 'parent')?.value as KinView
      const opened = await record({ person: kin.handle ?? '' })
      assert.equal(opened.number, mother)
    })

    test('the handle of a record that was merged opens the one that remains', async () => {
      const [duplicate, survivor] = [await aPerson(stage), await aPerson(stage)]
      const { person } = await record({ number: duplicate })
      await stage.do(mergePersons, { act: ACT, duplicate, survivor })
      assert.equal((await record({ person })).number, survivor)
    })

    test('a record does not tell that somebody protected lives in the same household', async () => {
      const mother = await aPerson(stage, { sex: 'female', on: '1994-03-03' })
      const residence = { unit: stage.home, address: '7' }
      await stage.do(establish, { act: ACT, head: mother, members: [], residence })
      const household = { of: 'mother', relation: 'child' }
      const child = await aChild(stage, { mother: { number: mother }, household })
      const reason = 'threatened by a former partner'
      await stage.do(protectPerson, { act: ACT, number: child, reason })
      const { household: members } = await record({ number: mother })
      assert.deepEqual(
        members.map(({ number, relation }) => [number, relation]),
        [
          [mother, 'head'],
          [null, 'child'],
        ],
      )
    })

    test('numbers of any time are told with how they stand', async () => {
      const grounds = profile.number
      const first = await aPerson(stage)
      const second = await stage.do(reestablishNumber, {
        act: ACT,
        number: first,
        ground: grounds.reestablishedBy[0]?.code,
      })
      const { numbers } = await record({ number: second.number })
      const states = Object.fromEntries(numbers.map((one) => [one.number, one.state]))
      assert.equal(states[second.number], 'in-force')
      const third = await stage.do(cancelNumber, {
        act: ACT,
        number: second.number,
        ground: grounds.cancelledBy[0]?.code,
      })
      const after = await record({ number: third.number })
      assert.equal(after.numbers.find((one) => one.number === second.number)?.state, 'cancelled')
      assert.equal(after.numbers.find((one) => one.number === third.number)?.state, 'in-force')
    })

    test('the days of a life are those known at the moment asked for', async () => {
      const number = await aPerson(stage, { on: '1980-05-17' })
      const before = stage.tick()
      await stage.do(correctFact, {
        act: ACT,
        number,
        kind: 'birth',
        value: { on: '1980-03-17', registered: { unit: stage.home } },
      })
      const now = await record({ number })
      const then = await record({ number, known: before })
      assert.equal(now.life[0]?.day, '1980-03-17')
      assert.equal(then.life[0]?.day, '1980-05-17')
      assert.ok(then.life[0]?.kinds.includes('birth'))
    })
  })
}
