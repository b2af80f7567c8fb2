import type { Html, PlainDay } from '../../kernel/index.ts'
import { html } from '../../kernel/index.ts'
import { back, facts, linkButton, note, section, stem } from '../../web/index.ts'
import type { PersonRecord } from '../person/record.ts'
import type { ActView } from '../person/record-view.ts'
import {
  actWords,
  type FactLine,
  linesOf,
  PARTS,
  type Part,
  shownText,
  type Wording,
} from './wording.ts'

const PARTS_IN_ORDER = Object.keys(PARTS) as readonly Part[]

/** The citizen's own record: what the state knows, and the paper behind each line. */
export function recordPage(wording: Wording, record: PersonRecord, today: PlainDay): Html {
  const { t } = wording
  const seenOn =
    record.day === today
      ? null
      : note({
          kind: 'info',
          title: t('register.record.as-of', { day: t.day(record.day) }),
          body: html`<a href="/record">${t('register.record.today')}</a>`,
        })
  return html`<div class="stack-l"><div>${back(t('register.home'), '/')}
<h1>${t('register.record.title')}</h1><p class="lead">${t('register.record.lead')}</p></div>${seenOn}
<div class="split"><div class="stack-l">${PARTS_IN_ORDER.map((part) => partOf(wording, record, part))}
</div><div class="stack-l">${aside(wording, record)}</div></div></div>`
}

function partOf(wording: Wording, record: PersonRecord, part: Part): Html | null {
  const lines = linesOf(wording, record.facts, part)
  if (lines.length === 0) return null
  const rows = lines.map((line) => ({
    name: line.name,
    value: shownText(line),
    meta: html`${line.note}${line.note ? html`<br>` : null}${source(wording, record.acts, line)}`,
  }))
  return section(`part-${part}`, wording.t(`register.part.${part}`), facts(rows))
}

/** "since 9 August 1997, paper 2", a link to the paper's place in the list. */
function source({ t }: Wording, acts: readonly ActView[], { fact }: FactLine): Html {
  const place = placeOf(acts, fact.actId)
  const words = t('register.record.paper', { n: place })
  const link = html`<a href=${`#act-${place}`}>${words}</a>`
  return html`${t('register.record.since', { from: t.day(fact.from) })}, ${place > 0 ? link : null}`
}

/** The place of an act in the list of those a record rests on, from 1; 0 when it is not in it. */
export const placeOf = (acts: readonly ActView[], actId: string): number =>
  acts.findIndex((act) => act.actId === actId) + 1

/** What may be done with the record, and the acts of this life in order. */
function aside(wording: Wording, record: PersonRecord): Html {
  const { t } = wording
  const acts = record.acts.map((act) => {
    const { title, meta } = actWords(wording, act)
    const place = placeOf(record.acts, act.actId)
    return {
      state: 'done' as const,
      id: `act-${place}`,
      title: html`${place}. ${title}<p class="meta">${meta}</p>`,
      word: t('register.record.act'),
    }
  })
  const copies = html`<div class="row">${linkButton(t('register.copy.pdf'), '/record/copy.pdf', { kind: 'plain' })}
${linkButton(t('register.copy.json'), '/record/copy.json', { kind: 'plain' })}</div>`
  return html`<section class="sheet stack" aria-labelledby="copy"><h2 id="copy">${t('register.copy.title')}</h2>
<p class="meta">${t('register.copy.why')}</p>${copies}</section>
${section('acts', t('register.record.acts'), stem(t, acts, { tight: true }))}
<p class="meta">${t('register.record.wrong')}</p>`
}
