import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import test from 'node:test'
import { entitle, type UnitFact } from '../../src/kernel/profile.ts'
import { names } from './names.ts'
import { oldProvinces, provinces } from './provinces.ts'
import { units } from './units.ts'

const validOn = (day: string): readonly UnitFact[] =>
  provinces.filter(({ from, to }) => from <= day && (to === null || day < to))

test('63 provinces until 30 June 2025 and 34 since; eleven kept their extent', () => {
  assert.equal(validOn('2025-06-30').length, 63)
  assert.equal(validOn('2025-07-01').length, 34)
  const kept = validOn('2025-07-01').filter(({ since }) => since < '2025-07-01')
  assert.equal(kept.length, 11)
  assert.deepEqual(
    provinces.filter(({ name }) => /[\n\t]| {2}/.test(name)),
    [],
    'no name keeps a line break',
  )
})

test('kind and name are dated: Huế a city in 2025, Đồng Nai in April 2026', () => {
  const of = (code: string, day: string) => {
    const fact = validOn(day).find((one) => one.code === code)
    return `${fact?.kind} ${fact?.name} ${fact?.since}`
  }
  assert.equal(of('46', '2024-12-31'), 'province Thừa Thiên Huế 2008-08-01')
  assert.equal(of('46', '2025-01-01'), 'municipality Huế 2008-08-01')
  assert.equal(of('75', '2026-04-29'), 'province Đồng Nai 2025-07-01')
  assert.equal(of('75', '2026-04-30'), 'municipality Đồng Nai 2025-07-01')
  const cities = (day: string) => validOn(day).filter(({ kind }) => kind === 'municipality').length
  assert.deepEqual([cities('2024-12-31'), cities('2025-07-01'), cities('2026-07-01')], [5, 6, 7])
})

test('a code that outlived a merger may bear another name: 91 was Kiên Giang, is An Giang', () => {
  const named = (code: string, day: string) => validOn(day).find((one) => one.code === code)?.name
  assert.equal(named('91', '2025-06-30'), 'Kiên Giang')
  assert.equal(named('91', '2025-07-01'), 'An Giang')
  assert.equal(named('89', '2025-07-01'), undefined)
})

test('titles are written as each language does', () => {
  const ward = units.kinds.find(({ id }) => id === 'ward')
  assert.ok(ward !== undefined)
  assert.equal(entitle(ward.title, 'Ba Đình', 'vi'), 'Phường Ba Đình')
  assert.equal(entitle(ward.title, 'Ba Đình', 'en'), 'Ba Đình Ward')
  assert.equal(entitle(ward.title, '12', 'en'), 'Ward 12')
  assert.equal(entitle(ward.title, 'Ba Đình', 'fr'), 'quartier de Ba Đình')
  assert.equal(entitle(ward.title, 'Ô Chợ Dừa', 'fr'), 'quartier d’Ô Chợ Dừa')
})

test('ten new communes and thirty old ones stand for every old province; some split', () => {
  const demonstration = units.demonstration()
  const communes = demonstration.filter(({ level }) => level === 'commune')
  assert.equal(communes.filter(({ to }) => to !== null).length, 63 * 30)
  assert.equal(communes.filter(({ to }) => to === null).length, 63 * 10)
  const split = communes.filter(({ successors = [] }) => successors.length > 1).length
  assert.ok(split > 20 && split < 63)
  assert.deepEqual(units.demonstration(), demonstration, 'the same every time')
})

const DATA = new URL('../../../shared/data/units/', import.meta.url)
const skip = existsSync(DATA) ? false : 'the official lists are not here'
const rows = (file: string): string[][] =>
  readFileSync(new URL(file, DATA), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','))

test('the official lists agree with the built-in provinces', { skip }, () => {
  const lists = {
    'units-before-2025-07-01.csv': '2025-06-30',
    'units-2025-07-01.csv': '2026-05-01',
  }
  for (const [file, day] of Object.entries(lists)) {
    const listed = rows(file).filter(([level]) => level === 'province')
    assert.equal(listed.length, validOn(day).length)
    for (const [, code, name = '', official] of listed) {
      const fact = validOn(day).find((one) => one.code === code)
      assert.ok(fact !== undefined, code)
      assert.ok(['same', 'tone-placement'].includes(names.compare(name, fact.name)), name)
      const kind = units.kinds.find((one) => one.level === 'province' && one.id === fact.kind)
      assert.equal(kind?.official, official, name)
    }
  }
})

test('63 went into 34 as the official concordance says', { skip }, () => {
  const concordance = rows('provinces-old-to-new.csv').map(([from, to]) => `${from} ${to}`)
  assert.deepEqual(
    oldProvinces.map(({ code, into }) => `${code} ${into}`),
    concordance,
  )
})

test('codes and kinds of the official lists fit; demonstration codes are in none', { skip }, () => {
  const patterns = new Map(units.levels.map((level) => [level.id, level]))
  let seen = 0
  for (const file of ['units-before-2025-07-01.csv', 'units-2025-07-01.csv']) {
    for (const [level = '', code = '', , official] of rows(file)) {
      assert.match(code, patterns.get(level)?.code ?? /^$/)
      assert.doesNotMatch(code, patterns.get(level)?.demonstrationCode ?? /^/)
      const kind = units.kinds.find((one) => one.level === level && one.official === official)
      assert.ok(kind !== undefined, `${level} ${official}`)
      seen++
    }
  }
  assert.equal(seen, 63 + 696 + 10_035 + 34 + 3_321)
})
