import { type Content, type Html, html, type PlainDay } from '../../../kernel/index.ts'
import {
  bits,
  capital,
  facts,
  head,
  note,
  type State,
  section,
  sheet,
  still,
  table,
  tag,
  taskList,
} from '../../../web/index.ts'
import type { OwnAgency } from '../../agency/own.ts'
import type { AgencyKey, AgreementRecord } from '../../agency/store.ts'
import { clock } from '../home.ts'
import { attributeList, lawWords, purposeWords, unitWords, type Wording } from '../wording.ts'
import { usageChart } from './usage.ts'

export interface AgencyHome extends OwnAgency {
  /** Questions that wait for this agency's answer, and the day the first is due. */
  readonly waiting: { readonly open: number; readonly firstDue: PlainDay | null }
  readonly today: PlainDay
}

/** An agency's front page: what it must answer, what it may ask, how much it asked, its keys. */
export function agencyHome(wording: Wording, home: AgencyHome): Html {
  const { t } = wording
  const { agency, agreements, usage, today, keys } = home
  const lead = html`<div class="hero"><h1>${agency.name}</h1>
<p class="meta">${t('exchange.agency.code')} <code>${agency.code}</code></p></div>`
  const agreed =
    agreements.length === 0
      ? still(t('exchange.agreement.none'), t('exchange.agreement.none-why'))
      : html`<div class="stack-l">${agreements.map((one) => agreementPart(wording, home, one))}</div>`
  const left = [
    waitingSection(wording, home),
    section('agreements', t('exchange.agreement.title'), agreed),
  ]
  const right = [
    sheet(usageChart(t, usage, today), t('exchange.usage.title')),
    section('keys', t('exchange.key.title'), keyTable(wording, keys)),
    sheet(
      html`<p class="meta">${t('exchange.agency.next')}</p><p class="row">
<a href="/agency/try">${t('exchange.menu.try')}</a> <a href="/agency/reference">${t('exchange.menu.reference')}</a></p>`,
    ),
  ]
  return html`${lead}<div class="split"><div class="stack-l">${left}</div>
<div class="stack-l">${right}</div></div>`
}

function waitingSection(wording: Wording, { waiting, today }: AgencyHome): Content {
  const { t } = wording
  if (waiting.firstDue === null) return null
  const task = {
    title: t('exchange.answer.waiting', { n: waiting.open }),
    href: '/agency/complaints',
    why: t('exchange.answer.waiting-why'),
    state: clock(wording, { dueOn: waiting.firstDue, answeredAt: null }, today),
  }
  return section('complaints', t('exchange.answer.title'), taskList([task]))
}

/** Where an agreement stands on a day. */
export function agreementState(
  { approvedBy, from, to, endedOn }: AgreementRecord,
  today: PlainDay,
): { readonly state: State; readonly word: string } {
  if (to !== null && to <= today) {
    return { state: 'idle', word: endedOn === null ? 'over' : 'ended' }
  }
  if (new Set(approvedBy).size < 2) return { state: 'doing', word: 'proposed' }
  return from > today ? { state: 'idle', word: 'coming' } : { state: 'done', word: 'holds' }
}

function agreementPart(wording: Wording, home: AgencyHome, agreement: AgreementRecord): Html {
  const { t } = wording
  const { state, word } = agreementState(agreement, home.today)
  const title = capital(purposeWords(wording, agreement.purpose))
  const state_ = tag(t, state, t(`exchange.agreement.is.${word}`))
  const { legalBasis, attributes, predicates, from, to } = agreement
  const until =
    to === null ? t('exchange.consent.no-end') : t('exchange.consent.until', { day: t.day(to) })
  const names = attributeList(wording, [...attributes, ...predicates])
  const rows = [
    { name: t('exchange.read.law'), value: lawWords(wording, legalBasis) },
    {
      name: t('exchange.agreement.operations'),
      value: t.list(agreement.operations.map((one) => t(`exchange.operation.${one}`))),
    },
    {
      name: t('exchange.agreement.attributes'),
      value: bits(t('exchange.agreement.attributes'), names),
    },
    { name: t('exchange.agreement.scope'), value: scopeWords(wording, agreement) },
    {
      name: t('exchange.agreement.days'),
      value: `${capital(t('exchange.consent.since', { day: t.day(from) }))}, ${until}`,
    },
    ...quotas(wording, home, agreement),
    {
      name: t('exchange.agreement.code'),
      value: html`<code>${agreement.purpose}</code>`,
      meta: t('exchange.agreement.code-why'),
    },
  ]
  return html`<section class="sheet" aria-labelledby=${`a-${agreement.id}`}>
${head({ title, aside: state_ }, `a-${agreement.id}`)}${facts(rows)}</section>`
}

function scopeWords(wording: Wording, { scope }: AgreementRecord): string {
  const { t } = wording
  const unit = scope.kind === 'unit' ? unitWords(wording, scope.unit) : ''
  return t(`exchange.agreement.scope.${scope.kind}`, { unit })
}

/** What is used of today's quota, in figures and as a bar. */
function quotas(wording: Wording, { usage, today }: AgencyHome, agreement: AgreementRecord) {
  const { t } = wording
  const quota = { online: agreement.onlinePerDay, bulk: agreement.bulkPerDay }
  return (['online', 'bulk'] as const)
    .filter((kind) => quota[kind] > 0)
    .map((kind) => {
      const used = usage
        .filter((row) => row.agreementId === agreement.id && row.day === today)
        .filter((row) => row.bulk === (kind === 'bulk'))
        .reduce((all, row) => all + row.calls, 0)
      const words = t('exchange.agreement.used', {
        used: t.number(used),
        quota: t.number(quota[kind]),
      })
      const name = t(`exchange.agreement.quota.${kind}`)
      const bar = html`<progress max=${quota[kind]} value=${used} aria-label=${name}></progress>`
      return { name, value: html`${words}${bar}` }
    })
}

function keyTable({ t }: Wording, keys: readonly AgencyKey[]): Html {
  if (keys.length === 0) return note({ kind: 'you', body: t('exchange.key.none') })
  return table({
    caption: t('exchange.key.title'),
    dense: true,
    columns: [
      { label: t('exchange.key.id'), kind: 'head' },
      { label: t('exchange.key.since') },
      { label: t('exchange.key.state') },
    ],
    rows: keys.map(({ keyId, addedAt, revokedAt }) => [
      html`<code>${keyId}</code>`,
      t.instant(addedAt),
      revokedAt === null
        ? tag(t, 'done', t('exchange.key.in-use'))
        : tag(t, 'late', t('exchange.key.revoked')),
    ]),
  })
}
