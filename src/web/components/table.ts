import { type Content, type Html, html, isEmpty } from '../../kernel/index.ts'

export interface Column {
  readonly label: Content
  /** `head` names its row; `num` stands right; a `day` shares its line with others on a phone. */
  readonly kind?: 'head' | 'text' | 'num' | 'day'
  /** Said before the value where the table turns into blocks; without it the value stands alone. */
  readonly short?: string
  /** Left out on a phone. */
  readonly keep?: boolean
}

export interface Row {
  readonly cells: readonly Content[]
  /** What opens below this row, for example the act behind a fact. */
  readonly open?: Content
  readonly id?: string
}

export interface Table {
  readonly columns: readonly Column[]
  readonly rows: readonly (Row | readonly Content[])[]
  /** Says what the table holds, for a screen reader, or shown with `captioned`. */
  readonly caption: string
  readonly captioned?: boolean
  /** The desk's closer rows. */
  readonly dense?: boolean
  /** Rows turn into blocks on a phone; otherwise the table scrolls within its own frame. */
  readonly stacked?: boolean
}

/** Figures and records. On a phone: blocks, or its own sideways scroll, never the page's. */
export function table({ columns, rows, caption, captioned, dense, stacked = true }: Table): Html {
  const look = [stacked ? 'stacked' : '', dense ? 'dense' : ''].join(' ').trim()
  const top = columns.map(
    (one) => html`<th scope="col" class=${classOf(one) || null}>${one.label}</th>`,
  )
  const body = rows.map((row) => rowOf('cells' in row ? row : { cells: row }, columns))
  const whole = html`<table class=${look || null}>
<caption class=${captioned ? 'meta' : 'unseen'}>${caption}</caption>
<thead><tr>${top}</tr></thead><tbody>${body}</tbody></table>`
  // A frame that scrolls must be reachable by the keyboard.
  return stacked
    ? whole
    : html`<div class="scroll" tabindex="0" role="group" aria-label=${caption}>${whole}</div>`
}

function classOf({ kind, keep }: Column): string {
  const tone = kind === 'num' || kind === 'day' ? kind : ''
  return [tone, keep ? 'keep' : ''].join(' ').trim()
}

function rowOf({ cells, open, id }: Row, columns: readonly Column[]): Html {
  const shown = columns.map((column, at) => {
    const [cell, look] = [cells[at], classOf(column) || null]
    if (column.kind === 'head') return html`<th scope="row" class=${look}>${cell}</th>`
    return html`<td class=${look} data-th=${isEmpty(cell) ? null : column.short}>${cell}</td>`
  })
  if (open === undefined) return html`<tr id=${id}>${shown}</tr>`
  return html`<tr class="chosen" id=${id}>${shown}</tr>
<tr class="open"><td colspan=${columns.length}>${open}</td></tr>`
}
