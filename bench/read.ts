import { randomInt } from 'node:crypto'
import { type Actor, ask, type Kernel, SYSTEM } from '../src/kernel/index.ts'
import { factsAsOf, personRecord } from '../src/register/person/queries.ts'
import { absolute, type Bench, type Figure, percentile, ROUNDS, sized } from './bench.ts'
import { openPopulated } from './house.ts'

/** Name of the house that other benches at a million persons use too. */
export const MILLION = 'million'
export const PERSONS = sized(1_000_000, 20_000)
const READS = sized(1_000, 50)
const actor: Actor = { ...SYSTEM, level: 2 }

/** One read after another, as an officer does; each writes its audit event and commits. */
export const readBench: Bench = {
  name: 'read',
  async run(say) {
    const house = await openPopulated(MILLION, PERSONS, say)
    try {
      const client = await house.owner()
      const { rows } = await client.query<{ number: string }>(
        'select number from register.number tablesample bernoulli (1) limit 5000',
      )
      await client.end()
      const any = () => rows[randomInt(rows.length)]?.number as string
      const timed = (name: string, most_ms: number, read: Read) =>
        p95(house.kernel, { name, most_ms, read, any })
      return [
        await timed('as-of read, one fact, any day', 1, ({ number, day }) => [
          factsAsOf,
          { number, day, kinds: ['permanent'] },
        ]),
        await timed('as-of read, as known at any moment', 1, ({ number, day }) => [
          factsAsOf,
          { number, day, known: KNOWN, kinds: ['permanent'] },
        ]),
        await timed('whole record with its acts', 3, ({ number }) => [personRecord, { number }]),
      ]
    } finally {
      await house.close()
    }
  },
}

const KNOWN = '2026-06-01T00:00:00.000Z'

type Read = (wish: {
  readonly number: string
  readonly day: string
}) => readonly [typeof factsAsOf | typeof personRecord, object]

interface Timing {
  readonly name: string
  readonly most_ms: number
  readonly read: Read
  any(): string
}

/** The 95th percentile of a round's reads, over the rounds. */
async function p95(kernel: Kernel, { name, most_ms, read, any }: Timing): Promise<Figure> {
  const values: number[] = []
  const once = async () => {
    const day = `${1980 + randomInt(46)}-0${1 + randomInt(9)}-1${randomInt(10)}`
    const [query, input] = read({ number: any(), day })
    const started = performance.now()
    await ask<never, unknown>(query as never, input, {
      kernel,
      actor,
      purpose: 'register-keeping',
    }).catch(expected)
    return performance.now() - started
  }
  for (let warm = 0; warm < READS; warm++) await once()
  for (let round = 0; round < ROUNDS; round++) {
    const times: number[] = []
    for (let at = 0; at < READS; at++) times.push(await once())
    values.push(percentile(times, 0.95))
  }
  const met = (value: number) => value <= most_ms
  return absolute({ name: `${name}, p95`, unit: 'ms', values, goal: `≤ ${most_ms} ms`, met })
}

/** An old number may lead to nobody alone: the refusal is an answer too. */
function expected(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'Refusal') throw error
}
