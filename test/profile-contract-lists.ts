import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { LANGUAGES } from '../src/kernel/formats.ts'
import type { Coded, Fault, Profile, UnitFact, Words } from '../src/kernel/profile.ts'
import { addDays, dayOfEpoch, plainDay, weekdayOf } from '../src/kernel/time.ts'
import { addWorkingDays, isWorkingDay, workingDaysBetween } from '../src/kernel/working-days.ts'

/** Days on which anything changes, and the days before them. */
const turningDays = (facts: readonly UnitFact[]) =>
  [...new Set(facts.flatMap(({ from, to }) => [from, ...(to === null ? [] : [to])]))].flatMap(
    (day) => [day, addDays(day, -1)],
  )

export function units({ id, units, number }: Profile): void {
  const demonstration = units.demonstration()
  const facts = [...units.builtIn, ...demonstration]
  const validOn = (day: string): readonly UnitFact[] =>
    facts.filter(({ from, to }) => from <= day && (to === null || day < to))

  test(`${id}: on any day a code names one unit, and its parent is a unit of that day`, () => {
    assert.ok(demonstration.length > 0)
    for (const day of turningDays(facts)) {
      const valid = validOn(day)
      const byCode = new Map(valid.map((fact) => [fact.code, fact]))
      assert.equal(byCode.size, valid.length, day)
      for (const { code, parent } of valid) {
        assert.ok(parent === null || byCode.has(parent), `${code} on ${day}`)
      }
    }
  })

  test(`${id}: rows of one unit follow each other without a gap and keep its level`, () => {
    for (const rows of Map.groupBy(facts, ({ code, since }) => `${code}@${since}`).values()) {
      const sorted = [...rows].sort((a, b) => (a.from < b.from ? -1 : 1))
      assert.equal(sorted[0]?.from, sorted[0]?.since)
      for (const [at, row] of sorted.entries()) {
        const next = sorted[at + 1]
        assert.equal(row.level, sorted[0]?.level)
        if (next !== undefined) assert.equal(row.to, next.from)
        assert.equal(row.successors !== undefined, next === undefined && row.to !== null, row.code)
      }
    }
  })

  test(`${id}: a unit that ended went into units of the day it ended`, () => {
    let merged = 0
    for (const { code, to, successors = [] } of facts) {
      for (const successor of successors) {
        assert.ok(
          validOn(to ?? '').some((next) => next.code === successor),
          `${code}: ${successor}`,
        )
        merged++
      }
    }
    assert.ok(merged > 0)
  })

  test(`${id}: levels, kinds, codes and generations agree`, () => {
    const levels = new Map(units.levels.map((level) => [level.id, level]))
    for (const { code, level, kind } of facts) {
      assert.equal(units.kinds.find((one) => one.id === kind && one.level === level)?.level, level)
      const patterns = levels.get(level)
      assert.ok(patterns?.code.test(code) || patterns?.demonstrationCode.test(code), code)
    }
    for (const { code, level } of demonstration) {
      assert.match(code, levels.get(level)?.demonstrationCode ?? /^$/)
      assert.doesNotMatch(code, levels.get(level)?.code ?? /^/, 'no official list may use it')
    }
    for (const { level, from } of facts) {
      const generation = units.generations.findLast((one) => one.from <= from)
      assert.ok(generation?.levels.includes(level), `${level} from ${from}`)
    }
    for (const { code } of units.builtIn) assert.notEqual(number.placeOf(code), null, code)
  })
}

export function days({ id, calendar }: Profile): void {
  const start = fc.integer({ min: 18_300, max: 24_800 }).map(dayOfEpoch)

  test(`${id}: the n-th working day is worked, and n working days lie up to it`, () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 2, max: 90 }), (from, n) => {
        const due = addWorkingDays(from, n, calendar)
        assert.ok(due > from && isWorkingDay(due, calendar))
        assert.equal(workingDaysBetween(from, due, calendar), n)
        assert.equal(addWorkingDays(addWorkingDays(from, n - 1, calendar), 1, calendar), due)
      }),
    )
  })

  test(`${id}: nobody works on a holiday; an exchanged day is worked in place of another`, () => {
    for (let year = 2020; year <= 2035; year++) {
      const holidays = calendar.holidays(year)
      assert.ok(holidays.length > 0)
      assert.equal(new Set(holidays.map(({ day }) => day)).size, holidays.length, 'no day twice')
      for (const { day } of holidays) {
        assert.equal(day.slice(0, 4), String(year))
        assert.ok(!isWorkingDay(day, calendar), day)
      }
    }
    for (const { off, worked } of calendar.swaps) {
      assert.ok(!isWorkingDay(off, calendar) && isWorkingDay(worked, calendar))
      assert.ok(calendar.weekend.includes(weekdayOf(worked)))
    }
    assert.equal(addWorkingDays(plainDay('2026-06-03'), 0, calendar), '2026-06-03')
  })
}

function inAllLanguages(words: Words, what: string): void {
  for (const lang of LANGUAGES) {
    const text = words[lang]
    assert.ok(text.trim() !== '', `${what} in ${lang}`)
    assert.equal(text, text.normalize('NFC'), `${what} in ${lang}`)
    assert.ok(!text.includes("'"), `${what} in ${lang} has a straight apostrophe`)
  }
}

export function words(profile: Profile): void {
  const { id, codes, purposes, legalBases, roles, state, number, names, units, calendar } = profile

  test(`${id}: every code is in its list once and has words in three languages`, () => {
    const lists: Readonly<Record<string, readonly Coded[]>> = {
      ...codes,
      purposes,
      legalBases,
      reestablishedBy: number.reestablishedBy,
      cancelledBy: number.cancelledBy,
    }
    for (const [name, list] of Object.entries(lists)) {
      assert.ok(list.length > 0, name)
      assert.equal(new Set(list.map(({ code }) => code)).size, list.length, name)
      for (const { code, words } of list) inAllLanguages(words, `${name} ${code}`)
    }
  })

  test(`${id}: whatever a person reads is there in three languages`, () => {
    for (const [name, { words }] of Object.entries(roles)) inAllLanguages(words, name)
    for (const { id: level, words } of units.levels) inAllLanguages(words, level)
    for (const kind of units.kinds) {
      inAllLanguages(kind.title, kind.id)
      for (const lang of LANGUAGES) assert.ok(kind.title[lang].includes('{name}'), kind.id)
    }
    const faults: readonly Fault[] = [
      ...Object.values<Fault>(number.faults),
      ...Object.values<Fault>(names.faults),
    ]
    for (const { reason, remedy } of faults) {
      inAllLanguages(reason, 'reason')
      inAllLanguages(remedy, 'remedy')
    }
    for (const one of Object.values<Words>(names.repairWords)) inAllLanguages(one, 'repair')
    for (const { words } of calendar.holidays(2026)) inAllLanguages(words, 'holiday')
    const { name, country, registerOffice, motto } = state
    for (const one of [name, country, registerOffice, number.words, calendar.source]) {
      inAllLanguages(one, 'state')
    }
    if (motto !== null) inAllLanguages(motto, 'motto')
    for (const old of number.old) inAllLanguages(old.words, old.id)
  })

  test(`${id}: a purpose rests on laws the profile cites`, () => {
    const cited = new Set(legalBases.map(({ code }) => code))
    for (const { code, legalBases: laws } of purposes) {
      assert.ok(laws.length > 0, code)
      for (const law of laws) assert.ok(cited.has(law), `${code}: ${law}`)
    }
  })

  test(`${id}: the people of the nation are told in codes of its lists`, () => {
    const has = (list: readonly Coded[], code: string): boolean =>
      list.some((coded) => coded.code === code)
    for (const group of profile.population.groups) {
      assert.ok(has(codes.ethnicity, group.ethnicity), group.ethnicity)
      for (const item of group.religions.split(/,\s*/)) {
        const religion = item.trim().split(/\s+/)[0] ?? ''
        assert.ok(religion === '-' || has(codes.religion, religion), religion)
      }
    }
    for (const item of profile.population.countries.split(/,\s*/)) {
      assert.ok(has(codes.nationality, item.trim().split(/\s+/)[0] ?? ''), item)
    }
    assert.ok(has(codes.nationality, profile.country))
    for (const relation of ['head', 'spouse', 'child', 'parent', 'other-relative', 'not-related']) {
      assert.ok(has(codes['relation-to-head'], relation), relation)
    }
    const oldest = profile.units.generations[0]?.from ?? ''
    for (const { code } of profile.population.provinces) {
      const known = units.builtIn.some((unit) => unit.code === code && unit.from === oldest)
      assert.ok(known, `province ${code}`)
    }
  })
}
