import { type Content, type Html, html } from '../../../kernel/index.ts'
import { back, type Row, section, still, table, writeDay } from '../../../web/index.ts'
import type { ActView, FactView } from '../../person/record-view.ts'
import { actWords, factLines, PARTS, shownText, type Wording } from '../wording.ts'
import { actDetails, lastDay, supersession } from './facts-table.ts'
import { addressOf, type Purpose, personPath } from './frame.ts'

/** Every row there ever was of a person. */
export interface HistoryPage {
  readonly wording: Wording
  readonly history: { readonly facts: readonly FactView[]; readonly acts: readonly ActView[] }
  readonly person: string
  readonly purpose: Purpose
}

const ORDER: readonly string[] = Object.values(PARTS).flat()

/** What we believed before and by which act it was replaced; then all that is believed, any day. */
export function historyPage({ wording, history, person, purpose }: HistoryPage): Html {
  const { t } = wording
  const sorted = [...history.facts].sort(
    (a, b) =>
      ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || (a.recordedAt < b.recordedAt ? -1 : 1),
  )
  const before = sorted.filter((fact) => fact.supersededAt !== null)
  const believed = sorted.filter((fact) => fact.supersededAt === null)
  const name = believed.findLast((fact) => fact.kind === 'name')?.value as
    | { full: string }
    | undefined
  const nothing = still(t('register.desk.history.none'), t('register.desk.history.none-why'))
  const rows = (facts: readonly FactView[], caption: string) =>
    historyTable(wording, { facts, acts: history.acts, caption })
  const titles = {
    before: t('register.desk.history.before'),
    believed: t('register.desk.history.believed'),
  }
  return html`<div class="dense stack-l"><div>
${back(t('register.desk.record.back'), addressOf(personPath(person), { for: purpose }))}
<h1>${t('register.desk.history.of', { name: name?.full ?? t('register.kin.unnamed') })}</h1>
<p class="lead">${t('register.desk.history.lead')}</p></div>
${section('before', titles.before, before.length === 0 ? nothing : rows(before, titles.before))}
${section('believed', titles.believed, rows(believed, titles.believed))}</div>`
}

interface Told {
  readonly facts: readonly FactView[]
  readonly acts: readonly ActView[]
  readonly caption: string
}

function historyTable(wording: Wording, { facts, acts, caption }: Told): Html {
  const { t } = wording
  return table({
    caption,
    dense: true,
    columns: [
      { label: t('register.desk.fact'), kind: 'head' },
      { label: t('register.desk.value') },
      { label: t('register.desk.from'), kind: 'day', short: t('register.desk.from-short') },
      { label: t('register.desk.to'), kind: 'day', short: t('register.desk.to-short') },
      { label: t('register.desk.recorded'), short: t('register.desk.recorded') },
      { label: t('register.desk.act') },
    ],
    rows: facts.map((fact) => rowOf(wording, fact, acts)),
  })
}

function rowOf(wording: Wording, fact: FactView, acts: readonly ActView[]): Row {
  const { t } = wording
  const then = { ...wording, day: fact.from }
  const [first, ...more] = factLines(then, fact)
  const act = acts.find((one) => one.actId === fact.actId)
  const by = acts.find((one) => one.actId === fact.supersededBy)
  const rest = more.map((line) => html`<br><span class="meta">${line.name}:</span> ${line.text}`)
  const replaced = by && html`<p class="meta small">${supersession(wording, fact, by)}</p>`
  const value: Content = first && html`${shownText(first)}${rest}${replaced}`
  return {
    cells: [
      first?.name ?? fact.kind,
      value,
      writeDay(fact.from),
      lastDay(wording, fact),
      t.instant(fact.recordedAt),
      act && html`<details><summary>${actWords(wording, act).title}</summary></details>`,
    ],
    ...(act !== undefined && { open: actDetails(wording, { act, fact, acts }) }),
  }
}
