import type { Translator } from '../../kernel/index.ts'
import { type Content, type Html, html, isEmpty } from '../../kernel/index.ts'
import { type DoorIcon, doorIcon } from '../mark.ts'
import type { State } from './states.ts'

/** A heading with something to its right: a count, a link, buttons. */
export function head(title: Content, aside?: Content, id?: string): Html {
  return html`<div class="head"><h2 id=${id}>${title}</h2>${aside}</div>`
}

/** A section named by its own heading. */
export function section(id: string, title: Content, body: Content, aside?: Content): Html {
  return html`<section aria-labelledby=${id}>${head(title, typeof aside === 'string' ? html`<span class="meta">${aside}</span>` : aside, id)}${body}</section>`
}

export interface Task {
  readonly title: Content
  readonly href?: string
  /** One line of why. */
  readonly why?: Content
  /** The state: a `tag`. */
  readonly state?: Content
}

/** Rows to act on. */
export function taskList(tasks: readonly Task[], look: { tight?: boolean } = {}): Html {
  const rows = tasks.map(({ title, href, why, state }) => {
    const name = href === undefined ? title : html`<a href=${href}>${title}</a>`
    return html`<li class="task"><div><h3>${name}</h3>${isEmpty(why) ? null : html`<p class="meta">${why}</p>`}</div>${isEmpty(state) ? null : html`<div>${state}</div>`}</li>`
  })
  return html`<ul class="list${look.tight ? ' tight' : ''}">${rows}</ul>`
}

/** Plain rows between hairlines. */
export function plainList(rows: readonly Content[], look: { tight?: boolean } = {}): Html {
  return html`<ul class="list${look.tight ? ' tight' : ''}">${rows.map((row) => html`<li>${row}</li>`)}</ul>`
}

export interface Kin {
  readonly name: string
  readonly relation: Content
  /** What may be done for them. */
  readonly action?: Content
  readonly href?: string
}

/** People of a family or household, each with the first letter of the given name in a ring. */
export function kinList(people: readonly Kin[]): Html {
  const rows = people.map(({ name, relation, action, href }) => {
    // A Vietnamese name ends with the given name, by which a person is called.
    const letter = Array.from(name.trim().split(/\s+/).at(-1) ?? '')[0]?.toLocaleUpperCase('vi')
    const shown =
      href === undefined ? html`<b>${name}</b>` : html`<a href=${href}><b>${name}</b></a>`
    return html`<li class="kin"><span class="seal" aria-hidden="true">${letter}</span><div>${shown}<p class="meta">${relation}</p></div>${action}</li>`
  })
  return html`<ul class="list tight">${rows}</ul>`
}

export interface Door {
  readonly href: string
  readonly title: Content
  readonly body: Content
  readonly icon: DoorIcon
}

/** What can be done, by life event. Not a menu. */
export function doors(all: readonly Door[]): Html {
  const rows = all.map(
    ({ href, title, body, icon }) =>
      html`<li><a href=${href}>${doorIcon(icon)}<b>${title}</b><span>${body}</span></a></li>`,
  )
  return html`<ul class="doors four">${rows}</ul>`
}

export interface Fact {
  readonly name: Content
  readonly value: Content
  /** Where the value comes from, or what it means; below it. */
  readonly meta?: Content
  /** A link to change it: "Sửa"; `of` says for a screen reader what is changed. */
  readonly change?: { readonly href: string; readonly label: string; readonly of: string }
}

/** Pairs of name and value. */
export function facts(all: readonly Fact[]): Html {
  const rows = all.map(({ name, value, meta, change }) => {
    const more = isEmpty(meta) ? null : html`<p class="meta">${meta}</p>`
    const link =
      change &&
      html`<dd class="do"><a href=${change.href}>${change.label}<span class="unseen"> ${change.of}</span></a></dd>`
    return html`<div><dt>${name}</dt><dd>${value}${more}</dd>${link}</div>`
  })
  return html`<dl class="facts">${rows}</dl>`
}

/** Attributes read or asked; `label` tells a screen reader what they are. */
export function bits(label: string, words: readonly Content[]): Html {
  return html`<ul class="bits" aria-label=${label}>${words.map((word) => html`<li>${word}</li>`)}</ul>`
}

export interface Node {
  readonly state: State
  /** Time or place, above the title. */
  readonly when?: Content
  readonly title?: Content
  readonly body?: Content
  readonly id?: string
  /** What the shape says to a screen reader; the state's own words unless told. */
  readonly word?: string
}

/** Anything in order of time, newest first or oldest first; every node is its state's shape. */
export function stem(t: Translator, nodes: readonly Node[], look: { tight?: boolean } = {}): Html {
  const rows = nodes.map(({ state, when, title, body, id, word }) => {
    const shown = look.tight ? html`<div>${title}</div>` : html`<h3>${title}</h3>`
    return html`<li class="node ${state}" id=${id}><div><span class="unseen">${word ?? t(`web.state.${state}`)}. </span>${isEmpty(when) ? null : html`<p class="meta num">${when}</p>`}${isEmpty(title) ? null : shown}${body}</div></li>`
  })
  return html`<ol class="stem${look.tight ? ' tight' : ''}">${rows}</ol>`
}

export interface Tab {
  readonly href: string
  readonly label: Content
  readonly current?: boolean
}

/** Views of one list. */
export function tabs(label: string, all: readonly Tab[]): Html {
  const rows = all.map(
    (one) => html`<a href=${one.href} aria-current=${one.current ? 'true' : null}>${one.label}</a>`,
  )
  return html`<nav class="tabs" aria-label=${label}>${rows}</nav>`
}

export interface QueueRow {
  readonly href: string
  readonly kind: Content
  readonly who: Content
  readonly state: Content
  readonly current?: boolean
}

/** The officer's queue, left of the record. */
export function queue(rows: readonly QueueRow[]): Html {
  const items = rows.map(
    ({ href, kind, who, state, current }) =>
      html`<li><a href=${href} aria-current=${current ? 'true' : null}><b>${kind}</b><span>${who}</span>${state}</a></li>`,
  )
  return html`<ul class="queue">${items}</ul>`
}

export interface Desk {
  readonly title: string
  readonly count: Content
  readonly filters?: Content
  /** The queue, and below it the way to the rest. */
  readonly queue: Content
  /** The record being worked on; without one the queue stands alone. */
  readonly record?: Content
  /** Where a phone goes back to from a record: it shows one of the two at a time. */
  readonly back: { readonly href: string; readonly label: string }
}

/** The officer's desk: the queue left, the record right; on a phone one of them. */
export function desk({ title, count, filters, queue: rows, record, back: way }: Desk): Html {
  const open = !isEmpty(record)
  const look = open ? 'behind' : null
  const homeward = open ? html`<a class="back homeward" href=${way.href}>${way.label}</a>` : null
  const aside = html`<span class="meta">${count}</span>`
  return html`<div class="desk dense"><div>${homeward}<div class=${look}>${head(title, aside)}${filters}${rows}</div></div><div class="stack">${record}</div></div>`
}

export interface SideGroup {
  readonly title: Content
  readonly links: readonly Tab[]
}

/** Contents of a reference, beside it. */
export function sideNav(label: string, groups: readonly SideGroup[]): Html {
  const parts = groups.map(
    ({ title, links }) =>
      html`<h3>${title}</h3><ul>${links.map((one) => html`<li><a href=${one.href} aria-current=${one.current ? 'page' : null}>${one.label}</a></li>`)}</ul>`,
  )
  return html`<nav class="side" aria-label=${label}>${parts}</nav>`
}

export interface Pagination {
  readonly page: number
  readonly pages: number
  readonly href: (page: number) => string
}

/** "Trang 2 trên 7" between the way back and the way on. Nothing when there is one page. */
export function pagination(t: Translator, { page, pages, href }: Pagination): Html | null {
  if (pages <= 1) return null
  const link = (to: number, rel: string, words: string) =>
    to < 1 || to > pages ? html`<span></span>` : html`<a rel=${rel} href=${href(to)}>${words}</a>`
  return html`<nav class="row pages" aria-label=${t('web.pages.label')}>${link(page - 1, 'prev', t('web.pages.back'))}<span class="meta num">${t('web.pages.where', { page, pages })}</span>${link(page + 1, 'next', t('web.pages.on'))}</nav>`
}
