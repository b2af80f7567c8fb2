import {
  type Content,
  type Html,
  html,
  isEmpty,
  LANGUAGE_NAMES,
  LANGUAGES,
  raw,
  type Translator,
} from '../kernel/index.ts'
import { addressOf } from './assets.ts'
import { hidden } from './components/actions.ts'
import { type IconName, icon, mark, rings } from './mark.ts'

export type SectionName = 'portal' | 'desk' | 'agency' | 'inspect' | 'programme' | 'public'
export type Theme = 'light' | 'dark'

export interface MenuEntry {
  readonly href: string
  readonly label: string
  /** Shown in the bar at the foot of a citizen's phone. */
  readonly icon?: IconName
}

/** Who is signed in, as the header says it. */
export interface Signed {
  readonly name: string
  /** The office or agency they act for. */
  readonly body?: string | null
  /** Where the form that signs out is sent, and its token. */
  readonly signOut?: { readonly action: string; readonly csrf: string }
}

export interface Page {
  readonly t: Translator
  readonly title: string
  readonly section: SectionName
  readonly body: Content
  /** The address of this page with its query, for the links that change language or theme. */
  readonly path: string
  readonly actor?: Signed | null
  readonly menu?: readonly MenuEntry[]
  /** `href` of the menu entry this page belongs to. */
  readonly current?: string
  /** The person's choice; without one the system's light or dark is followed. */
  readonly theme?: Theme | null
  /** A search box of the header, for the desk. */
  readonly search?: Content
  /** True in a demonstration nation: a line on top says that everyone is invented. */
  readonly demonstration?: boolean
  /** Names of the small scripts this page is better with; it is complete without them. */
  readonly islands?: readonly string[]
  /** True where the page only asks or answers one thing: the content is narrow and centred. */
  readonly narrow?: boolean
}

/** At most this many entries stand in a phone's bar; more would not be legible at 360 px. */
const BAR = 5
const STAFF = new Set<SectionName>(['desk', 'agency', 'inspect', 'programme'])

/** The whole page: head, skip link, header, main, footer. The answer of every route with pages. */
export function layout(page: Page): Html {
  const { t, title, section, body, theme, menu = [], islands = [], narrow } = page
  const wrap = STAFF.has(section) ? 'wrap wide' : 'wrap'
  const bar = section === 'portal' && menu.length > 0 && menu.length <= BAR
  const name = isEmpty(title) ? 'Gốc' : `${title} · Gốc`
  const scripts = islands.map(
    (one) => html`<script type="module" src=${addressOf(`${one}.js`)}></script>`,
  )
  return html`${raw('<!doctype html>')}
<html lang=${t.lang} data-theme=${theme}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"><meta name="color-scheme" content="light dark"><meta name="format-detection" content="telephone=no"><title>${name}</title><link rel="icon" href=${addressOf('mark.svg')} type="image/svg+xml"><link rel="stylesheet" href=${addressOf('style.css')}>${scripts}</head>
<body class=${bar ? 'has-nav' : null}>
<a class="skip" href="#main">${t('web.skip')}</a>
${header(page, wrap)}
<main id="main"><div class=${wrap}>${narrow ? html`<div class="narrow gate stack-l">${body}</div>` : body}</div></main>
${footer(page, wrap)}
</body></html>`
}

const HOMES: Readonly<Record<SectionName, string>> = {
  portal: '/',
  desk: '/desk',
  agency: '/agency',
  inspect: '/inspect',
  programme: '/programme',
  public: '/',
}

function header(page: Page, wrap: string): Html {
  const { t, section, menu = [], current, actor, search, demonstration } = page
  const name =
    section === 'public'
      ? null
      : html`<small class=${section === 'portal' ? 'keep' : null}>${t(`web.section.${section}`)}</small>`
  const entries = menu.map(
    ({ href, label, icon: picture }) =>
      html`<a href=${href} aria-current=${href === current ? 'page' : null}>${picture && icon(picture)}${label}</a>`,
  )
  const nav =
    menu.length > 0 ? html`<nav class="nav" aria-label=${t('web.nav')}>${entries}</nav>` : null
  const plain = demonstration
    ? html`<p class="demo"><span class=${wrap}>${t('web.demonstration')}</span></p>`
    : null
  return html`<header class="top">${plain}<div class=${wrap}><a class="brand" href=${HOMES[section]}>${mark}<span>Gốc</span>${name}</a>${search}${nav}${actor ? person(page, actor) : languages(page)}</div></header>`
}

/** The signed-in person: a disclosure with language and the way out, without a script. */
function person(page: Page, actor: Signed): Html {
  const { t } = page
  const out =
    actor.signOut &&
    html`<form method="post" action=${actor.signOut.action}>${hidden({ _csrf: actor.signOut.csrf })}<button class="as-link">${t('web.sign-out')}</button></form>`
  const body = isEmpty(actor.body) ? null : html`<p class="meta">${actor.body}</p>`
  return html`<details class="me"><summary>${actor.name}</summary><div>${body}${languages(page)}${out}</div></details>`
}

/** The address of this page with one parameter set. */
function withParameter(path: string, name: string, value: string): string {
  const [base = '/', query = ''] = path.split('?')
  const parameters = new URLSearchParams(query)
  parameters.set(name, value)
  return `${base}?${parameters}`
}

/** Languages by their own names, never by flags. Links, so that they work without a cookie. */
function languages({ t, path }: Page): Html {
  const links = LANGUAGES.map(
    (lang) =>
      html`<a href=${withParameter(path, 'lang', lang)} lang=${lang} hreflang=${lang} rel="nofollow" aria-current=${lang === t.lang ? 'true' : null}>${LANGUAGE_NAMES[lang]}</a>`,
  )
  return html`<nav class="langs" aria-label=${t('web.languages')}>${links}</nav>`
}

function themes({ t, path, theme }: Page): Html {
  const links = (['light', 'dark', 'system'] as const).map(
    (one) =>
      html`<a href=${withParameter(path, 'theme', one)} rel="nofollow" aria-current=${one === (theme ?? 'system') ? 'true' : null}>${t(`web.theme.${one}`)}</a>`,
  )
  return html`<nav class="langs" aria-label=${t('web.theme')}>${links}</nav>`
}

function footer(page: Page, wrap: string): Html {
  const { t } = page
  return html`<footer class="foot"><div class=${wrap}><a href="/privacy">${t('web.privacy.link')}</a><a href="/accessibility">${t('web.accessibility.link')}</a><span>${t('web.no-trackers')}</span>${themes(page)}</div></footer>`
}

/** A day or month that begins a line: "Thứ Sáu 16/10/2026", "Octobre 2026". */
export function capital(words: string): string {
  const [first = '', ...rest] = words
  return first.toLocaleUpperCase('vi') + rest.join('')
}

/** The band that greets: a line above, the title, what may be done at once. Once on a page, first. */
export function greeting(above: string, title: Content, body?: Content): Html {
  return html`<div class="band">${rings}${isEmpty(above) ? null : html`<p class="meta">${capital(above)}</p>`}<h1>${title}</h1>${body}</div>`
}
