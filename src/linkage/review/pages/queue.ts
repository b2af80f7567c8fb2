import { type Content, type FormKeys, type Html, html } from '../../../kernel/index.ts'
import {
  button,
  linkButton,
  postForm,
  section,
  select,
  still,
  table,
  tabs,
} from '../../../web/index.ts'
import { BANDS, type ReviewQueue } from '../queries.ts'
import { CAUSES, REASONS } from '../types.ts'
import { officeText, type Wording } from './wording.ts'

/** What was chosen, as it stands in the address. */
export interface Chosen {
  readonly cause: string
  readonly band: string
  readonly office: string
  readonly disputed: boolean
}

export interface QueuePage {
  readonly queue: ReviewQueue
  readonly chosen: Chosen
  readonly keys: FormKeys
  readonly said: Content
  /** What the reader may do: decide as one of two, or settle what they disagree on, or both. */
  readonly mayDecide: boolean
  readonly maySettle: boolean
}

export function queryOf({ cause, band, office, disputed }: Chosen): string {
  const query = new URLSearchParams()
  if (cause !== '') query.set('cause', cause)
  if (band !== '') query.set('band', band)
  if (office !== '') query.set('office', office)
  if (disputed) query.set('disputed', 'yes')
  return String(query)
}

const withQuery = (path: string, chosen: Chosen): string => {
  const query = queryOf(chosen)
  return query === '' ? path : `${path}?${query}`
}

/** The pairs that wait for this reviewer, the least certain first. */
export function queuePage(wording: Wording, page: QueuePage): Html {
  const { t } = wording
  const { queue, chosen, said, mayDecide, maySettle } = page
  const [first] = queue.rows
  const start =
    first === undefined
      ? null
      : linkButton(
          html`${t('linkage.review.start')} <kbd>j</kbd>`,
          withQuery(`/desk/matches/${first.caseId}`, chosen),
        )
  const both = mayDecide && maySettle
  const views = both
    ? tabs(t('linkage.review.title'), [
        {
          href: '/desk/matches',
          label: t('linkage.review.waiting'),
          current: !chosen.disputed,
        },
        {
          href: '/desk/matches?disputed=yes',
          label: t('linkage.review.disputes'),
          current: chosen.disputed,
        },
      ])
    : null
  const lead = chosen.disputed ? 'linkage.review.lead-disputed' : 'linkage.review.lead'
  return html`<div class="dense stack-l"><div class="head"><div><h1>${t('linkage.review.title')}</h1>
<p class="lead">${t(lead)}</p></div><div class="row">${start}</div></div>${said}${views}
${filters(wording, page)}${listed(wording, page)}</div>`
}

function filters(wording: Wording, { queue, chosen }: QueuePage): Html {
  const { t } = wording
  const any = { value: '', label: t('linkage.review.any') }
  const count = (fits: (one: ReviewQueue['waiting'][number]) => boolean) =>
    queue.waiting.filter(fits).reduce((sum, one) => sum + one.count, 0)
  const offices = [...new Set(queue.waiting.map(({ unit }) => unit))]
  const options = {
    cause: CAUSES.map((cause) => ({
      value: cause,
      label: t('linkage.review.counted', {
        what: t(`linkage.review.cause.${cause}`),
        n: count((one) => one.cause === cause),
      }),
    })),
    band: Object.keys(BANDS).map((band) => ({
      value: band,
      label: t(`linkage.review.band.${band}`),
    })),
    office: offices.map((unit) => ({
      value: unit,
      label: t('linkage.review.counted', {
        what: officeText(wording, unit),
        n: count((one) => one.unit === unit),
      }),
    })),
  }
  const choices = (['cause', 'band', 'office'] as const).map((name) =>
    select({
      name,
      label: t(`linkage.review.by.${name}`),
      value: chosen[name],
      options: [any, ...options[name]],
      width: 20,
    }),
  )
  const disputed = chosen.disputed ? html`<input type="hidden" name="disputed" value="yes">` : null
  return html`<form action="/desk/matches" class="row">${choices}${disputed}
${button(t('linkage.review.show'), { kind: 'plain', less: true })}</form>`
}

function listed(wording: Wording, page: QueuePage): Html {
  const { t } = wording
  const { queue, chosen, mayDecide } = page
  if (queue.rows.length === 0) {
    return still(t('linkage.review.none'), t('linkage.review.none-why'))
  }
  const many = mayDecide && !chosen.disputed && chosen.cause !== ''
  const columns = [
    ...(many ? [{ label: html`<span class="unseen">${t('linkage.review.choose')}</span>` }] : []),
    { label: t('linkage.review.pair'), kind: 'head' as const },
    { label: t('linkage.review.by.cause') },
    { label: t('linkage.review.by.office') },
    {
      label: t('linkage.review.probability'),
      kind: 'num' as const,
      short: t('linkage.review.probability'),
    },
    {
      label: t('linkage.review.persons'),
      kind: 'num' as const,
      short: t('linkage.review.persons'),
    },
  ]
  const rows = queue.rows.map((row) => {
    const title = t('linkage.review.row', { agency: row.agencyName, row: row.rowRef })
    const box = html`<input type="checkbox" name="case" value=${row.caseId}
  aria-label=${t('linkage.review.choose-of', { pair: title })}>`
    return [
      ...(many ? [box] : []),
      html`<a href=${withQuery(`/desk/matches/${row.caseId}`, chosen)}>${title}</a>`,
      t(`linkage.review.cause.${row.cause}`),
      officeText(wording, row.unit),
      t.percent(row.probability, 1),
      t.number(row.candidates),
    ]
  })
  const title = t('linkage.review.matching', { n: queue.matching })
  const list = table({ caption: title, columns, rows, dense: true })
  const hint =
    mayDecide && !chosen.disputed && !many
      ? html`<p class="meta">${t('linkage.review.many-hint')}</p>`
      : null
  return section('list', title, many ? manyForm(wording, page, list) : html`${list}${hint}`)
}

/** One decision for all that are ticked; each still needs a second reviewer. */
function manyForm({ t }: Wording, { chosen, keys }: QueuePage, list: Html): Html {
  const decision = select({
    name: 'decision',
    label: t('linkage.review.many'),
    options: (['same', 'different'] as const).map((value) => ({
      value,
      label: t(`linkage.review.decide.${value}`),
    })),
  })
  const reason = select({
    name: 'reason',
    label: t('linkage.review.why'),
    options: REASONS.map((value) => ({ value, label: t(`linkage.review.reason.${value}`) })),
  })
  const body = html`${list}<div class="row low">${decision}${reason}
${button(t('linkage.review.many-send'), { kind: 'plain' })}</div>
<p class="meta">${t('linkage.review.many-why')}</p>`
  return postForm({
    action: withQuery('/desk/matches', chosen),
    keys,
    label: t('linkage.review.many'),
    className: 'stack',
    body,
  })
}
