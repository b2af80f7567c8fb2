import type { Kernel } from './kernel.ts'
import { LANGUAGES, loadCatalogues, type Translator, translator } from './locale.ts'

/** The words of one room on the command line, in the language asked for or the operator's. */
export type Speaker = (kernel: Pick<Kernel, 'config' | 'profile'>, lang?: string) => Translator

export function speakerOf(room: string, locales: URL): Speaker {
  return ({ config, profile }, lang) => {
    const wanted = LANGUAGES.find((one) => one === lang) ?? config.language
    const options = { timeZone: profile.timeZone }
    return translator(wanted, loadCatalogues([{ name: room, locales }], options))
  }
}
