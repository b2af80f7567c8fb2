import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import fc from 'fast-check'
import { Gate } from './gate.ts'

test('work on the same key comes one after the other, on other keys side by side', async () => {
  const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 })
  await fc.assert(
    fc.asyncProperty(fc.array(keys, { minLength: 2, maxLength: 12 }), async (rounds) => {
      const gate = new Gate()
      const inside = new Set<string>()
      let done = 0
      await Promise.all(
        rounds.map((round, index) =>
          gate.through(round, async () => {
            for (const key of round) {
              assert.ok(!inside.has(key), key)
              inside.add(key)
            }
            await setTimeout(index % 3)
            for (const key of round) inside.delete(key)
            done += 1
          }),
        ),
      )
      assert.equal(done, rounds.length)
    }),
    { numRuns: 40 },
  )
})

test('work that fails leaves the gate open', async () => {
  const gate = new Gate()
  await assert.rejects(gate.through(['a'], () => Promise.reject(new Error('no'))))
  assert.equal(await gate.through(['a'], async () => 'yes'), 'yes')
})
