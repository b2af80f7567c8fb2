import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  type Asker,
  ask,
  execute,
  formKeys,
  html,
  type Kernel,
  requireActor,
  sendHtml,
  todayOf,
} from '../../kernel/index.ts'
import { page, section as part, still, tabs } from '../../web/index.ts'
import { LAW } from '../law.ts'
import { answerWhy } from '../reads/commands.ts'
import { complaintsToAnswer, complaintToAnswer } from '../reads/queries.ts'
import { type AnswerForm, answerFaults, answerPage, complaintList } from './complaint.ts'
import { keyOf } from './form.ts'
import { wordingFor } from './wording.ts'

/** Whoever answers asks as themself, for that purpose alone. */
export const answering = (kernel: Kernel, request: FastifyRequest): Asker => ({
  kernel,
  actor: requireActor(request),
  purpose: LAW.complaint.purpose,
})

interface OfComplaint {
  readonly Params: { readonly complaint: string }
  readonly Body: { readonly answer?: unknown; readonly lawful?: unknown; readonly _key?: unknown }
}

/** Whose pages of questions these are, and where they are listed. */
export interface Questions {
  readonly section: 'agency' | 'inspect'
  readonly list: string
}

/** Questions, open and answered; one question and its answer. */
export function complaintRoutes(
  app: FastifyInstance,
  kernel: Kernel,
  { section, list }: Questions,
): void {
  const base = `/${section}`
  listRoute(app, kernel, { section, list })
  const show = async (request: FastifyRequest<OfComplaint>, more: Partial<AnswerForm> = {}) => {
    const { t } = request
    const { complaint: id } = request.params
    const complaint = await ask(complaintToAnswer, { complaint: id }, answering(kernel, request))
    const today = todayOf(kernel)
    const keys = formKeys(request, kernel)
    const wording = await wordingFor(request, kernel)
    const body = answerPage(wording, { complaint, today, keys, base, list, ...more })
    const content = { title: t('exchange.answer.one'), narrow: true, current: list, body }
    return page(request, kernel, { ...content, section })
  }

  app.get<OfComplaint>(`${base}/complaints/:complaint`, async (request, reply) =>
    sendHtml(reply, await show(request)),
  )

  app.post<OfComplaint>(`${base}/complaints/:complaint`, async (request, reply) => {
    const { complaint } = request.params
    const text = (value: unknown) => String(value ?? '').replaceAll('\r\n', '\n')
    const typed = { answer: text(request.body.answer), lawful: text(request.body.lawful) }
    const errors = answerFaults(await wordingFor(request, kernel), typed)
    if (errors.length > 0) {
      reply.code(422)
      return sendHtml(reply, await show(request, { typed, errors }))
    }
    const input = { complaint, answer: typed.answer.trim(), lawful: typed.lawful === 'yes' }
    const caller = { kernel, actor: requireActor(request), key: keyOf(request.body) }
    await execute(answerWhy, input, caller)
    return reply.redirect(`${base}/complaints/${complaint}`, 303)
  })
}

function listRoute(app: FastifyInstance, kernel: Kernel, { section, list }: Questions): void {
  app.get<{ Querystring: { answered?: string } }>(list, async (request, reply) => {
    const { t } = request
    const isOpen = request.query.answered === undefined
    const complaints = await ask(complaintsToAnswer, { isOpen }, answering(kernel, request))
    const wording = await wordingFor(request, kernel)
    const today = todayOf(kernel)
    const title = t('exchange.answer.title')
    const views = [
      { href: list, label: t('exchange.answer.open'), current: isOpen },
      { href: `${list}?answered`, label: t('exchange.answer.answered'), current: !isOpen },
    ]
    const shown =
      complaints.length === 0
        ? still(t(`exchange.answer.none-${isOpen ? 'open' : 'answered'}`))
        : complaintList(wording, complaints, { today, base: `/${section}` })
    const body = html`<div class="hero"><h1>${title}</h1>
<p class="lead">${t(`exchange.answer.lead.${section}`)}</p></div><div class="stack">
${tabs(title, views)}
${part('questions', t(`exchange.answer.${isOpen ? 'open' : 'answered'}`), shown)}</div>`
    return sendHtml(reply, page(request, kernel, { title, section, body }))
  })
}
