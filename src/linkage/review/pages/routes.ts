import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  type Actor,
  ask,
  type Content,
  execute,
  formKeys,
  type Html,
  type Kernel,
  LIMITS,
  mayDo,
  Refusal,
  refusalWords,
  requireActor,
  sendHtml,
  todayOf,
} from '../../../kernel/index.ts'
import { note, page } from '../../../web/index.ts'
import { adjudicateReview, decideMany, decideReview } from '../commands.ts'
import { closeCorrectionCommand, listCorrectionsQuery } from '../correction.ts'
import { CORRECTING, REVIEWING } from '../law.ts'
import { BANDS, measureReviews, reviewCase, reviewQueue } from '../queries.ts'
import { CAUSES, type Decision } from '../types.ts'
import { casePage } from './case.ts'
import { correctionsPage } from './corrections.ts'
import { measuresPage } from './measures.ts'
import { type Chosen, queryOf, queuePage } from './queue.ts'
import { wordingOf } from './wording.ts'

/** The review desk: the queue, one pair, how reviewers work, records that may be wrong. */
export function reviewRoutes(app: FastifyInstance, kernel: Kernel): void {
  queueRoutes(app, kernel)
  caseRoutes(app, kernel)
  correctionRoutes(app, kernel)
  app.get('/desk/matches/measures', async (request, reply) => {
    const actor = requireActor(request)
    const measures = await ask(measureReviews, {}, { kernel, actor, ...FOR_REVIEW })
    const body = measuresPage(await wordingOf(request, kernel), measures)
    const title = request.t('linkage.review.measures')
    return sendHtml(reply, page(request, kernel, { title, section: 'desk', body }))
  })
}

const FOR_REVIEW = { purpose: REVIEWING.purpose }

type Query = Readonly<Record<string, unknown>>
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value.trim().slice(0, LIMITS.nameChars) : ''
const oneOf = (list: readonly string[], value: unknown): string =>
  list.includes(textOf(value)) ? textOf(value) : ''

/** Whoever may only settle is shown what waits for that. */
function chosenBy(query: unknown, { kernel, actor }: { kernel: Kernel; actor: Actor }): Chosen {
  const given = query as Query
  const settles = mayDo(kernel, actor, adjudicateReview.name)
  const decides = mayDo(kernel, actor, decideReview.name)
  return {
    cause: oneOf(CAUSES, given.cause),
    band: oneOf(Object.keys(BANDS), given.band),
    office: textOf(given.office).slice(0, 40),
    disputed: settles && (given.disputed === 'yes' || !decides),
  }
}

const wishOf = ({ cause, band, office, disputed }: Chosen) => ({
  ...(cause !== '' && { cause }),
  ...(band !== '' && { band }),
  ...(office !== '' && { office }),
  disputed,
})

function saying(request: FastifyRequest, error: unknown): Content {
  if (!(error instanceof Refusal)) throw error
  const { title, remedy } = refusalWords(request.t, error)
  return note({ kind: 'late', alert: true, title, body: remedy })
}

const done = (title: string): Content => note({ kind: 'done', alert: true, title })

async function showQueue(
  request: FastifyRequest,
  kernel: Kernel,
  said: Content = null,
): Promise<Html> {
  const actor = requireActor(request)
  const chosen = chosenBy(request.query, { kernel, actor })
  const queue = await ask(reviewQueue, wishOf(chosen), { kernel, actor, ...FOR_REVIEW })
  const body = queuePage(await wordingOf(request, kernel), {
    queue,
    chosen,
    said,
    keys: formKeys(request, kernel),
    mayDecide: mayDo(kernel, actor, decideReview.name),
    maySettle: mayDo(kernel, actor, adjudicateReview.name),
  })
  const title = request.t('linkage.review.title')
  return page(request, kernel, { title, section: 'desk', body, islands: ['keys'] })
}

function queueRoutes(app: FastifyInstance, kernel: Kernel): void {
  app.get('/desk/matches', async (request, reply) =>
    sendHtml(reply, await showQueue(request, kernel)),
  )

  app.post<{ Body: Query; Querystring: Query }>('/desk/matches', async (request, reply) => {
    const actor = requireActor(request)
    const { case: cases = [], decision, reason, _key } = request.body
    const input = { cases: [cases].flat(), cause: textOf(request.query.cause), decision, reason }
    try {
      const { decided } = await execute(decideMany, input, { kernel, actor, key: textOf(_key) })
      const words = request.t('linkage.review.many-done', { n: decided })
      return sendHtml(reply, await showQueue(request, kernel, done(words)))
    } catch (error) {
      const said = saying(request, error)
      reply.code((error as Refusal).status)
      return sendHtml(reply, await showQueue(request, kernel, said))
    }
  })
}

/** What a reviewer saw where they said nothing more of it: what the decision most often means. */
const USUAL: Readonly<Record<Decision, string>> = {
  same: 'typing',
  different: 'namesake',
  unclear: 'not-enough',
}

interface CaseRoute {
  Params: { id: string }
  Querystring: Query
  Body: Query
}

function caseRoutes(app: FastifyInstance, kernel: Kernel): void {
  const show = async (request: FastifyRequest<CaseRoute>, said: Content = null): Promise<Html> => {
    const actor = requireActor(request)
    const chosen = chosenBy(request.query, { kernel, actor })
    const candidate = Number(textOf(request.query.candidate))
    const input = {
      case: request.params.id,
      ...wishOf(chosen),
      ...(Number.isInteger(candidate) && candidate > 0 && candidate < 6 && { candidate }),
    }
    const view = await ask(reviewCase, input, { kernel, actor, ...FOR_REVIEW })
    const operation = view.head.status === 'disputed' ? adjudicateReview : decideReview
    const body = casePage(await wordingOf(request, kernel), {
      view,
      said,
      keys: formKeys(request, kernel),
      from: queryOf(chosen),
      mayDecide: mayDo(kernel, actor, operation.name),
    })
    const title = request.t('linkage.review.question')
    return page(request, kernel, { title, section: 'desk', body, islands: ['keys'] })
  }

  app.get<CaseRoute>('/desk/matches/:id', async (request, reply) => {
    try {
      return sendHtml(reply, await show(request))
    } catch (error) {
      // Others settled it meanwhile: the queue has the next.
      if (!(error instanceof Refusal) || error.code !== 'review.decided') throw error
      const chosen = chosenBy(request.query, { kernel, actor: requireActor(request) })
      return reply.redirect(pathOf('', chosen), 303)
    }
  })

  app.post<CaseRoute>('/desk/matches/:id', async (request, reply) => {
    const actor = requireActor(request)
    const { decision, reason, candidate, settles, next, _key } = request.body
    const input = {
      case: request.params.id,
      decision,
      candidate: Number(textOf(candidate)),
      reason: textOf(reason) || (USUAL[textOf(decision) as Decision] ?? ''),
    }
    const command = settles === 'yes' ? adjudicateReview : decideReview
    try {
      await execute(command, input, { kernel, actor, key: textOf(_key) })
    } catch (error) {
      const said = saying(request, error)
      reply.code((error as Refusal).status)
      return sendHtml(reply, await show(request, said))
    }
    const chosen = chosenBy(request.query, { kernel, actor })
    return reply.redirect(
      pathOf(/^[0-9a-f-]{36}$/.test(textOf(next)) ? textOf(next) : '', chosen),
      303,
    )
  })
}

/** A case of a queue, or the queue itself. */
function pathOf(caseId: string, chosen: Chosen): string {
  const path = caseId === '' ? '/desk/matches' : `/desk/matches/${caseId}`
  const query = queryOf(chosen)
  return query === '' ? path : `${path}?${query}`
}

interface CorrectionRoute {
  Querystring: Query
  Body: Query
}

function correctionRoutes(app: FastifyInstance, kernel: Kernel): void {
  const show = async (request: FastifyRequest, said: Content = null): Promise<Html> => {
    const actor = requireActor(request)
    const closed = (request.query as Query).closed === 'yes'
    const asker = { kernel, actor, purpose: CORRECTING.purpose }
    const corrections = await ask(listCorrectionsQuery, { closed }, asker)
    const body = correctionsPage(await wordingOf(request, kernel), {
      corrections,
      closed,
      said,
      today: todayOf(kernel),
      mayOpen: mayDo(kernel, actor, 'person.record'),
      mayClose: mayDo(kernel, actor, closeCorrectionCommand.name),
      keys: () => formKeys(request, kernel),
    })
    const title = request.t('linkage.review.corrections')
    return page(request, kernel, { title, section: 'desk', body })
  }

  app.get('/desk/corrections', async (request, reply) => sendHtml(reply, await show(request)))

  app.post<CorrectionRoute>('/desk/corrections', async (request, reply) => {
    const actor = requireActor(request)
    const { correction, outcome, document, _key } = request.body
    const input = { correction, outcome, document: textOf(document) }
    try {
      await execute(closeCorrectionCommand, input, { kernel, actor, key: textOf(_key) })
    } catch (error) {
      const said = saying(request, error)
      reply.code((error as Refusal).status)
      return sendHtml(reply, await show(request, said))
    }
    return sendHtml(reply, await show(request, done(request.t('linkage.review.closed-now'))))
  })
}
