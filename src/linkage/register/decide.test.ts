import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  couldBe,
  decide,
  type Evidence,
  type FieldTold,
  identify,
  MODULES,
  posteriors,
  statusOf,
} from './decide.ts'

const NOTHING: Evidence = {
  number: 'none',
  contradicts: false,
  oldNumber: 'none',
  name: 'none',
  birth: 'none',
  sex: 'none',
  place: 'none',
  alone: false,
}
const evidence = (more: Partial<Evidence>): Evidence => ({ ...NOTHING, ...more })

const anyEvidence: fc.Arbitrary<Evidence> = fc.record({
  number: fc.constantFrom('none', 'same', 'earlier', 'slip', 'foreign', 'differs'),
  contradicts: fc.boolean(),
  oldNumber: fc.constantFrom('none', 'same', 'slip', 'differs'),
  name: fc.constantFrom('none', 'same', 'folded', 'contradicting', 'near', 'part', 'differs'),
  birth: fc.constantFrom('none', 'same', 'partial', 'slip', 'part', 'differs'),
  sex: fc.constantFrom('none', 'same', 'differs'),
  place: fc.constantFrom('none', 'same', 'differs'),
  alone: fc.boolean(),
})

describe('who a row is', () => {
  test('M1: number, name and birth date', () => {
    for (const name of ['same', 'folded'] as const) {
      assert.equal(identify(evidence({ number: 'same', name, birth: 'same' })), 'number-exact')
      assert.equal(identify(evidence({ number: 'earlier', name, birth: 'same' })), 'number-exact')
    }
  })

  test('M2: an older number by the history of numbers, with name and birth date', () => {
    const e = { oldNumber: 'same', name: 'same', birth: 'same' } as const
    assert.equal(identify(evidence(e)), 'old-number')
    assert.equal(identify(evidence({ ...e, name: 'differs' })), null)
    assert.equal(identify(evidence({ ...e, birth: 'differs' })), null)
  })

  test('M3: name, date, sex and place, where nobody else has them', () => {
    const e = { name: 'same', birth: 'same', sex: 'same', place: 'same', alone: true } as const
    assert.equal(identify(evidence(e)), 'place')
    assert.equal(identify(evidence({ ...e, alone: false })), null)
    assert.equal(identify(evidence({ ...e, sex: 'differs' })), null)
    assert.equal(identify(evidence({ ...e, birth: 'partial' })), null)
  })

  test('a number that is nobody’s and fits its row may be of a person not registered', () => {
    const e = { name: 'same', birth: 'same', sex: 'same', place: 'same', alone: true } as const
    assert.equal(identify(evidence({ ...e, number: 'differs' })), null)
    assert.equal(identify(evidence({ ...e, number: 'differs', contradicts: true })), 'place')
    assert.equal(identify(evidence({ ...e, number: 'foreign' })), 'place')
  })

  test('number agrees but name and date do not = never', () => {
    fc.assert(
      fc.property(anyEvidence, (any) => {
        const e = {
          ...any,
          number: 'same',
          oldNumber: 'none',
          name: 'differs',
          birth: 'differs',
        } as const
        assert.equal(identify(e), null)
        assert.ok(!couldBe(e), 'it is not even told as probable')
      }),
    )
  })

  test('whoever is identified could be the person', () => {
    fc.assert(
      fc.property(anyEvidence, (any) => {
        if (identify(any) !== null) assert.ok(couldBe(any))
      }),
    )
  })

  test('name and date alone never identify nationally: place or a number is required', () => {
    fc.assert(
      fc.property(anyEvidence, (any) => {
        const isAlone =
          ['none', 'foreign', 'differs'].includes(any.number) &&
          ['none', 'differs'].includes(any.oldNumber) &&
          any.place !== 'same'
        if (isAlone) assert.equal(identify(any), null)
      }),
    )
  })

  test('a name that is another’s identifies nobody, whatever agrees beside it', () => {
    fc.assert(
      fc.property(anyEvidence, (any) => {
        assert.equal(identify({ ...any, name: 'differs' }), null)
      }),
    )
  })

  test('a namesake’s number: the name agrees, the birth year contradicts the number', () => {
    const e = { number: 'same', name: 'same', birth: 'differs', contradicts: true } as const
    assert.equal(identify(evidence({ ...e, sex: 'same', place: 'differs' })), null)
    assert.equal(identify(evidence({ ...e, birth: 'part', sex: 'same' })), null)
    assert.equal(identify(evidence({ ...e, birth: 'slip' })), 'number', 'a digit of the year')
  })

  test('a twin’s number: one birth date, one home, another given name', () => {
    const e = { number: 'same', birth: 'same', place: 'same', sex: 'same' } as const
    assert.equal(identify(evidence({ ...e, name: 'differs' })), null)
  })

  test('every rule is reached, and only those of the list', () => {
    const reached = new Set<string | null>()
    fc.assert(
      fc.property(anyEvidence, (any) => {
        reached.add(identify(any))
      }),
      { numRuns: 20_000, seed: 1 },
    )
    assert.deepEqual([...reached].sort(), [...MODULES, null].sort())
  })
})

describe('the chances of candidates', () => {
  const odds = fc.array(fc.double({ min: -60, max: 60, noNaN: true }), { maxLength: 8 })

  test('a register is unique persons: with nobody they sum to 1', () => {
    fc.assert(
      fc.property(odds, (all) => {
        const sum = posteriors(all).reduce((a, b) => a + b, 0)
        assert.ok(sum >= 0 && sum <= 1 + 1e-9)
      }),
    )
  })

  test('one candidate alone has its own odds; two alike share them', () => {
    assert.ok(Math.abs((posteriors([0])[0] ?? 0) - 0.5) < 1e-12)
    const [a = 0, b = 0] = posteriors([20, 20])
    assert.ok(Math.abs(a - 0.5) < 1e-6 && a === b)
  })

  test('another candidate never makes the first likelier', () => {
    fc.assert(
      fc.property(odds, fc.double({ min: -60, max: 60, noNaN: true }), (all, more) => {
        const before = posteriors(all)
        const after = posteriors([...all, more])
        for (const [at, chance] of before.entries()) {
          assert.ok((after[at] ?? 0) <= chance + 1e-12)
        }
      }),
    )
  })
})

describe('what a row comes to', () => {
  const of = (more: Partial<Parameters<typeof decide>[0]>) =>
    decide({ probability: 0, next: 0, module: null, rivals: 0, ...more })

  test('ambiguous: two and more close', () => {
    assert.equal(of({ probability: 0.5, next: 0.45 }), 'ambiguous')
    assert.equal(of({ probability: 0.7, next: 0.2 }), 'ambiguous')
    assert.equal(of({ probability: 0.9, next: 0.05 }), 'probable')
    assert.equal(of({ probability: 0.2, next: 0.2 }), 'not_found')
  })

  test('two persons who both fit by rule are told apart by nobody but a person', () => {
    assert.equal(of({ probability: 1, module: 'number-exact', rivals: 1 }), 'ambiguous')
  })

  test('a rule without a number wants the score to be sure', () => {
    assert.equal(of({ probability: 0.9, module: 'place' }), 'probable')
    assert.equal(of({ probability: 0.9999, module: 'place' }), 'identified')
    assert.equal(of({ probability: 0.3, module: 'number-exact' }), 'identified')
  })

  test('nobody is identified beside another who is nearly as probable', () => {
    for (const module of MODULES) {
      assert.notEqual(of({ probability: 0.6, next: 0.4, module }), 'identified')
    }
  })
})

describe('verified', () => {
  const told: fc.Arbitrary<FieldTold> = fc.constantFrom('match', 'close', 'no_match', 'not_held')

  test('is nobody of whom anything differs', () => {
    fc.assert(
      fc.property(fc.array(told), fc.array(told), (others, beside) => {
        const status = statusOf(others, beside)
        if ([...others, ...beside].includes('no_match')) assert.equal(status, 'mismatch')
        if (status === 'verified') assert.ok(beside.includes('match'))
      }),
    )
  })

  test('is nobody whose name and date are only close: something must agree wholly', () => {
    assert.equal(statusOf([], ['close', 'close']), 'probable')
    assert.equal(statusOf(['match'], ['close', 'close']), 'probable')
    assert.equal(statusOf([], ['close', 'match']), 'verified')
  })
})
