import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { profile as vn } from '../../../profiles/vn/index.ts'
import { EVERYTHING, NOTHING, refused } from '../../../test/commands.ts'
import { anActor } from '../../../test/kernel.ts'
import { type Actor, ask, LIMITS, type Profile } from '../../kernel/index.ts'
import { correctFact } from '../person/correct.ts'
import { mergePersons } from '../person/merge.ts'
import { protectPerson } from '../person/protection.ts'
import { personRecord } from '../person/queries.ts'
import { registerPermanent } from '../residence/commands.ts'
import { ACT, aPerson, PROFILES, type Stage, stageOf } from '../testing.ts'
import type { UnitId } from '../types.ts'
import { searchPersons } from './queries.ts'
import { readWish, searchOf } from './rules.ts'

const words = (text: string, profile: Profile = vn) => {
  const wish = readWish(profile, { text })
  return wish.by === 'name' ? { tokens: [...wish.tokens].sort(), year: wish.year } : wish
}

test('one box reads a number, however it is spaced, or names with a year', () => {
  assert.deepEqual(words('079 097 375 971'), { by: 'number', number: '079097375971' })
  assert.deepEqual(words('012345678'), { by: 'number', number: '012345678' })
  assert.deepEqual(words('Nguyễn Tuấn Xuân'), { tokens: ['nguyen', 'tuan', 'xuan'], year: null })
  assert.deepEqual(words('xuan 1997 NGUYEN'), { tokens: ['nguyen', 'xuan'], year: 1997 })
  assert.throws(() => words('0790973759'), refused('number.invalid'))
})

test('a lone name is answered with narrow it, unless a year or a place is beside it', () => {
  const search = (text: string, area: readonly UnitId[] | null = null, year?: number) => {
    const wish = readWish(vn, { text, ...(year !== undefined && { birthYear: year }) })
    assert.ok(wish.by === 'name')
    return searchOf(wish, area, vn.names.common)
  }
  assert.throws(() => search('1997'), refused('search.too-short'))
  assert.throws(() => search('  .'), refused('search.too-short'))
  assert.throws(() => search('Nguyễn'), refused('search.narrow'))
  assert.throws(() => search('Tuyền'), refused('search.narrow'))
  assert.deepEqual(search('Nguyễn', null, 1997).all, ['nguyen', 'y1997'])
  assert.deepEqual(search('Tuyền', null, 1997), {
    all: ['tuyen', 'y1997'],
    any: [],
    isCommon: false,
  })
  assert.deepEqual(search('Tuyền', ['00004@2025-07-01']), {
    all: ['tuyen'],
    any: ['u00004@2025-07-01'],
    isCommon: false,
  })
  assert.deepEqual(search('Nguyễn', ['00004@2025-07-01'], 1997).all, ['nguyen', 'y1997'])
  assert.deepEqual(search('Nguyễn Thị'), { all: ['nguyen', 'thi'], any: [], isCommon: true })
})

for (const profile of PROFILES) {
  describe(`search in ${profile.id}`, () => {
    let stage: Stage
    const nation = anActor([[EVERYTHING, 'nation']])
    before(async () => {
      stage = await stageOf(profile)
    })
    after(() => stage.close())

    const find = async (input: object, actor: Actor = stage.officer) =>
      ask(searchPersons, input, { kernel: stage.kernel, actor, purpose: 'residence' })
    const names = async (input: object) => (await find(input)).rows.map((row) => row.name)
    const born = { on: '1961-02-03' }

    test('names are found in any order, with or without accents, whole and by all of them', async () => {
      const spelled =
        profile.id === 'vn' ? ['Đặng Quỳnh Thoa', 'dang thoa'] : ['Ida Åsa Thørn', 'ida thoern']
      const [name = '', plain = ''] = spelled
      await aPerson(stage, { ...born, name })
      assert.deepEqual(await names({ text: name }), [name])
      assert.deepEqual(await names({ text: plain }), [name])
      assert.deepEqual(await names({ text: plain.split(' ').reverse().join(' ') }), [name])
      assert.deepEqual(await names({ text: plain.toUpperCase() }), [name])
      assert.deepEqual(await names({ text: `${plain} nobody` }), [])
    })

    test('one name is found with a year of birth, or within a unit or the one above it', async () => {
      const number = await aPerson(stage, { ...born, name: 'Le Khoa Zoe' })
      const residence = { unit: stage.home }
      await stage.do(registerPermanent, { act: ACT, number, residence, on: '2026-01-05' })
      assert.deepEqual(await names({ text: 'zoe 1961' }), ['Le Khoa Zoe'])
      assert.deepEqual(await names({ text: 'zoe', birthYear: 1961 }), ['Le Khoa Zoe'])
      assert.deepEqual(await names({ text: 'zoe 1962' }), [])
      assert.deepEqual(await names({ text: 'zoe', unit: stage.home }), ['Le Khoa Zoe'])
      assert.deepEqual(await names({ text: 'zoe', unit: stage.elsewhere }), [])
      const [above] = await stage.kernel.owner<{ id: string }>(
        'select parent_id as id from register.unit where unit_id = $1',
        [stage.home],
      )
      assert.deepEqual(await names({ text: 'zoe', unit: above?.id }), ['Le Khoa Zoe'])
      await assert.rejects(find({ text: 'zoe' }), refused('search.narrow'))
      await assert.rejects(find({ text: 'zoe', unit: '1@1999-01-01' }), refused('unit.not-found'))
    })

    test('a number finds its bearer; nobody has another', async () => {
      const number = await aPerson(stage, { ...born, name: 'Le Khoa So' })
      assert.deepEqual(await names({ text: profile.number.group(number) }), ['Le Khoa So'])
      const free = profile.number.example
      assert.deepEqual(await names({ text: free }), [])
    })

    test('a corrected name is found, and the wrong one no more', async () => {
      const number = await aPerson(stage, { ...born, name: 'Le Wrong Zed' })
      const value = { full: 'Le Right Zed' }
      await stage.do(correctFact, { act: ACT, number, kind: 'name', on: '2026-10-16', value })
      assert.deepEqual(await names({ text: 'right zed' }), ['Le Right Zed'])
      assert.deepEqual(await names({ text: 'wrong zed' }), [])
    })

    test('a record that was merged is found once, as the one that remains', async () => {
      const [one, two] = [
        await aPerson(stage, { on: '1961-02-03', name: 'Le Twin Zed' }),
        await aPerson(stage, { on: '1961-02-04', name: 'Le Twin Zed' }),
      ]
      assert.equal((await names({ text: 'twin zed' })).length, 2)
      await stage.do(mergePersons, { act: ACT, survivor: one, duplicate: two })
      assert.deepEqual(await names({ text: 'twin zed' }), ['Le Twin Zed'])
      assert.deepEqual(await names({ text: two }), ['Le Twin Zed'])
    })

    test('a row shows name, birth year and unit, and a handle for this officer alone', async () => {
      await aPerson(stage, { ...born, name: 'Le Row Zed' })
      const [row] = (await find({ text: 'row zed' })).rows
      assert.deepEqual(Object.keys(row ?? {}).sort(), ['birthYear', 'name', 'person', 'unit'])
      assert.equal(row?.birthYear, 1961)
      const asker = { kernel: stage.kernel, actor: stage.officer, purpose: 'residence' }
      const record = await ask(personRecord, { person: row?.person }, asker)
      assert.ok(record.number)
      const other = { ...asker, actor: nation }
      await assert.rejects(ask(personRecord, { person: row?.person }, other))
    })

    test('an officer of another area finds, and cannot open', async () => {
      await aPerson(stage, { ...born, name: 'Le Far Zed' })
      const [row] = (await find({ text: 'far zed' }, stage.stranger)).rows
      assert.equal(row?.name, 'Le Far Zed')
      const asker = { kernel: stage.kernel, actor: stage.stranger, purpose: 'residence' }
      const open = ask(personRecord, { person: row?.person }, asker)
      await assert.rejects(open, refused('actor.out-of-area'))
    })

    test('one event names all who are shown; at most fifty are, and it says that there are more', async () => {
      for (let at = 0; at < LIMITS.searchRows + 3; at++) {
        await aPerson(stage, { on: `${1950 + at}-02-03`, name: 'Le Many Zed' })
      }
      const count = async (table: string) => stage.kernel.count(`kernel.${table}`)
      const [events, subjects] = [await count('audit_event'), await count('audit_subject')]
      const { rows, more } = await find({ text: 'many zed' })
      assert.deepEqual([rows.length, more], [LIMITS.searchRows, true])
      assert.equal(await count('audit_event'), events + 1)
      assert.equal(await count('audit_subject'), subjects + LIMITS.searchRows)
    })

    test('the name as it was typed comes first', async () => {
      const spelled =
        profile.id === 'vn'
          ? ['Lê Hoà Zed', 'Lê Hoa Zed', 'Hoa Lê Zed']
          : ['Åsa Lo Zed', 'Aasa Lo Zed', 'Lo Åsa Zed']
      for (const [at, name] of [...spelled].reverse().entries()) {
        await aPerson(stage, { on: `${1950 + at}-02-03`, name })
      }
      const [first = ''] = spelled
      assert.equal((await names({ text: first }))[0], first)
    })

    test('who is protected is found by nobody’s name', async () => {
      const number = await aPerson(stage, { ...born, name: 'Le Hidden Zed' })
      await stage.do(protectPerson, { act: ACT, number, reason: 'threatened' }, nation)
      assert.deepEqual(await names({ text: 'hidden zed' }), [])
      const [row] = (await find({ text: number })).rows
      assert.deepEqual([row?.name, row?.birthYear, row?.unit], [null, null, null])
    })

    test('nobody searches without the role, or for a purpose that is none of the desk', async () => {
      const nobody = anActor([[NOTHING, 'nation']])
      await assert.rejects(find({ text: 'le zed' }, nobody), refused('actor.not-permitted'))
      const asker = { kernel: stage.kernel, actor: stage.officer, purpose: 'statistics' }
      await assert.rejects(
        ask(searchPersons, { text: 'le zed' }, asker),
        refused('purpose.not-allowed'),
      )
    })
  })
}
