import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  addDays,
  ask,
  type Content,
  formKeys,
  type Html,
  html,
  type Kernel,
  Refusal,
  refusalWords,
  requireActor,
  sendHtml,
  todayOf,
} from '../../kernel/index.ts'
import { back, type FieldError, page, readDay } from '../../web/index.ts'
import { EXCHANGE_LIMITS } from '../limits.ts'
import { inspectReads, investigateReads } from '../reads/inspect.ts'
import type { ReadLine } from '../reads/queries.ts'
import { complaintRoutes } from './complaint-routes.ts'
import { logForm, logTable, type Typed } from './inspect-log.ts'
import { type Wording, wordingFor } from './wording.ts'

/** The inspection's pages: questions that wait, and one person's log under an order. */
export function inspectRoutes(app: FastifyInstance, kernel: Kernel): void {
  complaintRoutes(app, kernel, { section: 'inspect', list: '/inspect' })
  logRoutes(app, kernel)
}

interface Drawn {
  readonly title: string
  readonly body: Content
}
const drawn = (request: FastifyRequest, kernel: Kernel, content: Drawn): Html =>
  page(request, kernel, { ...content, section: 'inspect' })

const NOTHING: Typed = { number: '', order: '', kind: '', until: '' }

function logRoutes(app: FastifyInstance, kernel: Kernel): void {
  const show = async (
    request: FastifyRequest,
    { typed, errors }: { readonly typed: Typed; readonly errors: readonly FieldError[] },
  ): Promise<Html> => {
    requireActor(request)
    const wording = await wordingFor(request, kernel)
    const last = addDays(todayOf(kernel), EXCHANGE_LIMITS.hidden_days)
    const keys = formKeys(request, kernel)
    const form = logForm(wording, { typed, errors, keys, last })
    const title = request.t('exchange.inspect.log')
    const body = html`<div class="narrow"><h1 class="unseen">${title}</h1>${form}</div>`
    return drawn(request, kernel, { title, body })
  }

  app.get('/inspect/log', async (request, reply) =>
    sendHtml(reply, await show(request, { typed: NOTHING, errors: [] })),
  )

  app.post<{ Body: Readonly<Record<keyof Typed, unknown>> }>(
    '/inspect/log',
    async (request, reply) => {
      const text = (name: keyof Typed) => String(request.body[name] ?? '').trim()
      const typed = {
        number: text('number'),
        order: text('order'),
        kind: text('kind'),
        until: text('until'),
      }
      const wording = await wordingFor(request, kernel)
      const errors = faultsIn(wording, typed)
      const lines = errors.length > 0 ? errors : await look(kernel, request, typed)
      if (isFaults(lines)) {
        reply.code(422)
        return sendHtml(reply, await show(request, { typed, errors: lines }))
      }
      const title = request.t('exchange.inspect.log')
      const body = html`${back(title, '/inspect/log')}<h1>${title}</h1>
<p class="lead">${request.t('exchange.inspect.for', { order: typed.order })}</p>${logTable(wording, lines)}`
      return sendHtml(reply, drawn(request, kernel, { title, body }))
    },
  )
}

const isFaults = (lines: readonly (FieldError | ReadLine)[]): lines is readonly FieldError[] =>
  lines[0] !== undefined && 'field' in lines[0]

function faultsIn({ t }: Wording, { number, order, kind, until }: Typed): FieldError[] {
  const errors: FieldError[] = []
  if (number === '') errors.push({ field: 'number', words: t('exchange.inspect.no-number') })
  if (order.length < 3) errors.push({ field: 'order', words: t('exchange.inspect.no-order') })
  if (kind !== 'open' && kind !== 'hidden') {
    errors.push({ field: 'kind', words: t('exchange.inspect.no-kind') })
  }
  const day = readDay(until)
  if (kind === 'hidden' && (day === null || day.length < 10)) {
    errors.push({ field: 'until', words: t('web.day.wrong') })
  }
  return errors
}

/** The lines, or what is wrong with the question. Who may not ask at all is refused as anywhere. */
async function look(
  kernel: Kernel,
  request: FastifyRequest,
  { number, order, kind, until }: Typed,
): Promise<readonly ReadLine[] | readonly FieldError[]> {
  const actor = requireActor(request)
  try {
    if (kind === 'open') {
      return await ask(inspectReads, { number, order }, { kernel, actor, purpose: 'inspection' })
    }
    const hiddenUntil = readDay(until) ?? ''
    const input = { number, order, hiddenUntil }
    return await ask(investigateReads, input, { kernel, actor, purpose: 'investigation' })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const named = FIELDS[error.details.field ?? ''] ?? FIELDS[error.code]
    if (named === undefined) throw error
    const { title, remedy } = refusalWords(request.t, error)
    return [{ field: named, words: `${title}. ${remedy}` }]
  }
}

/** Which field of the form a refusal is about. */
const FIELDS: Readonly<Record<string, string>> = {
  number: 'number',
  'number.not-found': 'number',
  hiddenUntil: 'until',
}
