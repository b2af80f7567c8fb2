import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  ask,
  type Content,
  execute,
  formKeys,
  type Html,
  html,
  type Kernel,
  Refusal,
  refusalWords,
  requireActor,
  sendHtml,
} from '../../../kernel/index.ts'
import { button, note, page, plainList, postForm, section, still, tag } from '../../../web/index.ts'
import type { OpeningView } from '../../person/opening-store.ts'
import { listOpenings, type OpeningList } from '../../person/openings.ts'
import { approveOpening } from '../../person/protection.ts'
import { addressOf, deskPage, personPath, valuesOf } from './frame.ts'
import { requireOfficer } from './who.ts'

/** Where the list stands: at the desk, or among the inspector's pages. */
interface Place {
  readonly section: 'desk' | 'inspect'
  readonly path: string
}
const PLACES: readonly Place[] = [
  { section: 'desk', path: '/desk/openings' },
  { section: 'inspect', path: '/inspect/openings' },
]

/** Openings of protected records: what others ask this officer to agree to, and the own ones. */
export function openingRoutes(app: FastifyInstance, kernel: Kernel): void {
  for (const place of PLACES) {
    app.get(place.path, async (request, reply) =>
      sendHtml(reply, await show(request, kernel, { place })),
    )
    app.post(place.path, async (request, reply) => {
      const actor = requireActor(request)
      const { person = '', opening: openingId = '', _key: key = '' } = valuesOf(request.body)
      const { t } = request
      try {
        await execute(approveOpening, { person, openingId }, { kernel, actor, key })
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        reply.code(error.status)
        const { title, remedy } = refusalWords(t, error)
        const said = note({ kind: 'late', alert: true, title, body: remedy })
        return sendHtml(reply, await show(request, kernel, { place, said }))
      }
      const title = t('register.desk.openings.approved')
      const said = note({ kind: 'done', alert: true, title })
      return sendHtml(reply, await show(request, kernel, { place, said }))
    })
  }
}

async function show(
  request: FastifyRequest,
  kernel: Kernel,
  { place, said = null }: { readonly place: Place; readonly said?: Content },
): Promise<Html> {
  // The inspector finds nobody, and opens nobody's record: who may see this list is the query's.
  const actor = place.section === 'desk' ? requireOfficer(request, kernel) : requireActor(request)
  const list = await ask(listOpenings, {}, { kernel, actor, purpose: 'register-keeping' })
  const title = request.t('register.desk.openings.title')
  const body = openingsPage(request, kernel, { list, said, title, place })
  if (place.section === 'inspect') return page(request, kernel, { title, section: 'inspect', body })
  return deskPage(request, kernel, { title, body, purpose: 'register-keeping' })
}

interface Shown {
  readonly list: OpeningList
  readonly said: Content
  readonly title: string
  readonly place: Place
}

function openingsPage(request: FastifyRequest, kernel: Kernel, shown: Shown): Html {
  const { t } = request
  const { list, said, title, place } = shown
  const { waiting, own } = list
  const none = still(t('register.desk.openings.none'), t('register.desk.openings.none-why'))
  const asked = waiting.map((one) => {
    const told = [one.by.name, one.by.body, t.instant(one.askedAt)]
    const tags = one.isEmergency ? tag(t, 'late', t('register.desk.openings.emergency')) : null
    return html`<div class="stack"><div><h3>${nameOf(request, one)}</h3>${why(one, told)}</div>
<div class="row">${agreeForm(request, kernel, { one, place })}${tags}</div></div>`
  })
  const mine = own.map((one) => {
    const told = [t('register.desk.openings.until', { at: t.instant(one.expiresAt) })]
    const path = addressOf(personPath(one.person), { for: 'register-keeping' })
    const name = nameOf(request, one)
    const title = isOpen(kernel, one) ? html`<a href=${path}>${name}</a>` : name
    return html`<h3>${title}</h3>${why(one, told)}${stateOf(request, kernel, one)}`
  })
  return html`<div class="stack-l dense"><div><h1>${title}</h1>
<p class="lead">${t('register.desk.openings.lead')}</p></div>${said}
${section('asked', t('register.desk.openings.asked'), asked.length === 0 ? none : plainList(asked))}
${mine.length === 0 ? null : section('own', t('register.desk.openings.own'), plainList(mine))}</div>`
}

const why = ({ reason }: OpeningView, told: readonly (string | null)[]): Html =>
  html`<p>${reason}</p><p class="meta">${told.filter(Boolean).join(', ')}</p>`

const nameOf = ({ t }: FastifyRequest, { name }: OpeningView): string =>
  name ?? t('register.kin.unnamed')

const isOpen = (kernel: Kernel, { isApproved, isEmergency, expiresAt }: OpeningView): boolean =>
  (isApproved || isEmergency) && expiresAt > kernel.now()

function stateOf({ t }: FastifyRequest, kernel: Kernel, one: OpeningView): Html {
  if (one.isApproved) return tag(t, 'done', t('register.desk.openings.state-approved'))
  if (!one.isEmergency) return tag(t, 'doing', t('register.desk.openings.state-asked'))
  const isLate = one.expiresAt <= kernel.now()
  return tag(t, isLate ? 'late' : 'you', t('register.desk.openings.state-unconfirmed'))
}

function agreeForm(
  request: FastifyRequest,
  kernel: Kernel,
  { one, place }: { readonly one: OpeningView; readonly place: Place },
): Html {
  const { t } = request
  const word = one.isEmergency ? 'confirm' : 'approve'
  return postForm({
    action: place.path,
    keys: formKeys(request, kernel),
    fields: { person: one.person, opening: one.opening },
    label: t(`register.desk.openings.${word}-of`, { name: one.name ?? '' }),
    body: button(
      html`${t(`register.desk.openings.${word}`)} <span class="unseen">${one.name}</span>`,
      { less: true },
    ),
  })
}
