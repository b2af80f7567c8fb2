import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  formKeys,
  type Html,
  type Kernel,
  requireActor,
  sendHtml,
  todayOf,
} from '../../kernel/index.ts'
import { page } from '../../web/index.ts'
import { type OwnAgency, readOwnAgency } from '../agency/own.ts'
import { type PreparedCall, prepareCall, sendCall } from '../demonstration/call.ts'
import { readSamples } from '../demonstration/samples.ts'
import { countOpenComplaints } from '../reads/store.ts'
import { agencyHome, agreementState } from './agency/home.ts'
import { referencePage } from './agency/reference.ts'
import { claimFor, payloadOf, trialOf } from './agency/trial.ts'
import { type Claim, noTryPage, type Trial, tryPage } from './agency/try.ts'
import { complaintRoutes } from './complaint-routes.ts'
import { wordingFor } from './wording.ts'

/** An agency's pages: agreements and usage, questions to answer, calls to try, the reference. */
export function agencyRoutes(app: FastifyInstance, kernel: Kernel): void {
  app.get('/agency', async (request, reply) => {
    const own = await ownAgency(kernel, request)
    const { actorId } = own.agency
    const waiting = await kernel.database.transaction((tx) => countOpenComplaints(tx, actorId))
    const wording = await wordingFor(request, kernel)
    const body = agencyHome(wording, { ...own, waiting, today: todayOf(kernel) })
    return send(reply, page(request, kernel, { title: own.agency.name, section: 'agency', body }))
  })

  app.get('/agency/reference', async (request, reply) => {
    const { t } = request
    // The same document as programs read, in the reader's words.
    const { body: document } = await app.inject({
      url: '/api/openapi.json',
      headers: { 'accept-language': t.lang },
    })
    const body = referencePage(t, JSON.parse(document), kernel.config.url)
    // Anyone may read it; who is no agency is not led to an agency's home.
    const section = request.actor?.kind === 'agency' ? 'agency' : 'public'
    const title = t('exchange.reference.title')
    return send(reply, page(request, kernel, { title, section, body }))
  })

  complaintRoutes(app, kernel, { section: 'agency', list: '/agency/complaints' })
  tryRoutes(app, kernel)
}

const send = sendHtml

function ownAgency(kernel: Kernel, request: FastifyRequest): Promise<OwnAgency> {
  const actor = requireActor(request)
  return kernel.database.transaction((tx) => readOwnAgency(tx, actor, todayOf(kernel)))
}

interface Tried {
  readonly Querystring: { readonly trial?: unknown }
  readonly Body: Readonly<
    Partial<Record<'trial' | 'number' | 'name' | 'birthdate' | 'purpose', unknown>>
  >
}

interface Wanted {
  readonly trial: Trial
  /** As typed; of a sample where nothing was. */
  readonly claim: Claim | null
  readonly purpose: string | null
  readonly isSent: boolean
}

function tryRoutes(app: FastifyInstance, kernel: Kernel): void {
  app.get<Tried>('/agency/try', async (request, reply) => {
    const trial = trialOf(request.query.trial)
    const wanted = { trial, claim: null, purpose: null, isSent: false }
    return send(reply, await show(app, kernel, { request, wanted }))
  })

  // Sending for an agency with its own key is for a demonstration, where the key is ours to hold.
  if (!kernel.demonstration) return
  app.post<Tried>('/agency/try', async (request, reply) => {
    const text = (name: keyof Tried['Body']) => String(request.body[name] ?? '').trim()
    const claim = { number: text('number'), name: text('name'), birthdate: text('birthdate') }
    const wanted = { trial: trialOf(text('trial')), claim, purpose: text('purpose'), isSent: true }
    return send(reply, await show(app, kernel, { request, wanted }))
  })
}

async function show(
  app: FastifyInstance,
  kernel: Kernel,
  { request, wanted }: { readonly request: FastifyRequest; readonly wanted: Wanted },
): Promise<Html> {
  const { t } = request
  const own = await ownAgency(kernel, request)
  const wording = await wordingFor(request, kernel)
  const today = todayOf(kernel)
  const drawn = (body: Html): Html =>
    page(request, kernel, {
      title: t('exchange.try.title'),
      section: 'agency',
      body,
      islands: ['copy'],
    })
  const agreements = own.agreements.filter(
    (one) => one.operations.includes('verify') && agreementState(one, today).word === 'holds',
  )
  const samples = readSamples(kernel)
  const agreement = agreements.find((one) => one.purpose === wanted.purpose) ?? agreements[0]
  if (!kernel.demonstration) return drawn(noTryPage(wording, 'no-nation'))
  if (agreement === undefined) return drawn(noTryPage(wording, 'no-agreement'))
  const claim = wanted.claim ?? claimFor(kernel, wanted.trial, samples)
  if (claim === null) return drawn(noTryPage(wording, 'no-persons'))
  const payload = payloadOf(claim, agreement, samples)
  const { code: agency } = own.agency
  const call: PreparedCall = prepareCall(kernel, {
    agency,
    path: '/api/verify',
    payload,
    purpose: agreement.purpose,
    case: `TRY-${today.replaceAll('-', '')}`,
  })
  const back = wanted.isSent ? await sendCall(app, kernel, { call, language: t.lang }) : null
  const { trial } = wanted
  const keys = formKeys(request, kernel)
  const view = {
    agency,
    trial,
    claim,
    purpose: agreement.purpose,
    agreements,
    call,
    payload,
    back,
    keys,
  }
  return drawn(tryPage(wording, view))
}
