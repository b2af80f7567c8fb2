import type { Translator } from '../../kernel/index.ts'
import { type Content, type Html, html, isEmpty } from '../../kernel/index.ts'

interface Asked {
  readonly name: string
  readonly label: Content
  /** Said between label and field. */
  readonly hint?: Content
  /** What is wrong and what to do, said above the field; the value is kept. */
  readonly error?: Content
  /** Said beside the label of a field that may stay empty. */
  readonly optional?: Content
  /** Defaults to the name. */
  readonly id?: string
  readonly required?: boolean
}

export interface Field extends Asked {
  readonly value?: string | null
  readonly type?: 'text' | 'search' | 'email' | 'tel' | 'password'
  /** Greatest width in rem; words decide it otherwise. */
  readonly width?: 8 | 13 | 20
  /** Digits: a numeric keyboard and figures of one width. */
  readonly numeric?: boolean
  /** The token of the HTML standard; a name is never completed unless told. */
  readonly autocomplete?: string
  readonly maxlength?: number
  readonly placeholder?: string
  /** Several lines of text. */
  readonly rows?: number
  /** Language of what is typed, where it is not the page's. */
  readonly lang?: string
}

interface Ids {
  readonly id: string
  readonly hintId: string | null
  readonly errorId: string | null
  readonly describedBy: string | null
}

function idsOf({ name, id = name, hint, error }: Asked): Ids {
  const hintId = isEmpty(hint) ? null : `${id}-hint`
  const errorId = isEmpty(error) ? null : `${id}-error`
  const both = [errorId, hintId].filter((one) => one !== null)
  return { id, hintId, errorId, describedBy: both.length > 0 ? both.join(' ') : null }
}

const beside = (optional: Content): Content =>
  isEmpty(optional) ? null : html` <span class="meta">(${optional})</span>`
const hintOf = ({ hint }: Asked, { hintId }: Ids): Content =>
  hintId === null ? null : html`<p class="hint" id=${hintId}>${hint}</p>`
const errorOf = ({ error }: Asked, { errorId }: Ids): Content =>
  errorId === null ? null : html`<p class="why" id=${errorId}>${error}</p>`

function framed(asked: Asked, ids: Ids, control: Html): Html {
  const { label, optional, error } = asked
  return html`<div class="field${isEmpty(error) ? '' : ' wrong'}"><label for=${ids.id}>${label}${beside(optional)}</label>${hintOf(asked, ids)}${errorOf(asked, ids)}${control}</div>`
}

/** A line (or, with `rows`, a box) of text. Label above, hint between, error above with the remedy. */
export function field(asked: Field): Html {
  const ids = idsOf(asked)
  const { name, value, type = 'text', width, numeric = false, placeholder, rows, lang } = asked
  const { autocomplete = 'off', maxlength, required = false } = asked
  const invalid = ids.errorId === null ? null : 'true'
  const look = [width === undefined ? '' : `w${width}`, numeric ? 'num' : ''].join(' ').trim()
  if (rows !== undefined) {
    // The parser drops one line break after the opening tag; ours is the one to lose.
    return framed(
      asked,
      ids,
      html`<textarea id=${ids.id} name=${name} rows=${rows} class=${look || null} maxlength=${maxlength} required=${required} aria-invalid=${invalid} aria-describedby=${ids.describedBy} lang=${lang}>
${value}</textarea>`,
    )
  }
  return framed(
    asked,
    ids,
    html`<input id=${ids.id} name=${name} type=${type} class=${look || null} value=${value} inputmode=${numeric ? 'numeric' : null} autocomplete=${autocomplete} maxlength=${maxlength} placeholder=${placeholder} required=${required} aria-invalid=${invalid} aria-describedby=${ids.describedBy} lang=${lang}>`,
  )
}

/** A day as plain text, dd/mm/yyyy, day first whatever the browser's language. See `readDay`. */
export function dayField(t: Translator, asked: Field): Html {
  return field({ width: 13, numeric: true, hint: t('web.day.hint'), maxlength: 10, ...asked })
}

export interface Option {
  readonly value: string
  readonly label: Content
  readonly hint?: Content
}

export interface Select extends Asked {
  readonly options: readonly Option[]
  readonly value?: string | null
  readonly width?: 8 | 13 | 20
}

/** One of many; below eight, `choice` shows them all at once and is better. */
export function select(asked: Select): Html {
  const ids = idsOf(asked)
  const { name, options, value, width, required = false } = asked
  const invalid = ids.errorId === null ? null : 'true'
  const rows = options.map(
    (one) => html`<option value=${one.value} selected=${one.value === value}>${one.label}</option>`,
  )
  return framed(
    asked,
    ids,
    html`<select id=${ids.id} name=${name} class=${width === undefined ? null : `w${width}`} required=${required} aria-invalid=${invalid} aria-describedby=${ids.describedBy}>${rows}</select>`,
  )
}

export interface Choice extends Asked {
  /** `one`: radio buttons; `several`: boxes to tick. Nothing is ever ticked beforehand. */
  readonly kind?: 'one' | 'several'
  readonly options: readonly Option[]
  /** What the person has chosen so far. */
  readonly chosen?: readonly string[]
}

/** All options at once, each with its hint; the first has the field's id, for the error summary. */
export function choice(asked: Choice): Html {
  const ids = idsOf(asked)
  const { name, label, optional, options, chosen = [], error, kind = 'one' } = asked
  const type = kind === 'one' ? 'radio' : 'checkbox'
  const rows = options.map((one, at) => {
    const id = at === 0 ? ids.id : `${ids.id}-${at + 1}`
    return html`<label class="choice" for=${id}><input type=${type} id=${id} name=${name} value=${one.value} checked=${chosen.includes(one.value)}> <span>${one.label}</span>${isEmpty(one.hint) ? null : html`<span class="hint">${one.hint}</span>`}</label>`
  })
  return html`<fieldset class="field${isEmpty(error) ? '' : ' wrong'}" aria-describedby=${ids.describedBy}><legend>${label}${beside(optional)}</legend>${hintOf(asked, ids)}${errorOf(asked, ids)}<div>${rows}</div></fieldset>`
}

/** One box to tick, for a statement the person makes. */
export function agree(asked: Omit<Asked, 'hint' | 'optional'> & { checked?: boolean }): Html {
  const ids = idsOf(asked)
  const { name, label, error, checked = false } = asked
  return html`<div class="field${isEmpty(error) ? '' : ' wrong'}">${errorOf(asked, ids)}<label class="choice" for=${ids.id}><input type="checkbox" id=${ids.id} name=${name} value="yes" checked=${checked} aria-invalid=${ids.errorId === null ? null : 'true'} aria-describedby=${ids.describedBy}> <span>${label}</span></label></div>`
}

/** A claim that is needed: shown with what it holds, not ticked and not to be unticked. */
export function given(label: Content, hint?: Content): Html {
  return html`<div class="choice given"><i class="have"></i><span>${label}</span>${isEmpty(hint) ? null : html`<span class="hint">${hint}</span>`}</div>`
}

export interface FieldError {
  /** Id of the field it leads to. */
  readonly field: string
  readonly words: Content
}

/** On top of a form sent back: what is wrong, each line a link to its field; takes the focus. */
export function errorSummary(t: Translator, errors: readonly FieldError[]): Html | null {
  if (errors.length === 0) return null
  const rows = errors.map((one) => html`<li><a href=${`#${one.field}`}>${one.words}</a></li>`)
  return html`<div class="note is-late" role="alert" tabindex="-1" autofocus><h2>${t('web.errors', { n: errors.length })}</h2><ul>${rows}</ul></div>`
}

/** The search box of a header or of the greeting. Sends `name` by GET to `action`. */
export interface Search {
  readonly action: string
  readonly label: string
  readonly submit: Content
  readonly name?: string
  readonly value?: string | null
  readonly placeholder?: string
  readonly id?: string
  /** The desk's: lower, and with the access key s. */
  readonly dense?: boolean
}

export function searchBox(asked: Search): Html {
  const { action, label, submit, name = 'q', id = 'q', value, placeholder, dense = false } = asked
  return html`<form class="ask${dense ? ' dense' : ''}" role="search" action=${action}><label class="unseen" for=${id}>${label}</label><input id=${id} name=${name} type="search" value=${value} placeholder=${placeholder} autocomplete="off" accesskey=${dense ? 's' : null}><button class="btn${dense ? ' plain' : ''}">${submit}</button></form>`
}

/** Where we are in a form of at most nine pages: words first, rings beside. */
export function steps(t: Translator, title: Content, now: number, of: number): Html {
  const marks = Array.from({ length: of }, (_, at) => {
    const look = at + 1 < now ? 'was' : at + 1 === now ? 'now' : null
    return html`<i class=${look}></i>`
  })
  return html`<p class="meta">${title}, ${t('web.step', { now, of })}</p><p class="ringsteps" aria-hidden="true">${marks}</p>`
}
