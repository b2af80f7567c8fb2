import { type Content, type Html, html, isEmpty, type Translator } from '../../kernel/index.ts'
import { emptyRings } from '../mark.ts'

/** The five states; each has its own shape, so that colour only helps. */
export type State = 'idle' | 'doing' | 'done' | 'you' | 'late'

/** A state as shape and word; without words it says the state's own name. */
export function tag(t: Translator, state: State, words?: Content): Html {
  return html`<span class="tag ${state}">${words ?? t(`web.state.${state}`)}</span>`
}

export interface Note {
  /** `info` unless told; `you` waits for the reader, `late` is wrong or refused, `done` is over. */
  readonly kind?: 'info' | 'you' | 'late' | 'done'
  readonly title?: Content
  readonly body?: Content
  /** Announced at once by a screen reader: only for what the reader has just caused. */
  readonly alert?: boolean
  readonly level?: 2 | 3
}

/** What the reader must know now; at most one on top of a page. */
export function note({ kind = 'info', title, body, alert = false, level = 2 }: Note): Html {
  const look = kind === 'info' ? 'note' : `note is-${kind}`
  const role = alert ? (kind === 'late' ? 'alert' : 'status') : null
  const named = level === 2 ? html`<h2>${title}</h2>` : html`<h3>${title}</h3>`
  return html`<div class=${look} role=${role}>
${isEmpty(title) ? null : named}${paragraph(body)}</div>`
}

/** Text alone becomes a paragraph; markup stays as it is. */
function paragraph(body: Content): Content {
  return typeof body === 'string' && body !== '' ? html`<p>${body}</p>` : body
}

/** Nothing here yet: says that it is empty and what will appear. Not for errors. */
export function still(title: Content, body?: Content): Html {
  return html`<div class="still">${emptyRings}<h2>${title}</h2>${paragraph(body)}</div>`
}

/** A box for what may be lifted out of the page: a summary or a filter. */
export function sheet(body: Content, title?: Content): Html {
  const named = isEmpty(title) ? null : html`<h2>${title}</h2>`
  return html`<section class="sheet">${named}${body}</section>`
}

export interface LongWork {
  readonly title: Content
  /** Rows done and to do; `total` null while it is not known. */
  readonly done: number
  readonly total: number | null
  /** Rows each second. */
  readonly rate: number
  /** What is counted, for example "hồ sơ". */
  readonly unit: string
  /** The page itself, to look again where no script renews it. */
  readonly again: string
  /** A form or link that stops the work. */
  readonly stop?: Content
}

/** Counted progress: how many, how fast, how long still. The island `progress` renews it. */
export function progress(t: Translator, work: LongWork): Html {
  const { title, total, stop, again } = work
  const share = total === null || total === 0 ? null : Math.min(1, work.done / total)
  const figure = share === null ? null : html`<span class="num meta">${t.percent(share, 0)}</span>`
  const value = share === null ? null : Math.floor(share * 100)
  const safe = html`<span class="meta small">${t('web.progress.stop-safe')}</span>`
  return html`<div class="sheet stack" data-live="progress">
<div class="head"><h2>${title}</h2>${figure}</div>
<progress max="100" value=${value} aria-label=${t('web.progress.label')}></progress>
<p class="meta num">${lineOf(t, work)}</p>
<p><a href=${again}>${t('web.progress.again')}</a></p>
${isEmpty(stop) ? null : html`<div class="row">${stop}${safe}</div>`}</div>`
}

/** "640.218 hồ sơ, 81.400 mỗi giây, còn khoảng 5 giây". */
function lineOf(t: Translator, { done, total, rate, unit }: LongWork): string {
  const per = t.number(Math.round(rate))
  const line = t('web.progress.line', { done: t.number(done), unit, rate: per })
  if (total === null || rate <= 0) return line
  return `${line}, ${left(t, Math.max(0, Math.ceil((total - done) / rate)))}`
}

function left(t: Translator, seconds: number): string {
  if (seconds < 90) return t('web.progress.left-seconds', { n: seconds })
  if (seconds < 5400) return t('web.progress.left-minutes', { n: Math.round(seconds / 60) })
  return t('web.progress.left-hours', { n: Math.round(seconds / 3600) })
}
