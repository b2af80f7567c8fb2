import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { profile as demo } from '../../../profiles/demo/index.ts'
import { profile as vn } from '../../../profiles/vn/index.ts'
import { ask, execute, findActorByLogin, SYSTEM, uuidv7 } from '../../kernel/index.ts'
import { registerDeath, reverseDeath } from '../person/death.ts'
import { myFamily, myRecord } from '../person/own.ts'
import { dayText, FOREVER } from './days.ts'
import { demonstrateRegister, makeNation } from './make.ts'
import { makePart } from './part.ts'
import { planNation } from './plan.ts'
import type { FactRow } from './sink.ts'
import { findShowcase } from './store.ts'
import { tellPart } from './tell.ts'
import { Texts } from './telling.ts'
import { furniture, Recorder, type Stage, stageOf } from './testing.ts'

const REQUEST = { persons: 1500, seed: 'loaded' }

for (const profile of [vn, demo]) {
  describe(`a stored nation of the profile ${profile.id}`, () => {
    let stage: Stage
    let empty: Awaited<ReturnType<typeof furniture>>

    before(async () => {
      stage = await stageOf(profile)
      empty = await furniture(stage.kernel)
      await demonstrateRegister(stage.operator, REQUEST)
    })
    after(() => stage.kernel.close())

    test('the register holds exactly what the generator tells', async () => {
      const plan = planNation(profile, REQUEST)
      const texts = new Texts(plan)
      const told: string[] = []
      let persons = 0
      for (const part of plan.parts) {
        const made = makePart(plan, part)
        const record = new Recorder(made)
        tellPart(made, texts, record)
        persons += part.persons
        for (const row of record.facts) {
          told.push(lineOf(made.ids.person.text(row.owner), row, made.ids.act))
        }
      }
      const rows = await stage.kernel.owner<{ line: string }>(
        `select concat_ws('|', person_id, kind, key, valid, value::text, act_id,
           extract(epoch from recorded_at)::bigint, extract(epoch from superseded_at)::bigint,
           superseded_by) as line from register.fact`,
      )
      assert.equal(persons, REQUEST.persons)
      assert.equal(await stage.kernel.count('register.person'), persons)
      assert.deepEqual(rows.map(({ line }) => line).sort(), told.sort())
    })

    test('indexes, constraints and triggers are as they were', async () => {
      assert.deepEqual(await furniture(stage.kernel), empty)
      assert.ok(empty.length > 20)
    })

    test('the trigger keeps watch again', async () => {
      await assert.rejects(
        stage.kernel.owner(
          `insert into register.fact (person_id, kind, key, valid, value, act_id, recorded_at)
           select person_id, kind, key, valid, value, act_id, now() from register.fact
           where kind = 'name' and superseded_at is null limit 1`,
        ),
        /overlap/,
      )
    })

    test('every act that facts rest on is there', async () => {
      const [row] = await stage.kernel.owner<{ missing: number }>(
        `select count(*)::int as missing from register.fact f
         where not exists (select from register.act a where a.act_id = f.act_id)
           or (superseded_by is not null
             and not exists (select from register.act a where a.act_id = f.superseded_by))`,
      )
      assert.equal(row?.missing, 0)
    })

    test('units of residences are units of the register', async () => {
      const [row] = await stage.kernel.owner<{ missing: number }>(
        `select count(*)::int as missing from register.fact f
         where f.kind in ('permanent', 'temporary', 'current')
           and not exists (select from register.unit u where u.unit_id = f.value ->> 'unit')`,
      )
      assert.equal(row?.missing, 0)
    })

    test('members of households are those whose facts say so', async () => {
      const [row] = await stage.kernel.owner<{ apart: number }>(
        `select count(*)::int as apart from (
           select distinct (value ->> 'household')::uuid as household_id, person_id
           from register.fact where kind = 'household') f
         full join register.member m using (household_id, person_id)
         where f.person_id is null or m.person_id is null`,
      )
      assert.equal(row?.apart, 0)
    })

    test('look-ups of numbers agree with the facts', async () => {
      const [row] = await stage.kernel.owner<{ apart: number }>(
        `select count(*)::int as apart from (
           select distinct value #>> '{}' as number, person_id from register.fact
           where kind = 'number') f
         full join register.number n using (number, person_id)
         where f.person_id is null or n.person_id is null`,
      )
      assert.equal(row?.apart, 0)
    })

    test('a citizen of it signs in and sees the own record and family', async () => {
      const { kernel } = stage
      const actor = await kernel.database.transaction((tx) => findActorByLogin(tx, 'citizen'))
      assert.ok(actor !== undefined)
      const asked = { kernel, actor: { ...actor, level: 2 as const } }
      const record = await ask(myRecord, {}, { ...asked, purpose: 'own-record' })
      assert.ok(record.facts.some(({ kind }) => kind === 'name'))
      const family = await ask(myFamily, {}, { ...asked, purpose: 'family-record' })
      assert.ok(family.members.length > 0)
    })

    test('the officer is in charge of the place the citizen lives in', async () => {
      const { kernel } = stage
      await kernel.database.transaction(async (tx) => {
        const showcase = await findShowcase(tx)
        const officer = await findActorByLogin(tx, 'officer')
        assert.ok(showcase !== undefined && officer !== undefined)
        assert.ok(officer.grants.every(({ unit }) => unit === showcase.unit))
        assert.ok(officer.grants.length > 0)
        const supervisor = await findActorByLogin(tx, 'supervisor')
        assert.notEqual(supervisor?.grants[0]?.unit, showcase.unit)
      })
    })

    test('the register’s own acts go on from it: heads die, and a death is taken back', async () => {
      const { kernel } = stage
      const by = () => ({ kernel, actor: SYSTEM, key: uuidv7() })
      const act = { kind: 'declaration' as const, document: 'Test' }
      const numberOf = `(select n.value #>> '{}' from register.fact n where n.person_id = f.person_id
        and n.kind = 'number' and n.superseded_at is null order by lower(n.valid) desc limit 1)`
      const heads = await kernel.owner<{ number: string }>(
        `select ${numberOf} as number from register.fact f where f.kind = 'household'
           and f.value ->> 'relation' = 'head' and f.superseded_at is null and upper_inf(f.valid)
         order by f.person_id limit 12`,
      )
      const on = '2026-08-01'
      for (const { number } of heads) await execute(registerDeath, { act, number, on }, by())
      const dead = await kernel.owner<{ number: string }>(
        `select ${numberOf} as number from register.fact f where f.kind = 'death'
           and f.superseded_at is null and lower(f.valid) < '2026-07-01'
         order by f.person_id limit 6`,
      )
      for (const { number } of dead) await execute(reverseDeath, { act, number }, by())
      const all = dead.map(({ number }) => number)
      const [row] = await kernel.owner<{ open: number }>(
        `select count(*)::int as open from register.fact f where f.kind = 'number'
           and f.superseded_at is null and upper_inf(f.valid) and f.value #>> '{}' = any($1)`,
        [all],
      )
      assert.equal(heads.length, 12)
      assert.equal(row?.open, dead.length)
    })

    test('a second start changes nothing', async () => {
      const { kernel, operator } = stage
      const facts = await kernel.count('register.fact')
      const actors = await kernel.count('kernel.actor')
      await demonstrateRegister(operator, REQUEST)
      assert.equal(await kernel.count('register.fact'), facts)
      assert.equal(await kernel.count('kernel.actor'), actors)
    })

    test('a second nation is refused and leaves the first', async () => {
      const { kernel, operator } = stage
      const facts = await kernel.count('register.fact')
      await assert.rejects(makeNation(operator, { persons: 200, seed: 'x' }), {
        code: 'nation.exists',
      })
      assert.equal(await kernel.count('register.fact'), facts)
      assert.deepEqual(await furniture(kernel), empty)
    })
  })
}

/** A fact as the query above writes it. */
function lineOf(personId: string, row: FactRow, acts: { text(index: number): string }): string {
  const seconds = (moment: number): string => String(moment + 946_684_800)
  const to = row.to === FOREVER ? '' : dayText(row.to)
  return [
    personId,
    row.kind,
    row.key,
    `[${dayText(row.from)},${to})`,
    canonicalJson(row.value),
    acts.text(row.act),
    seconds(row.recorded),
    ...(row.superseded === 0 ? [] : [seconds(row.superseded), acts.text(row.by)]),
  ].join('|')
}

/** As PostgreSQL writes jsonb: keys by length, then by their letters; a blank after each sign. */
function canonicalJson(text: string): string {
  const write = (value: unknown): string => {
    if (typeof value !== 'object' || value === null) return JSON.stringify(value)
    const entries = Object.entries(value).sort(
      ([a], [b]) => a.length - b.length || (a < b ? -1 : 1),
    )
    return `{${entries.map(([key, one]) => `"${key}": ${write(one)}`).join(', ')}}`
  }
  return write(JSON.parse(text))
}
