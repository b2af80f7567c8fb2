import { readFileSync } from 'node:fs'
import { IntlMessageFormat } from 'intl-messageformat'
import {
  formatDay,
  formatList,
  formatMonth,
  formatNumber,
  formatPercent,
  formatShortDay,
  formatWeekday,
  LANGUAGES,
  type Lang,
  TAGS,
  wallClock,
} from './formats.ts'
import { type Content, escapeHtml, type Html, html, raw } from './html.ts'

export { LANGUAGE_NAMES, LANGUAGES, type Lang } from './formats.ts'

/** Where a room keeps its words: `vi.json`, `en.json` and `fr.json` in one folder, flat keys. */
export interface WordSource {
  readonly name: string
  readonly locales?: URL | null
}

/** All words of all rooms in all languages; a key is `<room>.<key of the file>`. */
export interface Catalogues {
  readonly words: Readonly<Record<Lang, ReadonlyMap<string, string>>>
  /** IANA name of the zone in which instants are shown; a profile knows it. */
  readonly timeZone: string
  readonly compiled: Readonly<Record<Lang, Map<string, Message>>>
  readonly onMissing: ((lang: Lang, key: string) => void) | undefined
}

export interface CatalogueOptions {
  readonly timeZone?: string
  /** Told of each key without words; the reader then sees the key in brackets. Absent: throws. */
  readonly onMissing?: (lang: Lang, key: string) => void
}

export type Values = Readonly<Record<string, string | number | bigint>>
/** For words with markup: a value may be markup, and a tag of the words is made by a function. */
export type HtmlValues = Readonly<Record<string, Content | ((inside: Content) => Html)>>

/** Says things in one language. `t('portal.home.title')`, `t('web.pages', { n: 3 })`. */
export interface Translator {
  (key: string, values?: Values): string
  readonly lang: Lang
  has(key: string): boolean
  /** Words with markup: `<b>`, `<em>`, `<code>` and `<br></br>` are known, others are given. */
  html(key: string, values?: HtmlValues): Html
  number(value: number | bigint, digits?: number): string
  percent(share: number, digits?: number): string
  /** PlainDay or PartialDay: 16/10/2026. */
  day(day: string): string
  shortDay(day: string): string
  weekday(day: string): string
  month(month: string): string
  /** An ISO instant as day and time in the nation's zone: 16/10/2026, 08:15. */
  instant(instant: string): string
  /** The same without its year: 16/10, 08:15. */
  shortInstant(instant: string): string
  list(words: readonly string[]): string
}

type Message = string | IntlMessageFormat
const KERNEL: WordSource = { name: 'kernel', locales: new URL('./locales/', import.meta.url) }

/**
 * Reads the words of the kernel and of every room given. Called once at start.
 * Throws when a file is missing or holds anything but a flat object of texts.
 */
export function loadCatalogues(
  rooms: readonly WordSource[],
  options: CatalogueOptions = {},
): Catalogues {
  const words = each(() => new Map<string, string>())
  for (const { name, locales } of [KERNEL, ...rooms]) {
    if (!locales) continue
    for (const lang of LANGUAGES) {
      const file = JSON.parse(readFileSync(new URL(`${lang}.json`, locales), 'utf8')) as unknown
      for (const [key, text] of Object.entries(file as Record<string, unknown>)) {
        if (typeof text !== 'string') throw new TypeError(`${name}/${lang}.json: ${key} is no text`)
        words[lang].set(`${name}.${key}`, lang === 'fr' ? frenchSpaces(text) : text)
      }
    }
  }
  return {
    words,
    timeZone: options.timeZone ?? 'UTC',
    compiled: each(() => new Map<string, Message>()),
    onMissing: options.onMissing,
  }
}

function each<T>(make: () => T): Record<Lang, T> {
  return { vi: make(), en: make(), fr: make() }
}

/** French sets a no-break space before high punctuation and inside its quotation marks. */
function frenchSpaces(text: string): string {
  return text.replace(/ ([:;?!»%€])/g, '\u00a0$1').replace(/« /g, '«\u00a0')
}

const TAGS_KNOWN: HtmlValues = {
  b: (inside) => html`<b>${inside}</b>`,
  em: (inside) => html`<em>${inside}</em>`,
  code: (inside) => html`<code>${inside}</code>`,
}

export function translator(lang: Lang, catalogues: Catalogues): Translator {
  const { timeZone } = catalogues
  function t(key: string, values?: Values): string {
    const message = find(catalogues, lang, key)
    if (typeof message === 'string') return message
    return attempt({ catalogues, lang, key }, () => String(message.format(values)))
  }
  const parts = {
    lang,
    has: (key: string) => catalogues.words[lang].has(key),
    html: (key: string, values?: HtmlValues) => rich({ catalogues, lang, key }, values),
    number: (value: number | bigint, digits?: number) => formatNumber(lang, value, digits),
    percent: (share: number, digits?: number) => formatPercent(lang, share, digits),
    day: (day: string) => formatDay(lang, day),
    shortDay: (day: string) => formatShortDay(lang, day),
    weekday: (day: string) => formatWeekday(lang, day),
    month: (month: string) => formatMonth(lang, month),
    instant(instant: string) {
      const { day, time } = wallClock(timeZone, instant)
      return `${formatDay(lang, day)}, ${time}`
    },
    shortInstant(instant: string) {
      const { day, time } = wallClock(timeZone, instant)
      return `${formatShortDay(lang, day)}, ${time}`
    },
    list: (words: readonly string[]) => formatList(lang, words),
  }
  return Object.assign(t, parts)
}

interface Wanted {
  readonly catalogues: Catalogues
  readonly lang: Lang
  readonly key: string
}

function rich(wanted: Wanted, values: HtmlValues = {}): Html {
  const { catalogues, lang, key } = wanted
  const message = find(catalogues, lang, key)
  if (typeof message === 'string') return html`${message}`
  const made = attempt(wanted, () => {
    let text = ''
    const given = { ...TAGS_KNOWN, ...values } as Parameters<typeof message.formatToParts<Html>>[0]
    for (const part of message.formatToParts<Html>(given)) {
      text += typeof part.value === 'string' ? escapeHtml(part.value) : html`${part.value}`.text
    }
    return text
  })
  return raw(made)
}

/** The compiled message, or the text itself when it holds no syntax; compiled at first use. */
function find(catalogues: Catalogues, lang: Lang, key: string): Message {
  const compiled = catalogues.compiled[lang]
  const known = compiled.get(key)
  if (known !== undefined) return known
  const text = catalogues.words[lang].get(key)
  if (text === undefined) return missing(catalogues, lang, key)
  const message = /[{<'#]/.test(text) ? new IntlMessageFormat(text, TAGS[lang]) : text
  compiled.set(key, message)
  return message
}

/** A gap is never filled silently by another language: the reader sees that something is amiss. */
function missing({ onMissing }: Catalogues, lang: Lang, key: string): string {
  if (onMissing === undefined) throw new Error(`no words in ${lang} for ${key}`)
  onMissing(lang, key)
  return `⟦${key}⟧`
}

function attempt({ catalogues, lang, key }: Wanted, work: () => string): string {
  if (catalogues.onMissing === undefined) return work()
  try {
    return work()
  } catch {
    // A value was not given or the syntax is broken: shown and told, as a missing key is.
    return escapeHtml(missing(catalogues, lang, key))
  }
}

/**
 * What is wrong with the words, one line each, for the gate: keys that a language lacks, syntax,
 * arguments and tags that differ between languages, straight apostrophes (quotes to ICU).
 */
export function catalogueFaults({ words }: Catalogues): string[] {
  const faults: string[] = []
  const keys = new Set(LANGUAGES.flatMap((lang) => [...words[lang].keys()]))
  for (const key of [...keys].sort()) {
    let first: string | undefined
    for (const lang of LANGUAGES) {
      const text = words[lang].get(key)
      if (text === undefined || text.trim() === '') {
        faults.push(`${lang} lacks ${key}`)
        continue
      }
      if (text.includes("'")) faults.push(`${lang} ${key} has a straight apostrophe`)
      if (text !== text.normalize('NFC')) faults.push(`${lang} ${key} is not in NFC`)
      try {
        const names = argumentsOf(text, lang)
        first ??= names
        if (names !== first) faults.push(`${lang} ${key} takes {${names}}, not {${first}}`)
      } catch (error) {
        faults.push(`${lang} ${key}: ${String(error)}`)
      }
    }
  }
  return faults
}

/** Names of arguments and tags, in order of the alphabet. Element types as in ICU's parser. */
function argumentsOf(text: string, lang: Lang): string {
  const names = new Set<string>()
  const walk = (elements: readonly object[]): void => {
    for (const element of elements as readonly Element[]) {
      if (element.type !== LITERAL && element.value !== undefined) names.add(element.value)
      if (element.children !== undefined) walk(element.children)
      for (const option of Object.values(element.options ?? {})) walk(option.value)
    }
  }
  walk(new IntlMessageFormat(text, TAGS[lang]).getAst())
  return [...names].sort().join(', ')
}

const LITERAL = 0
interface Element {
  readonly type: number
  readonly value?: string
  readonly children?: readonly object[]
  readonly options?: Readonly<Record<string, { readonly value: readonly object[] }>>
}

/** Where a reader may have said which language they want, strongest first. */
export interface LanguageWish {
  /** `?lang=` of the address. */
  readonly query?: unknown
  /** The cookie kept after sign-in. */
  readonly cookie?: unknown
  /** The header Accept-Language (RFC 9110, 12.5.4). */
  readonly accept?: string | undefined
}

export function isLang(value: unknown): value is Lang {
  return LANGUAGES.includes(value as Lang)
}

export function chooseLanguage(wish: LanguageWish, otherwise: Lang = 'vi'): Lang {
  if (isLang(wish.query)) return wish.query
  if (isLang(wish.cookie)) return wish.cookie
  return accepted(wish.accept ?? '') ?? otherwise
}

/** The language of ours with the greatest weight; of equals the first named. */
function accepted(header: string): Lang | undefined {
  let best: Lang | undefined
  let most = 0
  // Longer headers than any browser sends are not read to their end.
  for (const range of header.slice(0, 400).split(',')) {
    const [tag = '', ...parameters] = range.trim().toLowerCase().split(';')
    const lang = tag.split('-')[0]
    const weight = parameters.map((one) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(one)?.[1])[0]
    const q = Number(weight ?? (parameters.length > 0 ? 0 : 1))
    if (isLang(lang) && q > most) {
      best = lang
      most = q
    }
  }
  return best
}
