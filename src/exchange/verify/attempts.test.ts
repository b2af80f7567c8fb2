import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Bed, IDENTIFY, NOBODY, NUMBER, openBed, UNTOLD } from './testing.ts'

let bed: Bed
before(async () => {
  bed = await openBed()
})
after(() => bed.close())

describe('attempts at one number', () => {
  for (const [who, number] of [
    ['of somebody', NUMBER],
    ['of nobody', NOBODY],
  ] as const) {
    test(`${who} end after five failures a day, twenty in ninety days`, async () => {
      const agency = await bed.newAgency()
      const guess = { ...IDENTIFY, personal_administrative_number: number, name: 'Ai Đó Khác' }
      const round = async (left: number) => {
        for (let i = 0; i < left; i++) {
          assert.equal((await bed.verify({ identify: guess }, { agency })).response.body, UNTOLD)
        }
        await bed.refusedAs('attempts.spent', { identify: guess }, { agency })
      }
      try {
        for (const day of ['16', '17', '18', '19']) {
          bed.kernel.setNow(`2026-10-${day}T03:00:00.000Z`)
          await round(5)
        }
        bed.kernel.setNow('2026-10-20T03:00:00.000Z')
        await round(0)
        // Ninety days after the first one the counting begins anew.
        bed.kernel.setNow('2027-01-15T03:00:00.000Z')
        await round(5)
      } finally {
        bed.kernel.setNow('2026-10-16T03:00:00.000Z')
      }
    })
  }

  test('sent all at once are judged one after the other: the right one may come too late', async () => {
    const agency = await bed.newAgency()
    const guesses = Array.from({ length: 30 }, (_, day) => ({
      ...IDENTIFY,
      birthdate: `1997-01-${String(day + 1).padStart(2, '0')}`,
    }))
    const answers = await Promise.all(
      guesses.map((identify) => bed.verify({ identify }, { agency })),
    )
    const untold = answers.filter(({ response }) => response.body === UNTOLD)
    const refused = answers.filter(({ body }) => body.code === 'attempts.spent')
    assert.equal(untold.length, 5)
    assert.equal(refused.length, 25)
  })

  test('of one agency are not those of another, and a success is none', async () => {
    const agency = await bed.newAgency()
    for (let i = 0; i < 12; i++) {
      assert.equal((await bed.verify({ identify: IDENTIFY }, { agency })).body.result, 'confirmed')
    }
  })

  test('count a wrong attribute and a wrong place of residence of somebody confirmed', async () => {
    const agency = await bed.newAgency()
    const at = (resides_in: string) =>
      bed.verify({ identify: IDENTIFY, predicates: { resides_in } }, { agency })
    for (let i = 0; i < 5; i++) assert.equal((await at('26774')).body.predicates.resides_in, false)
    assert.equal((await at('26773')).body.code, 'attempts.spent')
  })
})
