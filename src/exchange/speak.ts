import {
  type Kernel,
  LANGUAGES,
  type Lang,
  loadCatalogues,
  type Translator,
  translator,
} from '../kernel/index.ts'

const LOCALES = new URL('./locales/', import.meta.url)

/** This room's words for the command line, in the language asked for or the operator's. */
export function speak(kernel: Pick<Kernel, 'config' | 'profile'>, lang?: string): Translator {
  const wanted: Lang = LANGUAGES.find((one) => one === lang) ?? kernel.config.language
  const options = { timeZone: kernel.profile.timeZone }
  return translator(wanted, loadCatalogues([{ name: 'exchange', locales: LOCALES }], options))
}
