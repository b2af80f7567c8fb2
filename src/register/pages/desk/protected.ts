import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  execute,
  formKeys,
  type Html,
  html,
  type Kernel,
  LIMITS,
  mayDo,
  Refusal,
  refusalWords,
  sendHtml,
} from '../../../kernel/index.ts'
import {
  button,
  errorSummary,
  type FieldError,
  field,
  linkButton,
  note,
  postForm,
} from '../../../web/index.ts'
import { askOpening, breakGlass } from '../../person/protection.ts'
import { caseOf } from './case.ts'
import { addressOf, deskPage, type Purpose, personPath, purposeIn, valuesOf } from './frame.ts'
import { requireOfficer } from './who.ts'

/** Letters a reason has at least. */
export const REASON_least = 10
type How = 'ask' | 'break'

/** Asks for a second person, or goes ahead in an emergency. */
export function protectedRoutes(app: FastifyInstance, kernel: Kernel): void {
  app.post<{ Params: { person: string } }>(
    '/desk/persons/:person/opening',
    async (request, reply) => {
      const actor = requireOfficer(request, kernel)
      const { person } = request.params
      const values = valuesOf(request.body)
      const { reason = '', _key: key = '' } = values
      const how: How = values.how === 'break' ? 'break' : 'ask'
      const purpose = purposeIn(values.for)
      const again = (words: string) =>
        sendHtml(reply, refusedPage(request, kernel, { person, purpose, how, reason, words }))
      if (reason.length < REASON_least) {
        reply.code(422)
        return again(request.t('register.desk.reason-short'))
      }
      try {
        const command = how === 'ask' ? askOpening : breakGlass
        const typed = caseOf(request, kernel, { actor, person })
        const caller = { kernel, actor, key, ...(typed !== undefined && { case: typed }) }
        await execute(command, { person, reason }, caller)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        reply.code(error.status)
        const { title, remedy } = refusalWords(request.t, error)
        return again(`${title}. ${remedy}`)
      }
      if (how === 'break') {
        return reply.redirect(addressOf(personPath(person), { for: purpose }), 303)
      }
      return sendHtml(reply, askedPage(request, kernel))
    },
  )
}

interface Refused {
  readonly person: string
  readonly purpose: Purpose
  /** The form that was sent, with what was wrong. */
  readonly how?: How
  readonly reason?: string
  readonly words?: string
}

function refusedPage(request: FastifyRequest, kernel: Kernel, refused: Refused): Html {
  const title = request.t('register.desk.protected.title')
  const body = protectedPage(request, kernel, refused)
  return deskPage(request, kernel, { title, body, purpose: refused.purpose, narrow: true })
}

/** A protected record: who may let it be opened, and the way in an emergency. */
export function protectedPage(request: FastifyRequest, kernel: Kernel, refused: Refused): Html {
  const { t } = request
  const { how, words } = refused
  const errors: FieldError[] =
    how === undefined || words === undefined ? [] : [{ field: `${how}-reason`, words }]
  const forms = (['ask', 'break'] as const).filter((one) => {
    const operation = one === 'ask' ? 'opening.ask' : 'opening.break-glass'
    return request.actor !== null && mayDo(kernel, request.actor, operation)
  })
  const why = html`<p>${t('register.desk.protected.why')}</p>
<p class="meta small">${t('web.problem.code')} <code>person.protected</code>. ${t(
    'web.problem.logged',
  )}</p>`
  return html`<div class="stack-l"><h1>${t('register.desk.protected.title')}</h1>
${errorSummary(t, errors)}${note({
  kind: 'late',
  title: t('kernel.refusal.person.protected.title'),
  body: why,
})}${forms.map((one) => reasonForm(request, kernel, { ...refused, errors, form: one }))}</div>`
}

interface Form extends Refused {
  readonly errors: readonly FieldError[]
  readonly form: How
}

function reasonForm(request: FastifyRequest, kernel: Kernel, asked: Form): Html {
  const { t } = request
  const { form, how, errors, person, purpose, reason } = asked
  const body = html`${field({
    name: 'reason',
    id: `${form}-reason`,
    label: t('register.desk.protected.reason'),
    hint: t(`register.desk.protected.${form}-hint`),
    rows: 3,
    value: form === how ? (reason ?? '') : '',
    error: errors.find((one) => one.field === `${form}-reason`)?.words,
    maxlength: LIMITS.textChars,
  })}${button(t(`register.desk.protected.${form}-button`), {
    kind: form === 'ask' ? 'main' : 'grave',
  })}`
  const sent = postForm({
    action: personPath(person, '/opening'),
    keys: formKeys(request, kernel),
    fields: { how: form, for: purpose },
    className: 'stack',
    body,
  })
  return html`<section aria-labelledby=${form}><h2 id=${form}>${t(
    `register.desk.protected.${form}`,
  )}</h2>${sent}</section>`
}

function askedPage(request: FastifyRequest, kernel: Kernel): Html {
  const { t } = request
  const title = t('register.desk.protected.asked')
  const said = note({ kind: 'done', alert: true, body: t('register.desk.protected.asked-why') })
  const on = linkButton(t('register.desk.openings.title'), '/desk/openings', { kind: 'plain' })
  const body = html`<div class="stack-l"><h1>${title}</h1>${said}<div class="row">${on}</div></div>`
  return deskPage(request, kernel, { title, body, narrow: true })
}
