import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { type PlainDay, plainDay } from '../../kernel/index.ts'
import { type Agreement, ATTRIBUTES, OPERATIONS, type Predicate } from '../types.ts'
import { compileAgreements, decide, type Wish } from './agreement.ts'

const BASE: Agreement = {
  id: '00000000-0000-7000-8000-0000000000a1',
  agencyId: 'bank',
  operations: ['verify'],
  purpose: 'account-opening',
  legalBasis: 'law-26-2023.art-10',
  attributes: ['name', 'birthdate'],
  predicates: ['age_over_18', 'alive'],
  scope: { kind: 'all' },
  close: false,
  assurance: 2,
  onlinePerDay: 1000,
  bulkPerDay: 0,
  from: plainDay('2026-01-01'),
  to: plainDay('2027-01-01'),
  approvedBy: ['officer-1', 'officer-2'],
}
const WISH: Wish = {
  agencyId: 'bank',
  operation: 'verify',
  purpose: 'account-opening',
  attributes: ['name'],
  predicates: [],
  day: plainDay('2026-06-01'),
}
const decideOn = (agreements: readonly Agreement[], wish: Partial<Wish> = {}) =>
  decide(compileAgreements(agreements), { ...WISH, ...wish })

test('without an agreement nothing is allowed', () => {
  assert.deepEqual(decideOn([]), { allowed: false, reason: 'none' })
  for (const other of [
    { agencyId: 'school' },
    { operation: 'verify.batch' as const },
    { purpose: 'curiosity' },
  ]) {
    assert.deepEqual(decideOn([BASE], other), { allowed: false, reason: 'none' })
  }
})

test('an agreement holds from its first day up to, not including, its last', () => {
  const on = (day: string) => decideOn([BASE], { day: plainDay(day) })
  assert.deepEqual(on('2025-12-31'), { allowed: false, reason: 'not-in-force' })
  assert.ok(on('2026-01-01').allowed)
  assert.ok(on('2026-12-31').allowed)
  assert.deepEqual(on('2027-01-01'), { allowed: false, reason: 'not-in-force' })
})

test('one approver, or the same one twice, makes no agreement', () => {
  for (const approvedBy of [[], ['officer-1'], ['officer-1', 'officer-1']]) {
    assert.equal(decideOn([{ ...BASE, approvedBy }]).allowed, false)
  }
})

test('the wish is cut down to what was agreed, and the rest is named', () => {
  const decision = decideOn([BASE], {
    attributes: ['name', 'ethnicity', 'birthdate'],
    predicates: ['age_over_18', 'age_over_60', 'resides_in'],
  })
  assert.ok(decision.allowed)
  assert.deepEqual(decision.attributes, ['name', 'birthdate'])
  assert.deepEqual(decision.predicates, ['age_over_18'])
  assert.deepEqual(decision.excess, ['ethnicity', 'age_over_60', 'resides_in'])
})

describe('the decision id', () => {
  const idOf = (agreement: Agreement, wish: Partial<Wish> = {}) => {
    const decision = decideOn([agreement], wish)
    assert.ok(decision.allowed)
    return decision.id
  }
  test('is the same for the same text and the same answer', () => {
    assert.equal(idOf(BASE), idOf({ ...BASE, attributes: ['birthdate', 'name'] }))
    assert.equal(idOf(BASE), idOf(BASE, { attributes: ['name', 'religion' as 'name'] }))
  })
  test('differs when anything agreed differs', () => {
    const others: Agreement[] = [
      { ...BASE, legalBasis: 'other' },
      { ...BASE, close: true },
      { ...BASE, scope: { kind: 'unit', unit: '79@2025-07-01' } },
      { ...BASE, onlinePerDay: 1001 },
      { ...BASE, to: null },
      { ...BASE, approvedBy: ['officer-1', 'officer-3'] },
      { ...BASE, attributes: [...BASE.attributes, 'sex'] },
    ]
    assert.equal(new Set([BASE, ...others].map((one) => idOf(one))).size, others.length + 1)
  })
  test('differs when what is allowed differs', () => {
    assert.notEqual(idOf(BASE), idOf(BASE, { attributes: ['name', 'birthdate'] }))
    assert.notEqual(idOf(BASE), idOf(BASE, { predicates: ['alive'] }))
  })
})

/** The same rules said as plainly as possible: filter, count, sort, cut. */
function naive(agreements: readonly Agreement[], wish: Wish) {
  const allowedBy = (one: Agreement) => ({
    attributes: wish.attributes.filter((name) => one.attributes.includes(name)),
    predicates: wish.predicates.filter((name) => one.predicates.includes(name)),
  })
  const signed = agreements
    .filter((one) => one.approvedBy.some((who) => who !== one.approvedBy[0]))
    .filter((one) => one.agencyId === wish.agencyId && one.purpose === wish.purpose)
    .filter((one) => one.operations.includes(wish.operation))
  if (signed.length === 0) return 'none'
  const [best] = signed
    .filter((one) => wish.day >= one.from && !(one.to !== null && wish.day >= one.to))
    .map((one) => ({ id: one.id, from: one.from, ...allowedBy(one) }))
    .sort(
      (a, b) =>
        b.attributes.length + b.predicates.length - a.attributes.length - a.predicates.length ||
        (a.from + a.id < b.from + b.id ? -1 : 1),
    )
  return best ?? 'not-in-force'
}

test('decisions agree with a naive reading of the rules on random agreements', () => {
  const day = fc
    .integer({ min: 1, max: 28 })
    .map((n) => plainDay(`2026-02-${String(n).padStart(2, '0')}`))
  const predicates: Predicate[] = ['age_over_18', 'age_over_60', 'alive', 'resides_in']
  const agreement = fc.record({
    agencyId: fc.constantFrom('bank', 'school'),
    operations: fc.subarray([...OPERATIONS], { minLength: 1 }),
    purpose: fc.constantFrom('p', 'q'),
    attributes: fc.subarray([...ATTRIBUTES]),
    predicates: fc.subarray(predicates),
    from: day,
    to: fc.option(day),
    approvedBy: fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 4 }),
  })
  const wish = fc.record({
    agencyId: fc.constantFrom('bank', 'school', 'nobody'),
    operation: fc.constantFrom(...OPERATIONS),
    purpose: fc.constantFrom('p', 'q'),
    attributes: fc.subarray([...ATTRIBUTES]),
    predicates: fc.subarray(predicates),
    day,
  })
  let allowed = 0
  fc.assert(
    fc.property(fc.array(agreement, { maxLength: 30 }), wish, (drafts, asked) => {
      const agreements = drafts.map(
        (draft, index): Agreement => ({ ...BASE, ...draft, id: `id-${index}` }) as Agreement,
      )
      const plain = naive(agreements, asked as Wish)
      const decision = decide(compileAgreements(agreements), asked as Wish)
      if (typeof plain === 'string') {
        assert.deepEqual(decision, { allowed: false, reason: plain })
        return
      }
      allowed += 1
      assert.ok(decision.allowed)
      assert.equal(decision.agreement.id, plain.id)
      assert.deepEqual(decision.attributes, plain.attributes)
      assert.deepEqual(decision.predicates, plain.predicates)
    }),
    { numRuns: 5000 },
  )
  assert.ok(allowed > 200, `only ${allowed} were allowed`)
})

test('a decision among a thousand agreements takes a few microseconds', (t) => {
  const agreements = Array.from({ length: 1000 }, (_, index) => ({
    ...BASE,
    id: `id-${index}`,
    agencyId: `agency-${index % 250}`,
  }))
  const map = compileAgreements(agreements)
  const wish: Wish = {
    ...WISH,
    agencyId: 'agency-7',
    attributes: ['name', 'birthdate'],
    predicates: ['alive'],
    day: '2026-03-01' as PlainDay,
  }
  for (let i = 0; i < 20_000; i++) decide(map, wish)
  const rounds = Array.from({ length: 7 }, () => {
    const begun = process.hrtime.bigint()
    for (let i = 0; i < 10_000; i++) decide(map, wish)
    return Number(process.hrtime.bigint() - begun) / 10_000_000
  })
  const best_us = Math.min(...rounds)
  // A look-up, not a search: fifty times the goal of 5 µs would be a different algorithm.
  assert.ok(best_us < 250, `${best_us} µs`)
  t.diagnostic(`decide: ${best_us.toFixed(2)} µs`)
})
