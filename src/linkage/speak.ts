import { type Lang, loadCatalogues, type Translator, translator } from '../kernel/index.ts'

export const LOCALES = new URL('./locales/', import.meta.url)

/** This room's words for a terminal or a file. */
export const speak = (language: Lang): Translator =>
  translator(language, loadCatalogues([{ name: 'linkage', locales: LOCALES }]))
