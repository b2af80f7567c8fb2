import { type FormKeys, type Html, html, LIMITS, type PlainDay } from '../../kernel/index.ts'
import {
  back,
  bits,
  button,
  capital,
  choice,
  errorSummary,
  type FieldError,
  facts,
  field,
  linkButton,
  note,
  postForm,
  taskList,
} from '../../web/index.ts'
import type { ComplaintToAnswer } from '../reads/queries.ts'
import { clock } from './home.ts'
import { attributeList, lawWords, purposeWords, type Wording } from './wording.ts'

export interface AnswerForm {
  readonly complaint: ComplaintToAnswer
  readonly today: PlainDay
  readonly keys: FormKeys
  /** `/agency` or `/inspect`, and where the questions are listed. */
  readonly base: string
  readonly list: string
  readonly typed?: { readonly answer: string; readonly lawful: string }
  readonly errors?: readonly FieldError[]
}

/** Questions to be answered, the first due first. */
export function complaintList(
  wording: Wording,
  complaints: readonly ComplaintToAnswer[],
  { today, base }: { readonly today: PlainDay; readonly base: string },
): Html {
  return taskList(
    complaints.map((complaint) => ({
      title: complaint.question,
      href: `${base}/complaints/${complaint.id}`,
      why: aboutOf(wording, complaint),
      state: clock(wording, complaint, today),
    })),
  )
}

function aboutOf(wording: Wording, { told, askedAt, addressee }: ComplaintToAnswer): string {
  const { t } = wording
  const at = t.instant(askedAt)
  const purpose = told === null ? '' : capital(purposeWords(wording, told.purpose))
  return [t('exchange.why.to', { who: addressee, at }), purpose].filter(Boolean).join('. ')
}

/** One question with the line it is about, and the form of the answer. Who asks is not told. */
export function answerPage(wording: Wording, form: AnswerForm): Html {
  const { t } = wording
  const { complaint, today, list } = form
  const at = t.instant(complaint.askedAt)
  const top = html`<div>${back(t('exchange.answer.back'), list)}
<h1>${t('exchange.answer.one')}</h1><p>${clock(wording, complaint, today)}</p></div>`
  const asked = note({
    title: t('exchange.why.to', { who: complaint.addressee, at }),
    body: html`<p>${complaint.question}</p>`,
  })
  const end =
    complaint.answer === null
      ? answerForm(wording, form)
      : note({
          kind: complaint.lawful === false ? 'late' : 'done',
          title: t(`exchange.answer.was.${complaint.lawful === false ? 'unlawful' : 'lawful'}`),
          body: html`<p>${complaint.answer}</p>`,
        })
  return html`${top}${asked}${eventFacts(wording, complaint)}${end}`
}

function eventFacts(wording: Wording, { told, eventId }: ComplaintToAnswer): Html {
  const { t } = wording
  const name = t('exchange.answer.event')
  const id = { name, value: html`<code class="shown">${eventId}</code>` }
  if (told === null) return facts([id])
  const attributes = attributeList(wording, told.attributes)
  return facts([
    { name: t('exchange.answer.purpose'), value: purposeWords(wording, told.purpose) },
    { name: t('exchange.read.law'), value: lawWords(wording, told.legalBasis) },
    ...(attributes.length === 0
      ? []
      : [{ name: t('exchange.read.asked'), value: bits(t('exchange.read.asked'), attributes) }]),
    ...(told.case === null ? [] : [{ name: t('exchange.answer.case'), value: told.case }]),
    ...(told.operator === null
      ? []
      : [{ name: t('exchange.answer.operator'), value: told.operator }]),
    id,
  ])
}

function answerForm(
  { t }: Wording,
  { complaint, keys, base, list, typed, errors = [] }: AnswerForm,
): Html {
  const errorOf = (name: string) => {
    const found = errors.find((one) => one.field === name)?.words
    return found === undefined ? {} : { error: found }
  }
  const answer = field({
    name: 'answer',
    label: t('exchange.answer.label'),
    hint: t('exchange.answer.hint'),
    rows: 6,
    maxlength: LIMITS.textChars,
    required: true,
    value: typed?.answer ?? '',
    ...errorOf('answer'),
  })
  const lawful = choice({
    name: 'lawful',
    label: t('exchange.answer.lawful'),
    options: [
      { value: 'yes', label: t('exchange.answer.yes'), hint: t('exchange.answer.yes-hint') },
      { value: 'no', label: t('exchange.answer.no'), hint: t('exchange.answer.no-hint') },
    ],
    chosen: typed === undefined ? [] : [typed.lawful],
    ...errorOf('lawful'),
  })
  const body = html`${answer}${lawful}<div class="row">${button(t('exchange.answer.send'))}
${linkButton(t('exchange.answer.cancel'), list, { kind: 'plain' })}</div>
<p class="meta">${t('exchange.answer.once')}</p>`
  const action = `${base}/complaints/${complaint.id}`
  return html`${errorSummary(t, errors)}${postForm({ action, keys, body, className: 'stack' })}`
}

/** What is missing in an answer, each with its remedy. */
export function answerFaults(
  { t }: Wording,
  { answer, lawful }: { readonly answer: string; readonly lawful: string },
): FieldError[] {
  const errors: FieldError[] = []
  const { length } = answer.trim()
  if (length < 3) errors.push({ field: 'answer', words: t('exchange.answer.empty') })
  if (length > LIMITS.textChars) {
    const words = t('exchange.why.long', { most: LIMITS.textChars, n: length })
    errors.push({ field: 'answer', words })
  }
  if (lawful !== 'yes' && lawful !== 'no') {
    errors.push({ field: 'lawful', words: t('exchange.answer.choose') })
  }
  return errors
}
