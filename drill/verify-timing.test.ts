import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import http from 'node:http'
import test from 'node:test'
import { signRequest } from '../client/sign.ts'
import { addAgency, addUnits, type TestAgency } from '../src/exchange/testing.ts'
import { type Bed, openBed, PERSON } from '../src/exchange/verify/testing.ts'

/** Of each kind; five attempts a number and agency are all that is allowed in a day. */
const CALLS = 20_000
const NUMBERS = 2_000
const AGENCIES = 2
const AT_ONCE = 32
const WITHIN = 0.02

/** Numbers of which the first half is borne. */
const numberOf = (n: number, isBorne: boolean): string =>
  `079${isBorne ? '0' : '2'}97${String(n).padStart(6, '0')}`

/** So many persons, written at once. */
async function populate(bed: Bed): Promise<void> {
  await bed.kernel.owner(
    `with made as (
       select gen_random_uuid() as id, n from generate_series(0, $1::int - 1) as n
     ), persons as (
       insert into register.person select id, '00000000-0000-7000-8000-0000000000ac', now() from made
     ), numbers as (
       insert into register.number select '079097' || lpad(n::text, 6, '0'), id from made
     )
     select count(*) from made`,
    [NUMBERS],
  )
  await bed.kernel.owner(
    `insert into register.fact (person_id, kind, key, valid, value, act_id, recorded_at)
     select n.person_id, f.kind, '', '[2000-01-01,)', f.value,
       '00000000-0000-7000-8000-0000000000ac', now()
     from register.number n, (values ('name', '{"full": "Nguyễn Tuấn Xuân"}'::jsonb),
       ('birth', '{"on": "1997-01-26"}'), ('sex', '"female"'), ('death', '{"on": "2020-01-01"}'))
       as f (kind, value)
     where n.number like '079097000___' or n.number like '079097001___'`,
  )
}

interface Kind {
  readonly isBorne: boolean
  readonly took_ms: number[]
}

test(`${CALLS} calls about somebody else and ${CALLS} about nobody cannot be told apart`, async () => {
  const bed = await openBed()
  const tick = () => bed.kernel.setNow(new Date().toISOString())
  tick()
  const clock = setInterval(tick, 500)
  try {
    await addUnits(bed.kernel)
    await populate(bed)
    const agencies = await Promise.all(
      Array.from({ length: AGENCIES }, (_, n) => addAgency(bed.kernel, `timing-${n}`)),
    )
    const origin = await bed.app.listen({ port: 0, host: '127.0.0.1' })
    const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE })
    const kinds: readonly Kind[] = [
      { isBorne: true, took_ms: [] },
      { isBorne: false, took_ms: [] },
    ]
    const calls = shuffled(
      kinds.flatMap((kind) =>
        Array.from({ length: CALLS }, (_, n) => ({
          kind,
          number: numberOf(Math.floor(n / (5 * AGENCIES)), kind.isBorne),
          agency: agencies[n % AGENCIES] as TestAgency,
        })),
      ),
    )
    let next = 0
    const one = async () => {
      for (let call = calls[next++]; call !== undefined; call = calls[next++]) {
        const took = await ask(origin, agent, call)
        // The first calls compile and connect.
        if (next > 1_000) call.kind.took_ms.push(took)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, one))
    agent.destroy()
    const [borne, unborne] = kinds.map(({ took_ms }) => median(took_ms)) as [number, number]
    const apart = Math.abs(borne - unborne) / Math.min(borne, unborne)
    assert.ok(apart <= WITHIN, `${borne} ms and ${unborne} ms are ${apart} apart`)
  } finally {
    clearInterval(clock)
    await bed.close()
  }
})

function ask(
  origin: string,
  agent: http.Agent,
  { number, agency }: { readonly number: string; readonly agency: TestAgency },
): Promise<number> {
  const url = new URL('/api/verify', origin)
  const identify = {
    personal_administrative_number: number,
    name: 'Trần Thị Người Khác',
    birthdate: PERSON.born,
  }
  const body = Buffer.from(JSON.stringify({ identify, predicates: { alive: true } }))
  const given = { 'content-type': 'application/json', 'goc-purpose': 'account-opening' }
  const { headers } = signRequest({ method: 'POST', url, headers: given, body }, agency)
  return new Promise((resolve, reject) => {
    const sent = performance.now()
    const request = http.request(url, { method: 'POST', agent, headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => {
        const text = Buffer.concat(parts).toString()
        if (text === '{"result":"not_confirmed"}') resolve(performance.now() - sent)
        else reject(new Error(text))
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}

function shuffled<T>(list: readonly T[]): readonly T[] {
  const mixed = [...list]
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = randomInt(at + 1)
    ;[mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T]
  }
  return mixed
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
