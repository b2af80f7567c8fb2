import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { refused, tryCommand } from '../../../test/commands.ts'
import { ask } from '../../kernel/index.ts'
import { ACT, aChild, aName, aPerson, PROFILES, type Stage, stageOf } from '../testing.ts'
import { amendFact } from './amend.ts'
import { correctFact } from './correct.ts'
import { registerDeath } from './death.ts'
import { FIELDS, type FieldKind } from './fields.ts'
import { factsAsOf } from './queries.ts'

for (const profile of PROFILES) {
  describe(`fields in ${profile.id}`, () => {
    let stage: Stage
    before(async () => {
      stage = await stageOf(profile)
    })
    after(() => stage.close())

    const correct = (number: string, more: Record<string, unknown>) =>
      stage.do(correctFact, { act: ACT, number, ...more })
    const amend = (number: string, more: Record<string, unknown>) =>
      stage.do(amendFact, { act: ACT, number, ...more })
    const held = async (number: string, kind: FieldKind, day = '2026-10-16') => {
      const asker = { kernel: stage.kernel, actor: stage.officer, purpose: 'register-keeping' }
      const { facts } = await ask(factsAsOf, { number, day }, asker)
      return facts.filter((fact) => fact.kind === kind)
    }
    const other = (list: keyof typeof profile.codes, at = 1): string =>
      profile.codes[list][at]?.code ?? ''

    tryCommand(correctFact, () => ({
      kernel: stage.kernel,
      actor: stage.officer,
      stranger: stage.stranger,
      input: async () => {
        const number = await aPerson(stage)
        stage.tick()
        return { act: ACT, number, kind: 'name', value: { full: aName() } }
      },
      again: 'fact.nothing-changed',
    }))

    tryCommand(amendFact, () => ({
      kernel: stage.kernel,
      actor: stage.officer,
      stranger: stage.stranger,
      input: async () => {
        const number = await aPerson(stage)
        stage.tick()
        return { act: ACT, number, kind: 'religion', value: other('religion'), from: '2020-01-01' }
      },
      again: 'fact.nothing-changed',
    }))

    const VALUES = (): Readonly<Partial<Record<FieldKind, [unknown, unknown, string?]>>> => ({
      name: [{ full: aName() }, { full: aName() }],
      'other-name': [{ full: aName() }, { full: aName() }, 'alias'],
      ethnicity: [other('ethnicity'), other('ethnicity', 2)],
      religion: [other('religion'), other('religion', 2)],
      nationality: ['FRA', 'DEU'],
      blood: [other('blood-group'), other('blood-group', 2)],
      card: [
        { issuedOn: '2020-01-02', issuedBy: 'Office', expiresOn: '2030-01-02' },
        { issuedOn: '2020-01-02', issuedBy: 'Another office', expiresOn: null },
        'C-12345',
      ],
      parent: [{ name: aName() }, { name: aName(), nationality: 'FRA' }, 'mother'],
      spouse: [{ name: aName() }, { name: aName() }, 'paper'],
      permanent: [
        { unit: stage.home, address: '1' },
        { unit: stage.home, address: '2' },
      ],
      temporary: [{ unit: stage.home }, { unit: stage.home, address: '2' }],
      current: [{ unit: stage.home }, { unit: stage.home, address: '2' }],
      absence: [{ reason: 'work' }, { reason: 'study', place: { text: 'there' } }],
      'residence-file': ['HS-1', 'HS-2'],
      marital: [other('marital-status', 0), other('marital-status', 1)],
      contact: ['0901234567', '0907654321', 'phone'],
      other: ['yes', 'no', 'union-member'],
      category: ['undetermined', 'citizen'],
    })

    test('each field that life changes is amended, read back, corrected and ended', async () => {
      for (const [kind, values] of Object.entries(VALUES())) {
        const [first, second, key] = values
        const number = await aPerson(stage)
        const of = { kind, ...(key !== undefined && { key }) }
        await amend(number, { ...of, value: first, from: '2020-01-01' })
        const before = await held(number, kind as FieldKind, '2019-12-31')
        const then = await held(number, kind as FieldKind, '2020-01-01')
        assert.notDeepEqual(before, then, kind)
        const own = kind === 'nationality' ? { ...of, key: first } : of
        await correct(number, { ...own, value: second, on: '2020-01-01' })
        const now = await held(number, kind as FieldKind)
        assert.ok(
          now.some((fact) => JSON.stringify(fact.value).length > 0),
          kind,
        )
        assert.ok(!now.some((fact) => fact.value === first), kind)
        if (kind === 'name') continue
        const last = kind === 'nationality' ? { ...of, key: second } : of
        await amend(number, { ...last, value: null, from: '2025-01-01' })
        const ended = await held(number, kind as FieldKind)
        assert.equal(ended.length, kind === 'nationality' ? 1 : 0, kind)
      }
    })

    test('each of the 26 fields of article 9 is changed here or by a command of its own', () => {
      const here: number[] = Object.values(FIELDS).map(({ article }) => article)
      // The number has its commands; places are parts of the birth; members are told by kin.
      const elsewhere = [3, 6, 7, 8, 23]
      const all = new Set([...here, ...elsewhere])
      assert.deepEqual(
        Array.from({ length: 26 }, (_, at) => at + 1).filter((article) => !all.has(article)),
        [],
      )
    })

    test('a correction holds from the beginning, an amendment from its day', async () => {
      const number = await aPerson(stage, { on: '1980-05-17' })
      const name = aName()
      const later = aName()
      await correct(number, { kind: 'name', value: { full: name } })
      await amend(number, { kind: 'name', value: { full: later }, from: '2015-03-01' })
      const full = async (day: string) => (await held(number, 'name', day))[0]?.value
      assert.deepEqual(await full('1980-05-17'), { full: name })
      assert.deepEqual(await full('2015-02-28'), { full: name })
      assert.deepEqual(await full('2015-03-01'), { full: later })
    })

    test('an earlier amendment recorded late lasts until the change already on record', async () => {
      const number = await aPerson(stage)
      const names = [aName(), aName()]
      await amend(number, { kind: 'name', value: { full: names[1] }, from: '2015-03-01' })
      await amend(number, { kind: 'name', value: { full: names[0] }, from: '2010-01-01' })
      assert.deepEqual((await held(number, 'name', '2014-12-31'))[0]?.value, { full: names[0] })
      assert.deepEqual((await held(number, 'name', '2026-01-01'))[0]?.value, { full: names[1] })
    })

    test('values that cannot be are refused with the field that is wrong', async () => {
      const number = await aPerson(stage)
      const wrong = (more: Record<string, unknown>) => () => amend(number, more)
      await assert.rejects(
        wrong({ kind: 'name', value: { full: 'R2-D2 77' } }),
        refused('name.invalid'),
      )
      await assert.rejects(wrong({ kind: 'name', value: null }), refused('fact.required'))
      await assert.rejects(wrong({ kind: 'name', value: 'text' }), refused('request.invalid'))
      await assert.rejects(wrong({ kind: 'religion', value: '?' }), refused('request.invalid'))
      await assert.rejects(
        wrong({ kind: 'birth', value: { on: '1990' } }),
        refused('request.invalid'),
      )
      await assert.rejects(
        wrong({ kind: 'religion', value: other('religion'), from: '2026-10-17' }),
        refused('fact.in-future'),
      )
      await assert.rejects(
        wrong({ kind: 'religion', value: other('religion'), from: '1980-05-16' }),
        refused('fact.day-order'),
      )
      await assert.rejects(
        wrong({ kind: 'permanent', value: { unit: '00000@2020-01-01' } }),
        refused('unit.not-found'),
      )
      await assert.rejects(
        wrong({ kind: 'contact', key: 'email', value: 'nobody' }),
        refused('request.invalid'),
      )
      await assert.rejects(
        wrong({ kind: 'nationality', key: profile.country, value: null }),
        refused('fact.required'),
      )
    })

    test('after death a record is corrected, never amended', async () => {
      const number = await aPerson(stage)
      await stage.do(registerDeath, { act: ACT, number, on: '2026-09' })
      await assert.rejects(
        amend(number, { kind: 'religion', value: other('religion') }),
        refused('person.deceased'),
      )
      const name = aName()
      await correct(number, { kind: 'name', value: { full: name } })
      assert.deepEqual((await held(number, 'name'))[0]?.value, { full: name })
    })

    test('a birth put right moves all that held from birth, on the parents’ records too', async () => {
      const mother = await aPerson(stage, { sex: 'female', on: '1975' })
      const number = await aPerson(stage, { on: '2001-05-17', mother: { number: mother } })
      const on = '2001-03-02'
      await correct(number, { kind: 'birth', value: { on, registered: { unit: stage.home } } })
      assert.deepEqual((await held(number, 'birth', on))[0]?.value, {
        on,
        registered: { unit: stage.home },
      })
      assert.equal((await held(number, 'name', on)).length, 1)
      assert.equal((await held(number, 'parent', on)).length, 1)
      const child = await stage.kernel.owner<{ from: string }>(
        `select min(lower(f.valid))::text as "from" from register.fact f
         join register.number n using (person_id) where n.number = $1 and f.kind = 'child'
           and f.superseded_at is null`,
        [mother],
      )
      assert.equal(child[0]?.from, on)
      await correct(number, {
        kind: 'birth',
        value: { on: '2001-08', registered: { unit: stage.home } },
      })
      assert.equal((await held(number, 'name', '2001-07-31')).length, 0)
      assert.equal((await held(number, 'name', '2001-08-01')).length, 1)
    })

    test('a birth no parent allows, after registration or after death is refused', async () => {
      const mother = await aPerson(stage, { sex: 'female', on: '1975' })
      const number = await aPerson(stage, { on: '2001-05-17', mother: { number: mother } })
      const birth = (on: string) => () =>
        correct(number, { kind: 'birth', value: { on }, ground: 'birth-year-corrected' })
      await assert.rejects(birth('1980'), refused('kinship.impossible-age'))
      await assert.rejects(birth('2026-12-24'), refused('fact.in-future'))
      await stage.do(registerDeath, { act: ACT, number, on: '2020-01-01' })
      await assert.rejects(birth('2021'), refused('death.before-birth'))
    })

    test('a sex or birth year the number contradicts needs a ground, and a new number', async () => {
      const number = await aPerson(stage, { on: '1980-05-17', sex: 'male' })
      const birth = { on: '1981-05-17', registered: { unit: stage.home } }
      await assert.rejects(
        correct(number, { kind: 'birth', value: birth }),
        refused('number.contradicts'),
      )
      await assert.rejects(
        correct(number, { kind: 'birth', value: birth, ground: 'a whim' }),
        refused('request.invalid'),
      )
      const ground = 'birth-year-corrected'
      const { number: next } = await correct(number, { kind: 'birth', value: birth, ground })
      assert.notEqual(next, number)
      const read = profile.number.parse(next ?? '')
      assert.ok(read.ok && read.implied.birthYear === 1981)
    })

    test('a place outside its days is refused', async () => {
      const number = await aChild(stage)
      const ended = await stage.kernel.owner<{ unit: string }>(
        `select unit_id as unit from register.unit where upper(valid) < '2026-01-01' limit 1`,
      )
      const unit = ended[0]?.unit
      await assert.rejects(
        amend(number, { kind: 'permanent', value: { unit } }),
        refused('unit.not-valid-on-day'),
      )
    })
  })
}
