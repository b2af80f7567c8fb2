import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  type Asker,
  ask,
  dayOf,
  execute,
  formKeys,
  type Kernel,
  Refusal,
  requireActor,
  sendHtml,
} from '../../kernel/index.ts'
import { page } from '../../web/index.ts'
import { LAW } from '../law.ts'
import { answerWhy } from '../reads/commands.ts'
import { type ComplaintToAnswer, complaintsToAnswer } from '../reads/queries.ts'
import { type AnswerForm, answerFaults, answerPage } from './complaint.ts'
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

/** A question and its answer, below `/agency` and below `/inspect`. */
export function complaintRoutes(
  app: FastifyInstance,
  kernel: Kernel,
  section: 'agency' | 'inspect',
): void {
  const base = `/${section}`
  const show = async (request: FastifyRequest<OfComplaint>, more: Partial<AnswerForm> = {}) => {
    const { t } = request
    const complaint = await findComplaint(kernel, request)
    const today = dayOf(kernel.now(), kernel.profile.timeZone)
    const keys = formKeys(request, kernel)
    const wording = await wordingFor(request, kernel)
    const body = answerPage(wording, { complaint, today, keys, base, ...more })
    const content = { title: t('exchange.answer.one'), narrow: true, current: base, body }
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

/** Open or answered, among those the reader may see; another's does not exist. */
async function findComplaint(
  kernel: Kernel,
  request: FastifyRequest<OfComplaint>,
): Promise<ComplaintToAnswer> {
  for (const isOpen of [true, false]) {
    const all = await ask(complaintsToAnswer, { isOpen }, answering(kernel, request))
    const found = all.find((one) => one.id === request.params.complaint)
    if (found !== undefined) return found
  }
  throw new Refusal('complaint.not-found')
}
