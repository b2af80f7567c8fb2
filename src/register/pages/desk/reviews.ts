import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  ask,
  type Content,
  execute,
  formKeys,
  type Html,
  html,
  type Kernel,
  mayDo,
  Refusal,
  refusalWords,
  sendHtml,
  todayOf,
  unitsWhere,
} from '../../../kernel/index.ts'
import {
  button,
  field,
  linkButton,
  note,
  plainList,
  postForm,
  select,
  still,
} from '../../../web/index.ts'
import { ACT_KINDS } from '../../act.ts'
import type { UnitId } from '../../types.ts'
import { decideReview, listReviews } from '../../unit/review.ts'
import { wordingOf } from '../show.ts'
import type { Wording } from '../wording.ts'
import { bornWords } from './facts-table.ts'
import { addressOf, deskPage, personPath, valuesOf } from './frame.ts'
import { requireOfficer } from './who.ts'

interface ReviewRoute {
  Querystring: { unit?: string; after?: string }
}
type ReviewList = Awaited<ReturnType<typeof listReviews.declaration.run>>
type Review = ReviewList['rows'][number]

/** Residences in units that were split: an officer says in which part each person lives. */
export function reviewRoutes(app: FastifyInstance, kernel: Kernel): void {
  app.get<ReviewRoute>('/desk/reviews', async (request, reply) =>
    sendHtml(reply, await show(request, kernel)),
  )

  app.post<ReviewRoute>('/desk/reviews', async (request, reply) => {
    const actor = requireOfficer(request, kernel)
    const { t } = request
    const {
      unit = '',
      review = '',
      successor = '',
      _key: key = '',
      ...typed
    } = valuesOf(request.body)
    const { 'act-kind': kind = '', document = '' } = typed
    const input = { unit, review, successor, act: { kind, document } }
    try {
      await execute(decideReview, input, { kernel, actor, key })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      reply.code(error.status)
      const { title, remedy } = refusalWords(t, error)
      const said = note({ kind: 'late', alert: true, title, body: remedy })
      return sendHtml(reply, await show(request, kernel, said))
    }
    const said = note({ kind: 'done', alert: true, title: t('register.desk.reviews.decided') })
    return sendHtml(reply, await show(request, kernel, said))
  })
}

async function show(
  request: FastifyRequest<ReviewRoute>,
  kernel: Kernel,
  said: Content = null,
): Promise<Html> {
  const actor = requireOfficer(request, kernel)
  const wording = await wordingOf(request, kernel)
  const { t, units } = wording
  const title = t('register.desk.reviews.title')
  const own = unitsWhere(kernel, actor, 'unit.reviews').flatMap((unit) =>
    unit === 'nation' ? units.childrenOf(null, todayOf(kernel)).map((one) => one.id) : [unit],
  )
  const { unit = own[0], after } = request.query
  const input = { unit, ...(after !== undefined && { after }) }
  const list =
    unit === undefined
      ? { open: 0, rows: [] }
      : await ask(listReviews, input, { kernel, actor, purpose: 'residence' })
  const page = {
    wording,
    unit: unit ?? '',
    list,
    decides: mayDo(kernel, actor, 'unit.review-decide'),
  }
  const body = html`<div class="stack-l dense"><div class="head"><div><h1>${title}</h1>
<p class="lead">${t('register.desk.reviews.lead')}</p></div>${unitChoice(wording, own, unit)}</div>
${said}${listed(request, kernel, page)}</div>`
  return deskPage(request, kernel, { title, body, purpose: 'residence' })
}

/** An officer of several units, or of the nation, looks at one at a time. */
function unitChoice(
  { t, units }: Wording,
  own: readonly UnitId[],
  unit: string | undefined,
): Content {
  if (own.length < 2) return null
  const options = own.map((value) => ({ value, label: units.titleOf(value, t.lang) }))
  const label = t('register.desk.reviews.unit')
  const choice = select({ name: 'unit', label, value: unit ?? null, options })
  return html`<form action="/desk/reviews" class="row">${choice}
${button(t('web.asof.show'), { kind: 'plain', less: true })}</form>`
}

interface Page {
  readonly wording: Wording
  readonly unit: UnitId
  readonly list: ReviewList
  readonly decides: boolean
}

function listed(request: FastifyRequest, kernel: Kernel, page: Page): Html {
  const { wording, list, unit } = page
  const { t } = wording
  const last = list.rows.at(-1)
  if (last === undefined) {
    return still(t('register.desk.reviews.none'), t('register.desk.reviews.none-why'))
  }
  const rows = list.rows.map((review) => rowOf(request, kernel, { ...page, review }))
  const more =
    list.open > list.rows.length
      ? linkButton(
          t('register.desk.reviews.more'),
          addressOf('/desk/reviews', { unit, after: last.review }),
          { kind: 'plain' },
        )
      : null
  const count = t('register.desk.reviews.count', { n: list.open })
  return html`<p class="meta">${count}</p>${plainList(rows)}${more}`
}

type One = Page & { readonly review: Review }

function rowOf(request: FastifyRequest, kernel: Kernel, one: One): Html {
  const { wording, review, decides } = one
  const { t, units } = wording
  const lived = [review.address, units.fullTitleOf(review.unit, t.lang)].filter(Boolean).join(', ')
  const born = review.birthYear === null ? null : bornWords(wording, String(review.birthYear))
  const about = [born, t(`register.fact.${review.kind}`)].filter(Boolean).join(', ')
  const path = addressOf(personPath(review.person), { for: 'residence' })
  const form = decides
    ? html`<details><summary>${t('register.desk.reviews.decide')}</summary>
${decisionForm(request, kernel, one)}</details>`
    : null
  return html`<h3><a href=${path}>${review.name ?? t('register.kin.unnamed')}</a></h3>
<p class="meta">${about}<br>${lived}</p>${form}`
}

function decisionForm(
  request: FastifyRequest,
  kernel: Kernel,
  { wording, review, unit }: One,
): Html {
  const { t, units } = wording
  const today = todayOf(kernel)
  const parts = review.candidates.flatMap((id) =>
    units.isResidential(id, today) ? [id] : units.childrenOf(id, today).map((child) => child.id),
  )
  const id = (name: string) => `${name}-${review.review}`
  const body = html`${select({
    name: 'successor',
    id: id('successor'),
    label: t('register.desk.reviews.successor'),
    width: 20,
    options: parts.map((value) => ({ value, label: units.fullTitleOf(value, t.lang) })),
  })}${select({
    name: 'act-kind',
    id: id('act-kind'),
    label: t('register.desk.form.act-kind'),
    width: 20,
    value: 'verification',
    options: ACT_KINDS.map((one) => ({ value: one, label: t(`register.act.kind.${one}`) })),
  })}${field({
    name: 'document',
    id: id('document'),
    label: t('register.desk.form.document'),
    width: 20,
  })}${button(t('register.desk.reviews.send'), { less: true })}`
  return postForm({
    action: addressOf('/desk/reviews', { unit }),
    keys: formKeys(request, kernel),
    fields: { review: review.review, unit: review.unit },
    label: t('register.desk.reviews.decide-of', { name: review.name ?? '' }),
    className: 'stack',
    body,
  })
}
