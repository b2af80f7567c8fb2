import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { refused, tryCommand } from '../../../test/commands.ts'
import { dayOf, type Tx, uuidv7 } from '../../kernel/index.ts'
import { mergePersons } from '../person/merge.ts'
import { ACT, aPerson, PROFILES, type Stage, stageOf } from '../testing.ts'
import { cancelNumber, linkOldNumber, reestablishNumber } from './commands.ts'
import { findByNumber } from './find.ts'
import { issueNumbers } from './issue.ts'

for (const profile of PROFILES) {
  describe(`numbers in ${profile.id}`, () => {
    let stage: Stage
    before(async () => {
      stage = await stageOf(profile)
    })
    after(() => stage.close())

    const within = <T>(work: (within: { tx: Tx } & Omit<Stage['kernel'], never>) => Promise<T>) =>
      stage.kernel.database.transaction((tx) => work({ ...stage.kernel, tx }))
    const here = (tx: Tx) => ({
      tx,
      kernel: stage.kernel,
      today: dayOf(stage.kernel.now(), profile.timeZone),
    })
    const found = (text: string) => within(({ tx }) => findByNumber(here(tx), text))
    const [byYear] = profile.number.reestablishedBy.map(({ code }) => code)
    const [keyed] = profile.number.cancelledBy.map(({ code }) => code)
    const old = profile.id === 'vn' ? '012345678' : 'A123456'

    const trial = (more: (number: string) => Record<string, unknown>) => () => ({
      kernel: stage.kernel,
      actor: stage.officer,
      stranger: stage.stranger,
      input: async () => {
        const number = await aPerson(stage)
        stage.tick()
        return { act: ACT, number, ...more(number) }
      },
    })
    tryCommand(
      reestablishNumber,
      trial(() => ({ ground: byYear })),
    )
    tryCommand(
      cancelNumber,
      trial(() => ({ ground: keyed })),
    )
    tryCommand(linkOldNumber, () => ({
      ...trial(() => ({ old }))(),
      again: 'fact.nothing-changed',
    }))

    test('a number re-established was right until then, and still finds its bearer', async () => {
      const number = await aPerson(stage)
      await stage.kernel.owner(
        `update register.fact f set valid = daterange('2016-01-01', null)
         from register.number n where n.number = $1 and f.person_id = n.person_id
           and f.kind = 'number'`,
        [number],
      )
      const { number: next } = await stage.do(reestablishNumber, {
        act: ACT,
        number,
        ground: byYear,
      })
      const [[before], [now]] = [await found(number), await found(next)]
      assert.equal(before?.personId, now?.personId)
      assert.deepEqual([before?.state, now?.state], ['replaced', 'in-force'])
    })

    test('a cancelled number was never right, and still finds its bearer', async () => {
      const number = await aPerson(stage)
      const { number: next } = await stage.do(cancelNumber, { act: ACT, number, ground: keyed })
      const [[before], [now]] = [await found(number), await found(next)]
      assert.equal(before?.personId, now?.personId)
      assert.deepEqual([before?.state, now?.state], ['cancelled', 'in-force'])
      const spaced = profile.number.group(next)
      assert.equal((await found(spaced))[0]?.personId, now?.personId)
    })

    test('an old number may be borne by several, and finds all of them', async () => {
      const shared = profile.id === 'vn' ? '098765432' : 'B654321'
      const numbers = [await aPerson(stage), await aPerson(stage)]
      for (const number of numbers) {
        await stage.do(linkOldNumber, { act: ACT, number, old: shared })
      }
      const all = await found(shared)
      assert.equal(all.length, 2)
      assert.deepEqual(new Set(all.map((one) => one.state)), new Set(['old']))
    })

    test('numbers of a merged record lead to the one that remains', async () => {
      const [duplicate, survivor] = [await aPerson(stage), await aPerson(stage)]
      await stage.do(mergePersons, { act: ACT, duplicate, survivor })
      const [of] = await found(duplicate)
      const [own] = await found(survivor)
      assert.equal(of?.survivorId, own?.personId)
      assert.notEqual(of?.personId, own?.personId)
    })

    test('what is no number is refused with the fault, who is nobody’s is not found', async () => {
      await assert.rejects(found('12'), refused('number.invalid'))
      const parts = {
        place: profile.id === 'vn' ? '01' : '11',
        sex: 'male',
        birthYear: 1999,
      } as const
      const nobody = profile.number.compose({ ...parts, serial: 7, demonstration: false })
      assert.deepEqual(await found(nobody), [])
      await assert.rejects(
        stage.do(cancelNumber, { act: ACT, number: nobody, ground: keyed }),
        refused('number.not-found'),
      )
    })

    test('a place, sex and year whose serials are all taken has no more numbers', async () => {
      const place = profile.id === 'vn' ? '01' : '11'
      const wish = () => ({ personId: uuidv7(), place, sex: 'male', birthYear: 1955 })
      const few = {
        ...stage.kernel,
        profile: { ...profile, number: { ...profile.number, serials: 40 } },
      }
      const numbers = await within(({ tx }) =>
        issueNumbers({ tx, kernel: few }, Array.from({ length: 40 }, wish)),
      )
      assert.equal(new Set(numbers).size, 40)
      await assert.rejects(
        within(({ tx }) => issueNumbers({ tx, kernel: few }, [wish()])),
        refused('number.exhausted'),
      )
    })
  })
}
