import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type CallContext, Goc, ReceiptRefused, Refused } from '../../../client/index.ts'
import type { CliCommand, Operator } from '../../kernel/index.ts'
import { readAgency } from '../demonstration/folder.ts'
import { speak } from '../speak.ts'

const USAGE =
  'verify --agency A (--number N --name NAME --birthdate D … | --body FILE)   a signed request'
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
      process.stderr.write(`goc call ${USAGE}\n`)
      return WRONG_USAGE
    }
    return call(given.path, given.options, operator)
  },
}

function readOptions(args: readonly string[]): { path: string; options: Options } | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: OPTIONS,
      allowPositionals: true,
    })
    const path = PATHS[positionals[0] ?? '']
    const hasInput = values.body !== undefined || values.number !== undefined
    if (path === undefined || positionals.length !== 1) return null
    return values.agency === undefined || !hasInput ? null : { path, options: values }
  } catch {
    return null
  }
}

async function call(path: string, options: Options, operator: Operator): Promise<number> {
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
  try {
    const { body, receipt } = await client.call(path, payloadOf(options), context)
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
      else print(`${problem.title} ${problem.detail} (${problem.code})`)
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

function payloadOf(options: Options): unknown {
  if (options.body !== undefined) {
    return JSON.parse(readFileSync(options.body === '-' ? 0 : options.body, 'utf8'))
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

/** `alive,age_over_18,resides_in=26773`. */
const predicatesOf = (ask: string): Record<string, string | true> =>
  Object.fromEntries(
    ask.split(',').map((one) => {
      const [name = '', unit] = one.trim().split('=')
      return [name, unit ?? true]
    }),
  )
