import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { EVERYTHING, refused, tryCommand } from '../../../test/commands.ts'
import { anActor } from '../../../test/kernel.ts'
import {
  addDays,
  ask,
  execute,
  OPERATOR,
  type PlainDay,
  plainDay,
  Refusal,
  uuidv7,
} from '../../kernel/index.ts'
import { establish } from '../household/commands.ts'
import { getHousehold } from '../household/queries.ts'
import { protectPerson } from '../person/protection.ts'
import { factsAsOf } from '../person/queries.ts'
import { registerPermanent } from '../residence/commands.ts'
import { ACT, aPerson, namedLast, PROFILES, type Stage, stageOf } from '../testing.ts'
import type { Residence, UnitId } from '../types.ts'
import { unitCli } from './cli.ts'
import { importUnits } from './import-units.ts'
import { recodeUnits } from './recode.ts'
import { decideReview, listReviews } from './review.ts'
import { ensureUnits } from './seed.ts'
import { holdsOn, unitId } from './types.ts'
import { forgetUnits, readUnits } from './units.ts'

const DATA = path.resolve('../shared/data/units')
const withoutData = fs.existsSync(DATA) ? false : '../shared/data/units is not here'
const nation = anActor([[EVERYTHING, 'nation']])

for (const profile of PROFILES) {
  describe(`units in ${profile.id}`, () => {
    const [first, second] = profile.units.generations
    const oldDay = first?.from as PlainDay
    const day = second?.from as PlainDay
    /** Codes of official lists: one of the highest level, and some of the lowest. */
    const level = second?.levels.at(-1) ?? ''
    const kind = profile.units.kinds.find((one) => one.level === level)?.official ?? ''
    const isFive = profile.units.levels.find((one) => one.id === level)?.code.test('00001') === true
    const code = (at: number) => (isFive ? `0000${at}` : `100${at}`)
    let stage: Stage
    let top = ''
    before(async () => {
      stage = await stageOf(profile)
      top = [...(await directory()).childrenOf(null, day)][0]?.code ?? ''
    })
    after(() => stage.close())

    const directory = () => {
      const { kernel } = stage
      return kernel.database.transaction((tx) => readUnits({ tx, kernel }))
    }
    /** The official list of a day: the built-in units, and lowest ones by their names. */
    const list = (on: PlainDay, names: readonly string[]) => {
      const { builtIn, kinds } = profile.units
      const tops = builtIn
        .filter((fact) => holdsOn(fact, on))
        .map((fact) => {
          const official = kinds.find((one) => one.id === fact.kind)?.official ?? ''
          return { level: fact.level, code: fact.code, name: fact.name, kind: official, parent: '' }
        })
      const low = names.map((name, at) => ({ level, code: code(at + 1), name, kind, parent: top }))
      const rows = [...tops, ...low].map((row, at) => ({ line: at + 2, ...row }))
      return { validFrom: on, document: 'list', rows }
    }
    const take = (input: object) => {
      forgetUnits(stage.kernel)
      return stage.do(importUnits, input, OPERATOR)
    }
    const refresh = () => forgetUnits(stage.kernel)

    let next = addDays(day, 1_000)
    tryCommand(importUnits, () => ({
      kernel: stage.kernel,
      actor: OPERATOR,
      stranger: stage.stranger,
      input: async () => {
        next = addDays(next, 1)
        return { ...list(next, [`Renamed ${next}`]), document: next }
      },
    }))

    describe('a merger', () => {
      const [whole, split, unjoined, one, other] = [1, 2, 3, 1, 2].map((at, turn) =>
        unitId(code(at), turn < 3 ? oldDay : day),
      ) as [UnitId, UnitId, UnitId, UnitId, UnitId]
      const pairs = [
        { line: 2, old: code(1), new: code(1) },
        { line: 3, old: code(2), new: code(1) },
        { line: 4, old: code(2), new: code(2) },
      ]
      before(async () => {
        await stage.close()
        stage = await stageOf(profile)
      })

      /** Registered while the old units were in force, a month before the merger. */
      const settled = async (unit: UnitId, address = '1', before = addDays(day, -30)) => {
        const number = await aPerson(stage, { on: '1950-01-01' })
        stage.kernel.setNow(`${before}T03:00:00.000Z`)
        refresh()
        const caller = { kernel: stage.kernel, actor: nation, key: uuidv7() }
        const residence = { unit, address }
        await execute(registerPermanent, { act: ACT, number, residence, on: before }, caller)
        stage.tick()
        refresh()
        return number
      }
      const living = async (number: string, on: string = stage.kernel.now().slice(0, 10)) => {
        const asker = { kernel: stage.kernel, actor: nation, purpose: 'residence' }
        const { facts } = await ask(factsAsOf, { number, day: on, kinds: ['permanent'] }, asker)
        return facts[0]?.value as Residence | undefined
      }
      const recode = async () => {
        for (;;) {
          const step = await stage.do(recodeUnits, { on: day }, OPERATOR)
          if (step.done) return step
        }
      }

      test('the old list, then the new one with what became of the old', async () => {
        const old = await take(list(oldDay, ['An', 'Ba', 'Chi']))
        assert.equal(old.opened, 3)
        const early = { ...list(day, ['An', 'Ba']), concordance: pairs }
        const taken = await take(early)
        assert.deepEqual(
          [taken.opened, taken.joined, taken.split, taken.unjoined, taken.rejectedPairs],
          [2, 3, 1, 1, []],
        )
        const again = await take(early)
        assert.deepEqual([again.opened, again.joined], [0, 0])
        refresh()
        const units = await directory()
        assert.equal(units.unitOn(code(1), addDays(day, -1))?.id, whole)
        assert.equal(units.unitOn(code(1), day)?.id, one)
      })

      test('residences in units that went whole move with them from that day, and only then', async () => {
        const [mover, stays] = [await settled(whole), await settled(one, '1', day)]
        const before = stage.kernel.now()
        const done = await recode()
        assert.deepEqual([done.revised, done.reviews], [1, 0])
        assert.deepEqual(await living(mover, addDays(day, -1)), { unit: whole, address: '1' })
        assert.deepEqual(await living(mover, day), { unit: one, address: '1' })
        assert.deepEqual(await living(stays), { unit: one, address: '1' })
        const rows = await stage.kernel.owner<{ tokens: string[] }>(
          'select tokens from register.search join register.number using (person_id) where number = $1',
          [mover],
        )
        assert.ok(rows[0]?.tokens.includes(`u${one}`))
        // As it was known before the recode, the person still lived in the unit that had ended.
        const known = { number: mover, day, known: before, kinds: ['permanent'] }
        const asker = { kernel: stage.kernel, actor: nation, purpose: 'residence' }
        const { facts } = await ask(factsAsOf, known, asker)
        assert.deepEqual(facts[0]?.value, { unit: whole, address: '1' })
        const [acts] = await stage.kernel.owner<{ n: number }>(
          `select count(*)::int as n from register.act where kind = 'unit-recode'`,
        )
        assert.equal(acts?.n, 1)
        assert.deepEqual((await recode()).revised, 0)
      })

      test('the citizen sees that the recode changed the record', async () => {
        const number = await settled(whole)
        await recode()
        const [row] = await stage.kernel.owner<{ n: number }>(
          `select count(*)::int as n from kernel.audit_event e join register.number n using (person_id)
           where n.number = $1 and e.body like '%unit.recode%'`,
          [number],
        )
        assert.equal(row?.n, 1)
      })

      test('a household’s address moves with its head', async () => {
        const head = await aPerson(stage, { on: '1950-01-01' })
        const at = addDays(day, -30)
        stage.kernel.setNow(`${at}T03:00:00.000Z`)
        refresh()
        const caller = { kernel: stage.kernel, actor: nation, key: uuidv7() }
        const residence = { unit: whole, address: '7' }
        await execute(establish, { act: ACT, head, members: [], residence, on: at }, caller)
        stage.tick()
        refresh()
        await recode()
        const asker = { kernel: stage.kernel, actor: nation, purpose: 'residence' }
        const view = await ask(getHousehold, { number: head }, asker)
        assert.deepEqual(view.address, { unit: one, address: '7' })
        const then = await ask(getHousehold, { number: head, day: at }, asker)
        assert.deepEqual(then.address, residence)
      })

      test('who lived in a unit that was split, or joined to nothing, waits for an officer', async () => {
        const [there, nowhere] = [await settled(split, '2 Split Street'), await settled(unjoined)]
        const done = await recode()
        assert.deepEqual([done.revised, done.reviews], [0, 2])
        assert.equal((await recode()).reviews, 0)
        assert.deepEqual(await living(there), { unit: split, address: '2 Split Street' })

        const officer = anActor([[EVERYTHING, other]])
        const asker = { kernel: stage.kernel, actor: officer, purpose: 'residence' }
        const open = await ask(listReviews, { unit: other }, asker)
        const mine = open.rows.find((row) => row.address === '2 Split Street')
        assert.deepEqual(mine?.candidates, [one, other])
        assert.ok(mine?.name)
        const foreign = { ...asker, actor: stage.stranger }
        await assert.rejects(
          ask(listReviews, { unit: other }, foreign),
          refused('actor.out-of-area'),
        )

        const decide = { unit: split, review: mine?.review, successor: other, act: ACT }
        const wrong = { ...decide, successor: one }
        await assert.rejects(stage.do(decideReview, wrong, officer), refused('actor.out-of-area'))
        assert.deepEqual(await namedLast(stage), [there])
        await stage.do(decideReview, decide, officer)
        assert.deepEqual(await living(there, day), { unit: other, address: '2 Split Street' })
        assert.deepEqual(await living(there, addDays(day, -1)), {
          unit: split,
          address: '2 Split Street',
        })
        await assert.rejects(
          stage.do(decideReview, decide, officer),
          refused('unit.review-not-found'),
        )

        // Joined to nothing: any unit of what the highest unit became.
        const all = await ask(
          listReviews,
          { unit: unitId(top, topSince()) },
          { ...asker, actor: nation },
        )
        const lost = all.rows.find((row) => row.unit === unjoined)
        const settle = { unit: unjoined, review: lost?.review, successor: one, act: ACT }
        const away = { ...settle, successor: stage.elsewhere }
        await assert.rejects(stage.do(decideReview, away, nation), refused('request.invalid'))
        await stage.do(decideReview, settle, nation)
        assert.deepEqual((await living(nowhere, day))?.unit, one)
      })

      test('a review does not tell who is protected, nor where they live', async () => {
        const number = await settled(split, '3 Quiet Street')
        await recode()
        const reason = 'a court has decided so'
        await stage.do(protectPerson, { act: ACT, number, reason }, nation)
        stage.tick()
        const officer = anActor([[EVERYTHING, other]])
        const asker = { kernel: stage.kernel, actor: officer, purpose: 'residence' }
        const { rows } = await ask(listReviews, { unit: other }, asker)
        assert.ok(!rows.some((row) => row.address === '3 Quiet Street'))
        const hidden = rows.filter((row) => row.name === null)
        assert.deepEqual(
          hidden.map(({ birthYear, address }) => [birthYear, address]),
          [[null, null]],
        )
      })

      const topSince = () =>
        profile.units.builtIn.find((fact) => fact.code === top && holdsOn(fact, day))?.since ?? day

      const reviewed = async () => {
        const number = await settled(split)
        await recode()
        const [row] = await stage.kernel.owner<{ id: string }>(
          `select review_id as id from register.unit_review join register.number using (person_id)
           where number = $1`,
          [number],
        )
        stage.tick()
        return { unit: split, review: row?.id, successor: other, act: ACT }
      }
      const receiving = anActor([[EVERYTHING, other]])
      tryCommand(decideReview, () => ({
        kernel: stage.kernel,
        actor: receiving,
        stranger: stage.stranger,
        input: reviewed,
        again: 'unit.review-not-found',
      }))
      tryCommand(recodeUnits, () => ({
        kernel: stage.kernel,
        actor: OPERATOR,
        stranger: stage.stranger,
        input: async () => {
          await recode()
          await settled(whole)
          stage.tick()
          return { on: day }
        },
      }))

      test('a day on which nothing ended, or with no concordance, is not recoded', async () => {
        const on = addDays(day, 5)
        await assert.rejects(stage.do(recodeUnits, { on }, OPERATOR), refused('unit.not-joined'))
        const later = addDays(plainDay(stage.kernel.now().slice(0, 10)), 1)
        await assert.rejects(
          stage.do(recodeUnits, { on: later }, OPERATOR),
          refused('fact.in-future'),
        )
      })
    })

    test('a concordance without the list before it says so', async () => {
      const fresh = await stageOf(profile)
      try {
        const input = {
          ...list(day, ['An']),
          concordance: [{ line: 2, old: code(1), new: code(1) }],
        }
        const work = execute(importUnits, input, {
          kernel: fresh.kernel,
          actor: OPERATOR,
          key: uuidv7(),
        })
        await assert.rejects(work, refused('unit.older-list-missing'))
      } finally {
        await fresh.close()
      }
    })

    test('units are seeded once, however often it is asked', async () => {
      const rows = () => stage.kernel.count('register.unit')
      const before = await rows()
      await ensureUnits(stage.kernel)
      await ensureUnits(stage.kernel)
      assert.equal(await rows(), before)
    })
  })
}

describe('the official lists of 2025', { skip: withoutData }, () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'goc-units-'))
  let stage: Stage
  before(async () => {
    const [vn] = PROFILES
    if (vn === undefined) throw new Error('there is no profile')
    stage = await stageOf(vn)
    if (withoutData === false) fs.cpSync(DATA, folder, { recursive: true })
  })
  after(async () => {
    await stage.close()
    fs.rmSync(folder, { recursive: true })
  })
  const file = (name: string) => path.join(folder, name)
  const goc = async (...args: string[]) => {
    const lines: string[] = []
    const operator = {
      kernel: stage.kernel,
      signal: new AbortController().signal,
      owner: () => stage.kernel.database.connect(),
      print: (line: string) => lines.push(line),
      progress() {},
    }
    const status = await unitCli[0]?.run(args, operator)
    return { status, said: JSON.parse(lines.pop() ?? '{}') }
  }
  const OLD = 'units-before-2025-07-01.csv'
  const NEW = 'units-2025-07-01.csv'

  test('both generations go in, with what became of 10,035 communes', async () => {
    const old = await goc(file(OLD), '--valid-from', '2008-08-01', '--json')
    assert.equal(old.status, 0)
    assert.deepEqual([old.said.opened, old.said.rejected], [10_731, 0])
    const concordance = ['--concordance', file('communes-old-to-new.csv')]
    const taken = await goc(file(NEW), '--valid-from', '2025-07-01', ...concordance, '--json')
    const { opened, joined, split, unjoined, rejected } = taken.said
    assert.deepEqual([opened, joined, split, unjoined, rejected], [3_321, 10_256, 311, 108, 0])
    const { kernel } = stage
    const units = await kernel.database.transaction((tx) => readUnits({ tx, kernel }))
    const day = plainDay('2025-07-01')
    const reused = [...units.rows()].filter(
      (row) =>
        row.from === day && row.level === 'commune' && units.unitOn(row.code, addDays(day, -1)),
    )
    assert.ok(reused.length > 3_300, `${reused.length} codes mean another unit now`)
    assert.equal(units.fullTitleOf('00004@2025-07-01', 'vi'), 'Phường Ba Đình, Thành phố Hà Nội')
    assert.equal(units.search('an phu', { day, level: 'commune' }).length > 1, true)
  })

  test('a list with its own code for An Giang is refused, naming the row', async () => {
    const text = fs.readFileSync(file(NEW), 'utf8').replace('province,91,', 'province,32,')
    fs.writeFileSync(file('own.csv'), text)
    const muted = process.stderr.write
    process.stderr.write = () => true
    try {
      await assert.rejects(goc(file('own.csv'), '--valid-from', '2026-01-01'), (error) => {
        assert.ok(error instanceof Refusal)
        const { line, code, expected } = error.details
        assert.deepEqual(
          [error.code, line, code, expected],
          ['unit.list-disagrees', '33', '32', '91 An Giang'],
        )
        return true
      })
    } finally {
      process.stderr.write = muted
    }
  })
})
