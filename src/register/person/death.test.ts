import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { refused, tryCommand } from '../../../test/commands.ts'
import { uuidv7 } from '../../kernel/index.ts'
import { linkKin } from '../kinship/commands.ts'
import { ACT, aPerson, namedLast, PROFILES, type Stage, stageOf } from '../testing.ts'
import { amendFact } from './amend.ts'
import { correctFact } from './correct.ts'
import { registerDeath, registerDisappearance, reverseDeath } from './death.ts'

for (const profile of PROFILES) {
  describe(`death in ${profile.id}`, () => {
    let stage: Stage
    before(async () => {
      stage = await stageOf(profile)
    })
    after(() => stage.close())

    const trial =
      (
        more: () => Record<string, unknown>,
        prepare = async (_number: string): Promise<void> => {},
      ) =>
      () => ({
        kernel: stage.kernel,
        actor: stage.officer,
        stranger: stage.stranger,
        input: async () => {
          const number = await aPerson(stage)
          await prepare(number)
          stage.tick()
          return { act: ACT, number, ...more() }
        },
      })
    const on = '2026-05-04'
    tryCommand(registerDeath, () => ({
      ...trial(() => ({ on }))(),
      again: 'death.already-registered',
    }))
    tryCommand(registerDisappearance, () => ({
      ...trial(() => ({ on }))(),
      again: 'death.already-registered',
    }))
    tryCommand(reverseDeath, () => ({
      ...trial(
        () => ({}),
        async (number) => void (await die(number)),
      )(),
      again: 'death.not-registered',
    }))

    const die = (number: string, more = {}) =>
      stage.do(registerDeath, { act: ACT, number, on, ...more })
    const amend = (number: string, kind: string, value: unknown) =>
      stage.do(amendFact, { act: ACT, number, kind, value, from: '2020-01-01' })
    const couple = async () => {
      const husband = await aPerson(stage, { sex: 'male', on: '1970' })
      const wife = await aPerson(stage, { sex: 'female', on: '1971' })
      const relative = { number: wife }
      const from = '2000-02-02'
      await stage.do(linkKin, { act: ACT, number: husband, relation: 'spouse', relative, from })
      await amend(husband, 'permanent', { unit: stage.home, address: '12' })
      return { husband, wife }
    }
    /** What is believed of both, whatever act it rests on: adjoining days of one value are one. */
    const believed = (numbers: readonly string[]) =>
      stage.kernel.owner<{ kind: string; key: string; valid: string; value: unknown }>(
        `select n.number, f.kind, f.key, range_agg(f.valid)::text as valid, f.value
         from register.fact f join register.number n using (person_id)
         where n.number = any($1) and f.superseded_at is null
         group by n.number, f.kind, f.key, f.value order by 1, 2, 3, 4`,
        [numbers],
      )
    const value = async (number: string, kind: string, day = '2026-10-16') => {
      const [row] = await stage.kernel.owner<{ value: unknown }>(
        `select f.value from register.fact f join register.number n using (person_id)
         where n.number = $1 and f.kind = $2 and f.superseded_at is null and f.valid @> $3::date`,
        [number, kind, day],
      )
      return row?.value ?? null
    }

    test('death closes residence, marriage and number on its day, and widows', async () => {
      const { husband, wife } = await couple()
      await die(husband)
      for (const kind of ['permanent', 'spouse', 'number']) {
        assert.equal(await value(husband, kind), null, kind)
      }
      assert.notEqual(await value(husband, 'permanent', '2026-05-03'), null)
      assert.equal(await value(wife, 'spouse'), null)
      assert.equal(await value(wife, 'marital'), 'widowed')
      assert.equal(await value(wife, 'marital', '2026-05-03'), 'married')
      await assert.rejects(amend(husband, 'marital', 'single'), refused('person.deceased'))
    })

    test('taken back, everything is as it was', async () => {
      const { husband, wife } = await couple()
      const before = await believed([husband, wife])
      await die(husband)
      await stage.do(reverseDeath, { act: ACT, number: husband })
      assert.deepEqual(await believed([husband, wife]), before)
      await amend(husband, 'residence-file', 'HS-9')
    })

    test('a widow who married again stays married to the second', async () => {
      const { husband, wife } = await couple()
      await die(husband, { on: '2010-01-01' })
      const second = await aPerson(stage, { on: '1969' })
      const relative = { number: wife }
      const from = '2015-05-05'
      await stage.do(linkKin, { act: ACT, number: second, relation: 'spouse', relative, from })
      await stage.do(reverseDeath, { act: ACT, number: husband })
      assert.equal(await value(husband, 'death'), null)
      assert.equal(await value(husband, 'spouse'), null)
      const [tie] = await stage.kernel.owner<{ n: number }>(
        `select count(*)::int as n from register.fact f join register.number n using (person_id)
         where n.number = $1 and f.kind = 'spouse' and f.superseded_at is null and upper_inf(f.valid)`,
        [wife],
      )
      assert.equal(tie?.n, 1)
      assert.equal(await value(wife, 'marital'), 'married')
    })

    test('a disappearance closes residence alone; a death after it is taken back to it', async () => {
      const { husband, wife } = await couple()
      const start = await believed([husband, wife])
      await stage.do(registerDisappearance, { act: ACT, number: husband, on: '2024-03' })
      assert.equal(await value(husband, 'permanent'), null)
      assert.notEqual(await value(husband, 'spouse'), null)
      const missing = await believed([husband, wife])
      await die(husband)
      assert.equal(await value(husband, 'spouse'), null)
      await stage.do(reverseDeath, { act: ACT, number: husband })
      assert.deepEqual(await believed([husband, wife]), missing)
      await stage.do(reverseDeath, { act: ACT, number: husband })
      assert.deepEqual(await believed([husband, wife]), start)
    })

    test('a second death taken back restores what held before it, not before the first', async () => {
      const { husband, wife } = await couple()
      await die(husband)
      await stage.do(reverseDeath, { act: ACT, number: husband })
      await stage.do(amendFact, {
        act: ACT,
        number: husband,
        kind: 'permanent',
        value: { unit: stage.home, address: '99' },
        from: '2026-06-06',
      })
      const before = await believed([husband, wife])
      await die(husband, { on: '2026-08-08' })
      await stage.do(reverseDeath, { act: ACT, number: husband })
      assert.deepEqual(await believed([husband, wife]), before)
    })

    test('a corrected day of death moves what it closed, and still is taken back whole', async () => {
      for (const day of ['2026-02-03', '2026-08-09']) {
        const { husband, wife } = await couple()
        const before = await believed([husband, wife])
        await die(husband)
        await stage.do(correctFact, {
          act: ACT,
          number: husband,
          kind: 'death',
          value: { on: day },
        })
        assert.deepEqual(await namedLast(stage), [husband, wife].sort())
        const eve = day < on ? '2026-02-02' : '2026-08-08'
        assert.notEqual(await value(husband, 'permanent', eve), null)
        assert.equal(await value(husband, 'permanent', day), null)
        assert.equal(await value(wife, 'marital', eve), 'married')
        assert.equal(await value(wife, 'marital', day), 'widowed')
        await stage.do(reverseDeath, { act: ACT, number: husband })
        assert.deepEqual(await believed([husband, wife]), before)
      }
    })

    test('a death before birth or to come is refused', async () => {
      const number = await aPerson(stage, { on: '1980-05-17' })
      await assert.rejects(die(number, { on: '1980-05-16' }), refused('death.before-birth'))
      await assert.rejects(die(number, { on: '2026-10-17' }), refused('fact.in-future'))
      await die(number, { on: '2026-10' })
    })

    test('the head of a household leaves it without one, and comes back to head it', async () => {
      const number = await aPerson(stage)
      const householdId = uuidv7()
      const act = uuidv7()
      const [person] = await stage.kernel.owner<{ id: string }>(
        'select person_id as id from register.number where number = $1',
        [number],
      )
      const member = { household: householdId, relation: 'head' }
      await stage.kernel.owner(
        `with h as (insert into register.household values ($1, $2, now())),
           m as (insert into register.member values ($1, $3)),
           f as (insert into register.fact (person_id, kind, valid, value, act_id, recorded_at)
             values ($3, 'household', '[2020-01-01,)', $4, $2, '2026-01-01')) select`,
        [householdId, act, person?.id, JSON.stringify(member)],
      )
      await stage.kernel.owner(
        `insert into register.household_fact (household_id, kind, valid, value, act_id, recorded_at)
         values ($1, 'head', '[2020-01-01,)', to_jsonb($3::text), $2, '2026-01-01')`,
        [householdId, act, person?.id],
      )
      const heads = () =>
        stage.kernel.owner<{ valid: string }>(
          `select range_agg(valid)::text as valid from register.household_fact
           where household_id = $1 and superseded_at is null`,
          [householdId],
        )
      await die(number)
      assert.deepEqual(await heads(), [{ valid: '{[2020-01-01,2026-05-04)}' }])
      await stage.do(reverseDeath, { act: ACT, number })
      assert.deepEqual(await heads(), [{ valid: '{[2020-01-01,)}' }])
    })
  })
}
