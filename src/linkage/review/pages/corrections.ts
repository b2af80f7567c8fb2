import {
  type Content,
  type FormKeys,
  type Html,
  html,
  LIMITS,
  type PlainDay,
  workingDaysBetween,
} from '../../../kernel/index.ts'
import { button, choice, field, plainList, postForm, still, tabs, tag } from '../../../web/index.ts'
import type { CorrectionView } from '../correction.ts'
import { officeText, type Wording } from './wording.ts'

export interface CorrectionsPage {
  readonly corrections: readonly CorrectionView[]
  readonly closed: boolean
  readonly today: PlainDay
  readonly said: Content
  readonly mayOpen: boolean
  readonly mayClose: boolean
  readonly keys: () => FormKeys
}

/** Records that reviewers believe to be wrong: who looks at them, and by when. */
export function correctionsPage(wording: Wording, page: CorrectionsPage): Html {
  const { t } = wording
  const { corrections, closed, said } = page
  const rows = corrections.map((one) => correctionRow(wording, page, one))
  const none = still(t('linkage.review.no-corrections'), t('linkage.review.no-corrections-why'))
  const views = tabs(t('linkage.review.corrections'), [
    { href: '/desk/corrections', label: t('linkage.review.open'), current: !closed },
    {
      href: '/desk/corrections?closed=yes',
      label: t('linkage.review.closed-ones'),
      current: closed,
    },
  ])
  const shown = t(closed ? 'linkage.review.closed-ones' : 'linkage.review.open')
  return html`<div class="dense stack-l"><div><h1>${t('linkage.review.corrections')}</h1>
<p class="lead">${t('linkage.review.corrections-lead')}</p></div>${said}${views}
<h2 class="unseen">${shown}</h2>${rows.length === 0 ? none : plainList(rows)}</div>`
}

function correctionRow(wording: Wording, page: CorrectionsPage, one: CorrectionView): Html {
  const { t } = wording
  const name = one.name ?? t('linkage.review.closed')
  const path = `/desk/persons/${one.person}?for=register-keeping`
  const title = page.mayOpen ? html`<a href=${path}>${name}</a>` : name
  const fields = t.list(one.fields.map((name) => t(`linkage.review.field.${name}`)))
  const about = t('linkage.review.correction-of', { agency: one.agencyName, fields })
  const office = t('linkage.review.owner', { office: officeText(wording, one.unit) })
  return html`<div class="task"><div><h3>${title}</h3><p>${about}</p>
<p class="meta">${office}. ${t('linkage.review.opened', { at: t.instant(one.openedAt) })}</p>
${page.closed || !page.mayClose ? null : closing(wording, page, one)}</div>
<div>${stateOf(wording, page, one)}</div></div>`
}

function stateOf({ t, profile }: Wording, { today }: CorrectionsPage, one: CorrectionView): Html {
  if (one.outcome !== null) return tag(t, 'done', t(`linkage.review.outcome.${one.outcome}`))
  const left = workingDaysBetween(today, one.dueOn, profile.calendar)
  const day = t.day(one.dueOn)
  return left < 0
    ? tag(t, 'late', t('linkage.review.late', { n: -left, day }))
    : tag(t, 'you', t('linkage.review.due', { n: left, day }))
}

function closing({ t }: Wording, { keys }: CorrectionsPage, one: CorrectionView): Html {
  const id = (name: string) => `${name}-${one.correctionId}`
  const body = html`${choice({
    name: 'outcome',
    id: id('outcome'),
    label: t('linkage.review.outcome'),
    options: (['corrected', 'register-right'] as const).map((value) => ({
      value,
      label: t(`linkage.review.outcome.${value}`),
      hint: t(`linkage.review.outcome.${value}-hint`),
    })),
  })}${field({
    name: 'document',
    id: id('document'),
    label: t('linkage.review.document'),
    width: 20,
    maxlength: LIMITS.nameChars,
  })}${button(t('linkage.review.close'), { less: true })}`
  const form = postForm({
    action: '/desk/corrections',
    keys: keys(),
    fields: { correction: one.correctionId },
    label: t('linkage.review.close-of', { name: one.name ?? '' }),
    className: 'stack',
    body,
  })
  return html`<details><summary>${t('linkage.review.close')}</summary>${form}</details>`
}
