import { readFileSync } from 'node:fs'
import { type Content, type Html, html, raw, type Translator } from '../kernel/index.ts'
import { minifyStyle } from './assets.ts'
import { mark } from './mark.ts'

export interface FilePage {
  readonly t: Translator
  readonly title: string
  /** One line under the title: what, and when. */
  readonly lead: Content
  readonly body: Content
}

/** A page in a file of its own, to send and to keep: the style is inside and nothing is loaded. */
export function filePage({ t, title, lead, body }: FilePage): Html {
  const style = minifyStyle(readFileSync(new URL('./style.css', import.meta.url), 'utf8'))
  return html`<!doctype html>
<html lang=${t.lang}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title>${raw(`<style>${style}</style>`)}</head>
<body><header class="top"><div class="wrap wide"><span class="brand">${mark} Gốc</span></div></header>
<main class="wrap wide stack-l"><div class="stack"><h1>${title}</h1><p class="lead">${lead}</p></div>
${body}</main></body></html>
`
}
