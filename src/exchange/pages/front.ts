import { type Html, html, type Translator } from '../../kernel/index.ts'
import { doors, greeting, linkButton, note, plainList, section } from '../../web/index.ts'

/** Who is signed in and has no home of their own yet; null: nobody. */
export interface FrontPage {
  readonly signedIn: string | null
}

const KEPT = ['paper', 'reads', 'log', 'little'] as const

/** The public front page: what this is for, in three lines; the way in; how data are kept. */
export function frontPage(t: Translator, { signedIn }: FrontPage): Html {
  const three = [1, 2, 3].map((at) => html`<p class="lead">${t(`exchange.front.line.${at}`)}</p>`)
  const enter = html`<p class="ask">${linkButton(t('exchange.front.sign-in'), '/sign-in')}</p>`
  const hello = greeting(
    '',
    t('exchange.front.title'),
    html`${three}${signedIn === null ? enter : null}`,
  )
  const no =
    signedIn === null
      ? null
      : note({
          title: t('exchange.front.no-home', { name: signedIn }),
          body: t('exchange.front.no-home-why'),
        })
  const kept = plainList(
    KEPT.map(
      (key) => html`<h3>${t(`exchange.front.kept.${key}`)}</h3>
<p class="meta">${t(`exchange.front.kept.${key}.body`)}</p>`,
    ),
  )
  const more = html`<a href="/privacy">${t('exchange.front.privacy')}</a>`
  const agencies = html`<p>${t('exchange.front.agencies.body')}</p>
<p class="row"><a href="/agency/reference">${t('exchange.front.reference')}</a>
<a href="/ledger/">${t('exchange.front.ledger')}</a></p>`
  return html`${hello}<div class="stack-l">${no}
${section('can', t('exchange.front.can'), doors(openDoors(t, signedIn !== null)))}
<div class="split"><div>${section('kept', { title: t('exchange.front.kept'), aside: more }, kept)}</div>
<div>${section('agencies', t('exchange.front.agencies'), html`<div class="sheet stack">${agencies}</div>`)}</div></div></div>`
}

const PROOF = ['proof', '/ledger/verify.html'] as const
const OWN = [
  ['record', '/record'],
  ['reads', '/reads'],
  ['copy', '/reads/copy'],
] as const

/** Whoever is signed in and is led here has no record of their own to open. */
const openDoors = (t: Translator, isSignedIn: boolean) =>
  [...(isSignedIn ? [] : OWN), PROOF].map(([icon, href]) => ({
    icon,
    href,
    title: t(`exchange.door.${icon}`),
    body: t(`exchange.door.${icon}.body`),
  }))
