import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  type Asker,
  ask,
  type Kernel,
  requireActor,
  sendHtml,
  todayOf,
} from '../../kernel/index.ts'
import { page } from '../../web/index.ts'
import { myFamily, myRecord } from '../person/own.ts'
import { recordCopyJson, recordCopyPdf } from './copy.ts'
import { familyPage } from './family.ts'
import { recordPage } from './record.ts'
import { wordingOf } from './show.ts'

/** The citizen's pages of the register: own record, family, copy. */
export function portalRoutes(app: FastifyInstance, kernel: Kernel): void {
  const today = () => todayOf(kernel)
  const mine = (request: FastifyRequest, purpose: string): Asker => ({
    kernel,
    actor: requireActor(request),
    purpose,
  })

  app.get('/record', async (request, reply) => {
    const record = await ask(myRecord, {}, mine(request, 'own-record'))
    const wording = await wordingOf(request, kernel)
    const title = request.t('register.record.title')
    const body = recordPage(wording, record, today())
    return sendHtml(reply, page(request, kernel, { title, section: 'portal', body }))
  })

  app.get('/family', async (request, reply) => {
    const family = await ask(myFamily, {}, mine(request, 'family-record'))
    const record = await ask(myRecord, {}, mine(request, 'own-record'))
    const wording = await wordingOf(request, kernel)
    const title = request.t('register.family.title')
    const body = familyPage(wording, { family, record }, today())
    return sendHtml(reply, page(request, kernel, { title, section: 'portal', body }))
  })

  app.get('/record/copy.json', async (request, reply) => {
    const record = await ask(myRecord, {}, mine(request, 'own-record'))
    const copy = recordCopyJson(record, kernel.now())
    reply.header('content-disposition', 'attachment; filename="goc-record.json"')
    return reply.type('application/json; charset=utf-8').send(copy)
  })
  app.get('/record/copy.pdf', async (request, reply) => {
    const record = await ask(myRecord, {}, mine(request, 'own-record'))
    const pdf = await recordCopyPdf(await wordingOf(request, kernel), record, kernel.now())
    reply.header('content-disposition', 'attachment; filename="goc-record.pdf"')
    return reply.type('application/pdf').send(pdf)
  })
}
