import type { FastifyInstance } from 'fastify'
import { ask, dayOf, html, type Kernel, sendHtml } from '../../kernel/index.ts'
import { page, still, tabs } from '../../web/index.ts'
import { complaintsToAnswer } from '../reads/queries.ts'
import { complaintList } from './agency/home.ts'
import { answering, complaintRoutes } from './complaint-routes.ts'
import { wordingFor } from './wording.ts'

/** The inspection's page: every question that waits for an answer, whoever it was put to. */
export function inspectRoutes(app: FastifyInstance, kernel: Kernel): void {
  app.get<{ Querystring: { answered?: string } }>('/inspect', async (request, reply) => {
    const { t } = request
    const isOpen = request.query.answered === undefined
    const complaints = await ask(complaintsToAnswer, { isOpen }, answering(kernel, request))
    const wording = await wordingFor(request, kernel)
    const today = dayOf(kernel.now(), kernel.profile.timeZone)
    const views = [
      { href: '/inspect', label: t('exchange.inspect.open'), current: isOpen },
      { href: '/inspect?answered', label: t('exchange.inspect.answered'), current: !isOpen },
    ]
    const empty = still(t(`exchange.inspect.none-${isOpen ? 'open' : 'answered'}`))
    const list =
      complaints.length === 0
        ? empty
        : complaintList(wording, complaints, { today, base: '/inspect' })
    const body = html`<div class="hero"><h1>${t('exchange.inspect.title')}</h1>
<p class="lead">${t('exchange.inspect.lead')}</p></div><div class="stack">
${tabs(t('exchange.inspect.title'), views)}${list}</div>`
    const title = t('exchange.inspect.title')
    return sendHtml(reply, page(request, kernel, { title, section: 'inspect', body }))
  })
  complaintRoutes(app, kernel, 'inspect')
}
