import {
  type Content,
  type FormKeys,
  type Html,
  html,
  type PlainDay,
} from '../../../kernel/index.ts'
import {
  big,
  button,
  capital,
  head,
  linkButton,
  monthDots,
  type Node,
  section,
  select,
  sheet,
  stem,
  still,
} from '../../../web/index.ts'
import { EXCHANGE_LIMITS } from '../../limits.ts'
import type { MyLine, MyReads } from '../../reads/queries.ts'
import { monthOf, purposeWords, type Wording, whoWords } from '../wording.ts'
import { consentSection } from './consents.ts'
import { lineNode, ownNode } from './line.ts'
import { inRows } from './rows.ts'

/** What the reader has chosen of the log; all empty on its first page. */
export interface Chosen {
  readonly body?: string
  readonly purpose?: string
  readonly before?: string
}

export interface ReadsPage {
  readonly reads: MyReads
  readonly chosen: Chosen
  readonly today: PlainDay
  readonly keys: FormKeys
}

/** "Who read my data": the lines by month; a year counted, filters, consents and copies beside. */
export function readsPage(wording: Wording, view: ReadsPage): Html {
  const { t } = wording
  const lead = html`<div class="hero"><h1>${t('exchange.reads.title')}</h1>
<p class="lead">${t('exchange.reads.lead')}</p></div>`
  return html`${lead}<div class="split"><div class="stack-l">${listOf(wording, view)}
${further(wording, view)}</div><div class="stack-l">${aside(wording, view)}</div></div>`
}

const isFiltered = ({ body, purpose }: Chosen): boolean =>
  body !== undefined || purpose !== undefined

function listOf(wording: Wording, view: ReadsPage): Content {
  const { t } = wording
  const { reads, chosen } = view
  const count = html`<span class="meta">${t('exchange.reads.back-all')}</span>`
  const filtered = isFiltered(chosen)
    ? html`<p class="meta">${t('exchange.reads.filtered', { n: reads.hidden })}
<a href="/reads">${count}</a></p>`
    : null
  if (!reads.lines.some((line) => !line.isOwn) && reads.next === null && filtered === null) {
    const nobody = chosen.before === undefined ? 'nobody' : 'nobody-older'
    const words = still(t(`exchange.reads.${nobody}`), t('exchange.reads.nobody-why'))
    return [words, stem(t, [ownNode(wording, reads.lines)].slice(0, reads.lines.length))]
  }
  const months = Map.groupBy(reads.lines, (line) => monthOf(wording, line.at))
  if (filtered !== null && months.size === 0) return [filtered, still(t('exchange.reads.no-such'))]
  let first = chosen.before === undefined && filtered === null
  return [
    filtered,
    [...months].map(([month, lines]) => {
      const shown = monthSection(wording, view, { month, lines, open: first })
      first = false
      return shown
    }),
  ]
}

interface Month {
  readonly month: string
  readonly lines: readonly MyLine[]
  /** Whether its newest line is unfolded. */
  readonly open: boolean
}

function monthSection(wording: Wording, view: ReadsPage, { month, lines, open }: Month): Html {
  const { t } = wording
  const { reads, chosen, today } = view
  const counted = reads.overview.months.find((one) => one.month === month)?.count
  const aside =
    counted === undefined || isFiltered(chosen) ? null : t('exchange.reads.count', { n: counted })
  let unfold = open
  const nodes = inRows(lines).map((row): Node => {
    const [line, ...again] = row
    if (line.isOwn) return ownNode(wording, row)
    const node = lineNode(wording, line, { today, open: unfold, again })
    // What is sealed has nothing to unfold.
    if (line.told !== null) unfold = false
    return node
  })
  const title = { title: capital(t.month(month)), aside }
  return section(`m-${month}`, title, stem(t, nodes))
}

/** The next page: older lines; the first page is where one came from. */
function further({ t }: Wording, { reads, chosen }: ReadsPage): Content {
  const older = reads.next === null ? null : addressOf({ ...chosen, before: reads.next })
  const newest = chosen.before === undefined ? null : addressOf({ ...chosen, before: undefined })
  if (older === null && newest === null) return null
  return html`<nav class="row pages" aria-label=${t('web.pages.label')}>
${newest === null ? html`<span></span>` : html`<a href=${newest}>${t('exchange.reads.newest')}</a>`}
${older === null ? null : html`<a rel="next" href=${older}>${t('exchange.reads.older')}</a>`}</nav>`
}

function addressOf(chosen: { readonly [name in keyof Chosen]?: string | undefined }): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(chosen)) if (value) query.set(name, value)
  return query.size === 0 ? '/reads' : `/reads?${query}`
}

function aside(wording: Wording, view: ReadsPage): Content {
  const { t } = wording
  const { reads, keys, today } = view
  const { overview } = reads
  const bodies = overview.bodies.length
  const words = t('exchange.reads.year-words', { n: overview.total, bodies })
  const year = sheet(
    [
      big(t.number(overview.total), words),
      monthDots(t, t('exchange.reads.year-label'), overview.months),
    ],
    t('exchange.reads.year'),
  )
  const copy = sheet(
    html`<p class="meta">${t('exchange.reads.copy-why')}</p>
<p class="row">${linkButton(t('exchange.reads.copy'), '/reads/copy', { kind: 'plain', less: true })}</p>`,
    t('exchange.reads.copy-title'),
  )
  const days = EXCHANGE_LIMITS.answer_workingDays
  return [
    year,
    filters(wording, view),
    consentSection(wording, { consents: reads.consents, today, keys }),
    copy,
    html`<p class="meta">${t('exchange.reads.strange', { days })}</p>`,
  ]
}

function filters(wording: Wording, { reads, chosen }: ReadsPage): Content {
  const { t } = wording
  const { bodies, purposes } = reads.overview
  if (bodies.length < 2 && purposes.length < 2 && !isFiltered(chosen)) return null
  const counted = (words: string, n: number) => t('exchange.reads.counted', { words, n })
  const body = select({
    name: 'body',
    label: t('exchange.reads.by-body'),
    value: chosen.body ?? '',
    options: [
      { value: '', label: t('exchange.reads.all-bodies', { n: bodies.length }) },
      ...bodies.map(({ name, count }) => ({
        value: name,
        label: counted(whoWords(wording, name), count),
      })),
    ],
  })
  const purpose = select({
    name: 'purpose',
    label: t('exchange.reads.by-purpose'),
    value: chosen.purpose ?? '',
    options: [
      { value: '', label: t('exchange.reads.all-purposes') },
      ...purposes.map(({ name, count }) => ({
        value: name,
        label: counted(purposeWords(wording, name), count),
      })),
    ],
  })
  const send = button(t('exchange.reads.filter'), { kind: 'plain', full: true })
  return html`<section aria-labelledby="filter">${head({ title: t('exchange.reads.filter-title') }, 'filter')}
<form class="stack" action="/reads">${body}${purpose}${send}</form></section>`
}
