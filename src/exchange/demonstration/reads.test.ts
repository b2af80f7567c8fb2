import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { type TestKernel, testKernel } from '../../../test/kernel.ts'
import { type Actor, ask, findActorByLogin, type Profile } from '../../kernel/index.ts'
import { PROFILES } from '../../profiles.ts'
import { room as register } from '../../register/index.ts'
import { type MyReads, myReads } from '../reads/queries.ts'
import { demonstrateAgencies } from './demonstrate.ts'
import { demonstrateReads } from './reads.ts'
import { readSamples } from './samples.ts'
import { testOperator } from './testing.ts'

const PLAN = { persons: 600, seed: 'reads' }

async function demonstrated(profile: Profile): Promise<TestKernel> {
  const kernel = await testKernel({ profile, now: new Date().toISOString() })
  const operator = {
    ...testOperator(kernel),
    async owner() {
      const client = new pg.Client(kernel.testDatabase.owner)
      await client.connect()
      return client
    },
  }
  await register.demonstrate?.(operator, PLAN)
  await demonstrateAgencies(operator)
  await demonstrateReads(operator)
  return kernel
}

for (const profile of PROFILES) {
  describe(`the demonstration of ${profile.id}`, () => {
    let kernel: TestKernel
    let me: Actor
    before(async () => {
      kernel = await demonstrated(profile)
      const found = await kernel.database.transaction((tx) => findActorByLogin(tx, 'citizen'))
      assert.ok(found)
      me = { ...found, level: 2 }
    })
    after(() => kernel.close())
    const reads = (): Promise<MyReads> =>
      ask(myReads, {}, { kernel, actor: me, purpose: 'own-record' })

    test('a citizen finds questions, a list, a wrong guess, a refusal, and what is sealed', async () => {
      const { lines, hidden, consents, complaints } = await reads()
      const told = lines.flatMap((line) => (line.told === null || line.isOwn ? [] : [line.told]))
      const asked = told.filter(({ operation }) => operation === 'verify')
      assert.ok(asked.some(({ attributes }) => attributes.length > 0))
      assert.ok(asked.some(({ flags }) => flags.includes('not-confirmed')))
      assert.ok(told.some(({ isBulk, subjects }) => isBulk && subjects > 20))
      assert.ok(told.some(({ flags }) => flags.includes('outside-area')))
      assert.ok(told.some(({ outcome, code }) => outcome === 'refused' && code !== null))
      assert.equal(hidden, 1)
      assert.equal(consents.length, 1)
      assert.equal(complaints.length, 1)
    })

    test('everybody a call is tried with is real enough: adult, alive, of a number that is theirs', () => {
      const samples = readSamples(kernel)
      assert.ok(samples.length > 20, `only ${samples.length}`)
      for (const { number } of samples) assert.ok(kernel.profile.number.parse(number).ok, number)
      assert.equal(new Set(samples.map(({ number }) => number)).size, samples.length)
    })

    test('a second start adds nothing', async () => {
      const before = await kernel.count('kernel.audit_event')
      await demonstrateReads(testOperator(kernel))
      assert.equal(await kernel.count('kernel.audit_event'), before)
    })
  })
}
