import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { refused } from '../../test/commands.ts'
import { dayOf, type PlainDay, type Tx, uuidv7 } from '../kernel/index.ts'
import { areaOfUnit, homeUnit, requireUnits } from './area.ts'
import { PROFILES, type Stage, stageOf } from './testing.ts'
import type { Fact, FactKind } from './types.ts'

const TODAY = '2026-10-16' as PlainDay

const fact = (kind: FactKind, unit: string, from: string, to: string | null = null): Fact =>
  ({
    kind,
    key: '',
    from,
    to,
    value: kind === 'birth' ? { on: '1980', registered: { unit } } : { unit },
  }) as Fact
const birth = fact('birth', 'born', '1980-01-01')
const death = { ...birth, kind: 'death', from: '2020-01-01', value: { on: '2020' } } as Fact

const cases: readonly [string, readonly Fact[], string | null][] = [
  [
    'is that of the permanent residence',
    [birth, fact('current', 'c', '2024-01-01'), fact('permanent', 'p', '2010-01-01')],
    'p',
  ],
  [
    'else of the temporary one',
    [
      birth,
      fact('current', 'c', '2024-01-01'),
      fact('temporary', 't', '2010-01-01'),
      fact('permanent', 'p', '2000-01-01', '2010-01-01'),
    ],
    't',
  ],
  ['else where they stay', [birth, fact('current', 'c', '2024-01-01')], 'c'],
  [
    'else of the birth registration',
    [birth, fact('permanent', 'p', '2000-01-01', '2010-01-01')],
    'born',
  ],
  [
    'of the deceased it is the last there was',
    [
      birth,
      death,
      fact('temporary', 't', '2001-01-01', '2015-01-01'),
      fact('permanent', 'p', '2000-01-01', '2020-01-01'),
    ],
    'p',
  ],
  ['and none of somebody of whom nothing is known', [], null],
  [
    'what begins tomorrow is not in charge today',
    [birth, fact('permanent', 'p', '2026-10-17')],
    'born',
  ],
]

describe('the unit in charge of a person', () => {
  for (const [name, facts, unit] of cases) {
    test(name, () => assert.equal(homeUnit(facts, TODAY), unit))
  }
})

for (const profile of PROFILES) {
  describe(`areas in ${profile.id}`, () => {
    let stage: Stage
    before(async () => {
      stage = await stageOf(profile)
    })
    after(() => stage.close())

    const within = <T>(work: (within: Parameters<typeof areaOfUnit>[0]) => Promise<T>) =>
      stage.kernel.database.transaction((tx: Tx) =>
        work({ tx, kernel: stage.kernel, today: dayOf(stage.kernel.now(), profile.timeZone) }),
      )

    test('an area goes from the unit up to the nation', async () => {
      const area = await within((here) => areaOfUnit(here, stage.home))
      assert.equal(area[0], stage.home)
      assert.equal(area.at(-1), 'nation')
      assert.ok(area.length >= 3)
      assert.deepEqual(await within((here) => areaOfUnit(here, null)), ['nation'])
    })

    test('the database names the same unit in charge', async () => {
      const day = fc.constantFrom('2000-01-01', '2010-01-01', TODAY, '2026-10-17')
      const span = fc.option(
        fc.tuple(day, fc.option(day)).filter(([from, to]) => to === null || from < to),
      )
      const kinds = ['permanent', 'temporary', 'current', 'birth', 'death'] as const
      const facts = fc
        .tuple(span, span, span, span, span)
        .map((spans) =>
          spans.flatMap((held, at) =>
            held === null ? [] : [fact(kinds[at] ?? 'birth', `u${at}`, ...held)],
          ),
        )
      const ask = async (held: readonly Fact[]): Promise<string | null> => {
        const personId = uuidv7()
        await stage.kernel.owner(
          `with born as (insert into register.person values ($1, $1, now()))
           insert into register.fact (person_id, kind, valid, value, act_id, recorded_at)
           select $1, f.kind, daterange(f."from", f."to"), f.value, $1, now()
           from jsonb_to_recordset($2) as f (kind text, "from" date, "to" date, value jsonb)`,
          [personId, JSON.stringify(held)],
        )
        const [home] = await stage.kernel.owner<{ unit: string | null }>(
          'select register.home_unit($1, $2) as unit',
          [personId, TODAY],
        )
        return home?.unit ?? null
      }
      await fc.assert(
        fc.asyncProperty(facts, async (held) =>
          assert.equal(await ask(held), homeUnit(held, TODAY), JSON.stringify(held)),
        ),
        { numRuns: 60, examples: cases.map(([, held]) => [[...held]]) },
      )
    })

    test('a unit that has ended lies in all that came of it', async () => {
      const [ended] = await stage.kernel.owner<{ unit: string; into: string[] }>(
        `select s.unit_id as unit, array_agg(s.successor_id) as into
         from register.unit_successor s join register.unit u using (unit_id)
         where u.parent_id is not null group by 1 order by count(*) desc, 1 limit 1`,
      )
      assert.ok(ended)
      const area = await within((here) => areaOfUnit(here, ended.unit))
      for (const unit of ended.into) assert.ok(area.includes(unit), unit)
    })

    test('a unit must be there on one of the days it is said to hold', async () => {
      const since = stage.home.slice(stage.home.indexOf('@') + 1) as PlainDay
      const wish = (from: string, to: string | null, unit = stage.home) =>
        within((here) =>
          requireUnits(here, [
            { unit, field: 'x', from: from as PlainDay, to: to as PlainDay | null },
          ]),
        )
      await wish(since, null)
      await wish('1900-01-01', null)
      await assert.rejects(wish('1900-01-01', since), refused('unit.not-valid-on-day'))
      await assert.rejects(wish(since, null, '00@1900-01-01'), refused('unit.not-found'))
    })
  })
}
