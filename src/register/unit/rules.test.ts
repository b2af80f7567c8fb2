import assert from 'node:assert/strict'
import { test } from 'node:test'
import { profile as demo } from '../../../profiles/demo/index.ts'
import { profile as vn } from '../../../profiles/vn/index.ts'
import { plainDay, Refusal } from '../../kernel/index.ts'
import { endedUnits, joinUnits } from './concordance.ts'
import { UnitDirectory } from './directory.ts'
import { type ListedUnit, planList } from './list.ts'
import { builtInRows } from './seed.ts'
import { holdsOn, type UnitRules } from './types.ts'

const OLD = plainDay('2008-08-01')
const NEW = plainDay('2025-07-01')

function directoryOf(profile: typeof vn, demonstration = false): UnitDirectory {
  const { units, successions } = builtInRows(profile, demonstration)
  return new UnitDirectory(profile.units, units, successions)
}

/** An official list of a day: every built-in unit, and what is written below them. */
function listOf(rules: UnitRules, day: string, below: readonly string[]): ListedUnit[] {
  const top = rules.builtIn
    .filter((fact) => holdsOn(fact, plainDay(day)))
    .map(({ level, code, name, kind }) => {
      const official = rules.kinds.find((one) => one.id === kind && one.level === level)?.official
      return [level, code, name, official ?? '', '']
    })
  return [...top, ...below.map((row) => row.split(','))].map((fields, at) => {
    const [level = '', code = '', name = '', kind = '', parent = ''] = fields
    return { line: at + 2, level, code, name, kind, parent }
  })
}

const plan = (directory: UnitDirectory, day: string, list: readonly ListedUnit[]) =>
  planList(list, { day: plainDay(day), directory, rules: vn.units })

const BEFORE = [
  'district,001,Ba Đình,Quận,01',
  'commune,00001,Phúc Xá,Phường,001',
  'commune,00004,Trúc Bạch,Phường,001',
  'commune,00006,Vĩnh Phúc,Phường,001',
]
const AFTER = ['commune,00004,Ba Đình,Phường,01', 'commune,00008,Ngọc Hà,Phường,01']

function bothGenerations(): UnitDirectory {
  const start = directoryOf(vn)
  const old = start.with(plan(start, OLD, listOf(vn.units, OLD, BEFORE)))
  return old.with(plan(old, NEW, listOf(vn.units, NEW, AFTER)))
}

test('a code means another unit on another day', () => {
  const units = bothGenerations()
  assert.equal(units.unitOn('00004', plainDay('2025-06-30'))?.id, '00004@2008-08-01')
  assert.equal(units.unitOn('00004', NEW)?.id, '00004@2025-07-01')
  assert.equal(units.unitOn('00004', NEW)?.name, 'Ba Đình')
  assert.equal(units.unitOn('00001', NEW), undefined)
  assert.equal(units.unitOn('00004', plainDay('2008-07-31')), undefined)
})

test('the 63 provinces are 34 from 1 July 2025, and their number codes outlive them', () => {
  const units = directoryOf(vn)
  assert.equal(units.childrenOf(null, plainDay('2025-06-30')).length, 63)
  assert.equal(units.childrenOf(null, NEW).length, 34)
  assert.deepEqual(units.successorsOf('02@2008-08-01'), ['08@2025-07-01'])
  // Hà Nội kept its extent: it is the same unit before and after.
  assert.equal(units.unitOn('01', NEW)?.id, '01@2008-08-01')
})

test('a province may change its kind and stay the same unit', () => {
  const units = directoryOf(vn)
  const id = units.unitOn('75', NEW)?.id ?? ''
  assert.equal(units.titleOf(id, 'vi', plainDay('2026-04-29')), 'Tỉnh Đồng Nai')
  assert.equal(units.titleOf(id, 'vi', plainDay('2026-04-30')), 'Thành phố Đồng Nai')
})

test('the way up goes from the commune over the district of its day to the nation', () => {
  const units = bothGenerations()
  assert.deepEqual(units.pathOf('00001@2008-08-01'), [
    '00001@2008-08-01',
    '001@2008-08-01',
    '01@2008-08-01',
    'nation',
  ])
  assert.deepEqual(units.pathOf('00004@2025-07-01'), [
    '00004@2025-07-01',
    '01@2008-08-01',
    'nation',
  ])
  assert.equal(units.fullTitleOf('00008@2025-07-01', 'en'), 'Ngọc Hà Ward, Hà Nội City')
  assert.equal(units.titleOf('00001@1999-01-01', 'fr'), '00001@1999-01-01')
})

test('people are registered in units of the lowest level of the day', () => {
  const units = bothGenerations()
  assert.ok(units.isResidential('00004@2025-07-01', NEW))
  assert.ok(!units.isResidential('01@2008-08-01', NEW))
  assert.ok(!units.isResidential('001@2008-08-01', plainDay('2020-01-01')))
  assert.ok(!units.isResidential('00001@2008-08-01', NEW))
})

test('a unit is found with or without accents, and narrowed by the unit above', () => {
  const units = bothGenerations()
  const found = (text: string) => units.search(text, { day: NEW }).map((unit) => unit.id)
  assert.deepEqual(found('ngoc ha'), ['00008@2025-07-01'])
  assert.deepEqual(found('Ngọc Hà hà nội'), ['00008@2025-07-01'])
  assert.deepEqual(found('ngoc ha hue'), [])
  assert.deepEqual(found('00008'), ['00008@2025-07-01'])
  assert.deepEqual(found('  '), [])
  assert.equal(found('thanh hoa')[0], '38@2008-08-01')
})

test('the same list again changes nothing', () => {
  const units = bothGenerations()
  const again = plan(units, NEW, listOf(vn.units, NEW, AFTER))
  assert.deepEqual({ ...again }, { opened: [], changed: [], closings: [], closed: 0, rejected: [] })
})

test('a renamed unit is the same unit; one that is no longer listed ends', () => {
  const units = bothGenerations()
  const day = plainDay('2026-01-01')
  const next = plan(units, day, listOf(vn.units, day, ['commune,00004,Ba Đình Mới,Phường,01']))
  assert.deepEqual(next.opened, [])
  assert.deepEqual(
    next.changed.map(({ id, name, from }) => ({ id, name, from })),
    [{ id: '00004@2025-07-01', name: 'Ba Đình Mới', from: day }],
  )
  assert.equal(next.closed, 1)
  const after = units.with(next)
  assert.equal(after.find('00004@2025-07-01', NEW)?.name, 'Ba Đình')
  assert.equal(after.find('00004@2025-07-01', day)?.name, 'Ba Đình Mới')
  assert.equal(after.find('00008@2025-07-01', day), undefined)
})

test('lists of one generation are taken in the order of their days', () => {
  const units = bothGenerations()
  const next = units.with(plan(units, '2026-01-01', listOf(vn.units, '2026-01-01', AFTER.slice(1))))
  // Nothing began on the later day, so an earlier list may still come; then something begins.
  const later = ['commune,00099,Mới,Xã,01']
  const grown = next.with(plan(next, '2026-03-01', listOf(vn.units, '2026-03-01', later)))
  assert.throws(
    () => plan(grown, '2026-02-01', listOf(vn.units, '2026-02-01', AFTER)),
    (error) => error instanceof Refusal && error.code === 'unit.later-list',
  )
})

const disagrees =
  (line: string, more: Record<string, string> = {}) =>
  (error: unknown) => {
    assert.ok(error instanceof Refusal)
    assert.equal(error.code, 'unit.list-disagrees')
    assert.equal(error.details.line ?? '', line)
    for (const [name, value] of Object.entries(more)) assert.equal(error.details[name], value)
    return true
  }

test('a list with codes of its own is refused, naming the row and the official code', () => {
  const units = directoryOf(vn)
  const list = listOf(vn.units, NEW, AFTER)
  const row = list.findIndex(({ name }) => name === 'An Giang')
  const own = list.with(row, { ...(list[row] as ListedUnit), code: '32' })
  assert.throws(
    () => plan(units, NEW, own),
    disagrees(String(row + 2), { expected: '91 An Giang' }),
  )
  const swapped = list.with(row, { ...(list[row] as ListedUnit), name: 'Cà Mau' })
  assert.throws(() => plan(units, NEW, swapped), disagrees(String(row + 2), { code: '91' }))
  assert.throws(() => plan(units, NEW, list.toSpliced(row, 1)), disagrees('', { code: '91' }))
  // The list of the 63 is not the list of this day.
  assert.throws(() => plan(units, NEW, listOf(vn.units, OLD, [])), disagrees('3'))
})

test('a later name or kind of a province is no disagreement, nor is the place of a tone mark', () => {
  const units = directoryOf(vn)
  const list = listOf(vn.units, NEW, AFTER).map((row) =>
    row.code === '75'
      ? { ...row, kind: 'Thành phố' }
      : row.code === '38'
        ? { ...row, name: 'Thanh Hoá' }
        : row,
  )
  assert.equal(plan(units, NEW, list).opened.length, 2)
})

test('each wrong row is rejected with its reason, and the others are taken', () => {
  const units = directoryOf(vn)
  const rows = [
    'commune,00004,Ba Đình,Phường,01',
    'district,001,Ba Đình,Quận,01',
    'commune,4,Ngọc Hà,Phường,01',
    'commune,90101,Ngọc Hà,Phường,01',
    'commune,00008,,Phường,01',
    'commune,00009,Ngọc Hà,Thôn,01',
    'commune,00010,Ngọc Hà,Phường,99',
    'commune,00004,Trùng,Phường,01',
    'hamlet,1,Xóm Mới,Xóm,00004',
  ]
  const { opened, rejected } = plan(units, NEW, listOf(vn.units, NEW, rows))
  assert.deepEqual(
    opened.map((unit) => unit.id),
    ['00004@2025-07-01'],
  )
  assert.deepEqual(rejected.map(({ fault }) => fault).sort(), [
    'code',
    'code',
    'kind',
    'level',
    'level',
    'name',
    'parent',
    'repeated',
  ])
})

test('a row of the same day that says otherwise is rejected; one that is missing refuses the list', () => {
  const units = bothGenerations()
  const other = listOf(vn.units, NEW, ['commune,00004,Khác,Phường,01', AFTER[1] as string])
  assert.deepEqual(
    plan(units, NEW, other).rejected.map(({ fault, field }) => [fault, field]),
    [['differs', 'name']],
  )
  const short = listOf(vn.units, NEW, AFTER.slice(0, 1))
  assert.throws(() => plan(units, NEW, short), disagrees('', { code: '00008' }))
})

test('units of a demonstration are nothing an official list decides on', () => {
  const units = directoryOf(vn, true)
  const { closed, closings } = plan(units, NEW, listOf(vn.units, NEW, AFTER))
  assert.deepEqual([closed, closings.length], [0, 0])
})

test('an old unit goes whole into one new unit, or in part into several, or nobody knows', () => {
  const units = bothGenerations()
  const pairs = [
    { line: 2, old: '00001', new: '00004' },
    { line: 3, old: '00004', new: '00004' },
    { line: 4, old: '00004', new: '00008' },
    { line: 5, old: '77777', new: '00008' },
    { line: 6, old: '00001', new: '88888' },
    { line: 7, old: '01', new: '46' },
  ]
  const joining = joinUnits(pairs, units, NEW)
  assert.deepEqual(joining.successions, [
    { unit: '00001@2008-08-01', successor: '00004@2025-07-01', whole: true },
    { unit: '00004@2008-08-01', successor: '00004@2025-07-01', whole: false },
    { unit: '00004@2008-08-01', successor: '00008@2025-07-01', whole: false },
  ])
  assert.deepEqual(
    joining.rejected.map(({ line, fault }) => [line, fault]),
    [
      [5, 'old-unknown'],
      [6, 'new-unknown'],
      [7, 'old-goes-on'],
    ],
  )
  assert.equal(joining.split, 1)
  assert.equal(joining.unjoined, 1)
  assert.deepEqual(endedUnits(units, NEW), [
    '00001@2008-08-01',
    '00004@2008-08-01',
    '00006@2008-08-01',
  ])
})

test('every profile’s built-in and demonstration units make a directory whose ways end', () => {
  for (const profile of [vn, demo]) {
    const units = directoryOf(profile, true)
    for (const row of units.rows()) {
      const path = units.pathOf(row.id, row.from)
      assert.equal(path.at(-1), 'nation')
      assert.ok(path.length <= 4, row.id)
      const top = units.find(path.at(-2) ?? '')
      assert.equal(top?.parent, null, row.id)
    }
  }
})
