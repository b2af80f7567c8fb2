import { setTimeout } from 'node:timers/promises'
import type { LightMyRequestResponse } from 'fastify'
import { Type } from 'typebox'
import { anActor, type TestKernel } from '../../../test/kernel.ts'
import { buildApp } from '../../app.ts'
import {
  type Actor,
  ask,
  insertActor,
  openSession,
  plainDay,
  query,
  uuidv7,
} from '../../kernel/index.ts'
import { personRecord } from '../../register/index.ts'
import { writeAgencyFile, writeKeyFile } from '../demonstration/folder.ts'
import { ensureSamples } from '../demonstration/samples.ts'
import {
  type App,
  addAgency,
  addPerson,
  addUnits,
  COMMUNE,
  openKernel,
  signedRequest,
  type TestAgency,
} from '../testing.ts'

export const CITIZEN = {
  number: '079097375971',
  name: 'Nguyễn Thuỵ Ánh Tuyết',
  born: '1997-08-09',
  sex: 'female',
  unit: COMMUNE,
  nationalities: ['VNM'],
}
const NEIGHBOUR = '079197000001'
const BANK = 'Ngân hàng Bông Lúa'
const IDENTIFY = {
  personal_administrative_number: CITIZEN.number,
  name: CITIZEN.name,
  birthdate: CITIZEN.born,
}

/** Somebody signed in, as the cookie that says so. */
export interface SignedIn {
  readonly actor: Actor
  readonly cookie: string
}

/** A citizen with a family and a neighbour, agencies, officers, and the program as a server. */
export interface Stage {
  readonly kernel: TestKernel
  readonly app: App
  readonly bank: TestAgency
  readonly personId: string
  readonly citizen: SignedIn
  readonly neighbour: SignedIn
  readonly agency: SignedIn
  readonly inspector: SignedIn
  get(url: string, who?: SignedIn, lang?: string): Promise<Answer>
  /** Sends the form of a page, with its token and key, as a browser would. */
  post(form: string, fields: Readonly<Record<string, string>>, who?: SignedIn): Promise<Answer>
  close(): Promise<void>
}
export type Answer = LightMyRequestResponse

export async function openStage(): Promise<Stage> {
  const kernel = await openKernel()
  // Ids of events tell the time of the machine's clock, so the kernel's agrees with it here.
  kernel.setNow(new Date().toISOString())
  await addUnits(kernel)
  const personId = await addPerson(kernel, CITIZEN)
  const other = await addPerson(kernel, { ...CITIZEN, number: NEIGHBOUR, name: 'Lầu Y Dợ' })
  await addFamily(kernel, personId)
  const app = await buildApp(kernel)
  const bank = await addAgency(kernel, 'bank')
  const renamed = [BANK, 'Agency bank']
  await kernel.owner('update exchange.agency set name = $1 where name = $2', renamed)
  await kernel.owner('update kernel.actor set name = $1, body = $1 where name = $2', renamed)
  await giveKey(kernel, bank)
  const enter = (actor: Actor) => signIn(kernel, actor)
  const clientOf = await kernel.owner<{ actorId: string; agencyId: string; name: string }>(
    `select actor_id as "actorId", agency_id as "agencyId", name from exchange.agency`,
  )
  const [client] = clientOf
  if (client === undefined) throw new Error('no agency')
  const as = (more: Partial<Actor>) => anActor([], { body: null, ...more })
  const { actorId: id, agencyId, name } = client
  return {
    kernel,
    app,
    bank,
    personId,
    citizen: await enter(as({ kind: 'citizen', personId, name: CITIZEN.name })),
    neighbour: await enter(as({ kind: 'citizen', personId: other, name: 'Lầu Y Dợ' })),
    agency: await enter(as({ kind: 'agency', id, agencyId, name, body: name })),
    inspector: await enter(anActor([['inspector', 'nation']], { name: 'Công Tằng Tôn Nữ Quỳnh' })),
    async get(url, who, lang = 'vi') {
      return app.inject({
        url,
        headers: { ...BROWSER, 'accept-language': lang, ...cookieOf(who) },
      })
    },
    async post(form, fields, who) {
      const page = await app.inject({ url: form, headers: { ...BROWSER, ...cookieOf(who) } })
      const hidden = (field: string) =>
        new RegExp(`name="${field}" value="([^"]*)"`).exec(page.body)?.[1] ?? ''
      const payload = new URLSearchParams({ _csrf: hidden('_csrf'), _key: uuidv7(), ...fields })
      return app.inject({
        method: 'POST',
        url: fields.action ?? form,
        payload: payload.toString(),
        headers: { ...BROWSER, ...FORM, ...cookieOf(who) },
      })
    },
    async close() {
      await app.close()
      await kernel.close()
    },
  }
}

const BROWSER = { accept: 'text/html', 'accept-encoding': 'identity' } as const
const FORM = { 'content-type': 'application/x-www-form-urlencoded' } as const
const cookieOf = (who: SignedIn | undefined) => (who === undefined ? {} : { cookie: who.cookie })

/** A mother and a son. */
async function addFamily(kernel: TestKernel, personId: string): Promise<void> {
  const mother = await addPerson(kernel, { name: 'H’Ngọc Trâm Niê Kđăm', born: '1970-03-01' })
  const son = await addPerson(kernel, { name: 'Trần Nguyễn Minh Khuê', born: '2023-02-02' })
  const ties = [
    ['parent', 'mother', { person: mother }],
    ['child', son, { person: son }],
  ] as const
  for (const [kind, key, value] of ties) await addFact(kernel, personId, [kind, key, value])
}

async function addFact(
  kernel: TestKernel,
  personId: string,
  [kind, key, value]: readonly [kind: string, key: string, value: unknown],
): Promise<void> {
  await kernel.owner(
    `insert into register.fact (person_id, kind, key, valid, value, act_id, recorded_at)
     select $1, $2, $3, '[2000-01-01,)', $4, act_id, recorded_at from register.act limit 1`,
    [personId, kind, key, JSON.stringify(value)],
  )
}

/** What `npm start` gives an agency of a demonstration: its key, and people to ask about. */
async function giveKey(kernel: TestKernel, { code, keyId, privateKey }: TestAgency): Promise<void> {
  writeKeyFile(kernel, code, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  const { url: origin } = kernel.config
  const purposes = ['account-opening']
  writeAgencyFile(kernel, { agency: code, name: BANK, keyId, origin, purposes, receiptKeys: {} })
  await ensureSamples(kernel)
}

async function signIn(kernel: TestKernel, actor: Actor): Promise<SignedIn> {
  const login = `login-${actor.id}`
  await kernel.database.transaction(async (tx) => {
    const known = await tx.query('select from kernel.actor where actor_id = $1', [actor.id])
    if (known.length === 0) await insertActor(tx, { ...actor, login })
  })
  for (const { role, unit } of actor.grants) {
    await kernel.owner(
      `insert into kernel.role_grant (grant_id, actor_id, role, unit, valid, granted_by)
       values ($1, $2, $3, $4, '[2000-01-01,)', $2)`,
      [uuidv7(), actor.id, role, unit],
    )
  }
  const set: string[] = []
  const reply = {
    setCookie: (name: string, value: string) => set.push(`${name}=${value}`),
  } as unknown as Parameters<typeof openSession>[2]
  await openSession(kernel, { actor, level: 2 }, reply)
  return { actor, cookie: set.join('; ') }
}

/** One question about the citizen by an agency's program: the bank's unless told. */
export async function askOne(
  { kernel, app, bank }: Stage,
  more: { readonly name?: string; readonly agency?: TestAgency; readonly case?: string } = {},
): Promise<void> {
  const { name = CITIZEN.name, agency = bank } = more
  const identify = { ...IDENTIFY, name }
  const payload = { identify, attributes: { sex: 'female' }, predicates: { alive: true } }
  const headers = { 'goc-case': more.case ?? 'HS-2026-00418', 'goc-operator': 'GDV-07' }
  // A key that was just added is known a moment later.
  for (let tries = 0; tries < 20; tries++) {
    const { request } = signedRequest(kernel, agency, { path: '/api/verify', payload, headers })
    const { statusCode, body } = await app.inject(request)
    if (statusCode === 200) return
    if (statusCode !== 401) throw new Error(body)
    await setTimeout(100)
  }
  throw new Error('the key stays unknown')
}

/** A list of people in which the citizen is. */
export async function askMany({ kernel, app, bank }: Stage): Promise<Answer> {
  const rows = [
    { ref: '1', identify: IDENTIFY },
    {
      ref: '2',
      identify: { ...IDENTIFY, personal_administrative_number: NEIGHBOUR, name: 'Lầu Y Dợ' },
    },
  ]
  const { request } = signedRequest(kernel, bank, { path: '/api/verify/batch', payload: { rows } })
  return app.inject(request)
}

/** An officer of another commune opens the record, with a case or (refused) without. */
export async function openElsewhere({ kernel }: Stage, withCase: boolean): Promise<void> {
  const unit = '26774@2025-07-01'
  const actor = anActor([['commune-officer', unit]], {
    body: 'Uỷ ban nhân dân phường Tân Đông Hiệp',
    unit,
  })
  const mark = { number: CITIZEN.number, bornOn: CITIZEN.born }
  const opening = { ...mark, reference: 'TT-2026-0077', reason: 'đăng ký tạm trú' }
  const asker = { kernel, actor, purpose: 'residence', ...(withCase && { case: opening }) }
  await ask(personRecord, { number: CITIZEN.number }, asker).catch(() => undefined)
}

/** A look that is hidden until a day: what an investigation does. */
const investigate = query({
  name: 'ledger.open-event',
  input: Type.Object({ person: Type.String(), until: Type.String() }),
  purposes: ['investigation'],
  async run({ person, until }, { concerns, hideUntil }) {
    concerns(person, ['permanent'])
    hideUntil(plainDay(until))
  },
})
export async function lookHidden({ kernel, personId }: Stage, until: string): Promise<void> {
  const actor = anActor([['inspector', 'nation']], { body: 'Cơ quan điều tra' })
  await ask(investigate, { person: personId, until }, { kernel, actor, purpose: 'investigation' })
}

/** Everything a citizen's log may hold, so that a page can be looked at in all its states. */
export async function fillLog(stage: Stage): Promise<void> {
  await askOne(stage)
  await openElsewhere(stage, false)
  await openElsewhere(stage, true)
  await askMany(stage)
  await askOne(stage, { name: 'Người Khác' })
  await lookHidden(stage, `${Number(stage.kernel.now().slice(0, 4)) + 1}-04-30`)
  await askOne(stage, { case: 'HS-2026-1012' })
}

/** Every page of this room, and who looks at it. */
export async function listPages(stage: Stage): Promise<readonly [url: string, who?: SignedIn][]> {
  const { citizen, agency, inspector } = stage
  const { body } = await stage.get('/reads', citizen)
  const [asked = '', other = ''] = [...body.matchAll(/\/reads\/[0-9a-f-]{36}\/why/g)].map(String)
  await stage.post(asked, { question: 'Vì sao lại hỏi về tôi?' }, citizen)
  const [row] = await stage.kernel.owner<{ id: string }>(
    'select complaint_id as id from exchange.complaint order by asked_at desc limit 1',
  )
  return [
    ['/'],
    ['/', citizen],
    ['/reads', citizen],
    ['/reads?purpose=residence', citizen],
    ['/reads?body=Nobody', citizen],
    [asked, citizen],
    [other, citizen],
    ['/reads/copy', citizen],
    ['/agency', agency],
    ['/agency/complaints', agency],
    [`/agency/complaints/${row?.id}`, agency],
    ['/agency/try', agency],
    ['/agency/reference'],
    ['/inspect', inspector],
    ['/inspect?answered', inspector],
    ['/inspect/log', inspector],
  ]
}
