// Plain JavaScript for any Node >= 18: setup.js speaks before any package is installed.
import { readFileSync } from 'node:fs'

/** @typedef {'vi' | 'en' | 'fr'} StartLanguage */
/** @type {Map<StartLanguage, Record<string, string>>} */
const catalogues = new Map()

/**
 * The language of the terminal: GOC_LANG, else the system's, else English.
 * @param {Record<string, string | undefined>} env
 * @returns {StartLanguage}
 */
export function startLanguage(env) {
  const asked = env.GOC_LANG || env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  if (/^vi\b|^vi_/.test(asked)) return 'vi'
  return /^fr\b|^fr_/.test(asked) ? 'fr' : 'en'
}

/**
 * A line of the start in the language of the terminal, with `{name}` filled in.
 * @param {string} key
 * @param {Record<string, unknown>} [values]
 * @param {StartLanguage} [language]
 */
export function startWords(key, values = {}, language = startLanguage(process.env)) {
  let catalogue = catalogues.get(language)
  if (catalogue === undefined) {
    const file = new URL(`./locales/${language}.json`, import.meta.url)
    catalogue = /** @type {Record<string, string>} */ (JSON.parse(readFileSync(file, 'utf8')))
    catalogues.set(language, catalogue)
  }
  const text = catalogue[key]
  if (text === undefined) throw new Error(`no words for ${key} in ${language}`)
  return text.replace(/\{(\w+)\}/g, (_, /** @type {string} */ name) => String(values[name] ?? ''))
}
