import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { addDays, addMs, type Instant, type PlainDay, Refusal, uuidv7 } from '../../kernel/index.ts'
import { listFactsAsOf, revise } from '../fact-store.ts'
import { ACT, aPerson, NOW, PROFILES, type Stage, stageOf } from '../testing.ts'
import type { ActId, Fact, PersonId } from '../types.ts'
import { amendFact } from './amend.ts'
import { correctFact } from './correct.ts'

const FIRST = '2000-01-01' as PlainDay
const DAYS = 24
const day = (at: number): PlainDay => addDays(FIRST, at)

/** A naive register of one slot: for each revision in turn, what it says of each day. */
class Model {
  readonly said: { readonly at: Instant; readonly of: readonly (string | null | undefined)[] }[] =
    []

  say(at: Instant, value: string | null, { from, to }: { from: number; to: number | null }): void {
    const of = Array.from({ length: DAYS }, (_, d) =>
      d >= from && (to === null || d < to) ? value : undefined,
    )
    this.said.push({ at, of })
  }

  asOf(d: number, known: Instant | null): string | null {
    const last = this.said.findLast(
      ({ at, of }) => (known === null || at <= known) && of[d] !== undefined,
    )
    return last?.of[d] ?? null
  }

  /** The days from the first to the last+1 that hold the value of `d` without a break. */
  spanOf(d: number): { from: number; to: number | null } {
    const rows = this.#rows()
    const row = rows.find(({ from, to }) => from <= d && d < to)
    assert.ok(row)
    return { from: row.from, to: row.to === DAYS ? null : row.to }
  }

  /** The next day after `d` on which a row of the register begins. */
  nextAfter(d: number): number | null {
    return this.#rows().find(({ from }) => from > d)?.from ?? null
  }

  /** Rows as the register keeps them: days said by one revision, adjoining ones apart. */
  #rows(): { from: number; to: number }[] {
    const owner = Array.from({ length: DAYS }, (_, d) =>
      this.said.findLastIndex(({ of }) => of[d] !== undefined),
    )
    const rows: { from: number; to: number }[] = []
    for (let d = 0; d < DAYS; d++) {
      if (this.asOf(d, null) === null) continue
      const last = rows.at(-1)
      if (last !== undefined && last.to === d && owner[d] === owner[d - 1]) last.to = d + 1
      else rows.push({ from: d, to: d + 1 })
    }
    return rows
  }
}

const religionOf = (facts: readonly Fact[]): unknown =>
  facts.find(({ kind }) => kind === 'religion')?.value ?? null

const step = fc.record({
  correct: fc.boolean(),
  value: fc.option(fc.integer({ min: 1, max: 4 }), { freq: 4 }),
  from: fc.integer({ min: 0, max: DAYS - 2 }),
  length: fc.option(fc.integer({ min: 1, max: DAYS }), { freq: 2 }),
})

for (const profile of PROFILES) {
  describe(`both axes in ${profile.id}`, () => {
    let stage: Stage
    before(async () => {
      stage = await stageOf(profile)
    })
    after(() => stage.close())

    const idOf = async (number: string): Promise<PersonId> => {
      const [row] = await stage.kernel.owner<{ id: PersonId }>(
        'select person_id as id from register.number where number = $1',
        [number],
      )
      return row?.id as PersonId
    }
    const agree = async (personId: PersonId, model: Model) => {
      const moments = [null, NOW, ...model.said.map((one) => one.at)]
      await stage.kernel.database.transaction(async (tx) => {
        const asked = moments.flatMap((known) =>
          Array.from({ length: 6 }, (_, n) => ({ known, d: (n * 5 + 2) % DAYS })),
        )
        const answers = await Promise.all(
          asked.map(({ known, d }) => listFactsAsOf(tx, personId, { day: day(d), known })),
        )
        for (const [at, { known, d }] of asked.entries()) {
          const held = religionOf(answers[at] ?? [])
          assert.equal(held, model.asOf(d, known), `${day(d)} as known ${known}`)
        }
      })
    }

    test('random revisions: what was true and what was known equal a naive model', async () => {
      const personId = await idOf(await aPerson(stage, { on: '1999-01-01' }))
      let at = NOW
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
          const model = new Model()
          at = addMs(at, 1000)
          const clean = { personId, kind: 'religion', from: day(0), value: null } as const
          await stage.kernel.database.transaction((tx) =>
            revise(tx, [clean], { actId: uuidv7() as ActId, at }),
          )
          model.say(at, null, { from: 0, to: null })
          for (const { value, from, length } of steps) {
            at = addMs(at, 1000)
            const to = length === null ? null : Math.min(from + length, DAYS)
            const said = value === null ? null : String(value)
            const one = { personId, kind: 'religion', from: day(from), value: said } as const
            const until = to === null ? null : day(to)
            await stage.kernel.database.transaction((tx) =>
              revise(tx, [{ ...one, to: until }], { actId: uuidv7() as ActId, at }),
            )
            model.say(at, said, { from, to })
          }
          await stage.kernel.database.transaction(async (tx) => {
            for (const known of [null, ...model.said.map((one) => one.at)]) {
              for (const d of [0, 3, 7, 11, 16, DAYS - 1]) {
                const facts = await listFactsAsOf(tx, personId, { day: day(d), known })
                assert.equal(religionOf(facts), model.asOf(d, known))
              }
            }
          })
        }),
        { numRuns: 25 },
      )
    })

    test('random corrections and amendments of officers equal the model too', async () => {
      const codes = profile.codes.religion.map(({ code }) => code)
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
          const number = await aPerson(stage, { on: '1999-01-01' })
          const personId = await idOf(number)
          const model = new Model()
          for (const { correct, value: chosen, from, length } of steps) {
            const value = chosen === null ? null : (codes[chosen % codes.length] ?? '')
            const act = { act: ACT, number, kind: 'religion', value }
            const held = model.asOf(from, null)
            const to = length === null ? null : Math.min(from + length, DAYS)
            try {
              if (correct) {
                await stage.do(correctFact, { ...act, on: day(from) })
                model.say(stage.kernel.now(), value, model.spanOf(from))
              } else {
                const until = to === null ? {} : { to: day(to) }
                await stage.do(amendFact, { ...act, from: day(from), ...until })
                const days = { from, to: to ?? model.nextAfter(from) }
                model.say(stage.kernel.now(), value, days)
              }
            } catch (error) {
              assert.ok(error instanceof Refusal)
              const expected = correct && held === null ? 'fact.not-found' : 'fact.nothing-changed'
              assert.equal(error.code, expected)
            }
          }
          await agree(personId, model)
        }),
        { numRuns: 25 },
      )
    })

    test('twenty officers amend one person at once: each act is whole, none overlaps', async () => {
      const number = await aPerson(stage, { on: '1999-01-01' })
      const personId = await idOf(number)
      const codes = profile.codes.religion.map(({ code }) => code)
      const acts = Array.from({ length: 20 }, (_, n) =>
        stage
          .do(amendFact, {
            act: ACT,
            number,
            kind: 'religion',
            value: codes[n % codes.length],
            from: day(n),
          })
          .then(
            () => 1,
            (error: unknown) => {
              assert.ok(error instanceof Refusal, String(error))
              assert.equal(error.code, 'fact.nothing-changed')
              return 0
            },
          ),
      )
      const done = (await Promise.all(acts)).reduce<number>((sum, one) => sum + one, 0)
      assert.ok(done > 0)
      const [overlaps] = await stage.kernel.owner<{ n: number }>(
        `select count(*)::int as n from register.fact a join register.fact b
           using (person_id, kind, key)
         where a.person_id = $1 and a.ctid < b.ctid and a.valid && b.valid
           and a.superseded_at is null and b.superseded_at is null`,
        [personId],
      )
      assert.equal(overlaps?.n, 0)
    })
  })
}
