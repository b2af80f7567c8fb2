import { type FormKeys, type Html, html, LIMITS, type PlainDay } from '../../../kernel/index.ts'
import {
  back,
  button,
  errorSummary,
  field,
  linkButton,
  note,
  postForm,
  stem,
} from '../../../web/index.ts'
import { EXCHANGE_LIMITS } from '../../limits.ts'
import type { MyLine } from '../../reads/queries.ts'
import { bodyOf, type Wording, whoWords } from '../wording.ts'
import { complaintNote, lineNode } from './line.ts'

export interface WhyForm {
  readonly line: MyLine
  readonly today: PlainDay
  readonly keys: FormKeys
  /** What was typed, when the form comes back. */
  readonly typed?: string
  readonly error?: string
}

/** "Why?": the line in question, and one box; once asked, the clock, then the answer. */
export function whyPage(wording: Wording, { line, today, keys, typed, error }: WhyForm): Html {
  const { t } = wording
  const { event, complaint } = line
  const top = html`${back(t('exchange.reads.title'), `/reads#e-${event}`)}
<h1>${t('exchange.why.title')}</h1>`
  const quoted = lineNode(wording, { ...line, complaint: null }, { today, quoted: true })
  // No heading of its own: it stands right below the page's title.
  const shown = stem(t, [quoted], { tight: true })
  if (complaint !== null) {
    const asked = note({
      title: t('exchange.why.asked', { at: t.instant(complaint.askedAt) }),
      body: html`<p>${complaint.question}</p>`,
    })
    const clock = complaintNote(wording, complaint, today)
    return html`<div>${top}</div>${shown}${asked}${clock}
<p>${linkButton(t('exchange.why.back'), '/reads', { kind: 'plain' })}</p>`
  }
  const who = line.told === null ? '' : whoWords(wording, bodyOf(line.told))
  const days = EXCHANGE_LIMITS.answer_workingDays
  const ask = field({
    name: 'question',
    label: t('exchange.why.label', { who }),
    hint: t('exchange.why.hint'),
    rows: 5,
    maxlength: LIMITS.textChars,
    required: true,
    ...(typed !== undefined && { value: typed }),
    ...(error !== undefined && { error }),
  })
  const summary =
    error === undefined ? null : errorSummary(t, [{ field: 'question', words: error }])
  const form = postForm({
    action: `/reads/${event}/why`,
    keys,
    body: html`${ask}<p class="meta">${t('exchange.why.promise', { who, days })}</p>
<div class="row">${button(t('exchange.why.send'))}
${linkButton(t('exchange.why.cancel'), `/reads#e-${event}`, { kind: 'plain' })}</div>`,
    className: 'stack',
  })
  return html`<div>${top}</div>${summary}${shown}${form}`
}

const LEAST = 3

/** What is wrong with a question, in words that say what to do; null when it may be sent. */
export function questionFault({ t }: Wording, question: string): string | null {
  const { length } = question.trim()
  if (length === 0) return t('exchange.why.empty')
  if (length < LEAST) return t('exchange.why.short')
  return length > LIMITS.textChars
    ? t('exchange.why.long', { most: LIMITS.textChars, n: length })
    : null
}
