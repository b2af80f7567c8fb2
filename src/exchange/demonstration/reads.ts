import {
  type Actor,
  addDays,
  ask,
  askMany,
  type BatchedQuery,
  epochOf,
  execute,
  findActorByLogin,
  insertActor,
  type Kernel,
  type Operator,
  Refusal,
  todayOf,
  uuidv7,
} from '../../kernel/index.ts'
import { personRecord, unitsOf } from '../../register/index.ts'
import { readDirectory } from '../agency/directory.ts'
import { askWhy, giveConsent } from '../reads/commands.ts'
import { investigateReads } from '../reads/inspect.ts'
import { myReads } from '../reads/queries.ts'
import { checkSignature } from '../signature/check.ts'
import { verifyBatch } from '../verify/batch.ts'
import { askerOf } from '../verify/call.ts'
import { verify } from '../verify/verify.ts'
import { CLEANING, DEMONSTRATION_AGENCIES, type DemonstrationAgency } from './agencies.ts'
import { prepareCall } from './call.ts'
import { ensureSamples } from './samples.ts'
import { isUnused, type Sample } from './store.ts'

/** Accounts the register gives a demonstration. */
const CITIZEN = 'citizen'
const INSPECTOR = 'inspector'
const HIDDEN_days = 120

/**
 * Lets a demonstration's citizen find something true in the log on the first day: agencies asked,
 * one of them wrongly, one with a list; an officer elsewhere opened the record, and was refused it;
 * an investigation looked, to be told on a day. Everything by the real operations, once.
 */
export async function demonstrateReads({ kernel }: Operator): Promise<void> {
  const known = new Set(kernel.profile.purposes.map(({ code }) => code))
  const agencies = DEMONSTRATION_AGENCIES.filter(({ purpose }) => known.has(purpose))
  const samples = await ensureSamples(kernel)
  const [citizen, ...others] = samples
  const [actor, isNew] = await kernel.database.transaction(async (tx) => [
    await findActorByLogin(tx, CITIZEN),
    await isUnused(tx),
  ])
  if (citizen === undefined || actor === undefined || !isNew) return
  const stage: Stage = { kernel, agencies, citizen, others, me: { ...actor, level: 2 } }
  await agenciesAsk(stage)
  await officerOpens(stage)
  await investigationLooks(stage)
  await citizenActs(stage)
}

interface Stage {
  readonly kernel: Kernel
  readonly agencies: readonly DemonstrationAgency[]
  readonly citizen: Sample
  readonly others: readonly Sample[]
  readonly me: Actor
}

const identify = ({ number, name, birthdate }: Sample) => ({
  identify: { personal_administrative_number: number, name, birthdate },
})

async function agenciesAsk(stage: Stage): Promise<void> {
  const { agencies, citizen, others } = stage
  const [first, second, third] = agencies
  const last = agencies.at(-1)
  const reference = `HS-${citizen.birthdate.slice(2, 4)}0418`
  if (second !== undefined) {
    // Somebody else's name: the agency learns only that it does not fit.
    const name = others[0]?.name ?? citizen.name.toUpperCase()
    await call(stage, { agency: second, payload: identify({ ...citizen, name }) })
  }
  if (third !== undefined) await call(stage, { agency: third, payload: identify(citizen) })
  if (last !== undefined) {
    const rows = [citizen, ...others].map((one, at) => ({ ref: `${at + 1}`, ...identify(one) }))
    await call(stage, { agency: last, payload: { rows } })
  }
  if (first !== undefined) {
    const payload = {
      ...identify(citizen),
      attributes: { sex: citizen.sex },
      predicates: { age_over_18: true, alive: true },
    }
    await call(stage, { agency: first, payload, reference, operator: 'GDV-07' })
  }
}

interface Asked {
  readonly agency: DemonstrationAgency
  readonly payload: object
  readonly reference?: string
  readonly operator?: string
}

/** What the agency's program would send, checked and answered as if it had come from outside. */
async function call({ kernel }: Stage, asked: Asked): Promise<void> {
  const { agency, payload, reference, operator } = asked
  const isBulk = 'rows' in payload
  const hasCleaning = kernel.profile.purposes.some(({ code }) => code === CLEANING)
  const purpose = isBulk && hasCleaning ? CLEANING : agency.purpose
  const prepared = prepareCall(kernel, {
    agency: agency.code,
    path: isBulk ? '/api/verify/batch' : '/api/verify',
    payload,
    purpose,
    ...(reference !== undefined && { case: reference }),
    ...(operator !== undefined && { operator }),
  })
  const directory = await readDirectory(kernel)
  const { method, url, headers, body } = prepared
  const signature = await checkSignature(
    { method, target: url.pathname, authority: url.host, headers, body: Buffer.from(body) },
    {
      holderOf: directory.holderOf,
      now_s: Math.floor(epochOf(kernel.now()) / 1000),
      authorities: null,
    },
  )
  const signed = { client: signature.holder, signature, purpose, reference, operator, directory }
  const asker = askerOf(kernel, signed)
  const query = (isBulk ? verifyBatch : verify) as BatchedQuery<never, unknown>
  await askMany(query, [{ input: payload, asker }])
}

/** An officer of another place: once inside a case with what the citizen said, once without. */
async function officerOpens({ kernel, citizen }: Stage): Promise<void> {
  const officer = await officerElsewhere(kernel)
  const { number, birthdate: bornOn } = citizen
  const reference = `TT-${bornOn.slice(2, 4)}0077`
  const [lang = 'en'] = kernel.profile.languages
  const reason = kernel.profile.purposes.find(({ code }) => code === 'residence')?.words[lang] ?? ''
  const asker = { kernel, actor: officer, purpose: 'residence' }
  const inCase = { ...asker, case: { number, bornOn, reference, reason } }
  for (const one of [asker, inCase]) {
    try {
      await ask(personRecord, { number }, one)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }
}

async function officerElsewhere(kernel: Kernel): Promise<Actor> {
  const today = todayOf(kernel)
  const { population } = kernel.profile
  return kernel.database.transaction(async (tx) => {
    const units = await unitsOf({ tx, kernel })
    let unit = units.childrenOf(null, today).at(-1)
    for (let below = unit; below !== undefined; [below] = units.childrenOf(below.id, today)) {
      unit = below
    }
    const id = unit?.id ?? 'nation'
    const grants = [{ role: 'commune-officer', unit: id, from: addDays(today, -1), to: null }]
    const officer = {
      id: uuidv7(),
      kind: 'officer' as const,
      name: 'Gốc',
      body: population.acts.birth.body,
      unit: id,
      personId: null,
      agencyId: null,
    }
    await insertActor(tx, { ...officer, login: null })
    return { ...officer, level: 2, grants }
  })
}

async function investigationLooks({ kernel, citizen }: Stage): Promise<void> {
  const inspector = await kernel.database.transaction((tx) => findActorByLogin(tx, INSPECTOR))
  if (inspector === undefined) return
  const today = todayOf(kernel)
  const order = 'QĐ-118'
  const input = { number: citizen.number, order, hiddenUntil: addDays(today, HIDDEN_days) }
  const actor = { ...inspector, level: 2 as const }
  await ask(investigateReads, input, { kernel, actor, purpose: 'investigation' })
}

/** The citizen lets the first agency ask, and asks the second why it tried. */
async function citizenActs({ kernel, me, agencies }: Stage): Promise<void> {
  const by = () => ({ kernel, actor: me, key: uuidv7() })
  const today = todayOf(kernel)
  const [first] = agencies
  if (first !== undefined) {
    const consent = { agency: first.code, purpose: first.purpose, to: addDays(today, 365) }
    await execute(giveConsent, consent, by())
  }
  const { lines } = await ask(myReads, {}, { kernel, actor: me, purpose: 'own-record' })
  const strange = lines.find((line) => line.told?.flags.includes('not-confirmed') === true)
  if (strange === undefined) return
  const [lang = 'en'] = kernel.profile.languages
  await execute(askWhy, { event: strange.event, question: QUESTION[lang] }, by())
}

const QUESTION = {
  vi: 'Tôi không làm thủ tục nào ở đây. Vì sao lại hỏi về tôi?',
  en: 'I have no business with you. Why did you ask about me?',
  fr: 'Je n’ai rien demandé chez vous. Pourquoi cette question sur moi ?',
} as const
