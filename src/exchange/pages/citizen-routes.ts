import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  type Actor,
  type Asker,
  ask,
  execute,
  formKeys,
  type Kernel,
  Refusal,
  requireActor,
  sendHtml,
  todayOf,
} from '../../kernel/index.ts'
import { myFamily } from '../../register/index.ts'
import { drawDocument, page } from '../../web/index.ts'
import { LAW } from '../law.ts'
import { askWhy, withdrawConsentCommand } from '../reads/commands.ts'
import { myCopy } from '../reads/copy.ts'
import { type MyReads, myProof, myReads } from '../reads/queries.ts'
import { keyOf } from './form.ts'
import { frontPage } from './front.ts'
import { homePage } from './home.ts'
import { logDocument } from './reads/copy.ts'
import { copyPage } from './reads/copy-page.ts'
import { type Chosen, readsPage } from './reads/page.ts'
import { questionFault, type WhyForm, whyPage } from './reads/why.ts'
import { wordingFor } from './wording.ts'

/** Roles whose home is the inspection; other officers have the desk. */
const INSPECTING = new Set(['inspector', 'data-protection-officer'])
const AT_THE_DESK = new Set(['commune-officer', 'registrar', 'supervisor'])
/** Whoever does one thing at the desk, and may not search for people. */
const HOMES: Readonly<Record<string, string>> = {
  reviewer: '/desk/matches',
  'sharing-officer': '/desk/link-jobs',
}

/** Where an actor's own pages are; null where there are none. */
export function homeOf({ kind, grants }: Actor): string | null {
  if (kind === 'agency') return '/agency'
  if (grants.some(({ role }) => INSPECTING.has(role))) return '/inspect'
  if (grants.some(({ role }) => AT_THE_DESK.has(role))) return '/desk'
  const own = grants.map(({ role }) => HOMES[role]).find((home) => home !== undefined)
  return own ?? null
}

/** The citizen's pages of the exchange: home, who read my data, why, proofs, copies. */
export function citizenRoutes(app: FastifyInstance, kernel: Kernel): void {
  homeRoute(app, kernel)
  readsRoutes(app, kernel)
  whyRoutes(app, kernel)
  copyRoutes(app, kernel)
}

const OWN = LAW.ownRecord.purpose

/** The citizen asks about themself. */
const mine = (kernel: Kernel, request: FastifyRequest, purpose: string = OWN): Asker => ({
  kernel,
  actor: requireActor(request),
  purpose,
})

function homeRoute(app: FastifyInstance, kernel: Kernel): void {
  app.get('/', async (request, reply) => {
    const { t, actor } = request
    if (actor === null || actor.kind !== 'citizen') {
      const home = actor && homeOf(actor)
      if (home !== null) return reply.redirect(home, 303)
      const body = frontPage(t, { signedIn: actor?.name ?? null })
      return sendHtml(reply, page(request, kernel, { title: '', section: 'public', body }))
    }
    const wording = await wordingFor(request, kernel)
    const family = await ask(myFamily, {}, mine(kernel, request, 'family-record'))
    const reads = await ask(myReads, { limit: 1 }, mine(kernel, request))
    const view = { name: actor.name, reads, family: family.members, today: todayOf(kernel) }
    const content = { title: t('exchange.menu.home'), body: homePage(wording, view) }
    return sendHtml(reply, page(request, kernel, { ...content, section: 'portal' }))
  })
}

/** An empty choice of a form is no choice. */
function chosenIn(query: unknown): Chosen {
  const given = Object.entries(query as Record<string, unknown>).filter(
    ([name, value]) =>
      ['body', 'purpose', 'before'].includes(name) && typeof value === 'string' && value !== '',
  )
  return Object.fromEntries(given) as Chosen
}

function readsRoutes(app: FastifyInstance, kernel: Kernel): void {
  app.get('/reads', async (request, reply) => {
    const chosen = chosenIn(request.query)
    const reads = await ask(myReads, chosen, mine(kernel, request))
    const wording = await wordingFor(request, kernel)
    const keys = formKeys(request, kernel)
    const body = readsPage(wording, { reads, chosen, today: todayOf(kernel), keys })
    const title = request.t('exchange.reads.title')
    return sendHtml(reply, page(request, kernel, { title, section: 'portal', body }))
  })

  app.get<{ Params: { event: string } }>('/reads/:event/proof', async (request, reply) => {
    const { event } = request.params
    const { fileName, text } = await ask(myProof, { event }, mine(kernel, request))
    reply.header('content-disposition', `attachment; filename="${fileName}"`)
    return reply.type('text/plain; charset=utf-8').send(text)
  })

  app.post<{ Params: { consent: string }; Body: { _key?: unknown } }>(
    '/reads/consents/:consent/withdraw',
    async (request, reply) => {
      const actor = requireActor(request)
      const key = keyOf(request.body)
      const { consent } = request.params
      await execute(withdrawConsentCommand, { consent }, { kernel, actor, key })
      return reply.redirect('/reads#consents', 303)
    },
  )
}

interface Asked {
  readonly Params: { readonly event: string }
  readonly Body: { readonly question?: unknown; readonly _key?: unknown }
}

function whyRoutes(app: FastifyInstance, kernel: Kernel): void {
  const show = async (request: FastifyRequest<Asked>, more: Partial<WhyForm> = {}) => {
    const { event } = request.params
    const reads: MyReads = await ask(myReads, { event }, mine(kernel, request))
    const [line] = reads.lines
    if (line === undefined || line.isOwn) throw new Refusal('read.not-found')
    const wording = await wordingFor(request, kernel)
    const keys = formKeys(request, kernel)
    const body = whyPage(wording, { line, today: todayOf(kernel), keys, ...more })
    const title = request.t('exchange.why.title')
    const content = { title, section: 'portal', narrow: true, current: '/reads', body } as const
    return page(request, kernel, content)
  }

  app.get<Asked>('/reads/:event/why', async (request, reply) =>
    sendHtml(reply, await show(request)),
  )

  app.post<Asked>('/reads/:event/why', async (request, reply) => {
    const { event } = request.params
    const typed = String(request.body.question ?? '').replaceAll('\r\n', '\n')
    const error = questionFault(await wordingFor(request, kernel), typed)
    if (error !== null) {
      reply.code(422)
      return sendHtml(reply, await show(request, { typed, error }))
    }
    const actor = requireActor(request)
    const caller = { kernel, actor, key: keyOf(request.body) }
    await execute(askWhy, { event, question: typed.trim() }, caller)
    return reply.redirect(`/reads/${event}/why`, 303)
  })
}

function copyRoutes(app: FastifyInstance, kernel: Kernel): void {
  app.get('/reads/copy', async (request, reply) => {
    requireActor(request)
    const { t } = request
    const content = { title: t('exchange.copy.title'), body: copyPage(t), current: '/reads' }
    return sendHtml(reply, page(request, kernel, { ...content, section: 'portal' }))
  })

  app.get('/reads/copy.json', async (request, reply) => {
    const copy = await ask(myCopy, {}, mine(kernel, request))
    reply.header('content-disposition', 'attachment; filename="goc-copy.json"')
    return reply.type('application/json; charset=utf-8').send(`${JSON.stringify(copy, null, 2)}\n`)
  })

  app.get('/reads/copy.pdf', async (request, reply) => {
    const copy = await ask(myCopy, {}, mine(kernel, request))
    const wording = await wordingFor(request, kernel)
    const { name } = requireActor(request)
    const paper = logDocument(wording, { copy, name, origin: kernel.config.url })
    const pdf = await drawDocument(request.t, paper)
    reply.header('content-disposition', 'attachment; filename="goc-reads.pdf"')
    return reply.type('application/pdf').send(pdf)
  })
}
