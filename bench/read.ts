import { randomInt } from 'node:crypto'
import type pg from 'pg'
import { type Actor, ask, type Kernel, SYSTEM, type Tx } from '../src/kernel/index.ts'
import { listFactsAsOf, listHistory } from '../src/register/fact-store.ts'
import { factsAsOf, personRecord } from '../src/register/person/queries.ts'
import { listBelievedByNumber } from '../src/register/person/subject-store.ts'
import type { AsOf } from '../src/register/types.ts'
import { absolute, type Bench, type Figure, percentile, ROUNDS, sized } from './bench.ts'
import { openPopulated } from './house.ts'

/** Name of the house that other benches at a million persons use too. */
export const MILLION = 'million'
export const PERSONS = sized(1_000_000, 20_000)
const READS = sized(1_000, 50)
const actor: Actor = { ...SYSTEM, level: 2 }

/**
 * One read after another, as an officer does. Each is timed twice: the reading alone, and the whole
 * question with permission, audit event and a commit that is on the disk. What the disk alone takes
 * stands beside the second: no durable answer is faster.
 */
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
      const timed = (name: string, most_ms: number, once: () => Promise<number>) =>
        p95({ name, most_ms, once })
      const { kernel } = house
      const read = (work: (tx: Tx, number: string) => Promise<unknown>) => () =>
        inOneTransaction(kernel, (tx) => work(tx, any()))
      const question = (input: () => object) => () => asked(kernel, factsAsOf, input())
      return [
        await timed(
          'as-of read, any day: reading',
          1,
          read((tx, number) => facts(tx, number, null)),
        ),
        await timed(
          'as-of read, any moment: reading',
          1,
          read((tx, number) => facts(tx, number, KNOWN)),
        ),
        await timed('whole record: reading', 3, read(history)),
        await timed(
          'as-of read, any day: asked and audited',
          1,
          question(() => ({ number: any(), ...DAY() })),
        ),
        await timed(
          'as-of read, any moment: asked and audited',
          1,
          question(() => ({ number: any(), ...DAY(), known: KNOWN })),
        ),
        await timed('whole record with its acts: asked and audited', 3, () =>
          asked(kernel, personRecord, { number: any() }),
        ),
        await commits(house),
      ]
    } finally {
      await house.close()
    }
  },
}

const DAY = () => ({
  day: `${1980 + randomInt(46)}-0${1 + randomInt(9)}-1${randomInt(10)}`,
  kinds: ['permanent'],
})

const KNOWN = '2026-06-01T00:00:00.000Z'

/** The number's bearer, then what held: the statements of `factsAsOf`. */
async function facts(tx: Tx, number: string, known: string | null): Promise<void> {
  const [fact] = await listBelievedByNumber(tx, number)
  const day = DAY().day as AsOf['day']
  if (fact !== undefined) await listFactsAsOf(tx, fact.personId, { day, known } as AsOf)
}

async function history(tx: Tx, number: string): Promise<void> {
  const [fact] = await listBelievedByNumber(tx, number)
  if (fact !== undefined) await listHistory(tx, fact.personId)
}

/** Begin and end are not part of the reading: they are timed with the question. */
async function inOneTransaction(kernel: Kernel, work: (tx: Tx) => Promise<unknown>) {
  return await kernel.database.transaction(async (tx) => {
    // The connection is taken and the transaction begun before the clock starts.
    await tx.query('select 1')
    const started = performance.now()
    await work(tx)
    return performance.now() - started
  })
}

async function asked(
  kernel: Kernel,
  query: typeof factsAsOf | typeof personRecord,
  input: object,
): Promise<number> {
  const started = performance.now()
  await ask<never, unknown>(query as never, input, {
    kernel,
    actor,
    purpose: 'register-keeping',
  }).catch(expected)
  return performance.now() - started
}

/** One row inserted and committed to the disk: what every audited answer waits for. */
async function commits(house: { owner(): Promise<pg.Client> }): Promise<Figure> {
  const client = await house.owner()
  try {
    await client.query('create table if not exists public.bench_commit (at timestamptz)')
    return await p95({
      name: 'one row committed to this disk',
      most_ms: null,
      once: async () => {
        const started = performance.now()
        await client.query('insert into public.bench_commit values (now())')
        return performance.now() - started
      },
    })
  } finally {
    await client.query('drop table if exists public.bench_commit')
    await client.end()
  }
}

interface Timing {
  readonly name: string
  /** Null: what it is compared with, no goal of its own. */
  readonly most_ms: number | null
  once(): Promise<number>
}

/** The 95th percentile of a round's reads, over the rounds; `once` answers milliseconds. */
async function p95({ name, most_ms, once }: Timing): Promise<Figure> {
  const values: number[] = []
  for (let warm = 0; warm < READS; warm++) await once()
  for (let round = 0; round < ROUNDS; round++) {
    const times: number[] = []
    for (let at = 0; at < READS; at++) times.push(await once())
    values.push(percentile(times, 0.95))
  }
  const met = (value: number) => most_ms === null || value <= most_ms
  const goal = most_ms === null ? 'what the machine takes' : `≤ ${most_ms} ms`
  return absolute({ name: `${name}, p95`, unit: 'ms', values, goal, met })
}

/** An old number may lead to nobody alone: the refusal is an answer too. */
function expected(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'Refusal') throw error
}
