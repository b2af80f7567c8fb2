import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { refused, tryCommand } from '../../../test/commands.ts'
import { ask } from '../../kernel/index.ts'
import { ACT, aPerson, PROFILES, type Stage, stageOf } from '../testing.ts'
import { amendFact } from './amend.ts'
import { mergePersons, unmergePersons } from './merge.ts'
import { personRecord } from './queries.ts'

for (const profile of PROFILES) {
  describe(`merging in ${profile.id}`, () => {
    let stage: Stage
    before(async () => {
      stage = await stageOf(profile)
    })
    after(() => stage.close())

    const merge = (duplicate: string, survivor: string) =>
      stage.do(mergePersons, { act: ACT, duplicate, survivor })
    const record = (number: string) =>
      ask(
        personRecord,
        { number },
        { kernel: stage.kernel, actor: stage.officer, purpose: 'register-keeping' },
      )
    const facts = (number: string) =>
      stage.kernel.owner(
        `select f.kind, f.key, range_agg(f.valid)::text as valid, f.value
         from register.fact f join register.number n using (person_id)
         where n.number = $1 and f.superseded_at is null
         group by f.kind, f.key, f.value order by 1, 2, 3`,
        [number],
      )
    const searchable = async (number: string) => {
      const [row] = await stage.kernel.owner<{ n: number }>(
        `select cardinality(s.tokens) as n from register.search s join register.number n
         using (person_id) where n.number = $1`,
        [number],
      )
      return (row?.n ?? 0) > 0
    }

    const trial = (prepare: (one: string, other: string) => Promise<unknown>) => () => ({
      kernel: stage.kernel,
      actor: stage.officer,
      stranger: stage.stranger,
      input: async () => {
        const input = await prepare(await aPerson(stage), await aPerson(stage))
        stage.tick()
        return input
      },
    })
    tryCommand(mergePersons, () => ({
      ...trial(async (duplicate, survivor) => ({ act: ACT, duplicate, survivor }))(),
      again: 'person.merged',
    }))
    tryCommand(unmergePersons, () => ({
      ...trial(async (duplicate, survivor) => {
        await merge(duplicate, survivor)
        return { act: ACT, duplicate }
      })(),
      again: 'person.not-merged',
    }))

    test('the duplicate’s number opens the survivor, who tells of it', async () => {
      const [duplicate, survivor] = [await aPerson(stage), await aPerson(stage)]
      await merge(duplicate, survivor)
      const opened = await record(duplicate)
      assert.equal(opened.number, survivor)
      assert.equal(opened.asked?.isDuplicate, true)
      assert.deepEqual(opened.duplicates, [duplicate])
      assert.equal(await searchable(duplicate), false)
      await assert.rejects(
        stage.do(amendFact, {
          act: ACT,
          number: duplicate,
          kind: 'other',
          key: 'note',
          value: 'x',
        }),
        refused('person.merged'),
      )
    })

    test('unmerged, both are as they were: nothing is lost', async () => {
      const [duplicate, survivor] = [await aPerson(stage), await aPerson(stage)]
      const value = { unit: stage.home, address: '7' }
      const from = '2021-01-01'
      await stage.do(amendFact, { act: ACT, number: duplicate, kind: 'permanent', value, from })
      const before = [await facts(duplicate), await facts(survivor)]
      await merge(duplicate, survivor)
      assert.notDeepEqual(await facts(duplicate), before[0])
      await stage.do(unmergePersons, { act: ACT, duplicate })
      assert.deepEqual([await facts(duplicate), await facts(survivor)], before)
      assert.equal(await searchable(duplicate), true)
      assert.deepEqual((await record(survivor)).duplicates, [])
    })

    test('a chain of duplicates leads to the last', async () => {
      const [a, b, c] = [await aPerson(stage), await aPerson(stage), await aPerson(stage)]
      await merge(a, b)
      await merge(b, c)
      assert.equal((await record(a)).number, c)
      await assert.rejects(merge(c, a), refused('person.merged'))
      await assert.rejects(merge(c, c), refused('person.same'))
    })
  })
}
