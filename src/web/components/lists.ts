import { type Content, type Html, html, isEmpty, type Translator } from '../../kernel/index.ts'
import { type DoorIcon, doorIcon } from '../mark.ts'
import type { State } from './states.ts'

/** A heading with something to its right: a count, a link, buttons. */
export interface Heading {
  readonly title: Content
  readonly aside?: Content
}

/** The heading of a part; `id` names it for the section around it. */
export function head({ title, aside }: Heading, id?: string): Html {
  const beside = typeof aside === 'string' ? html`<span class="meta">${aside}</span>` : aside
  return html`<div class="head"><h2 id=${id}>${title}</h2>${beside}</div>`
}

/** A part of a page, named by its own heading. */
export function section(id: string, heading: Heading | string, body: Content): Html {
  const named = head(typeof heading === 'string' ? { title: heading } : heading, id)
  return html`<section aria-labelledby=${id}>${named}${body}</section>`
}

export interface Task {
  readonly title: Content
  readonly href?: string
  /** One line of why. */
  readonly why?: Content
  /** The state: a `tag`. */
  readonly state?: Content
}

const listed = (look: { tight?: boolean }, rows: readonly Html[]): Html =>
  html`<ul class="list${look.tight ? ' tight' : ''}">${rows}</ul>`
const meta = (words: Content): Content =>
  isEmpty(words) ? null : html`<p class="meta">${words}</p>`

/** Rows to act on. */
export function taskList(tasks: readonly Task[], look: { tight?: boolean } = {}): Html {
  const rows = tasks.map(({ title, href, why, state }) => {
    const name = href === undefined ? title : html`<a href=${href}>${title}</a>`
    const shown = isEmpty(state) ? null : html`<div>${state}</div>`
    return html`<li class="task"><div><h3>${name}</h3>${meta(why)}</div>${shown}</li>`
  })
  return listed(look, rows)
}

/** Plain rows between hairlines. */
export function plainList(rows: readonly Content[], look: { tight?: boolean } = {}): Html {
  return listed(
    look,
    rows.map((row) => html`<li>${row}</li>`),
  )
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
    const bold = html`<b>${name}</b>`
    const shown = href === undefined ? bold : html`<a href=${href}>${bold}</a>`
    return html`<li class="kin"><span class="seal" aria-hidden="true">${letter}</span>
<div>${shown}${meta(relation)}</div>${action}</li>`
  })
  return listed({ tight: true }, rows)
}

export interface Door {
  readonly href: string
  readonly title: Content
  readonly body: Content
  readonly icon: DoorIcon
}

/** What can be done, by life event. Not a menu. */
export function doors(all: readonly Door[], look: { readonly columns?: 3 | 4 } = {}): Html {
  const rows = all.map(
    ({ href, title, body, icon }) =>
      html`<li><a href=${href}>${doorIcon(icon)}<b>${title}</b><span>${body}</span></a></li>`,
  )
  return html`<ul class=${look.columns === 3 ? 'doors three' : 'doors four'}>${rows}</ul>`
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
  const rows = all.map(({ name, value, meta: more, change }) => {
    const label = html`${change?.label}<span class="unseen"> ${change?.of}</span>`
    const link = change && html`<dd class="do"><a href=${change.href}>${label}</a></dd>`
    return html`<div><dt>${name}</dt><dd>${value}${meta(more)}</dd>${link}</div>`
  })
  return html`<dl class="facts">${rows}</dl>`
}

/** Attributes read or asked; `label` tells a screen reader what they are. */
export function bits(label: string, words: readonly Content[]): Html {
  const rows = words.map((word) => html`<li>${word}</li>`)
  return html`<ul class="bits" aria-label=${label}>${rows}</ul>`
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
    const named = look.tight ? html`<div>${title}</div>` : html`<h3>${title}</h3>`
    const time = isEmpty(when) ? null : html`<p class="meta num">${when}</p>`
    const said = html`<span class="unseen">${word ?? t(`web.state.${state}`)}. </span>`
    return html`<li class="node ${state}" id=${id}>
<div>${said}${time}${isEmpty(title) ? null : named}${body}</div></li>`
  })
  return html`<ol class="stem${look.tight ? ' tight' : ''}">${rows}</ol>`
}

export interface Tab {
  readonly href: string
  readonly label: Content
  readonly current?: boolean
}

const current = (one: Tab, word: 'true' | 'page'): Html =>
  html`<a href=${one.href} aria-current=${one.current ? word : null}>${one.label}</a>`

/** Views of one list. */
export function tabs(label: string, all: readonly Tab[]): Html {
  const rows = all.map((one) => current(one, 'true'))
  return html`<nav class="tabs" aria-label=${label}>${rows}</nav>`
}

export interface SideGroup {
  readonly title: Content
  readonly links: readonly Tab[]
}

/** Contents of a reference, beside it. */
export function sideNav(label: string, groups: readonly SideGroup[]): Html {
  const parts = groups.map(({ title, links }) => {
    const rows = links.map((one) => html`<li>${current(one, 'page')}</li>`)
    return html`<h3>${title}</h3><ul>${rows}</ul>`
  })
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
  return html`<nav class="row pages" aria-label=${t('web.pages.label')}>
${link(page - 1, 'prev', t('web.pages.back'))}
<span class="meta num">${t('web.pages.where', { page, pages })}</span>
${link(page + 1, 'next', t('web.pages.on'))}</nav>`
}
