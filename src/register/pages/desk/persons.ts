import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  type Asker,
  ask,
  type Html,
  type Kernel,
  mayDo,
  Refusal,
  sendHtml,
} from '../../../kernel/index.ts'
import type { FieldError } from '../../../web/index.ts'
import { personHistory, personRecord } from '../../person/queries.ts'
import { wordingOf } from '../show.ts'
import { readAxes } from './axes.ts'
import { caseOf, forgetCase, keepCase, outsidePage, readCase } from './case.ts'
import { recordExtract } from './extract.ts'
import { addressOf, deskPage, personPath, purposeIn, type Values, valuesOf } from './frame.ts'
import { historyPage } from './history.ts'
import { protectedPage } from './protected.ts'
import { nameOf, recordPage } from './record.ts'
import { requireOfficer } from './who.ts'

export interface PersonRoute {
  Params: { person: string }
  Querystring: { for?: string; valid?: string; known?: string }
}
type PersonRequest = FastifyRequest<PersonRoute>

/** Who asks for a person's record, for what, and in which case if outside the area. */
export function askerOf(request: FastifyRequest<PersonRoute>, kernel: Kernel): Asker {
  const actor = requireOfficer(request, kernel)
  const { person } = request.params
  const typed = caseOf(request, kernel, { actor, person })
  const purpose = purposeIn(request.query.for)
  return { kernel, actor, purpose, ...(typed !== undefined && { case: typed }) }
}

/** The pages of one person, by a handle that leads nowhere for anybody else. */
export function personRoutes(app: FastifyInstance, kernel: Kernel): void {
  app.get<PersonRoute>('/desk/persons/:person', async (request, reply) =>
    opening({ request, reply, kernel }, () => showRecord(request, reply, kernel)),
  )
  app.get<PersonRoute>('/desk/persons/:person/history', async (request, reply) =>
    opening({ request, reply, kernel }, async () => {
      const asker = askerOf(request, kernel)
      const { person } = request.params
      const history = await ask(personHistory, { person }, asker)
      const wording = await wordingOf(request, kernel)
      const purpose = purposeIn(asker.purpose)
      const body = historyPage({ wording, history, person, purpose })
      const title = request.t('register.desk.history.title')
      return sendHtml(reply, deskPage(request, kernel, { title, body, purpose }))
    }),
  )
  app.get<PersonRoute>('/desk/persons/:person/extract.pdf', async (request, reply) =>
    opening({ request, reply, kernel }, async () => {
      const asker = askerOf(request, kernel)
      const axes = readAxes(request.query, kernel)
      const { person } = request.params
      const record = await ask(personRecord, { person, ...axes.input }, asker)
      const wording = { ...(await wordingOf(request, kernel)), day: axes.valid }
      const pdf = await recordExtract(wording, record, { axes, asker, at: kernel.now() })
      reply.header('content-disposition', 'inline; filename="goc-extract.pdf"')
      return reply.type('application/pdf').send(pdf)
    }),
  )
  app.post<PersonRoute>('/desk/persons/:person/case', async (request, reply) => {
    const actor = requireOfficer(request, kernel)
    const { person } = request.params
    const values = valuesOf(request.body)
    const read = readCase(await wordingOf(request, kernel), values)
    if ('errors' in read) {
      reply.code(422)
      return sendHtml(reply, await outside({ request, reply, kernel }, values, read.errors))
    }
    keepCase(reply, kernel, { actor, person, case: read.case })
    return reply.redirect(addressOf(personPath(person), { for: purposeIn(values.for) }), 303)
  })
}

async function showRecord(request: PersonRequest, reply: FastifyReply, kernel: Kernel) {
  const asker = askerOf(request, kernel)
  const axes = readAxes(request.query, kernel)
  const { person } = request.params
  const record = await ask(personRecord, { person, ...axes.input }, asker)
  const wording = { ...(await wordingOf(request, kernel)), day: axes.valid }
  const purpose = purposeIn(asker.purpose)
  const body = recordPage({
    wording,
    record,
    axes,
    purpose,
    ...(asker.case !== undefined && { case: asker.case.reference }),
    may: (operation) => mayDo(kernel, asker.actor, operation),
  })
  const title = nameOf(wording, record)
  return sendHtml(reply, deskPage(request, kernel, { title, body, purpose }))
}

export interface Visit {
  readonly request: PersonRequest
  readonly reply: FastifyReply
  readonly kernel: Kernel
}

/** Opens a record, or says on a page of its own what would let it be opened. */
export async function opening(visit: Visit, work: () => Promise<unknown>): Promise<unknown> {
  const { request, reply, kernel } = visit
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { code, status } = error
    const { person } = request.params
    if (code === 'person.protected') {
      const purpose = purposeIn(request.query.for)
      const body = protectedPage(request, kernel, { person, purpose })
      const title = request.t('register.desk.protected.title')
      reply.code(status)
      return sendHtml(reply, deskPage(request, kernel, { title, body, purpose, narrow: true }))
    }
    if (code !== 'actor.out-of-area' && code !== 'case.not-matching') throw error
    reply.code(status)
    return sendHtml(reply, await outside(visit, {}, wrongMark(visit, code)))
  }
}

/** Number and birth date were not this person's: the case is typed anew. */
function wrongMark({ request, reply }: Visit, code: string): FieldError[] {
  if (code !== 'case.not-matching') return []
  forgetCase(reply, request.params.person)
  return [{ field: 'number', words: request.t('register.desk.case.not-matching') }]
}

async function outside(
  { request, kernel }: Visit,
  values: Values,
  errors: readonly FieldError[],
): Promise<Html> {
  const { person } = request.params
  const purpose = purposeIn(values.for ?? request.query.for)
  const wording = await wordingOf(request, kernel)
  const body = outsidePage(request, kernel, { wording, person, purpose, values, errors })
  const title = request.t('register.desk.outside.title')
  return deskPage(request, kernel, { title, body, purpose, narrow: true })
}
