import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { type SignOptions, signRequest } from '../../client/sign.ts'
import { profile as vn } from '../../profiles/vn/index.ts'
import { anActor, type TestKernel, testKernel } from '../../test/kernel.ts'
import { type Actor, execute, type Kernel, uuidv7 } from '../kernel/index.ts'
import {
  addAgencyKey,
  approveAgreement,
  keyProofText,
  proposeAgreement,
  registerAgency,
} from './agency/commands.ts'

export const TODAY = '2026-10-16'
export const openKernel = (): Promise<TestKernel> =>
  testKernel({ profile: vn, now: `${TODAY}T03:00:00.000Z` })

export const steward = (more: Partial<Actor> = {}): Actor =>
  anActor([['sharing-officer', 'nation']], more)

/** The citizen a person is, signed in. */
export const citizen = (personId: string): Actor =>
  anActor([], { kind: 'citizen', personId, body: null })

/** A person as the register would hold it; only what is given is a fact. */
export interface NewPerson {
  readonly number?: string
  readonly name?: string
  readonly born?: string
  readonly sex?: string
  readonly unit?: string
  readonly address?: string
  readonly oldNumbers?: readonly string[]
  readonly nationalities?: readonly string[]
  readonly died?: string
  readonly mergedInto?: string
  readonly isProtected?: boolean
}

const ACT = '00000000-0000-7000-8000-0000000000ac'
const SINCE = '[2000-01-01,)'

/** Writes a person straight into the register's tables, as the owner. */
export async function addPerson(kernel: TestKernel, person: NewPerson): Promise<string> {
  const id = uuidv7()
  const at = `${TODAY}T00:00:00.000Z`
  await kernel.owner(
    `insert into register.act (act_id, kind, legal_basis, actor_id, recorded_at)
     values ($1, 'test', 'test', $1, $2) on conflict do nothing`,
    [ACT, at],
  )
  await kernel.owner('insert into register.person values ($1, $2, $3)', [id, ACT, at])
  const facts: [kind: string, key: string, value: unknown][] = []
  if (person.number !== undefined) facts.push(['number', '', person.number])
  if (person.name !== undefined) facts.push(['name', '', { full: person.name }])
  if (person.born !== undefined) facts.push(['birth', '', { on: person.born }])
  if (person.sex !== undefined) facts.push(['sex', '', person.sex])
  if (person.unit !== undefined) {
    facts.push(['permanent', '', { unit: person.unit, address: person.address ?? 'Số 1' }])
  }
  for (const old of person.oldNumbers ?? []) facts.push(['old-number', old, old])
  for (const code of person.nationalities ?? []) facts.push(['nationality', code, code])
  if (person.died !== undefined) facts.push(['death', '', { on: person.died, kind: 'death' }])
  if (person.mergedInto !== undefined) facts.push(['merged', '', { into: person.mergedInto }])
  if (person.isProtected === true) facts.push(['protected', '', { reason: 'witness' }])
  for (const [kind, key, value] of facts) {
    await kernel.owner(
      `insert into register.fact (person_id, kind, key, valid, value, act_id, recorded_at)
       values ($1, $2, $3, $4::daterange, $5, $6, $7)`,
      [id, kind, key, SINCE, JSON.stringify(value), ACT, at],
    )
  }
  if (person.number !== undefined) {
    await kernel.owner('insert into register.number values ($1, $2)', [person.number, id])
  }
  for (const old of person.oldNumbers ?? []) {
    await kernel.owner('insert into register.old_number values ($1, $2)', [old, id])
  }
  return id
}

/** Two units, one in the other: 26773 in province 79. */
export const COMMUNE = '26773@2025-07-01'
export async function addUnits(kernel: TestKernel): Promise<void> {
  const rows = [
    ['79@2025-07-01', '79', 'province', 'city', 'Thành phố Hồ Chí Minh', null],
    [COMMUNE, '26773', 'commune', 'ward', 'Dĩ An', '79@2025-07-01'],
    ['26774@2025-07-01', '26774', 'commune', 'ward', 'Tân Đông Hiệp', '79@2025-07-01'],
  ]
  for (const row of rows) {
    await kernel.owner(
      `insert into register.unit (unit_id, code, level, kind, name, parent_id, valid, act_id)
       values ($1, $2, $3, $4, $5, $6, '[2025-07-01,)', $7) on conflict do nothing`,
      [...row, ACT],
    )
  }
}

/** An agency of a test, with the key it signs with. */
export interface TestAgency {
  readonly code: string
  readonly keyId: string
  readonly privateKey: KeyObject
  readonly agreementId: string
}

/** Terms of the agreement a test's agency has unless it says otherwise. */
export const TERMS = {
  operations: ['verify', 'verify.batch', 'check'],
  purpose: 'account-opening',
  legalBasis: 'bank.customer',
  attributes: [
    'name',
    'given_name',
    'family_name',
    'birthdate',
    'sex',
    'nationalities',
    'resident_city',
    'resident_state',
    'old_number',
  ],
  predicates: ['age_over_18', 'alive', 'resides_in'],
  scope: { kind: 'all' },
  close: false,
  assurance: 2,
  onlinePerDay: 100_000,
  bulkPerDay: 1_000_000,
  from: '2026-01-01',
  to: null,
}

export async function addAgency(
  kernel: Kernel,
  code: string,
  terms: Readonly<Record<string, unknown>> = {},
): Promise<TestAgency> {
  const by = () => ({ kernel, actor: steward(), key: uuidv7() })
  await execute(registerAgency, { code, name: `Agency ${code}`, sector: 'bank' }, by())
  const keyId = `${code}.1`
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  const proof = sign(null, Buffer.from(keyProofText(code, keyId)), privateKey)
  const key = {
    agency: code,
    keyId,
    publicKey: raw.toString('base64'),
    proof: proof.toString('base64'),
  }
  await execute(addAgencyKey, key, by())
  const input = { agency: code, ...TERMS, ...terms }
  const { agreement } = await execute(proposeAgreement, input, by())
  await execute(approveAgreement, { agreement }, by())
  await execute(approveAgreement, { agreement }, by())
  return { code, keyId, privateKey, agreementId: agreement }
}

/** A signed request as `app.inject` takes it. */
export function signedRequest(
  kernel: Kernel,
  agency: TestAgency,
  call: {
    readonly path: string
    readonly payload: unknown
    readonly headers?: Readonly<Record<string, string>>
    readonly sign?: SignOptions
  },
) {
  const url = new URL(call.path, 'http://goc.example')
  const body = Buffer.from(JSON.stringify(call.payload))
  const created = Math.floor(Date.parse(kernel.now()) / 1000)
  const { headers, requestDigest } = signRequest(
    {
      method: 'POST',
      url,
      body,
      headers: {
        'content-type': 'application/json',
        'goc-purpose': 'account-opening',
        ...call.headers,
      },
    },
    agency,
    { created, ...call.sign },
  )
  const request = {
    method: 'POST' as const,
    url: call.path,
    headers: { ...headers, host: 'goc.example' },
    payload: body,
  }
  return { request, requestDigest }
}

export type App = FastifyInstance
