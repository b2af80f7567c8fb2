import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { agreementOf, differing, intervalOf, maskNumbers, outcomeOf } from './rules.ts'

test('two who say the same settle a pair; two who differ, or do not know, settle nothing', () => {
  const same = (chosen: number) => ({ decision: 'same', chosen }) as const
  const different = { decision: 'different', chosen: null } as const
  const unclear = { decision: 'unclear', chosen: null } as const
  assert.deepEqual(outcomeOf(same(1), same(1)), same(1))
  assert.deepEqual(outcomeOf(different, different), different)
  assert.equal(outcomeOf(same(1), same(2)), 'disputed')
  assert.equal(outcomeOf(same(1), different), 'disputed')
  assert.equal(outcomeOf(unclear, unclear), 'disputed')
})

test('Cohen’s kappa is that of his worked examples', () => {
  // 20 and 15 agreed of 50, marginals 25/25 and 30/20: kappa 0.4.
  const { kappa, observed, pairs } = agreementOf({
    'same same': 20,
    'same different': 5,
    'different same': 10,
    'different different': 15,
  })
  assert.equal(pairs, 50)
  assert.equal(observed, 0.7)
  assert.ok(Math.abs((kappa ?? 0) - 0.4) < 1e-12)
  assert.equal(agreementOf({ 'same same': 9 }).kappa, null, 'one word only: nothing to measure')
  assert.equal(agreementOf({}).kappa, null)
})

test('an interval holds its share and narrows as more is seen', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (seen, part) => {
        const right = Math.round(seen * part)
        const [low, high] = intervalOf(right, seen)
        assert.ok(low <= right / seen + 1e-9 && right / seen <= high + 1e-9)
        const [lower, higher] = intervalOf(right * 100, seen * 100)
        assert.ok(higher - lower < high - low)
      },
    ),
  )
  assert.deepEqual(intervalOf(0, 0), [0, 1])
})

test('what differs is marked on both sides, and nothing is lost', () => {
  const marked = (text: readonly { text: string; differs: boolean }[]) =>
    text.map((one) => (one.differs ? `[${one.text}]` : one.text)).join('')
  const [left, right] = differing('Nguyễn Thị Minh Hằng', 'Nguyễn Thị Minh Hạnh')
  assert.equal(marked(left), 'Nguyễn Thị Minh H[ằ]n[g]')
  assert.equal(marked(right), 'Nguyễn Thị Minh H[ạ]n[h]')
  assert.equal(marked(differing('THI', 'Thị')[1]), 'Th[ị]', 'capitals are a way of writing')
  assert.equal(marked(differing('••••72••2915', '••••97••4821')[0]), '••••[72]••[2915]')
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), fc.string({ maxLength: 30 }), (a, b) => {
      const [one, other] = differing(a, b)
      assert.equal(one.map(({ text }) => text).join(''), a)
      assert.equal(other.map(({ text }) => text).join(''), b)
      const common = (list: typeof one) =>
        list
          .filter(({ differs }) => !differs)
          .map(({ text }) => text)
          .join('')
      assert.equal(common(one).toLowerCase(), common(other).toLowerCase())
    }),
  )
})

test('of a number only what differs and its end is shown', () => {
  assert.deepEqual(maskNumbers('036172002915', '036197004821'), ['••••72••2915', '••••97••4821'])
  assert.deepEqual(maskNumbers('036172002915', '036172002915'), ['•••••••••915', '•••••••••915'])
  assert.deepEqual(maskNumbers('036172002915', null), ['•••••••••915', null])
  assert.deepEqual(maskNumbers('123456789', '036172002915'), ['••••••789', '•••••••••915'])
})
