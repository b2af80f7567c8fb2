import type { PreparedCall } from '../../demonstration/call.ts'

/** The request as it goes over the wire: every header that is signed, and the bytes of the body. */
export function requestText({ method, url, headers, body }: PreparedCall): string {
  const lines = Object.entries(headers).map(([name, value]) => `${titled(name)}: ${value}`)
  return [`${method} ${url.pathname} HTTP/1.1`, `Host: ${url.host}`, ...lines, '', body].join('\n')
}

const titled = (name: string): string =>
  name.replaceAll(/(^|-)[a-z]/g, (letters) => letters.toUpperCase())

/** For a shell: between single quotes nothing is special but the quote itself. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** The same request by curl; as it is signed already, it counts once and for five minutes. */
export function curlText({ url, headers, body }: PreparedCall): string {
  const lines = Object.entries(headers).map(
    ([name, value]) => `  -H ${quoted(`${titled(name)}: ${value}`)} \\`,
  )
  return [`curl -i ${quoted(url.href)} \\`, ...lines, `  --data-binary ${quoted(body)}`].join('\n')
}

export interface Said {
  readonly call: PreparedCall
  readonly payload: unknown
  readonly agency: string
  readonly purpose: string
}

export function nodeText({ call, payload, agency, purpose }: Said): string {
  const what = JSON.stringify(payload, null, 2).replaceAll('\n', '\n  ')
  return `import { readFileSync } from 'node:fs'
import { Goc } from './client/index.ts'

const folder = \`\${process.env.GOC_DATA}/demo/agencies/${agency}\`
const { origin, keyId, receiptKeys } = JSON.parse(readFileSync(\`\${folder}/agency.json\`, 'utf8'))
const privateKey = readFileSync(\`\${folder}/private.pem\`, 'utf8')

const goc = new Goc({ origin, keyId, privateKey, receiptKeys })
const { answer, receipt } = await goc.verify(
  ${what},
  { purpose: '${purpose}', case: '${call.headers['goc-case'] ?? ''}' },
)
console.log(answer, receipt.event)`
}

interface Payload {
  readonly identify?: Readonly<Record<string, string>>
  readonly attributes?: Readonly<Record<string, string>>
  readonly predicates?: Readonly<Record<string, unknown>>
}

export function gocText({ payload, agency, purpose }: Said): string {
  const { identify = {}, attributes = {}, predicates = {} } = payload as Payload
  const options = [
    ['agency', agency],
    ['purpose', purpose],
    ['number', identify.personal_administrative_number],
    ['name', identify.name],
    ['birthdate', identify.birthdate],
    ['sex', attributes.sex],
    ['ask', Object.keys(predicates).join(',')],
  ]
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `  --${name} ${quoted(String(value))}`)
  return ['./goc call verify \\', options.join(' \\\n')].join('\n')
}
