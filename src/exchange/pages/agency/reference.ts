import { type Content, type Html, html, REFUSALS, type Translator } from '../../../kernel/index.ts'
import { code, section, sideNav, table } from '../../../web/index.ts'
import { type Described, describe, type Operation } from './openapi.ts'

/** The reference for integrators, made from the very document programs read. */
export function referencePage(t: Translator, document: unknown, origin: string): Html {
  const described = describe(document)
  const { operations } = described
  const parts = ['signing', 'receipt', 'refusals'] as const
  const nav = sideNav(t('exchange.reference.contents'), [
    {
      title: t('exchange.reference.calls'),
      links: operations.map(({ id, summary }) => ({ href: `#${id}`, label: summary })),
    },
    {
      title: t('exchange.reference.rules'),
      links: parts.map((part) => ({ href: `#${part}`, label: t(`exchange.reference.${part}`) })),
    },
  ])
  const body = html`<div class="stack-l"><div><h1>${t('exchange.reference.title')}</h1>
<p class="lead">${described.description}</p>
<p class="meta"><a href="/api/openapi.json">${t('exchange.reference.openapi')}</a></p></div>
${operations.map((one) => operationPart(t, one))}${signingPart(t, described, origin)}
${receiptPart(t, described)}${refusalPart(t)}</div>`
  return html`<div class="split left">${nav}${body}</div>`
}

function operationPart(t: Translator, operation: Operation): Html {
  const { id, summary, verb, path, description, headers, fields, answers } = operation
  const words = (key: string) => t(`exchange.reference.${key}`)
  return section(
    id,
    summary,
    html`<p class="verb">${verb} ${path}</p><div class="stack"><p>${description}</p>
<h3>${words('headers')}</h3>${fieldTable(t, words('headers'), headers)}
<h3>${words('body')}</h3>${fieldTable(t, words('body'), fields)}
<h3>${words('answer')}</h3>${answers.map((answer) => html`<div><p>${answer.description}</p>${fieldTable(t, answer.description || words('answer'), answer.fields)}</div>`)}
${exampleOf(words('example'), operation.example)}</div>`,
  )
}

const exampleOf = (title: string, example: string): Content =>
  example === '' ? null : html`<h3>${title}</h3>${code(example, title, { json: true })}`

function fieldTable(t: Translator, caption: string, fields: Operation['fields']): Html {
  return table({
    caption,
    dense: true,
    columns: [
      { label: t('exchange.reference.name'), kind: 'head' },
      { label: t('exchange.reference.type') },
      { label: t('exchange.reference.meaning') },
    ],
    rows: fields.map(({ name, type, isRequired, description }) => [
      html`<code>${name}</code>`,
      html`<code>${type}</code>`,
      html`${description} ${isRequired ? html`<b>${t('exchange.reference.required')}</b>` : null}`,
    ]),
  })
}

function signingPart(t: Translator, { signature }: Described, origin: string): Html {
  const steps = [1, 2, 3, 4].map(
    (at) => html`<li>${t.html(`exchange.reference.signing.${at}`)}</li>`,
  )
  const base = [
    '"@method": POST',
    `"@authority": ${new URL(origin).host}`,
    '"@path": /api/verify',
    '"content-type": application/json',
    '"goc-purpose": account-opening',
    '"content-digest": sha-256=:…:',
    '"@signature-params": ("@method" "@authority" "@path" "content-type" "goc-purpose" "content-digest");created=1790000000;expires=1790000060;keyid="bank.1";nonce="…";alg="ed25519";tag="goc"',
  ].join('\n')
  return section(
    'signing',
    t('exchange.reference.signing'),
    html`<div class="stack"><p>${signature}</p><ol class="prose">${steps}</ol>
${code(base, t('exchange.reference.signing.base'))}
<p class="meta">${t('exchange.reference.signing.base-why')}</p></div>`,
  )
}

function receiptPart(t: Translator, { receipt }: Described): Html {
  const more = html`<p>${t('exchange.reference.receipt.what')}</p>`
  return section(
    'receipt',
    t('exchange.reference.receipt'),
    html`<div class="stack"><p>${receipt}.</p>${more}</div>`,
  )
}

/** Beginnings of the codes a signed call may be answered by. */
const OF_CALLS =
  /^(request|actor\.level|rate|server|purpose|number\.invalid|name\.invalid|unit\.not|agreement\.not-in|attribute|quota|attempts|batch|signature|digest)/

function refusalPart(t: Translator): Html {
  const rows = Object.entries(REFUSALS)
    .filter(([name]) => OF_CALLS.test(name) && name !== 'request.csrf')
    .map(([name, status]): Content[] => {
      const key = `kernel.refusal.${name}`
      const holes = { field: '…', expected: '…', remedy: '…' }
      return [
        html`<code>${name}</code>`,
        status,
        t(`${key}.title`, holes),
        t(`${key}.remedy`, holes),
      ]
    })
  const shown = table({
    caption: t('exchange.reference.refusals'),
    dense: true,
    columns: [
      { label: t('exchange.reference.code'), kind: 'head' },
      { label: 'HTTP', kind: 'num' },
      { label: t('exchange.reference.meaning') },
      { label: t('exchange.reference.remedy') },
    ],
    rows,
  })
  return section(
    'refusals',
    t('exchange.reference.refusals'),
    html`<p class="meta">${t('exchange.reference.refusals.why')}</p>${shown}`,
  )
}
