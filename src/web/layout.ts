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
  const { t, section, body, theme, menu = [], narrow } = page
  const wrap = STAFF.has(section) ? 'wrap wide' : 'wrap'
  const bar = section === 'portal' && menu.length > 0 && menu.length <= BAR
  const inner = narrow ? html`<div class="narrow gate stack-l">${body}</div>` : body
  return html`${raw('<!doctype html>')}
<html lang=${t.lang} data-theme=${theme}>
${headOf(page)}
<body class=${bar ? 'has-nav' : null}>
<a class="skip" href="#main">${t('web.skip')}</a>
${header(page, wrap)}
<main id="main"><div class=${wrap}>${inner}</div></main>
${footer(page, wrap)}
</body></html>`
}

function headOf({ title, islands = [] }: Page): Html {
  const name = title === '' ? 'Gốc' : `${title} · Gốc`
  const scripts = islands.map(
    (one) => html`<script type="module" src=${addressOf(`${one}.js`)}></script>`,
  )
  return html`<head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark"><meta name="format-detection" content="telephone=no">
<title>${name}</title><link rel="icon" href=${addressOf('mark.svg')} type="image/svg+xml">
<link rel="stylesheet" href=${addressOf('style.css')}>${scripts}</head>`
}

const HOMES: Readonly<Record<SectionName, string>> = {
  portal: '/',
  // It leads everyone of the desk to their own part of it.
  desk: '/',
  agency: '/agency',
  inspect: '/inspect',
  programme: '/programme',
  public: '/',
}

function header(page: Page, wrap: string): Html {
  const { t, section, actor, search, demonstration } = page
  const plain = html`<p class="demo"><span class=${wrap}>${t('web.demonstration')}</span></p>`
  const small = section === 'portal' ? 'keep' : null
  const name =
    section === 'public' ? null : html`<small class=${small}>${t(`web.section.${section}`)}</small>`
  return html`<header class="top">${demonstration ? plain : null}<div class=${wrap}>
<a class="brand" href=${HOMES[section]}>${mark}<span>Gốc</span>${name}</a>
${search}${navigation(page)}${actor ? person(page, actor) : languages(page)}</div></header>`
}

function navigation({ t, menu = [], current }: Page): Html | null {
  if (menu.length === 0) return null
  const entries = menu.map(({ href, label, icon: picture }) => {
    const now = href === current ? 'page' : null
    return html`<a href=${href} aria-current=${now}>${picture && icon(picture)}${label}</a>`
  })
  return html`<nav class="nav" aria-label=${t('web.nav')}>${entries}</nav>`
}

/** The signed-in person: a disclosure with language and the way out, without a script. */
function person(page: Page, { name, body, signOut }: Signed): Html {
  const words = page.t('web.sign-out')
  const out =
    signOut &&
    html`<form method="post" action=${signOut.action}>${hidden({ _csrf: signOut.csrf })}
<button class="as-link">${words}</button></form>`
  const office = isEmpty(body) ? null : html`<p class="meta">${body}</p>`
  return html`<details class="me"><summary>${name}</summary>
<div>${office}${languages(page)}${out}</div></details>`
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
  const links = LANGUAGES.map((lang) => {
    const [href, now] = [withParameter(path, 'lang', lang), lang === t.lang ? 'true' : null]
    return html`<a href=${href} lang=${lang} hreflang=${lang} rel="nofollow"
  aria-current=${now}>${LANGUAGE_NAMES[lang]}</a>`
  })
  return html`<nav class="langs" aria-label=${t('web.languages')}>${links}</nav>`
}

function themes({ t, path, theme }: Page): Html {
  const links = (['light', 'dark', 'system'] as const).map((one) => {
    const [href, now] = [withParameter(path, 'theme', one), one === (theme ?? 'system')]
    return html`<a href=${href} rel="nofollow"
  aria-current=${now ? 'true' : null}>${t(`web.theme.${one}`)}</a>`
  })
  return html`<nav class="langs" aria-label=${t('web.theme')}>${links}</nav>`
}

function footer(page: Page, wrap: string): Html {
  const { t } = page
  return html`<footer class="foot"><div class=${wrap}>
<a href="/privacy">${t('web.privacy.link')}</a>
<a href="/accessibility">${t('web.accessibility.link')}</a>
<span>${t('web.no-trackers')}</span>${themes(page)}</div></footer>`
}

/** A day or month that begins a line: "Thứ Sáu 16/10/2026", "Octobre 2026". */
export function capital(words: string): string {
  const [first = '', ...rest] = words
  return first.toLocaleUpperCase('vi') + rest.join('')
}

/** The band that greets: a line above, the title, what may be done at once. First on its page. */
export function greeting(above: string, title: Content, body?: Content): Html {
  const line = above === '' ? null : html`<p class="meta">${capital(above)}</p>`
  return html`<div class="band">${rings}${line}<h1>${title}</h1>${body}</div>`
}
