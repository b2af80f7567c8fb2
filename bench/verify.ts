import { type ChildProcess, spawn } from 'node:child_process'
import { createPrivateKey, type KeyObject, randomInt, sign } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { signRequest } from '../client/sign.ts'
import { demonstrateAgencies } from '../src/exchange/demonstration/demonstrate.ts'
import { readAgency } from '../src/exchange/demonstration/folder.ts'
import { signingKey } from '../src/kernel/index.ts'
import { room as register } from '../src/register/index.ts'
import { absolute, alternate, type Bench, median, sized } from './bench.ts'
import { type BenchHouse, openBenchHouse } from './house.ts'
import { type Load, load, postBytes } from './load.ts'
import type { ServerSetting } from './verify-server.ts'

const CONNECTIONS = 32
const SECONDS = sized(4, 0.3)
/** More than any round can use up. */
const REQUESTS = sized(20_000, 3_000)
const PERSONS = sized(20_000, 5_000)
const AGENCY = 'bank'
const PURPOSE = 'account-opening'

/** A person as an agency knows them. */
export interface Known {
  readonly number: string
  readonly name: string
  readonly born: string
  readonly sex: string
}

/** A house with a nation, the demonstration's agencies, and servers in processes of their own. */
export interface VerifyHouse {
  readonly house: BenchHouse
  readonly people: readonly Known[]
  readonly keyId: string
  readonly privateKey: KeyObject
  start(kind: ServerSetting['kind']): Promise<{ port: number; stop(): Promise<void> }>
}

export async function openVerifyHouse(say: (line: string) => void): Promise<VerifyHouse> {
  const house = await openBenchHouse('verify')
  const owner = await house.owner()
  try {
    const { rows: held } = await owner.query('select from register.person limit 1')
    if (held.length === 0) {
      say(`makes a nation of ${PERSONS} persons`)
      await register.demonstrate?.(house.operator, { persons: PERSONS, seed: 'verify' })
    }
    await demonstrateAgencies(house.operator)
    const { rows: people } = await owner.query<Known>(PEOPLE)
    // At first use a pseudonym is stored; what is measured is every use after it.
    await owner.query(PSEUDONYMS, [AGENCY])
    await owner.query('vacuum analyze')
    const agency = readAgency(house.kernel, AGENCY)
    const privateKey = createPrivateKey(agency.privateKey)
    const agencyKey = signingKey(agency.privateKey).raw.toString('base64')
    const connection = house.foundation.connection('goc_app')
    const { dataDir } = house.kernel.config
    return {
      house,
      people,
      keyId: agency.keyId,
      privateKey,
      start: (kind) => startServer({ kind, connection, dataDir, agencyKey }),
    }
  } finally {
    await owner.end()
  }
}

const PEOPLE = `
  select n.number, (name.value ->> 'full') as name, (birth.value ->> 'on') as born,
    (sex.value #>> '{}') as sex
  from register.number n
  join register.fact name on name.person_id = n.person_id and name.kind = 'name'
  join register.fact birth on birth.person_id = n.person_id and birth.kind = 'birth'
  join register.fact sex on sex.person_id = n.person_id and sex.kind = 'sex'
  where name.superseded_at is null and birth.superseded_at is null and sex.superseded_at is null
    and name.valid @> current_date and birth.valid @> current_date and sex.valid @> current_date
    and not exists (select from register.fact m where m.person_id = n.person_id and m.kind = 'merged')`

const PSEUDONYMS = `
  insert into exchange.pseudonym (person_id, agency_id, pseudonym, first_used_at)
  select p.person_id, a.agency_id, uuid_send(gen_random_uuid()), now()
  from register.person p, exchange.agency a where a.code = $1 on conflict do nothing`

async function startServer(setting: ServerSetting) {
  const program = fileURLToPath(new URL('./verify-server.ts', import.meta.url))
  const child: ChildProcess = spawn(process.execPath, [...process.execArgv, program], {
    env: { ...process.env, BENCH: JSON.stringify(setting) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (child.stdout === null) throw new Error('the server has no output')
  const died = once(child, 'exit').then(() => {
    throw new Error('the server ended before it listened')
  })
  const [line] = (await Promise.race([once(child.stdout, 'data'), died])) as [Buffer]
  return {
    port: Number(line.toString().trim()),
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

function bodyOf({ number, name, born, sex }: Known): Buffer {
  return Buffer.from(
    JSON.stringify({
      identify: { personal_administrative_number: number, name, birthdate: born },
      attributes: { sex },
      predicates: { alive: true, age_over_18: true },
    }),
  )
}

/** Requests to our server, signed before the clock runs. */
export function signedRequests({ people, keyId, privateKey }: VerifyHouse, port: number): Buffer[] {
  const url = new URL(`http://127.0.0.1:${port}/api/verify`)
  return Array.from({ length: REQUESTS }, () => {
    const body = bodyOf(people[randomInt(people.length)] as Known)
    const given = { 'content-type': 'application/json', 'goc-purpose': PURPOSE }
    const request = { method: 'POST', url, headers: given, body }
    const { headers } = signRequest(request, { keyId, privateKey }, { lifetime_s: 300 })
    return postBytes(url.pathname, { host: url.host, ...headers }, body)
  })
}

/** The same questions to the bare server: a signature over the body, nothing else. */
export function bareRequests({ people, privateKey }: VerifyHouse, port: number): Buffer[] {
  return Array.from({ length: REQUESTS }, () => {
    const body = bodyOf(people[randomInt(people.length)] as Known)
    const signature = sign(null, body, privateKey).toString('base64')
    const headers = {
      host: `127.0.0.1:${port}`,
      'content-type': 'application/json',
      'x-signature': signature,
    }
    return postBytes('/api/verify', headers, body)
  })
}

/**
 * Signed, authorised, audited, with receipt, beside a bare server that reads the same facts,
 * verifies one signature and signs one receipt.
 */
export const verifyBench: Bench = {
  name: 'verify',
  async run(say) {
    const house = await openVerifyHouse(say)
    const [ours, bare] = [await house.start('ours'), await house.start('bare')]
    const loads: Load[] = []
    const bareLoads: Load[] = []
    try {
      const rounds = { connections: CONNECTIONS, seconds: SECONDS }
      // Both warm up: code is compiled, statements are prepared, caches are filled.
      await load(bare.port, bareRequests(house, bare.port), { ...rounds, seconds: 2 })
      await load(ours.port, signedRequests(house, ours.port), { ...rounds, seconds: 2 })
      const figure = await alternate({
        name: `verify, ${CONNECTIONS} connections`,
        unit: '/s',
        moreIsBetter: true,
        limitIs: 'bare Fastify and pg: same facts, one signature, one receipt',
        goalShare: 0.75,
        async limit() {
          const measured = await load(bare.port, bareRequests(house, bare.port), rounds)
          bareLoads.push(measured)
          return measured.rate
        },
        async ours() {
          const measured = await load(ours.port, signedRequests(house, ours.port), rounds)
          loads.push(measured)
          say(`${Math.round(measured.rate)}/s, p99 ${measured.p99_ms.toFixed(1)} ms`)
          return measured.rate
        },
      })
      const bareP50 = median(bareLoads.map((one) => one.p50_ms))
      return [
        figure,
        absolute({
          name: 'verify, 99th percentile',
          unit: 'ms',
          values: loads.map((one) => one.p99_ms),
          goal: '≤ 50 ms',
          met: (value) => value <= 50,
        }),
        absolute({
          name: `verify, median (bare ${bareP50.toFixed(1)} ms)`,
          unit: 'ms',
          values: loads.map((one) => one.p50_ms),
          goal: '≤ 1.5 × bare',
          met: (value) => value <= 1.5 * bareP50,
        }),
      ]
    } finally {
      await Promise.all([ours.stop(), bare.stop()])
      await house.house.close()
    }
  },
}
