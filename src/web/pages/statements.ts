import { type Content, type Html, html, type Kernel, type Translator } from '../../kernel/index.ts'

const PRIVACY = ['kept', 'why', 'who', 'see', 'rights', 'kept-safe', 'cookies'] as const

const part = (title: string, body: Content): Html => html`<h2>${title}</h2>${body}`
const opening = (t: Translator, page: string): Html =>
  html`<h1>${t(`web.${page}.title`)}</h1><p class="lead">${t(`web.${page}.lead`)}</p>`

/** Bases on which the register itself is kept and a person's rights rest; others are of readers. */
const OWN_BASES = /^(register|subject)\./

/** How data are kept, for whoever is asked to give them; office and laws are the nation's. */
export function privacyNotice(t: Translator, { state, legalBases }: Kernel['profile']): Html {
  const office = state.registerOffice[t.lang]
  const own = legalBases.filter(({ code }) => OWN_BASES.test(code))
  const laws = [...new Set(own.map(({ words }) => words[t.lang]))]
  const list = html`<ul>${laws.map((law) => html`<li>${law}</li>`)}</ul>`
  const parts = PRIVACY.map((name) => {
    const why = name === 'why'
    const words = html`<p>${t(`web.privacy.${name}.body`, why ? { office } : {})}</p>`
    return part(t(`web.privacy.${name}.title`), html`${words}${why ? list : null}`)
  })
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
