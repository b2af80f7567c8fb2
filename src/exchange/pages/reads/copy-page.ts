import { type Html, html, type Translator } from '../../../kernel/index.ts'
import { back, linkButton, section } from '../../../web/index.ts'

/** Everything a person may take away: the record, and the log of who read it. */
export function copyPage(t: Translator): Html {
  const files = (kind: 'record' | 'log', [pdf, json]: readonly [string, string]): Html =>
    section(
      `copy-${kind}`,
      t(`exchange.copy.${kind}`),
      html`<div class="stack"><p>${t(`exchange.copy.${kind}-what`)}</p><p class="row">
${linkButton(t('exchange.copy.pdf'), pdf)}
${linkButton(t('exchange.copy.json'), json, { kind: 'plain' })}</p></div>`,
    )
  return html`<div class="narrow stack-l"><div>${back(t('exchange.menu.home'), '/')}
<h1>${t('exchange.copy.title')}</h1><p class="lead">${t('exchange.copy.lead')}</p></div>
${files('record', ['/record/copy.pdf', '/record/copy.json'])}
${files('log', ['/reads/copy.pdf', '/reads/copy.json'])}
<p class="meta">${t('exchange.copy.proof')} <a href="/ledger/verify.html">${t('exchange.read.check')}</a></p></div>`
}
