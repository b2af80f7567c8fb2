import { type Content, type Html, html, isEmpty } from '../../kernel/index.ts'
import { head } from './lists.ts'

export interface QueueRow {
  readonly href: string
  readonly kind: Content
  readonly who: Content
  readonly state: Content
  readonly current?: boolean
}

/** The officer's queue, left of the record. */
export function queue(rows: readonly QueueRow[]): Html {
  const items = rows.map(({ href, kind, who, state, current }) => {
    const now = current ? 'true' : null
    const words = html`<b>${kind}</b><span>${who}</span>${state}`
    return html`<li><a href=${href} aria-current=${now}>${words}</a></li>`
  })
  return html`<ul class="queue">${items}</ul>`
}

export interface Desk {
  readonly title: string
  readonly count: string
  readonly filters?: Content
  /** The queue, and below it the way to the rest. */
  readonly queue: Content
  /** The record being worked on; without one the queue stands alone. */
  readonly record?: Content
  /** Where a small screen goes back to from a record: it shows one of the two at a time. */
  readonly back: { readonly href: string; readonly label: string }
}

/** The officer's desk: the queue left, the record right; on a small screen one of them. */
export function desk({ title, count, filters, queue: rows, record, back }: Desk): Html {
  const open = !isEmpty(record)
  const home = open ? html`<a class="back homeward" href=${back.href}>${back.label}</a>` : null
  const list = html`${head({ title, aside: count })}${filters}${rows}`
  return html`<div class="desk dense">
<div>${home}<div class=${open ? 'behind' : null}>${list}</div></div>
<div class="stack">${record}</div></div>`
}
