import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  type Content,
  type FormKeys,
  formKeys,
  type Html,
  html,
  type Kernel,
  Refusal,
  sendHtml,
} from '../../../../kernel/index.ts'
import {
  back,
  button,
  errorSummary,
  type Fact,
  type FieldError,
  facts,
  linkButton,
  note,
  postForm,
} from '../../../../web/index.ts'
import { deskPage, type Purpose, personPath, type Values, valuesOf } from '../frame.ts'
import { wasDone } from '../store.ts'
import { EMPTY, type Filled, type Places, type Reader, refusedAt } from './form.ts'

/** What a form asks: of the event, and of the act it rests on, which stands beside. */
export interface Fields {
  readonly event: Content
  readonly act: Content
}

/** Something an officer records: a form, a look at all of it, the command, what came of it. */
export interface Journey {
  readonly title: string
  /** Whom it is about. */
  readonly about?: Content
  readonly action: string
  readonly purpose: Purpose
  readonly back: { readonly href: string; readonly label: string }
  /** What the form is filled with at first. */
  readonly first?: Values
  fields(filled: Filled): Fields
  /** Reads the form into `reader`; answers what is to be done when nothing was wrong. */
  read(reader: Reader): Promise<Ready | null> | Ready | null
  newReader(values: Values): Reader
}

/** A form that was read and may be sent. */
export interface Ready {
  readonly shown: readonly Fact[]
  readonly warning?: Content
  readonly places: Places
  /** Does it, once for one key. */
  send(key: string): Promise<Outcome>
}

export interface Outcome {
  readonly title: string
  readonly body?: Content
  readonly ways: Content
}

interface Visit {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly kernel: Kernel
}

/** The first page of a journey: the form. */
export function begin({ request, reply, kernel }: Visit, journey: Journey) {
  const filled = { ...EMPTY, values: journey.first ?? {} }
  const keys = formKeys(request, kernel)
  return sendHtml(reply, fillPage({ request, kernel, journey, keys }, filled))
}

/**
 * A journey goes on: back to the form, to the look at all of it, or to its end. A form that is sent
 * twice was done once: what it rested on may be gone by then, so that is asked before anything is
 * called wrong.
 */
export async function goOn(visit: Visit, make: () => Promise<Journey>) {
  const { request, reply, kernel } = visit
  const { _csrf, _key: key = '', step, ...values } = valuesOf(request.body)
  const isSent = step === 'send'
  try {
    const journey = await make()
    const keys = { ...formKeys(request, kernel), key }
    const on = { request, kernel, journey, keys }
    if (step === 'edit') return sendHtml(reply, fillPage(on, { ...EMPTY, values }))
    const reader = journey.newReader(values)
    const ready = await journey.read(reader)
    const { errors, among } = reader
    if (errors.length > 0 || ready === null) {
      if (isSent && (await isDone(visit, key))) return sendHtml(reply, repeatPage(visit))
      reply.code(422)
      return sendHtml(reply, fillPage(on, { values, errors, among }))
    }
    if (!isSent) return sendHtml(reply, checkPage(on, values, ready))
    return await send(visit, on, { values, ready, among })
  } catch (error) {
    if (!(error instanceof Refusal) || !isSent || !(await isDone(visit, key))) throw error
    return sendHtml(reply, repeatPage(visit))
  }
}

interface Sending {
  readonly values: Values
  readonly ready: Ready
  readonly among: Filled['among']
}

async function send(visit: Visit, on: On, { values, ready, among }: Sending) {
  const { request, reply } = visit
  const { key } = on.keys
  try {
    const outcome = await ready.send(key)
    return sendHtml(reply, donePage(on, outcome, ready))
  } catch (error) {
    if (!(error instanceof Refusal) || (await isDone(visit, key))) throw error
    reply.code(error.status)
    const refused = [refusedAt(request.t, error, ready.places)]
    return sendHtml(reply, fillPage(on, { values, errors: refused, among }))
  }
}

async function isDone({ request, kernel }: Visit, key: string): Promise<boolean> {
  const actorId = request.actor?.id
  if (actorId === undefined) return false
  return kernel.database.transaction((tx) => wasDone(tx, { actorId, key }))
}

/** What was sent is done already, and the page it was sent from is no longer as it was. */
function repeatPage({ request, kernel }: Visit): Html {
  const { t } = request
  const { person } = request.params as { person?: string }
  const title = t('register.desk.form.repeated')
  const said = note({ kind: 'done', body: t('register.desk.form.repeated-why') })
  const way =
    person === undefined
      ? linkButton(t('register.desk.title'), '/desk')
      : linkButton(t('register.desk.record.back'), personPath(person))
  const body = html`<div class="stack dense"><h1>${title}</h1>${said}<div class="row">${way}</div></div>`
  return deskPage(request, kernel, { title, body, narrow: true })
}

interface On {
  readonly request: FastifyRequest
  readonly kernel: Kernel
  readonly journey: Journey
  readonly keys: FormKeys
}

function fillPage({ request, kernel, journey, keys }: On, filled: Filled): Html {
  const { t } = request
  const { title, about, action, purpose } = journey
  const { event, act } = journey.fields(filled)
  const check = button(t('register.desk.form.check'))
  const form = postForm({
    action,
    keys,
    className: 'split',
    body: html`<div class="stack">${event}</div>
<div><div class="sheet stack">${act}${check}</div></div>`,
  })
  const body = html`<div class="stack dense"><div>${back(journey.back.label, journey.back.href)}
<h1>${title}</h1>${about}</div>${errorSummary(t, seen(filled.errors))}${form}</div>`
  return deskPage(request, kernel, { title, body, purpose })
}

/** One line for each field, however many things are wrong with it. */
const seen = (errors: readonly FieldError[]): FieldError[] =>
  errors.filter((one, at) => errors.findIndex((other) => other.field === one.field) === at)

function checkPage({ request, kernel, journey, keys }: On, values: Values, ready: Ready): Html {
  const { t } = request
  const title = t('register.desk.form.check-title')
  const form = postForm({
    action: journey.action,
    keys,
    fields: values,
    body: html`<div class="row">${button(t('register.desk.form.send'), {
      name: 'step',
      value: 'send',
    })}${button(t('register.desk.form.edit'), { kind: 'plain', name: 'step', value: 'edit' })}</div>`,
  })
  const body = html`<div class="stack dense"><div><p class="meta">${journey.title}</p><h1>${title}</h1>
${journey.about}</div>${ready.warning}${facts(ready.shown)}
<p class="meta">${t('register.desk.form.check-why')}</p>${form}</div>`
  return deskPage(request, kernel, { title, body, purpose: journey.purpose, narrow: true })
}

function donePage({ request, kernel, journey }: On, outcome: Outcome, ready: Ready): Html {
  const { t } = request
  const said = note({
    kind: 'done',
    alert: true,
    title: outcome.title,
    body: t('register.desk.form.done-why'),
  })
  const body = html`<div class="stack dense"><h1>${journey.title}</h1>${said}${outcome.body}
${facts(ready.shown)}<div class="row">${outcome.ways}</div></div>`
  const title = outcome.title
  return deskPage(request, kernel, { title, body, purpose: journey.purpose, narrow: true })
}
