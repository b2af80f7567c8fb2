import { profile } from '../profiles/vn/index.ts'
import { TABLES } from '../src/register/nation/encode.ts'
import { makeNation } from '../src/register/nation/make.ts'
import { makePart } from '../src/register/nation/part.ts'
import { planNation } from '../src/register/nation/plan.ts'
import { tellPart } from '../src/register/nation/tell.ts'
import { Texts } from '../src/register/nation/telling.ts'
import { NOBODY } from '../src/register/nation/testing.ts'
import { ensureUnits } from '../src/register/unit/seed.ts'
import { absolute, type Bench, sized } from './bench.ts'
import { type BenchHouse, openBenchHouse } from './house.ts'

const PERSONS = sized(1_000_000, 5_000)
const ROUNDS = sized(3, 1)
const SECONDS_most = 120
/** Generation alone, on one core. */
const SAMPLE_PERSONS = sized(200_000, 5_000)
const RATE_least = 100_000

/** A nation of a million persons: made, stored, indexed, checked and committed. */
export const nationBench: Bench = {
  name: 'nation',
  async run(say) {
    const rates = Array.from({ length: 5 }, () => generationRate())
    const house = await openBenchHouse('nation')
    const seconds: number[] = []
    try {
      await ensureUnits(house.kernel)
      for (let round = 0; round < ROUNDS; round++) {
        await empty(house)
        const made = await makeNation(house.operator, { persons: PERSONS, seed: `bench ${round}` })
        const { load, index, total } = made.seconds
        say(
          `round ${round + 1}: ${load.toFixed(1)} s copied, ${index.toFixed(1)} s indexed and checked`,
        )
        seconds.push(total)
      }
      await empty(house)
    } finally {
      await house.close()
    }
    return [
      absolute({
        name: 'nation of 1 M persons',
        unit: 's',
        values: seconds,
        goal: `≤ ${SECONDS_most} s`,
        met: (value) => value <= SECONDS_most,
      }),
      absolute({
        name: 'its generation alone, one core',
        unit: 'persons/s',
        values: rates,
        goal: `≥ ${RATE_least.toLocaleString('en')} persons/s`,
        met: (value) => value >= RATE_least,
      }),
    ]
  },
}

async function empty(house: BenchHouse): Promise<void> {
  const client = await house.owner()
  try {
    const tables = TABLES.map((table) => `register.${table.slice(0, table.indexOf(' '))}`)
    await client.query(`truncate ${tables.join(', ')}, register.synthetic_nation`)
    await client.query(`delete from register.act where kind <> 'unit-list'`)
    await client.query('checkpoint')
  } finally {
    await client.end()
  }
}

/** People and all their facts, told to nobody. */
function generationRate(): number {
  const plan = planNation(profile, { persons: SAMPLE_PERSONS, seed: 'rate' })
  const texts = new Texts(plan)
  const started = performance.now()
  for (const part of plan.parts) tellPart(makePart(plan, part), texts, NOBODY)
  return (SAMPLE_PERSONS * 1000) / (performance.now() - started)
}
