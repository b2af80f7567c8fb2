import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor, CaseOfOpening, Content, Html, Kernel } from '../../../kernel/index.ts'
import { formKeys, html } from '../../../kernel/index.ts'
import {
  button,
  errorSummary,
  type FieldError,
  field,
  note,
  postForm,
  readDay,
} from '../../../web/index.ts'
import type { Wording } from '../wording.ts'
import { type Purpose, personPath, type Values } from './frame.ts'
import { SEALED_ms, seal, unseal } from './seal.ts'

const COOKIE = 'goc_case'

/** The case in which an officer opened this person's record, outside the area. */
export function caseOf(
  request: FastifyRequest,
  kernel: Kernel,
  { actor, person }: { readonly actor: Actor; readonly person: string },
): CaseOfOpening | undefined {
  const sealed = request.cookies[COOKIE]
  if (sealed === undefined) return undefined
  const kept = unseal(kernel, { actor, use: 'case' }, sealed) as Kept | null
  return kept?.person === person ? kept.case : undefined
}

interface Kept {
  readonly person: string
  readonly case: CaseOfOpening
}

/**
 * Keeps the case for the pages of this person alone, for as long as a session: every opening of the
 * record still says it, and is flagged. Sealed, as the applicant's number is in it.
 */
export function keepCase(
  reply: FastifyReply,
  kernel: Kernel,
  { actor, ...kept }: Kept & { readonly actor: Actor },
): void {
  reply.setCookie(COOKIE, seal(kernel, { actor, use: 'case' }, kept), {
    path: personPath(kept.person),
    httpOnly: true,
    sameSite: 'lax',
    secure: kernel.config.secureCookies,
    maxAge: SEALED_ms / 1_000,
  })
}

export function forgetCase(reply: FastifyReply, person: string): void {
  reply.clearCookie(COOKIE, { path: personPath(person) })
}

/** Letters of a reason: short enough for a cookie, long enough to say why. */
const REASON_chars = 300
const REASON_least = 10
const REFERENCE_chars = 60

/** The case as typed, or what is wrong with it. */
export function readCase(
  { t, profile }: Wording,
  values: Values,
): { readonly case: CaseOfOpening } | { readonly errors: readonly FieldError[] } {
  const { reference = '', number = '', born = '', reason = '' } = values
  const errors: FieldError[] = []
  const wrong = (name: string, words: string) => errors.push({ field: name, words })
  if (reference === '') wrong('reference', t('register.desk.case.reference-empty'))
  const read = profile.number.parse(number)
  if (!read.ok) {
    const { reason: why, remedy } = profile.number.faults[read.fault]
    wrong('number', `${why[t.lang]}. ${remedy[t.lang]}`)
  }
  const bornOn = readDay(born)
  if (bornOn === null) wrong('born', t('web.day.wrong'))
  if (reason.length < REASON_least) wrong('reason', t('register.desk.reason-short'))
  if (errors.length > 0 || !read.ok || bornOn === null) return { errors }
  return {
    case: {
      reference: reference.slice(0, REFERENCE_chars),
      number: read.number,
      bornOn,
      reason: reason.slice(0, REASON_chars),
    },
  }
}

export interface Outside {
  readonly wording: Wording
  readonly person: string
  readonly purpose: Purpose
  readonly values: Values
  readonly errors: readonly FieldError[]
}

/** Refused as outside the area, with the one way in: a case, typed by the officer. */
export function outsidePage(request: FastifyRequest, kernel: Kernel, outside: Outside): Html {
  const { t } = request
  const { person, purpose, errors } = outside
  const refused = note({
    kind: 'late',
    title: t('kernel.refusal.actor.out-of-area.title'),
    body: html`<p>${t('register.desk.outside.why')}</p>
<p class="meta small">${t('web.problem.code')} <code>actor.out-of-area</code>. ${t(
      'web.problem.logged',
    )}</p>`,
  })
  const form = postForm({
    action: personPath(person, '/case'),
    keys: formKeys(request, kernel),
    fields: { for: purpose },
    className: 'stack',
    body: fields(outside, t),
  })
  return html`<div class="stack-l"><h1>${t('register.desk.outside.title')}</h1>
${errorSummary(t, errors)}${errors.length > 0 ? null : refused}${form}</div>`
}

function fields({ values, errors }: Outside, t: Wording['t']): Content {
  const asked = (name: string) => ({
    name,
    label: t(`register.desk.case.${name}`),
    value: values[name] ?? '',
    error: errors.find((one) => one.field === name)?.words,
  })
  return html`${field({ ...asked('reference'), width: 20, maxlength: REFERENCE_chars })}
${field({ ...asked('number'), hint: t('register.desk.case.number-hint'), width: 13, numeric: true })}
${field({ ...asked('born'), hint: t('web.day.hint'), width: 13, numeric: true, maxlength: 10 })}
${field({
  ...asked('reason'),
  hint: t('register.desk.case.reason-hint'),
  rows: 3,
  maxlength: REASON_chars,
})}
${button(t('register.desk.case.open'))}`
}
