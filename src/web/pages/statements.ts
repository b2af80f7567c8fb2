import { type Content, type Html, html, type Translator } from '../../kernel/index.ts'

const PRIVACY = ['kept', 'why', 'who', 'see', 'rights', 'kept-safe', 'cookies'] as const

const part = (title: string, body: Content): Html => html`<h2>${title}</h2>${body}`
const opening = (t: Translator, page: string): Html =>
  html`<h1>${t(`web.${page}.title`)}</h1><p class="lead">${t(`web.${page}.lead`)}</p>`

/** How data are kept, for whoever is asked to give them (Law 91/2025/QH15 asks for this notice). */
export function privacyNotice(t: Translator): Html {
  const parts = PRIVACY.map((name) =>
    part(t(`web.privacy.${name}.title`), html`<p>${t(`web.privacy.${name}.body`)}</p>`),
  )
  return html`<div class="prose">${opening(t, 'privacy')}${parts}</div>`
}

/** What is done so that everyone can use the pages, how it was checked, and what falls short. */
export function accessibilityStatement(t: Translator): Html {
  const said = (name: string) =>
    part(t(`web.accessibility.${name}.title`), html`<p>${t(`web.accessibility.${name}.body`)}</p>`)
  const done = [1, 2, 3, 4, 5].map((at) => html`<li>${t(`web.accessibility.do.${at}`)}</li>`)
  const parts = [
    part(t('web.accessibility.do.title'), html`<ul>${done}</ul>`),
    ...['checked', 'limits', 'tell'].map(said),
  ]
  return html`<div class="prose">${opening(t, 'accessibility')}${parts}</div>`
}
