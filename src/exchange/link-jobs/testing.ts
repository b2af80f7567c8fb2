import { createHash, randomUUID } from 'node:crypto'
import { signRequest } from '../../../client/sign.ts'
import { anActor, type TestKernel } from '../../../test/kernel.ts'
import { buildApp } from '../../app.ts'
import { type Actor, uuidv7 } from '../../kernel/index.ts'
import {
  type App,
  addAgency,
  addPerson,
  addUnits,
  COMMUNE,
  openKernel,
  type TestAgency,
} from '../testing.ts'
import { runLinkJobs, untilIdle } from './runner.ts'
import { JOB_LIMITS, partsOf } from './types.ts'

/** Agencies with a register to check against, and the program as a server. */
export interface Bench {
  readonly kernel: TestKernel
  readonly app: App
  readonly agency: TestAgency
  call(request: Asked): Promise<Told>
  newAgency(terms?: object): Promise<TestAgency>
  /** What the worker does until there is nothing it can go on with. */
  work(): Promise<void>
  close(): Promise<void>
}

interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly json?: unknown
  readonly bytes?: Uint8Array
  readonly agency?: TestAgency
}
interface Told {
  readonly status: number
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: an answer as any client sees it
  readonly json: any
  readonly headers: Readonly<Record<string, unknown>>
}

let named = 0

export async function openBench(): Promise<Bench> {
  const kernel = await openKernel()
  await addUnits(kernel)
  await addPerson(kernel, {
    number: '079097375971',
    name: 'Nguyễn Tuấn Xuân',
    born: '1997-01-26',
    sex: 'male',
    unit: COMMUNE,
  })
  const app = await buildApp(kernel)
  const newAgency = (terms: object = {}) => {
    const cleaning = { purpose: 'data-cleaning', legalBasis: 'register.sharing', close: true }
    return addAgency(kernel, `office-${++named}`, { ...cleaning, ...terms })
  }
  const agency = await newAgency()
  return {
    kernel,
    app,
    agency,
    newAgency,
    call: (asked) => call({ kernel, app }, { agency, ...asked }),
    async work() {
      // Seen, counted, taken up: a file goes on at each look.
      for (let look = 0; look < 3; look++) {
        if ('every_ms' in runLinkJobs) await runLinkJobs.run(kernel)
        await untilIdle(kernel)
      }
    },
    async close() {
      await app.close()
      await kernel.close()
    },
  }
}

async function call(
  { kernel, app }: { readonly kernel: TestKernel; readonly app: App },
  { method = 'POST', path, json, bytes, agency }: Asked & { readonly agency: TestAgency },
): Promise<Told> {
  const body = bytes ?? (json === undefined ? new Uint8Array() : Buffer.from(JSON.stringify(json)))
  const type = bytes === undefined ? 'application/json' : 'application/octet-stream'
  const { headers } = signRequest(
    {
      method,
      url: new URL(path, 'http://goc.example'),
      body,
      headers: {
        'goc-purpose': 'data-cleaning',
        ...(body.length > 0 && { 'content-type': type }),
      },
    },
    agency,
    { created: Math.floor(Date.parse(kernel.now()) / 1000), nonce: randomUUID() },
  )
  const answer = await app.inject({
    method,
    url: path,
    headers: { ...headers, host: 'goc.example' },
    ...(body.length > 0 && { payload: Buffer.from(body) }),
  })
  const isJson = String(answer.headers['content-type']).includes('json') && answer.body !== ''
  const parsed = isJson && !answer.body.includes('}\n{') ? JSON.parse(answer.body) : null
  return { status: answer.statusCode, text: answer.body, json: parsed, headers: answer.headers }
}

const HEADER = 'row,number,full_name,birth_date,sex,commune_code'
export const RIGHT = '079097375971,Nguyễn Tuấn Xuân,1997-01-26,M,26773'

/** A list; each has a row of its own, so that no two files are one. */
export function fileOf(lines: readonly string[]): Buffer {
  return Buffer.from(`${[HEADER, ...lines, `mark-${++named},,,,,`].join('\n')}\n`)
}

export const strangers = (n: number): readonly string[] =>
  Array.from(
    { length: n },
    (_, at) => `${at},07909800${String(at).padStart(4, '0')},Trần Văn Khác,1998-05-05,M,26773`,
  )

export const sha256 = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex')

/** Announces a file; answers the id of its job. */
export async function plan(bench: Bench, file: Buffer, more: Partial<Asked> = {}): Promise<Told> {
  return bench.call({
    path: '/api/link-jobs',
    json: { columns: HEADER.split(','), file: { sha256: sha256(file), bytes: file.length } },
    ...more,
  })
}

export async function upload(bench: Bench, job: string, file: Buffer): Promise<void> {
  for (let part = 1; part <= partsOf(file.length); part++) {
    const from = (part - 1) * JOB_LIMITS.part_bytes
    const bytes = file.subarray(from, from + JOB_LIMITS.part_bytes)
    const { status, text } = await bench.call({
      method: 'PUT',
      path: `/api/link-jobs/${job}/parts/${part}`,
      bytes,
    })
    if (status !== 204) throw new Error(text)
  }
}

/** A file that has been sent and started. */
export async function started(bench: Bench, file: Buffer): Promise<string> {
  const { json } = await plan(bench, file)
  await upload(bench, json.job, file)
  const { status, text } = await bench.call({ path: `/api/link-jobs/${json.job}/start` })
  if (status !== 200) throw new Error(text)
  return json.job
}

export const look = async (bench: Bench, job: string) =>
  (await bench.call({ method: 'GET', path: `/api/link-jobs/${job}` })).json

/** The actor an agency of the test acts as. */
export async function actorOf({ kernel }: Bench, { code }: TestAgency): Promise<Actor> {
  const [row] = await kernel.owner<{ id: string; agencyId: string }>(
    'select actor_id as id, agency_id as "agencyId" from exchange.agency where code = $1',
    [code],
  )
  return anActor([], { kind: 'agency', id: row?.id ?? uuidv7(), agencyId: row?.agencyId ?? null })
}
