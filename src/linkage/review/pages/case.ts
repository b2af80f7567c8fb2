import { type Content, type FormKeys, type Html, html } from '../../../kernel/index.ts'
import { back, note, postForm, section, select, table, tag } from '../../../web/index.ts'
import type { CaseView, ShownCandidate, ShownField } from '../queries.ts'
import { differing, HIDDEN, type Stretch } from '../rules.ts'
import { REASONS } from '../types.ts'
import { fallHead, fallStep, fallSum, type Scale, scaleOf } from './waterfall.ts'
import { levelText, officeText, valueText, type Wording } from './wording.ts'

export interface CasePage {
  readonly view: CaseView
  readonly keys: FormKeys
  /** The queue this case was opened from, as a query string. */
  readonly from: string
  readonly said: Content
  /** May this reader decide, or only settle what two disagree on? */
  readonly mayDecide: boolean
}

const addressOf = (caseId: string, query: string): string =>
  `/desk/matches/${caseId}${query === '' ? '' : `?${query}`}`

/** Two records side by side with the weight of each field, and what may be said of them. */
export function casePage(wording: Wording, page: CasePage): Html {
  const { t } = wording
  const { view, from, said } = page
  const { head, left, before, after } = view
  const about = [
    t('linkage.review.left', { n: left }),
    t('linkage.review.row', { agency: head.agencyName, row: head.rowRef }),
    officeText(wording, head.area[0] ?? null),
  ]
  const links = html`${turn(t('linkage.review.before'), { to: before, key: 'k', from })}
${turn(t('linkage.review.after'), { to: after, key: 'j', from })}`
  return html`<div class="dense">${said}
${back(t('linkage.review.title'), from === '' ? '/desk/matches' : `/desk/matches?${from}`)}
<div class="head"><div><h1>${t('linkage.review.question')}</h1>
<p class="meta">${about.join('. ')}</p></div><div class="row">${links}</div></div>
${pairTable(wording, view)}${others(wording, page)}${verdict(wording, page)}</div>`
}

interface Turn {
  readonly to: string | null
  readonly key: string
  readonly from: string
}

const turn = (words: string, { to, key, from }: Turn): Content =>
  to === null
    ? null
    : html`<a href=${addressOf(to, from)} data-key=${key} accesskey=${key}>${words} <kbd>${key}</kbd></a>`

/** Less than this is not shown: it would read as 0. */
const LEAST_bits = 0.05

function pairTable(wording: Wording, view: CaseView): Html {
  const { t } = wording
  const { head, fields, shown } = view
  const weights = fields.map(({ weight }) => weight)
  // Who shares a home agrees on much without being the same: the model counts that against a pair.
  const kin = shown.weight - weights.reduce((total, one) => total + one, head.prior)
  const hasKin = Math.abs(kin) >= LEAST_bits
  if (hasKin) weights.push(kin)
  const scale = scaleOf(head.prior, weights, head.threshold)
  let sum = head.prior
  const rows = fields.map((field) => {
    const from = sum
    sum += field.weight
    return fieldRow(wording, field, { scale, from, isProtected: shown.isProtected })
  })
  const kinRow = hasKin
    ? html`<tr><th scope="row">${t('linkage.review.kin')}</th><td></td><td></td>
<td class="meta">${t('linkage.review.kin-why')}</td>
<td class="fall">${fallStep(t, scale, [sum, kin])}</td></tr>`
    : null
  if (hasKin) sum += kin
  const cap = t('linkage.review.caption', { agency: head.agencyName })
  const missing = head.threshold - sum
  const verdictKey = missing > 0 ? 'linkage.review.short' : 'linkage.review.enough'
  return html`<table class="pair stacked"><caption class="unseen">${cap}</caption><thead><tr>
<th scope="col" class="name">${t('linkage.review.col.field')}</th><th scope="col">${head.agencyName}</th>
<th scope="col">${t('linkage.review.col.register')}</th><th scope="col">${t('linkage.review.col.level')}</th>
<th scope="col" class="fall">${fallHead(t, scale)}</th></tr></thead><tbody>
<tr><th scope="row">${t('linkage.review.prior')}</th><td></td><td></td>
<td class="meta">${t('linkage.review.prior-why')}</td>
<td class="fall">${fallStep(t, scale, [0, head.prior])}</td></tr>${rows}${kinRow}
<tr class="sum"><th scope="row">${t('linkage.review.sum')}</th>
<td colspan="3">${t.html(verdictKey, {
    bits: t.number(sum, 1),
    missing: t.number(Math.max(0, missing), 1),
    probability: t.percent(shown.probability, 1),
  })}</td><td class="fall">${fallSum(t, scale, sum)}</td></tr></tbody></table>`
}

interface Step {
  readonly scale: Scale
  readonly from: number
  readonly isProtected: boolean
}

function fieldRow(wording: Wording, field: ShownField, { scale, from, isProtected }: Step): Html {
  const { t } = wording
  const [theirs, ours] = [field.theirs, field.ours].map((value) =>
    valueText(wording, field.name, value),
  )
  const [left, right] = sides(field, theirs ?? null, ours ?? null)
  const none = html`<span class="meta">${t('linkage.review.nothing')}</span>`
  const closed = html`<span class="meta">${t('linkage.review.closed')}</span>`
  const name = t(`linkage.review.field.${field.name}`)
  return html`<tr><th scope="row">${name}</th>
<td data-th=${t('linkage.review.col.theirs')}>${left ?? none}</td>
<td data-th=${t('linkage.review.col.register')}>${right ?? (isProtected ? closed : none)}</td>
<td class="meta">${levelText(wording, field.level)}</td>
<td class="fall">${fallStep(wording.t, scale, [from, field.weight])}</td></tr>`
}

/** Names of places differ by habit and a year lacks a day: marks would mislead. */
function sides(
  { name, level }: ShownField,
  theirs: string | null,
  ours: string | null,
): readonly [Content | null, Content | null] {
  const shown = (text: string | null) =>
    text?.includes(HIDDEN) === true ? html`<span class="id">${text}</span>` : text
  const isOther = name === 'resident_city' || name === 'sex' || level === 'partial'
  if (theirs === null || ours === null || isOther) {
    return [shown(theirs), shown(ours)]
  }
  const [left, right] = differing(theirs, ours)
  return [marked(left), marked(right)]
}

const marked = (stretches: readonly Stretch[]): Html =>
  html`${stretches.map(({ text, differs }) => (differs ? html`<mark>${text}</mark>` : text))}`

/** The other candidates: name, year and place, each a link to its own comparison. */
function others(wording: Wording, { view, from }: CasePage): Content {
  const { t, units } = wording
  const { candidates, head, shown } = view
  if (candidates.length < 2) return null
  const rows = candidates.map((one: ShownCandidate) => {
    const query = new URLSearchParams(from)
    query.set('candidate', String(one.rank))
    const name = one.name ?? t(one.isProtected ? 'linkage.review.closed' : 'linkage.review.nothing')
    const isShown = one.rank === shown.rank
    const link = isShown
      ? html`<b>${name}</b>`
      : html`<a href=${addressOf(head.caseId, String(query))}>${name}</a>`
    return [
      link,
      one.born === null ? null : t.day(one.born),
      one.unit === null ? null : units.fullTitleOf(one.unit, t.lang),
      t.number(one.weight, 1),
      t.percent(one.probability, 1),
      isShown ? tag(t, 'doing', t('linkage.review.shown')) : null,
    ]
  })
  const title = t('linkage.review.candidates', { n: candidates.length })
  const columns = [
    { label: t('linkage.review.field.name'), kind: 'head' as const },
    { label: t('linkage.review.field.birthdate'), kind: 'day' as const },
    { label: t('linkage.review.field.resident_city') },
    { label: t('linkage.review.weight'), kind: 'num' as const, short: t('linkage.review.weight') },
    {
      label: t('linkage.review.probability'),
      kind: 'num' as const,
      short: t('linkage.review.probability'),
    },
    { label: t('linkage.review.state') },
  ]
  return section('candidates', title, table({ caption: title, columns, rows, dense: true }))
}

const VERDICTS = [
  ['same', '1', 'btn'],
  ['different', '2', 'btn plain'],
  ['unclear', '3', 'btn plain'],
] as const

function verdict(wording: Wording, page: CasePage): Content {
  const { t } = wording
  const { view, keys, from, mayDecide } = page
  const { head, said, shown, isMasked } = view
  if (!mayDecide) return note({ title: t('linkage.review.not-yours') })
  const isDispute = head.status === 'disputed'
  const earlier = said.map(
    ({ decision, reason }) =>
      html`<li>${t(`linkage.review.said.${decision}`)}, ${t(`linkage.review.reason.${reason}`)}</li>`,
  )
  const told = isDispute
    ? note({ kind: 'you', title: t('linkage.review.disputed'), body: html`<ul>${earlier}</ul>` })
    : html`<p class="meta">${t('linkage.review.independent')} ${isMasked ? t('linkage.review.masked') : null}</p>`
  const why = select({
    name: 'reason',
    label: t('linkage.review.why'),
    optional: t('linkage.review.why-told'),
    options: [
      { value: '', label: t('linkage.review.reason-guess') },
      ...REASONS.map((value) => ({ value, label: t(`linkage.review.reason.${value}`) })),
    ],
  })
  const buttons = VERDICTS.map(
    ([value, key, look]) =>
      html`<button class=${look} name="decision" value=${value} data-key=${key} accesskey=${key}>
${t(`linkage.review.decide.${value}`)} <kbd>${key}</kbd></button>`,
  )
  const body = html`<div class="split"><div class="stack">${told}</div>${why}</div>
<div class="verdict row">${buttons}<span class="meta keep">${t('linkage.review.unchanged')}</span></div>`
  return postForm({
    action: addressOf(head.caseId, from),
    keys,
    fields: {
      candidate: String(shown.rank),
      settles: isDispute ? 'yes' : null,
      next: view.after ?? view.before,
    },
    label: t('linkage.review.question'),
    body,
  })
}
