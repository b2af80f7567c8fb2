import { type Content, type FormKeys, type Html, html } from '../../kernel/index.ts'

export interface ButtonLook {
  /** One main action a page; `plain` for others; `grave` for what cannot be undone. */
  readonly kind?: 'main' | 'plain' | 'grave'
  /** Fills the width of a phone. */
  readonly full?: boolean
  /** Smaller, for the desk and within a sheet. */
  readonly less?: boolean
}
export interface Button extends ButtonLook {
  readonly name?: string
  readonly value?: string
  /** Where this button sends the form instead of the form's own address. */
  readonly action?: string
}

function looks({ kind = 'main', full = false, less = false }: ButtonLook): string {
  return `btn${kind === 'main' ? '' : ` ${kind}`}${full ? ' full' : ''}${less ? ' less' : ''}`
}

/** Sends the form it stands in. The label is a verb. */
export function button(label: Content, button: Button = {}): Html {
  const { name, value, action } = button
  return html`<button class=${looks(button)} name=${name} value=${value}
  formaction=${action}>${label}</button>`
}

/** A link that looks like a button: the first step of an action, never a mere page. */
export function linkButton(label: Content, href: string, look: ButtonLook = {}): Html {
  return html`<a class=${looks(look)} href=${href}>${label}</a>`
}

/** Hidden fields, one for each entry. */
export function hidden(fields: Readonly<Record<string, string | null | undefined>>): Content {
  return Object.entries(fields).map(([name, value]) =>
    value == null ? null : html`<input type="hidden" name=${name} value=${value}>`,
  )
}

export interface PostForm {
  readonly action: string
  /** From `formKeys(request, kernel)`; sent as `_csrf` and `_key`, the idempotency key. */
  readonly keys: FormKeys
  readonly fields?: Readonly<Record<string, string | null | undefined>>
  readonly body: Content
  readonly className?: string
  /** Words for a screen reader when no heading stands before it. */
  readonly label?: string
}

/**
 * A form that changes something; sent twice it is done once. Browsers' own messages are off, since
 * ours name the remedy.
 */
export function postForm({ action, keys, fields = {}, body, className, label }: PostForm): Html {
  const all = { _csrf: keys.csrf, _key: keys.key, ...fields }
  return html`<form method="post" action=${action} novalidate class=${className}
  aria-label=${label}>${hidden(all)}${body}</form>`
}

/** The link back, above the title. */
export function back(label: Content, href: string): Html {
  return html`<a class="back" href=${href}>${label}</a>`
}
