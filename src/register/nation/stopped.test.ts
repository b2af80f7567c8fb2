import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { profile as demo } from '../../../profiles/demo/index.ts'
import { profile as vn } from '../../../profiles/vn/index.ts'
import type { Operator } from '../../kernel/index.ts'
import { makeNation } from './make.ts'
import { makePart } from './part.ts'
import { planNation } from './plan.ts'
import { finish, prepare } from './store.ts'
import { furniture, type Stage, stageOf } from './testing.ts'

const REQUEST = { persons: 1500, seed: 'loaded' }

describe('a nation that does not come about', () => {
  let stage: Stage
  before(async () => {
    stage = await stageOf(vn)
  })
  after(() => stage.kernel.close())

  test('stopped in the middle, it leaves nothing, and can be made afterwards', async () => {
    const { kernel, operator, stop } = stage
    const empty = await furniture(kernel)
    const stopping: Operator = { ...operator, progress: () => stop.abort() }
    await assert.rejects(makeNation(stopping, REQUEST), { code: 'nation.cancelled' })
    for (const table of ['person', 'fact', 'household', 'number', 'search', 'act']) {
      assert.equal(await kernel.count(`register.${table}`), 0, table)
    }
    assert.deepEqual(await furniture(kernel), empty)
    const again: Operator = { ...operator, signal: new AbortController().signal }
    const made = await makeNation(again, { persons: 300, seed: 'small' })
    assert.equal(made.persons, 300)
    await kernel.owner('truncate register.person, register.fact, register.household')
  })

  const rows = `insert into register.fact (person_id, kind, value, act_id, valid, recorded_at)
    values ('01999999-0000-7000-8000-000000000001', 'permanent', '{}',
        '01999999-0000-7000-8000-00000000000a', '[2020-01-01,2021-01-01)', '2021-07-01'),
      ('01999999-0000-7000-8000-000000000001', 'permanent', '{}',
        '01999999-0000-7000-8000-00000000000a', '[2020-06-01,)', '2021-07-01')`
  const person = `insert into register.person (person_id, act_id, recorded_at)
    values ('01999999-0000-7000-8000-000000000001', '01999999-0000-7000-8000-00000000000a', now())`

  for (const [what, statements, words] of [
    ['believed rows that overlap', [person, rows], /overlap/],
    ['rows of nobody', [rows], /names nobody/],
  ] as const) {
    test(`${what} are found before they are committed`, async () => {
      const client = await stage.operator.owner()
      try {
        await client.query('begin')
        await client.query(`truncate register.household_fact, register.member, register.number,
          register.old_number, register.search, register.unit_review, register.synthetic_nation`)
        const indexes = await prepare(client)
        for (const statement of statements) await client.query(statement)
        await assert.rejects(
          finish(client, indexes, () => {}),
          words,
        )
      } finally {
        await client.query('rollback')
        await client.end()
      }
    })
  }

  test('more persons than the profile has numbers for are refused before anything is done', async () => {
    const { kernel, operator } = stage
    const invented: Operator = { ...operator, kernel: { ...kernel, profile: demo } }
    await assert.rejects(makeNation(invented, { persons: 5_000_000, seed: '1' }), {
      code: 'request.invalid',
    })
  })

  test('a nation of one person is one', () => {
    for (const persons of [1, 2, 17, 61]) {
      const plan = planNation(vn, { persons, seed: 'tiny' })
      const made = plan.parts.map((part) => makePart(plan, part))
      assert.equal(
        made.reduce((sum, { people }) => sum + people.count, 0),
        persons,
      )
    }
  })
})
