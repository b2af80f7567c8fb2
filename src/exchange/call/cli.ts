import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import {
  type CallContext,
  Goc,
  type Problem,
  ReceiptRefused,
  Refused,
} from '../../../client/index.ts'
import { type CliCommand, type Operator, Refusal } from '../../kernel/index.ts'
import { readAgency } from '../demonstration/folder.ts'
import { speak } from '../speak.ts'

const USAGE = '--agency A POST /api/verify JSON   a signed request, its receipt checked'
const MORE = `  goc call --agency A verify --number N --name NAME --birthdate D [--city C] [--old-number O]
           [--sex male|female] [--ask alive,age_over_18,resides_in=UNIT]
  goc call --agency A verify/batch --body FILE   (- for the standard input)
  with [--purpose P] [--case C] [--operator O] [--url ORIGIN] [--lang vi|en|fr] [--json]
`
const WRONG_USAGE = 2
const REFUSED = 1

const OPTIONS = {
  agency: { type: 'string' },
  purpose: { type: 'string' },
  case: { type: 'string' },
  operator: { type: 'string' },
  url: { type: 'string' },
  body: { type: 'string' },
  number: { type: 'string' },
  name: { type: 'string' },
  birthdate: { type: 'string' },
  city: { type: 'string' },
  'old-number': { type: 'string' },
  sex: { type: 'string' },
  ask: { type: 'string' },
  lang: { type: 'string' },
  json: { type: 'boolean' },
} as const

type Options = Readonly<Partial<Record<Exclude<keyof typeof OPTIONS, 'json'>, string>>> & {
  readonly json?: boolean
}
const PATHS: Readonly<Record<string, string>> = {
  verify: '/api/verify',
  'verify/batch': '/api/verify/batch',
}

/** `goc call`: what an integrator's program does, from the command line, with the client it uses. */
export const callCli: CliCommand = {
  name: 'call',
  usage: USAGE,
  async run(args, operator) {
    const given = readOptions(args)
    if (given === null) {
      process.stderr.write(`goc call ${USAGE}\n${MORE}`)
      return WRONG_USAGE
    }
    return call(given, operator)
  },
}

interface Wanted {
  readonly path: string
  readonly options: Options
  /** JSON given in place; null: a file, or the options, hold it. */
  readonly text: string | null
}

function readOptions(args: readonly string[]): Wanted | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: OPTIONS,
      allowPositionals: true,
    })
    if (values.agency === undefined) return null
    const [first = '', path = '', text = null, ...more] = positionals
    if (first === 'POST' && path.startsWith('/api/') && more.length === 0) {
      return text === null && values.body === undefined ? null : { path, options: values, text }
    }
    const short = PATHS[first]
    const hasInput = values.body !== undefined || values.number !== undefined
    if (short === undefined || positionals.length !== 1 || !hasInput) return null
    return { path: short, options: values, text: null }
  } catch {
    return null
  }
}

async function call({ path, options, text }: Wanted, operator: Operator): Promise<number> {
  const { kernel, print } = operator
  const t = speak(kernel, options.lang)
  const agency = readAgency(kernel, options.agency ?? '')
  const { keyId, privateKey, receiptKeys } = agency
  const origin = options.url ?? agency.origin
  const client = new Goc({ origin, keyId, privateKey, receiptKeys, language: t.lang })
  const context: CallContext = {
    purpose: options.purpose ?? agency.purposes[0] ?? '',
    ...(options.case !== undefined && { case: options.case }),
    ...(options.operator !== undefined && { operator: options.operator }),
  }
  const payload = payloadOf(options, text)
  try {
    const { body, receipt } = await client.call(path, payload, context)
    if (options.json === true) print(JSON.stringify({ answer: body, receipt }))
    else {
      print(JSON.stringify(body, null, 2))
      const by = new Date(receipt.by * 1000).toISOString()
      print(t('exchange.call.receipt', { event: receipt.event, by: t.instant(by) }))
    }
    return 0
  } catch (error) {
    if (error instanceof Refused) {
      const { problem } = error
      if (options.json === true) print(JSON.stringify({ problem }))
      else print(refusedLine(problem))
      return REFUSED
    }
    if (error instanceof ReceiptRefused) {
      print(t('exchange.call.receipt-refused', { fault: error.fault }))
      return REFUSED
    }
    // What fetch throws says nothing to a person: the cause does.
    const { cause } = error as { cause?: { code?: string } }
    if (cause?.code === undefined) throw error
    print(t('exchange.call.unreachable', { origin, code: cause.code }))
    return REFUSED
  }
}

/** What was refused, the way out, and what the refusal names. */
function refusedLine({ title, detail, code, details = {} }: Problem): string {
  const named = Object.entries(details).map(([name, value]) => `${name}: ${value}`)
  return [`${title}. ${detail} (${code})`, ...named].join('\n  ')
}

function payloadOf(options: Options, text: string | null): unknown {
  if (text !== null) return parse(text, 'JSON')
  if (options.body !== undefined) {
    return parse(readFileSync(options.body === '-' ? 0 : options.body, 'utf8'), '--body')
  }
  const { number = '', name, birthdate, city, sex, ask } = options
  return {
    identify: {
      personal_administrative_number: number,
      ...(name !== undefined && { name }),
      ...(birthdate !== undefined && { birthdate }),
      ...(city !== undefined && { resident_city: city }),
      ...(options['old-number'] !== undefined && { old_number: options['old-number'] }),
    },
    ...((sex === 'male' || sex === 'female') && { attributes: { sex } }),
    ...(ask !== undefined && { predicates: predicatesOf(ask) }),
  }
}

function parse(text: string, field: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal('request.invalid', { field, expected: 'JSON' })
  }
}

/** `alive,age_over_18,resides_in=26773`. */
const predicatesOf = (ask: string): Record<string, string | true> =>
  Object.fromEntries(
    ask.split(',').map((one) => {
      const [name = '', unit] = one.trim().split('=')
      return [name, unit ?? true]
    }),
  )
