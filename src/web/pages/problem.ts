import type { Translator } from '../../kernel/index.ts'
import { type Content, type Html, html } from '../../kernel/index.ts'
import { linkButton } from '../components/actions.ts'
import { facts } from '../components/lists.ts'

export interface Trouble {
  /** Stable code of the refusal; absent for a bug, of which only the reference is told. */
  readonly code?: string
  readonly status: number
  /** Names of fields and harmless values, as the refusal gives them. */
  readonly details?: Readonly<Record<string, string>>
  /** Short mark under which the log knows this answer, for the telephone. */
  readonly reference?: string
  /** Where the reader may go instead; the front page unless told. */
  readonly back?: { readonly href: string; readonly label: string }
}

/** The words of a refusal: what was refused, and the way out. */
function wordsOf(t: Translator, { code, details }: Trouble): { title: string; remedy: string } {
  if (code === undefined) return { title: t('web.broken.title'), remedy: t('web.broken.remedy') }
  const values = { field: '', expected: '', ...details }
  return {
    title: t(`kernel.refusal.${code}.title`, values),
    remedy: t(`kernel.refusal.${code}.remedy`, values),
  }
}

/** What a page of trouble is called in the browser's tab. */
export function troubleTitle(t: Translator, trouble: Trouble): string {
  return wordsOf(t, trouble).title
}

/** Details are named by the program; the usual ones have words. */
function nameOf(t: Translator, name: string): Content {
  return t.has(`web.detail.${name}`) ? t(`web.detail.${name}`) : html`<code>${name}</code>`
}

/** Refused or broken: what, why, the way out, the stable code, and whether it was written down. */
export function problemPage(t: Translator, trouble: Trouble): Html {
  const { details = {}, back } = trouble
  const words = wordsOf(t, trouble)
  const way = linkButton(back?.label ?? t('web.problem.home'), back?.href ?? '/', { kind: 'plain' })
  const named = Object.entries(details)
  const shown = named.map(([name, value]) => ({ name: nameOf(t, name), value }))
  return html`<div class="narrow gate stack-l">
<div class="note is-late" role="alert"><h1>${words.title}</h1><p>${words.remedy}</p></div>
${named.length > 0 ? facts(shown) : null}<div class="row">${way}</div>
<p class="meta small">${marksOf(t, trouble)}</p></div>`
}

/** Refused before anything is asked of the register: this leaves no line in the log. */
const UNLOGGED = /^(request|session|rate)\.|^actor\.unknown$/

/** What the reader can name when asking for help. */
function marksOf(t: Translator, { code, reference }: Trouble): Content {
  if (code !== undefined) {
    const logged = UNLOGGED.test(code) ? null : t('web.problem.logged')
    return html`${t('web.problem.code')} <code>${code}</code>. ${logged}`
  }
  if (reference === undefined) return null
  return html`${t('web.problem.reference')}: <b class="num">${reference}</b>`
}
