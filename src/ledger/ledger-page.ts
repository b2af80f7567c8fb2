import { type Content, type Html, html, type Kernel, type Translator } from '../kernel/index.ts'
import { facts, linkButton, note, plainList, section, tag } from '../web/index.ts'
import { parseSignature } from './offline/note.js'
import { readPolicy } from './policy-file.ts'
import { findLatestCheckpoint, listWitnessed, type Witnessed } from './store.ts'

/** The public page of the log: what it is, how far it has come, who watches it, how to check it. */
export async function ledgerPage(t: Translator, kernel: Kernel): Promise<Html> {
  const policy = await readPolicy(kernel)
  const { latest, witnessed } = await kernel.database.transaction(async (tx) => ({
    latest: await findLatestCheckpoint(tx),
    witnessed: await listWitnessed(tx),
  }))
  const only = kernel.demonstration
    ? note({ title: t('ledger.page.demonstration'), body: t('ledger.page.demonstration-why') })
    : null
  const state =
    latest === undefined
      ? html`<p>${t('ledger.page.empty')}</p>`
      : facts([
          { name: t('ledger.page.size'), value: t.number(latest.size) },
          { name: t('ledger.page.signed'), value: t.instant(latest.recordedAt) },
          {
            name: t('ledger.page.root'),
            value: html`<code>${breakable(latest.root.toString('base64'))}</code>`,
          },
        ])
  const witnesses = policy.witnesses.map(({ name, key }) =>
    witnessRow(t, name, { seen: witnessed.find((one) => one.witness === key.name), latest }),
  )
  return html`<div class="narrow stack-l"><div class="hero"><h1>${t('ledger.page.title')}</h1><p class="lead">${t('ledger.page.lead')}</p></div>${only}
${section('state', t('ledger.page.state'), state)}
${section('witnesses', t('ledger.page.witnesses'), witnesses.length > 0 ? plainList(witnesses) : html`<p>${t('ledger.page.no-witness')}</p>`)}
${section('check', t('ledger.page.check'), check(t))}
${section('files', t('ledger.page.files'), files(t))}</div>`
}

/** May break in its middle, on a phone, and is still copied as one. */
function breakable(text: string): Html {
  const middle = Math.ceil(text.length / 2)
  return html`${text.slice(0, middle)}<wbr>${text.slice(middle)}`
}

function witnessRow(
  t: Translator,
  name: string,
  {
    seen,
    latest,
  }: { readonly seen: Witnessed | undefined; readonly latest?: { size: number } | undefined },
): Content {
  if (seen === undefined) return html`<b>${name}</b> ${tag(t, 'idle', t('ledger.page.not-yet'))}`
  const behind = (latest?.size ?? 0) - seen.size
  const words = t('ledger.page.cosigned', {
    size: t.number(seen.size),
    at: t.instant(seen.recordedAt),
  })
  const state =
    behind > 0
      ? tag(t, 'doing', t('ledger.page.behind', { n: behind }))
      : tag(t, 'done', t('ledger.page.up'))
  const { name: key } = parseSignature(seen.line)
  return html`<b>${name}</b> ${state}<p class="meta">${words} <code>${key}</code></p>`
}

function check(t: Translator): Html {
  return html`<div class="stack"><p>${t('ledger.page.check-how')}</p><div class="row">${linkButton(t('ledger.page.save'), '/ledger/verify.html?save')}${linkButton(t('ledger.page.open'), '/ledger/verify.html', { kind: 'plain' })}</div></div>`
}

function files(t: Translator): Html {
  const link = (href: string, words: string) => html`<a href=${href}>${words}</a>`
  return plainList([
    link('/ledger/checkpoint', t('ledger.page.checkpoint')),
    link('/ledger/policy', t('ledger.page.policy')),
    html`<code>/ledger/tile/0/000</code> ${t('ledger.page.tiles')}`,
    html`<code>/ledger/proof/…</code> ${t('ledger.page.proof')}`,
  ])
}
