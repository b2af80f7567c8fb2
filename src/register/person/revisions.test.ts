import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { addDays, type Instant, instantOf, type PlainDay } from '../../kernel/index.ts'
import type { Revision } from '../facts.ts'
import type { ActId, PersonId } from '../types.ts'
import { birthShift, gaps, type OwnedFact, reversalOf } from './revisions.ts'

const FIRST = '2000-01-01' as PlainDay
const DAYS = 20
const day = (at: number): PlainDay => addDays(FIRST, at)
const END = '9999-12-31'

/** What `revise` does to the table, on a list. */
function applied(rows: readonly OwnedFact[], revisions: readonly Revision[], act: number) {
  const actId = `act-${act}` as ActId
  const at = instantOf(act * 1000) as Instant
  const next: OwnedFact[] = []
  for (const row of rows) {
    const cover = revisions.filter(
      (one) =>
        one.personId === row.personId &&
        one.kind === row.kind &&
        (one.key ?? '') === row.key &&
        one.from < (row.to ?? END) &&
        row.from < (one.to ?? END),
    )
    if (row.supersededAt !== null || cover.length === 0) next.push(row)
    else {
      next.push({ ...row, supersededAt: at, supersededBy: actId })
      const spans = cover.map(({ from, to }) => ({ from, to: to ?? null }))
      for (const days of gaps(row, spans)) next.push({ ...row, ...days, recordedAt: at })
    }
  }
  for (const { personId, kind, key, from, to, value } of revisions) {
    if (value === null) continue
    const fact = { personId, kind, key: key ?? '', from, to: to ?? null, value, actId }
    next.push({ ...fact, recordedAt: at, supersededAt: null, supersededBy: null })
  }
  return next
}

/** The believed value of each day, by slot. */
function believed(rows: readonly OwnedFact[]): Record<string, unknown[]> {
  const all: Record<string, unknown[]> = {}
  for (const row of rows) {
    if (row.supersededAt !== null) continue
    const slot = `${row.personId} ${row.kind} ${row.key}`
    const days = all[slot] ?? Array(DAYS).fill(null)
    all[slot] = days
    for (let d = 0; d < DAYS; d++) {
      if (row.from <= day(d) && day(d) < (row.to ?? END)) days[d] = row.value
    }
  }
  return Object.fromEntries(Object.entries(all).filter(([, days]) => days.some((v) => v !== null)))
}

const arbitrary = fc.record({
  person: fc.constantFrom('a', 'b'),
  kind: fc.constantFrom('religion', 'marital'),
  value: fc.option(fc.constantFrom('x', 'y', 'z'), { freq: 3 }),
  from: fc.integer({ min: 0, max: DAYS - 1 }),
  length: fc.option(fc.integer({ min: 1, max: DAYS }), { freq: 2 }),
})

type Said = typeof arbitrary extends fc.Arbitrary<infer One> ? One : never
const revisionOf = ({ person, kind, value, from, length }: Said): Revision =>
  ({
    personId: person as PersonId,
    kind,
    key: '',
    from: day(from),
    to: length === null ? null : day(from + length),
    value,
  }) as Revision

/** One act may say something of each slot once. */
const anAct = fc.uniqueArray(arbitrary, {
  minLength: 1,
  maxLength: 4,
  selector: ({ person, kind }) => person + kind,
})

describe('taking an act back', () => {
  test('leaves everything as it was before, if nothing came after', () => {
    fc.assert(
      fc.property(fc.array(anAct, { minLength: 1, maxLength: 6 }), (acts) => {
        let rows: OwnedFact[] = []
        let before = believed(rows)
        for (const [at, act] of acts.entries()) {
          before = believed(rows)
          rows = applied(rows, act.map(revisionOf), at + 1)
        }
        const last = new Set([`act-${acts.length}` as ActId])
        const { restored, removed } = reversalOf(rows, last)
        const after = applied(rows, [...restored, ...removed], acts.length + 1)
        assert.deepEqual(believed(after), before)
      }),
    )
  })

  test('never touches a day of which a later act has said something', () => {
    fc.assert(
      fc.property(fc.array(anAct, { minLength: 2, maxLength: 6 }), fc.nat(4), (acts, which) => {
        let rows: OwnedFact[] = []
        for (const [at, act] of acts.entries()) rows = applied(rows, act.map(revisionOf), at + 1)
        const back = (which % (acts.length - 1)) + 1
        const { restored, removed } = reversalOf(rows, new Set([`act-${back}` as ActId]))
        const after = applied(rows, [...restored, ...removed], acts.length + 1)
        for (const later of acts.slice(back).flat()) {
          const one = revisionOf(later)
          const slot = `${one.personId} ${one.kind} `
          if (one.value === null) continue
          for (let d = 0; d < DAYS; d++) {
            const row = rows.find(
              (r) =>
                r.supersededAt === null &&
                `${r.personId} ${r.kind} ` === slot &&
                Number(r.actId.slice(4)) > back &&
                r.from <= day(d) &&
                day(d) < (r.to ?? END),
            )
            if (row !== undefined) assert.equal(believed(after)[slot]?.[d], row.value)
          }
        }
      }),
    )
  })
})

describe('days that no other covers', () => {
  const span = fc
    .record({ from: fc.nat(DAYS), length: fc.option(fc.integer({ min: 1, max: DAYS })) })
    .map(({ from, length }) => ({
      from: day(from),
      to: length === null ? null : day(from + length),
    }))
  test('are exactly the days of the span that are in none of the others', () => {
    fc.assert(
      fc.property(span, fc.array(span, { maxLength: 6 }), (whole, others) => {
        const left = gaps(whole, others)
        const within = (d: PlainDay) => (one: { from: PlainDay; to: PlainDay | null }) =>
          one.from <= d && d < (one.to ?? END)
        for (let at = 0; at < DAYS * 3; at++) {
          const d = day(at)
          const expected = within(d)(whole) && !others.some(within(d))
          assert.equal(left.some(within(d)), expected, d)
        }
      }),
    )
  })
})

describe('another day of birth', () => {
  const fact = (from: number, to: number | null = null): OwnedFact => ({
    personId: 'a' as PersonId,
    kind: 'religion',
    key: '',
    value: 'x',
    from: day(from),
    to: to === null ? null : day(to),
    actId: 'act-1' as ActId,
    recordedAt: instantOf(1000),
    supersededAt: null,
    supersededBy: null,
  })
  test('earlier: what held from birth holds from the new day, what came later does not', () => {
    const moved = birthShift([fact(10), fact(12)], { before: day(10), after: day(4) })
    assert.deepEqual(
      moved.map(({ from, to, value }) => [from, to, value]),
      [[day(4), day(10), 'x']],
    )
  })
  test('later: nothing holds before it', () => {
    const moved = birthShift([fact(2, 5), fact(2), fact(15)], { before: day(2), after: day(10) })
    assert.deepEqual(
      moved.map(({ from, to, value }) => [from, to, value]),
      [
        [day(2), day(5), null],
        [day(2), day(10), null],
      ],
    )
  })
})
