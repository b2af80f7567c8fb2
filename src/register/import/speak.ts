import { parseArgs } from 'node:util'
import { LANGUAGES, Refusal, speakerOf, type Translator } from '../../kernel/index.ts'

/** The register's words for the command line. */
export const speaker = speakerOf('register', new URL('../locales/', import.meta.url))

export interface Given {
  /** What was written without a name, in order. */
  readonly files: readonly string[]
  readonly values: Readonly<Record<string, string | undefined>>
  readonly json: boolean
}

/**
 * Reads the words behind a subcommand: `files` of them, the required options, and the allowed ones.
 * Null when they are not as the usage says; the caller shows it and exits with 2.
 */
export function readArguments(
  args: readonly string[],
  want: {
    readonly files: number
    readonly required: readonly string[]
    readonly allowed?: readonly string[]
  },
): Given | null {
  const names = [...want.required, ...(want.allowed ?? []), 'lang']
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        ...Object.fromEntries(names.map((name) => [name, { type: 'string' }] as const)),
      },
    })
    const texts = values as Readonly<Record<string, string | undefined>>
    const isWhole = want.required.every((name) => texts[name] !== undefined)
    const lang = texts.lang
    const isLang = lang === undefined || LANGUAGES.some((one) => one === lang)
    if (positionals.length !== want.files || !isWhole || !isLang) return null
    return { files: positionals, values: texts, json: values.json === true }
  } catch {
    return null
  }
}

/** What a refusal is about, for the line above its title: `line 31, code 32`. */
function detailsOf(refusal: Refusal, t: Translator | undefined): string {
  return Object.entries(refusal.details)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => {
      const key = `register.detail.${name}`
      return `${t?.has(key) === true ? t(key) : name} ${value}`
    })
    .join(', ')
}

/**
 * Runs a subcommand so that a refusal names the file, the line and the field before it is put into
 * words by the command line.
 */
export async function explaining<T>(work: () => Promise<T>, t?: Translator): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal && Object.keys(error.details).length > 0) {
      process.stderr.write(`${detailsOf(error, t)}\n`)
    }
    throw error
  }
}
