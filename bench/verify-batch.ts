import { randomInt } from 'node:crypto'
import type pg from 'pg'
import { signRequest } from '../client/sign.ts'
import { absolute, alternate, type Bench, sized } from './bench.ts'
import { openPool } from './house.ts'
import { load, postBytes } from './load.ts'
import { type Known, openVerifyHouse, type VerifyHouse } from './verify.ts'

const CONNECTIONS = 8
const SECONDS = sized(4, 0.3)
const ROWS = sized(500, 50)
/** More than any round can use up. */
const REQUESTS = sized(400, 100)

const someRows = (people: readonly Known[]): readonly Known[] =>
  Array.from({ length: ROWS }, () => people[randomInt(people.length)] as Known)

/** Signed batches for our server. */
export function batches({ people, keyId, privateKey }: VerifyHouse, port: number): Buffer[] {
  const url = new URL(`http://127.0.0.1:${port}/api/verify/batch`)
  return Array.from({ length: REQUESTS }, () => {
    const rows = someRows(people).map(({ number, name, born, sex }, index) => ({
      ref: String(index),
      identify: { personal_administrative_number: number, name, birthdate: born },
      attributes: { sex },
    }))
    const body = Buffer.from(JSON.stringify({ rows }))
    const given = { 'content-type': 'application/json', 'goc-purpose': 'account-opening' }
    const request = { method: 'POST', url, headers: given, body }
    const { headers } = signRequest(request, { keyId, privateKey }, { lifetime_s: 300 })
    return postBytes(url.pathname, { host: url.host, ...headers }, body)
  })
}

/** The same comparison as one statement: no signature, agreement, attempts, event or receipt. */
const JOIN = `select q.at, f.name, f.birth, f.sex, p.pseudonym
  from unnest($1::text[], $2::text[], $3::text[], $4::text[]) with ordinality as q (number, name, born, sex, at)
  left join register.number n on n.number = q.number
  left join lateral (
    select bool_or(f.kind = 'name' and f.value ->> 'full' = q.name) as name,
      bool_or(f.kind = 'birth' and f.value ->> 'on' = q.born) as birth,
      bool_or(f.kind = 'sex' and f.value #>> '{}' = q.sex) as sex
    from register.fact f
    where f.person_id = n.person_id and f.kind in ('birth', 'name', 'sex')
      and f.superseded_at is null and f.valid @> $5::date
  ) f on true
  left join exchange.pseudonym p on p.person_id = n.person_id
  order by q.at`

/** Rows a second of the bare join over so many connections. */
export async function joinRate(
  connection: pg.ClientConfig,
  people: readonly Known[],
): Promise<number> {
  const pool = openPool({ ...connection, max: CONNECTIONS })
  const day = new Date().toISOString().slice(0, 10)
  const began = performance.now()
  const end = began + SECONDS * 1000
  let rows = 0
  const one = async () => {
    while (performance.now() < end) {
      const asked = someRows(people)
      const values = [
        asked.map((row) => row.number),
        asked.map((row) => row.name),
        asked.map((row) => row.born),
        asked.map((row) => row.sex),
        day,
      ]
      rows += (await pool.query({ name: 'join', text: JOIN, values })).rows.length
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, one))
  const rate = rows / ((performance.now() - began) / 1000)
  await pool.end()
  return rate
}

/** Whole batches over HTTP, beside the same join in SQL at the same connections. */
export const verifyBatchBench: Bench = {
  name: 'verify-batch',
  async run(say) {
    const house = await openVerifyHouse(say)
    const server = await house.start('ours')
    const connection = house.house.foundation.connection('goc_app')
    const rates: number[] = []
    try {
      const rounds = { connections: CONNECTIONS, seconds: SECONDS }
      await load(server.port, batches(house, server.port), { ...rounds, seconds: 2 })
      await joinRate(connection, house.people)
      const figure = await alternate({
        name: `verify/batch of ${ROWS}, ${CONNECTIONS} connections`,
        unit: 'rows/s',
        moreIsBetter: true,
        limitIs: 'the same join in SQL',
        goalShare: 0.7,
        limit: () => joinRate(connection, house.people),
        async ours() {
          const measured = await load(server.port, batches(house, server.port), rounds)
          const rate = measured.rate * ROWS
          rates.push(rate)
          say(`${Math.round(rate)} rows/s, p99 ${measured.p99_ms.toFixed(0)} ms a batch`)
          return rate
        },
      })
      const values = { name: 'verify/batch', unit: 'rows/s', values: rates }
      return [figure, absolute({ ...values, goal: '≥ 15,000', met: (value) => value >= 15_000 })]
    } finally {
      await server.stop()
      await house.house.close()
    }
  },
}
