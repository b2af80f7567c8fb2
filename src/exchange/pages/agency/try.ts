import { type FormKeys, type Html, html } from '../../../kernel/index.ts'
import {
  button,
  code,
  facts,
  field,
  head,
  note,
  postForm,
  section,
  select,
  tabs,
  tag,
} from '../../../web/index.ts'
import type { AgreementRecord } from '../../agency/store.ts'
import type { CalledBack, PreparedCall } from '../../demonstration/call.ts'
import { purposeWords, type Wording } from '../wording.ts'
import { curlText, gocText, nodeText, requestText } from './call-text.ts'

export const TRIALS = ['right', 'wrong-name', 'wrong-date', 'nobody'] as const
export type Trial = (typeof TRIALS)[number]

/** What is claimed of somebody, as it stands in the form. */
export interface Claim {
  readonly number: string
  readonly name: string
  readonly birthdate: string
}

export interface TryPage {
  readonly agency: string
  readonly trial: Trial
  readonly claim: Claim
  readonly purpose: string
  /** Agreements in force that allow one person to be asked about. */
  readonly agreements: readonly AgreementRecord[]
  /** The request as it would be signed, or as it was. */
  readonly call: PreparedCall
  readonly payload: unknown
  readonly back: CalledBack | null
  readonly keys: FormKeys
}

/** A call to try: what is claimed, the request signed, the real answer with its receipt. */
export function tryPage(wording: Wording, view: TryPage): Html {
  const { t } = wording
  const { call, back } = view
  const top = html`<div class="hero"><h1>${t('exchange.try.title')}</h1>
<p class="verb">POST ${call.url.pathname}</p><p class="lead">${t('exchange.try.lead')}</p></div>`
  const sent = section(
    'sent',
    t(back === null ? 'exchange.try.would-send' : 'exchange.try.sent'),
    html`${code(requestText(call), t('exchange.try.sent'), { json: true })}
<p class="meta">${t('exchange.try.signed', { key: call.keyId })}</p>`,
  )
  return html`${top}<div class="stack-l"><div class="split even">${formOf(wording, view)}
<div class="stack">${back === null ? sent : [answerPart(wording, back), sent]}</div></div>
${programs(wording, view)}</div>`
}

function formOf(wording: Wording, view: TryPage): Html {
  const { t } = wording
  const { trial, claim, purpose, agreements, keys } = view
  const views = TRIALS.map((one) => ({
    href: `/agency/try?trial=${one}`,
    label: t(`exchange.try.trial.${one}`),
    current: one === trial,
  }))
  const fields = [
    field({
      name: 'number',
      label: t('exchange.try.number'),
      value: claim.number,
      numeric: true,
      maxlength: 40,
    }),
    field({ name: 'name', label: t('exchange.attribute.name'), value: claim.name, maxlength: 200 }),
    field({
      name: 'birthdate',
      label: t('exchange.attribute.birthdate'),
      hint: 'yyyy-mm-dd',
      value: claim.birthdate,
      width: 13,
      numeric: true,
      maxlength: 10,
    }),
    select({
      name: 'purpose',
      label: t('exchange.try.purpose'),
      value: purpose,
      options: agreements.map((one) => ({
        value: one.purpose,
        label: `${one.purpose}: ${purposeWords(wording, one.purpose)}`,
      })),
    }),
  ]
  const form = postForm({
    action: '/agency/try#answer',
    keys,
    fields: { trial },
    className: 'stack',
    label: t('exchange.try.form'),
    body: html`${fields}<div class="row">${button(t('exchange.try.send'))}</div>`,
  })
  const aside = tag(t, 'doing', t('exchange.try.invented'))
  return html`<section class="stack" aria-labelledby="form">${head({ title: t('exchange.try.form'), aside }, 'form')}
${tabs(t('exchange.try.trials'), views)}<p class="meta">${t(`exchange.try.about.${trial}`)}</p>${form}</section>`
}

function answerPart(wording: Wording, back: CalledBack): Html {
  const { t } = wording
  const ok = back.status === 200
  const words = t('exchange.try.took', {
    status: back.status,
    ms: Math.max(1, Math.round(back.took_ms)),
  })
  const aside = tag(t, ok ? 'done' : 'late', words)
  const body = html`${code(pretty(back.body), t('exchange.try.answer'), { json: true, wrong: WRONG })}
<p class="meta">${t(meaningOf(back))}</p>${receiptPart(wording, back)}
<p class="meta">${t('exchange.try.seen')}</p>`
  return section(
    'answer',
    { title: t('exchange.try.answer'), aside },
    html`<div class="stack">${body}</div>`,
  )
}

/** What an answer says when something does not fit. */
const WRONG = ['not_confirmed', 'no_match', 'not_held']

function meaningOf({ status, body }: CalledBack): string {
  if (status !== 200) return 'exchange.try.means.refused'
  return body.includes('"not_confirmed"')
    ? 'exchange.try.means.not-confirmed'
    : 'exchange.try.means.confirmed'
}

/** Legible; the receipt is over the bytes as they came. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

function receiptPart({ t }: Wording, { receipt, fault }: CalledBack): Html | null {
  if (fault !== null) return note({ kind: 'late', title: t('exchange.try.receipt-bad', { fault }) })
  if (receipt === null) return null
  const by = new Date(receipt.by * 1000).toISOString()
  const rows = facts([
    {
      name: t('exchange.try.receipt.event'),
      value: html`<code class="shown">${receipt.event}</code>`,
    },
    { name: t('exchange.try.receipt.by'), value: t.instant(by) },
    { name: t('exchange.try.receipt.key'), value: html`<code class="shown">${receipt.key}</code>` },
  ])
  return html`<h3>${t('exchange.try.receipt')}</h3><p>${tag(t, 'done', t('exchange.try.receipt-good'))}</p>${rows}`
}

function programs({ t }: Wording, { call, payload, agency, purpose }: TryPage): Html {
  const said = { call, payload, agency, purpose }
  const texts = [
    ['curl', curlText(call)],
    ['Node', nodeText(said)],
    ['goc call', gocText(said)],
  ] as const
  const parts = texts.map(
    ([name, text], at) => html`<details name="program" open=${at === 0}><summary>${name}</summary>
<div class="stack">${code(text, name)}</div></details>`,
  )
  return section(
    'programs',
    t('exchange.try.programs'),
    html`<div class="stack">${parts}
<p class="meta">${t('exchange.try.programs-why')} <a href="/agency/reference">${t('exchange.menu.reference')}</a></p></div>`,
  )
}

/** Where calls cannot be tried, and why. */
export function noTryPage({ t }: Wording, why: 'no-nation' | 'no-agreement' | 'no-persons'): Html {
  return html`<div class="hero"><h1>${t('exchange.try.title')}</h1></div>
${note({ kind: 'you', title: t(`exchange.try.${why}`), body: t(`exchange.try.${why}-why`) })}`
}
