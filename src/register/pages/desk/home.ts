import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  type Actor,
  type Content,
  type Html,
  html,
  type Kernel,
  mayDo,
  requireActor,
  sendHtml,
  todayOf,
  unitsWhere,
} from '../../../kernel/index.ts'
import { linkButton, plainList, section, still, tag, taskList } from '../../../web/index.ts'
import { countOpenings } from '../../person/openings.ts'
import { countReviewsIn } from '../../unit/review.ts'
import { wordingOf } from '../show.ts'
import type { Wording } from '../wording.ts'
import { deskPage, USUAL } from './frame.ts'
import { searchForm } from './search.ts'
import { type Done, listDoneToday } from './store.ts'
import { requireOfficer } from './who.ts'

/** What waits for an officer, in figures: whom it is about is told on the pages behind. */
interface Work {
  readonly openings: number
  readonly reviews: number
  readonly done: readonly Done[]
}

export function homeRoutes(app: FastifyInstance, kernel: Kernel): void {
  app.get('/desk', async (request, reply) => {
    // Who works at the desk without searching for people has a home elsewhere in it.
    const reader = requireActor(request)
    if (!mayDo(kernel, reader, 'person.search')) return reply.redirect('/', 303)
    const actor = requireOfficer(request, kernel)
    const wording = await wordingOf(request, kernel)
    const work = await workOf(kernel, actor)
    const body = homePage(request, kernel, { actor, wording, work })
    const title = request.t('register.desk.title')
    return sendHtml(reply, deskPage(request, kernel, { title, body, search: false }))
  })
}

function workOf(kernel: Kernel, actor: Actor): Promise<Work> {
  const today = todayOf(kernel)
  return kernel.database.transaction(async (tx) => {
    const within = { tx, kernel, actor, today, now: kernel.now() }
    const approves = mayDo(kernel, actor, 'opening.approve')
    const units = unitsWhere(kernel, actor, 'unit.review-decide')
    return {
      openings: approves ? await countOpenings(within) : 0,
      reviews: await countReviewsIn(within, units),
      done: await listDoneToday(tx, kernel, actor.id),
    }
  })
}

/** Whom the register learns of: nobody to be searched for. */
const NEWCOMERS = [
  { operation: 'birth.register', event: 'birth', href: '/desk/births/new' },
  { operation: 'person.register', event: 'person', href: '/desk/persons/new' },
] as const

interface Home {
  readonly actor: Actor
  readonly wording: Wording
  readonly work: Work
}

function homePage(request: FastifyRequest, kernel: Kernel, home: Home): Html {
  const { t } = request
  const { actor, wording } = home
  const looked = { text: '', year: '', place: '', unit: '', purpose: USUAL }
  const office = [actor.body, actor.unit && wording.units.fullTitleOf(actor.unit, t.lang)]
  const newcomers = NEWCOMERS.filter(({ operation }) => mayDo(kernel, actor, operation)).map(
    ({ event, href }) => linkButton(t(`register.desk.event.${event}`), href, { kind: 'plain' }),
  )
  const form = searchForm(request, kernel, { looked, errors: [], wording })
  return html`<div class="dense stack-l"><div class="head"><div>
<h1>${t('register.desk.title')}</h1><p class="meta">${office.filter(Boolean).join(', ')}</p></div>
<div class="row">${newcomers}</div></div><div class="split"><div>
${section('find', t('register.desk.search.title'), html`<div class="narrow">${form}</div>`)}</div>
<div class="stack-l">${waiting(request, kernel, home)}${doneToday(request, home.work.done)}</div>
</div></div>`
}

function waiting(request: FastifyRequest, kernel: Kernel, { actor, work }: Home): Html {
  const { t } = request
  const state = (count: number): Content =>
    count === 0
      ? tag(t, 'idle', t('register.desk.nothing'))
      : tag(t, 'you', t('register.desk.items', { n: count }))
  const tasks = [
    ...(mayDo(kernel, actor, 'opening.list')
      ? [
          {
            title: t('register.desk.openings.title'),
            href: '/desk/openings',
            why: t('register.desk.openings.why'),
            state: state(work.openings),
          },
        ]
      : []),
    ...(mayDo(kernel, actor, 'unit.reviews')
      ? [
          {
            title: t('register.desk.reviews.title'),
            href: '/desk/reviews',
            why: t('register.desk.reviews.why'),
            state: state(work.reviews),
          },
        ]
      : []),
  ]
  const body =
    tasks.length === 0 ? still(t('register.desk.nothing')) : taskList(tasks, { tight: true })
  return section('waiting', t('register.desk.waiting'), body)
}

/** What this officer recorded today: how often and when, not of whom. */
function doneToday({ t }: FastifyRequest, done: readonly Done[]): Html {
  const rows = done.map(({ operation, count, last }) => {
    const key = `register.desk.done.${operation}`
    const what = t.has(key) ? t(key) : operation
    const when = t('register.desk.done-last', { at: t.shortInstant(last) })
    return html`<b>${what}</b> <span class="meta">${t.number(count)}, ${when}</span>`
  })
  const empty = html`<p class="meta">${t('register.desk.done-none')}</p>`
  const body = rows.length === 0 ? empty : plainList(rows, { tight: true })
  return section('done', t('register.desk.done'), body)
}
