import assert from 'node:assert/strict'
import type { FastifyInstance } from 'fastify'
import type { SignOptions } from '../../../client/sign.ts'
import type { TestKernel } from '../../../test/kernel.ts'
import { buildApp } from '../../app.ts'
import { type AuditBody, eventLeaf } from '../../kernel/index.ts'
import {
  addAgency,
  addPerson,
  addUnits,
  COMMUNE,
  openKernel,
  signedRequest,
  type TestAgency,
} from '../testing.ts'

export const NUMBER = '079097375971'
export const PERSON = {
  number: NUMBER,
  name: 'Nguyễn Tuấn Xuân',
  born: '1997-01-26',
  sex: 'female',
  unit: COMMUNE,
  oldNumbers: ['000012345'],
  nationalities: ['VNM'],
}
export const IDENTIFY = {
  personal_administrative_number: NUMBER,
  name: PERSON.name,
  birthdate: PERSON.born,
}
/** Well formed, and nobody's. */
export const NOBODY = '079097999999'
export const UNTOLD = '{"result":"not_confirmed"}'

export interface TestCall {
  readonly agency?: TestAgency
  readonly headers?: Readonly<Record<string, string>>
  readonly sign?: SignOptions
  readonly on?: FastifyInstance
}

/** One person, one agency, the program as a server. */
export async function openBed() {
  const kernel = await openKernel()
  await addUnits(kernel)
  const personId = await addPerson(kernel, PERSON)
  const app = await buildApp(kernel)
  const bank = await addAgency(kernel, 'bank')
  let agencies = 0

  const verify = async (payload: unknown, call: TestCall = {}) => {
    const { agency = bank, on = app, ...more } = call
    const signed = signedRequest(kernel, agency, { path: '/api/verify', payload, ...more })
    const response = await on.inject(signed.request)
    return { response, ...signed, body: response.json() }
  }
  return {
    kernel,
    app,
    bank,
    personId,
    verify,
    newAgency: (terms: Readonly<Record<string, unknown>> = {}) =>
      addAgency(kernel, `other-${++agencies}`, terms),
    async refusedAs(code: string, payload: unknown, call: TestCall = {}) {
      const { response, body } = await verify(payload, call)
      assert.equal(body.code, code, response.body)
      return body
    },
    lastEvent: () => lastEvent(kernel),
    async close() {
      await app.close()
      await kernel.close()
    },
  }
}

export type Bed = Awaited<ReturnType<typeof openBed>>

/** The newest event, its leaf checked. */
async function lastEvent(kernel: TestKernel) {
  const [row] = await kernel.owner<{
    event_id: string
    person_id: string | null
    salt: Buffer
    body: string
    leaf: Buffer
  }>('select * from kernel.audit_event order by event_id desc limit 1')
  assert.ok(row)
  assert.deepEqual(eventLeaf(row.salt, row.body), row.leaf)
  return { row, body: JSON.parse(row.body) as AuditBody }
}
