import { randomInt } from 'node:crypto'
import { type Actor, ask, type Kernel, Refusal, SYSTEM } from '../src/kernel/index.ts'
import { searchPersons } from '../src/register/search/queries.ts'
import { absolute, type Bench, type Figure, percentile, ROUNDS, sized } from './bench.ts'
import { openPopulated } from './house.ts'
import { MILLION, PERSONS } from './read.ts'

const SEARCHES = sized(200, 10)
const MOST_ms = 50
const actor: Actor = { ...SYSTEM, level: 2 }

interface Sample {
  readonly name: string
  readonly year: string
  readonly unit: string
}

/** Searches of a million persons, each with its event that names all who are shown. */
export const searchBench: Bench = {
  name: 'search',
  async run(say) {
    const house = await openPopulated(MILLION, PERSONS, say)
    try {
      const client = await house.owner()
      const { rows: people } = await client.query<Sample>(
        `select n.value ->> 'full' as name, left(b.value ->> 'on', 4) as year,
           p.value ->> 'unit' as unit
         from register.fact n tablesample bernoulli (0.05)
         join register.fact b using (person_id) join register.fact p using (person_id)
         where n.kind = 'name' and b.kind = 'birth' and p.kind = 'permanent'
           and n.superseded_at is null and b.superseded_at is null and p.superseded_at is null
           and upper_inf(p.valid) limit 2000`,
      )
      const { rows: commonest } = await client.query<{ token: string }>(
        `select token from register.search tablesample bernoulli (2), unnest(tokens) as token
         where token ~ '^[a-z]+$' group by token order by count(*) desc limit 2`,
      )
      await client.end()
      const both = commonest.map((one) => one.token).join(' ')
      const any = () => people[randomInt(people.length)] as Sample
      const timed = (name: string, text: (sample: Sample) => object) =>
        p95(house.kernel, { name, input: () => text(any()) })
      return [
        await timed('search, the whole name', ({ name }) => ({ text: name })),
        await timed('search, two names of it, the commoner ones', ({ name }) => ({
          text: name.split(' ').slice(0, 2).join(' '),
        })),
        await timed('search, one name and the birth year', ({ name, year }) => ({
          text: `${name.split(' ').at(-1)} ${year}`,
        })),
        await timed('search, one name and the unit', ({ name, unit }) => ({
          text: name.split(' ').at(-1),
          unit,
        })),
        await timed(`search, the two commonest names of all (${both})`, () => ({ text: both })),
      ]
    } finally {
      await house.close()
    }
  },
}

interface Timing {
  readonly name: string
  readonly input: () => object
}

/** The 95th percentile of a round's searches, over the rounds. */
async function p95(kernel: Kernel, { name, input }: Timing): Promise<Figure> {
  const values: number[] = []
  const once = async () => {
    const wish = input()
    const started = performance.now()
    await ask(searchPersons, wish, { kernel, actor, purpose: 'register-keeping' }).catch(expected)
    return performance.now() - started
  }
  for (let warm = 0; warm < SEARCHES; warm++) await once()
  for (let round = 0; round < ROUNDS; round++) {
    const times: number[] = []
    for (let at = 0; at < SEARCHES; at++) times.push(await once())
    values.push(percentile(times, 0.95))
  }
  const met = (value: number) => value <= MOST_ms
  return absolute({ name: `${name}, p95`, unit: 'ms', values, goal: `≤ ${MOST_ms} ms`, met })
}

/** A name of one word may be a common one: the refusal is an answer too. */
function expected(error: unknown): void {
  if (!(error instanceof Refusal)) throw error
}
