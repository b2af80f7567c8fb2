import assert from 'node:assert/strict'
import test from 'node:test'
import { uuidv7 } from '../src/kernel/index.ts'
import { issueNumbers } from '../src/register/identifier/issue.ts'
import type { NumberWish } from '../src/register/identifier/rules.ts'
import { PROFILES, stageOf } from '../src/register/testing.ts'

/** In the invented country a place and year have 10,000 serials: a million would use up many. */
const NUMBERS: Readonly<Record<string, number>> = { vn: 1_000_000, demo: 200_000 }
const BATCH = 5_000
const AT_ONCE = 8
const SINGLY = 4_000

interface Spread {
  readonly places: readonly string[]
  readonly years: readonly number[]
}

function wishes(count: number, { places, years }: Spread): NumberWish[] {
  return Array.from({ length: count }, (_, at) => ({
    personId: uuidv7(),
    place: places[at % places.length] ?? '',
    sex: at % 2 === 0 ? 'male' : 'female',
    birthYear: years[Math.floor(Math.random() * years.length)] ?? 2000,
  }))
}

for (const profile of PROFILES) {
  const count = NUMBERS[profile.id] ?? 0
  test(`${count} numbers of ${profile.id}: no two are the same`, async () => {
    const stage = await stageOf(profile)
    const { kernel } = stage
    const places = profile.id === 'vn' ? ['01', '79', '38', '96'] : ['11', '12', '13', '17']
    const years = Array.from({ length: 120 }, (_, at) => 1905 + at)
    const issue = async (several: number) => {
      const wanted = wishes(several, { places, years })
      const numbers = await kernel.database.transaction((tx) =>
        issueNumbers({ tx, kernel }, wanted),
      )
      for (const [at, number] of numbers.entries()) {
        const read = profile.number.parse(number)
        assert.ok(read.ok && read.demonstration && read.scheme === 'number')
        assert.equal(read.implied.birthYear ?? wanted[at]?.birthYear, wanted[at]?.birthYear)
        assert.equal(read.implied.sex ?? wanted[at]?.sex, wanted[at]?.sex)
      }
    }
    try {
      for (let done = 0; done < count - SINGLY; done += BATCH) {
        await issue(Math.min(BATCH, count - SINGLY - done))
      }
      let left = SINGLY
      const worker = async () => {
        while (left-- > 0) await issue(1)
      }
      await Promise.all(Array.from({ length: AT_ONCE }, worker))
      // The look-up's key lets no number in twice: as many rows as were issued is the proof.
      assert.equal(await kernel.count('register.number'), count)
    } finally {
      await stage.close()
    }
  })
}
