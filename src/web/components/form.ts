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
  const name = html`<label for=${ids.id}>${asked.label}${beside(asked.optional)}</label>`
  return html`<div class=${lookOf(asked)}>${name}${hintOf(asked, ids)}${errorOf(asked, ids)}
${control}</div>`
}

const lookOf = ({ error }: { readonly error?: Content }): string =>
  isEmpty(error) ? 'field' : 'field wrong'
const widthOf = (width: number | undefined, numeric = false): string | null =>
  [width === undefined ? '' : `w${width}`, numeric ? 'num' : ''].join(' ').trim() || null

/** A line (or, with `rows`, a box) of text. Label, hint, error with the remedy, then the value. */
export function field(asked: Field): Html {
  const ids = idsOf(asked)
  return framed(asked, ids, asked.rows === undefined ? line(asked, ids) : lines(asked, ids))
}

function line(asked: Field, { id, errorId, describedBy }: Ids): Html {
  const { name, value, type = 'text', width, numeric, placeholder, lang, required } = asked
  return html`<input id=${id} name=${name} type=${type} class=${widthOf(width, numeric)}
  value=${value} inputmode=${numeric ? 'numeric' : null} maxlength=${asked.maxlength}
  autocomplete=${asked.autocomplete ?? 'off'} placeholder=${placeholder} lang=${lang}
  required=${required} aria-invalid=${errorId && 'true'} aria-describedby=${describedBy}>`
}

function lines(asked: Field, { id, errorId, describedBy }: Ids): Html {
  const { name, value, width, rows, maxlength, required, lang } = asked
  // The parser drops one line break after the opening tag; ours is the one to lose.
  return html`<textarea id=${id} name=${name} rows=${rows} class=${widthOf(width)}
  maxlength=${maxlength} required=${required} aria-invalid=${errorId && 'true'}
  aria-describedby=${describedBy} lang=${lang}>
${value}</textarea>`
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
  const { name, options, value, width, required } = asked
  const rows = options.map(
    (one) => html`<option value=${one.value} selected=${one.value === value}>${one.label}</option>`,
  )
  const control = html`<select id=${ids.id} name=${name} class=${widthOf(width)}
  required=${required} aria-invalid=${ids.errorId && 'true'}
  aria-describedby=${ids.describedBy}>${rows}</select>`
  return framed(asked, ids, control)
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
  const { name, label, optional, options, chosen = [], kind = 'one' } = asked
  const type = kind === 'one' ? 'radio' : 'checkbox'
  const rows = options.map((one, at) => {
    const id = at === 0 ? ids.id : `${ids.id}-${at + 1}`
    const checked = chosen.includes(one.value)
    const box = html`<input type=${type} id=${id} name=${name} value=${one.value}
  checked=${checked}>`
    return html`<label class="choice" for=${id}>${box} ${said(one.label, one.hint)}</label>`
  })
  return html`<fieldset class=${lookOf(asked)} aria-describedby=${ids.describedBy}>
<legend>${label}${beside(optional)}</legend>${hintOf(asked, ids)}${errorOf(asked, ids)}
<div>${rows}</div></fieldset>`
}

function said(label: Content, hint: Content): Html {
  const more = isEmpty(hint) ? null : html`<span class="hint">${hint}</span>`
  return html`<span>${label}</span>${more}`
}

/** One box to tick, for a statement the person makes. */
export function agree(asked: Omit<Asked, 'hint' | 'optional'> & { checked?: boolean }): Html {
  const ids = idsOf(asked)
  const { name, label, checked } = asked
  const box = html`<input type="checkbox" id=${ids.id} name=${name} value="yes" checked=${checked}
  aria-invalid=${ids.errorId && 'true'} aria-describedby=${ids.describedBy}>`
  return html`<div class=${lookOf(asked)}>${errorOf(asked, ids)}
<label class="choice" for=${ids.id}>${box} <span>${label}</span></label></div>`
}

/** A claim that is needed: shown with what it holds, not ticked and not to be unticked. */
export function given(label: Content, hint?: Content): Html {
  return html`<div class="choice given"><i class="have"></i>${said(label, hint)}</div>`
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
  return html`<div class="note is-late" role="alert" tabindex="-1" autofocus>
<h2>${t('web.errors', { n: errors.length })}</h2><ul>${rows}</ul></div>`
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
  const { action, label, submit, name = 'q', id = 'q', value, placeholder, dense } = asked
  return html`<form class=${dense ? 'ask dense' : 'ask'} role="search" action=${action}>
<label class="unseen" for=${id}>${label}</label>
<input id=${id} name=${name} type="search" value=${value} placeholder=${placeholder}
  autocomplete="off" accesskey=${dense ? 's' : null}>
<button class=${dense ? 'btn plain' : 'btn'}>${submit}</button></form>`
}

/** Where we are in a form of at most nine pages: words first, rings beside. */
export function steps(t: Translator, title: string, at: { now: number; of: number }): Html {
  const rings = Array.from({ length: at.of }, (_, before) => {
    const look = before + 1 < at.now ? 'was' : before + 1 === at.now ? 'now' : null
    return html`<i class=${look}></i>`
  })
  return html`<p class="meta">${title}, ${t('web.step', at)}</p>
<p class="ringsteps" aria-hidden="true">${rings}</p>`
}
