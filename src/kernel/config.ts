import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { LANGUAGES, type Lang } from './formats.ts'
import { StartRefused } from './start/refused.ts'
import { startLanguage, startWords } from './start/words.js'

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** What the operator decides, read once at the start; `.env.example` explains each name. */
export interface Config {
  /** PORT; 0 lets the system choose. */
  readonly port: number
  /** GOC_HOST: the address listened on. */
  readonly host: string
  /** GOC_URL: the address people use, without a slash at its end. */
  readonly url: string
  /** Cookies travel over TLS only: when the address people use is https. */
  readonly secureCookies: boolean
  /** GOC_TRUST_PROXY: believe X-Forwarded-For of a proxy in front. */
  readonly trustProxy: boolean
  /** GOC_DATA: folder of everything the program keeps. */
  readonly dataDir: string
  /** GOC_KEYS: folder of the keys, beside no backup. */
  readonly keysDir: string
  /** DATABASE_URL: a PostgreSQL of the operator's; null for our own. */
  readonly databaseUrl: string | null
  /** GOC_LANG, else the terminal's: the language of the command line. */
  readonly language: Lang
  /** GOC_WORKER and --no-worker: does this process also do the background work? */
  readonly worker: boolean
  /** GOC_LOG: the least serious line that is written. */
  readonly logLevel: (typeof LOG_LEVELS)[number]
  /** GOC_METRICS_TOKEN: whoever sends it reads /metrics; null: this machine alone does. */
  readonly metricsToken: string | null
  /** GOC_AGENCY_<ID>_URL: real systems in place of the demonstration's stand-ins, by lower-case id. */
  readonly agencyUrls: Readonly<Record<string, string>>
}

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url))
const DEFAULT_PORT = 4100

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the environment and the command line's flags.
 * @throws StartRefused `setting-invalid`, naming the variable and what it must be
 */
export function readConfig(env: Environment, argv: readonly string[] = []): Config {
  const port = readPort(env)
  const host = setting(env, 'GOC_HOST') ?? 'localhost'
  const dataDir = path.resolve(setting(env, 'GOC_DATA') ?? path.join(REPOSITORY, '.goc'))
  const keys = setting(env, 'GOC_KEYS')
  const url = readUrl(env, 'GOC_URL') ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  return {
    port,
    host,
    url,
    secureCookies: url.startsWith('https:'),
    trustProxy: yesOrNo(env, 'GOC_TRUST_PROXY') ?? false,
    dataDir,
    keysDir: keys === undefined ? path.join(dataDir, 'keys') : path.resolve(keys),
    databaseUrl: readDatabaseUrl(env),
    language: oneOf(env, 'GOC_LANG', LANGUAGES) ?? startLanguage(env),
    worker: (yesOrNo(env, 'GOC_WORKER') ?? true) && !argv.includes('--no-worker'),
    logLevel: oneOf(env, 'GOC_LOG', LOG_LEVELS) ?? 'info',
    metricsToken: setting(env, 'GOC_METRICS_TOKEN') ?? null,
    agencyUrls: readAgencyUrls(env),
  }
}

/** Only this machine reaches such an address; the demonstration sign-in is offered on no other. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/** A variable that is set to nothing counts as not set. */
function setting(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim()
  return value === '' ? undefined : value
}

type Expected = 'port' | 'url' | 'database-url'

function refuse(name: string, value: string, expected: Expected): never {
  const words = startWords(`expected.${expected}`)
  throw new StartRefused('setting-invalid', { name, value, expected: words })
}

function readPort(env: Environment): number {
  const text = setting(env, 'PORT')
  if (text === undefined) return DEFAULT_PORT
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1
  if (port < 0 || port > 65_535) refuse('PORT', text, 'port')
  return port
}

function readUrl(env: Environment, name: string): string | undefined {
  const text = setting(env, name)
  if (text === undefined) return undefined
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return refuse(name, text, 'url')
  return text.replace(/\/+$/, '')
}

function readDatabaseUrl(env: Environment): string | null {
  const text = setting(env, 'DATABASE_URL')
  if (text === undefined) return null
  const url = URL.canParse(text) ? new URL(text) : null
  // The value is not repeated: it holds a password.
  if (
    url === null ||
    !['postgres:', 'postgresql:'].includes(url.protocol) ||
    url.pathname === '/'
  ) {
    return refuse('DATABASE_URL', '…', 'database-url')
  }
  return text
}

function readAgencyUrls(env: Environment): Record<string, string> {
  const urls: Record<string, string> = {}
  for (const name of Object.keys(env)) {
    const id = /^GOC_AGENCY_(\w+)_URL$/.exec(name)?.[1]
    const url = id === undefined ? undefined : readUrl(env, name)
    if (id !== undefined && url !== undefined) urls[id.toLowerCase().replaceAll('_', '-')] = url
  }
  return urls
}

function yesOrNo(env: Environment, name: string): boolean | undefined {
  const choice = oneOf(env, name, ['yes', 'no'])
  return choice === undefined ? undefined : choice === 'yes'
}

function oneOf<Choice extends string>(
  env: Environment,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const text = setting(env, name)
  if (text === undefined) return undefined
  const choice = choices.find((candidate) => candidate === text)
  if (choice !== undefined) return choice
  const expected = startWords('expected.choice', { choices: choices.join(', ') })
  throw new StartRefused('setting-invalid', { name, value: text, expected })
}
