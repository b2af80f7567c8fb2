import type { Lang } from './formats.ts'

/** The same words in every language a person may read. */
export type Words = Readonly<Record<Lang, string>>

/** One value of a code list. The code is stored; the words are shown. */
export interface Coded {
  readonly code: string
  readonly words: Words
}

const indexes = new WeakMap<readonly Coded[], ReadonlyMap<string, Coded>>()

function indexOf(list: readonly Coded[]): ReadonlyMap<string, Coded> {
  let index = indexes.get(list)
  if (index === undefined) {
    index = new Map(list.map((coded) => [coded.code, coded]))
    indexes.set(list, index)
  }
  return index
}

/** The words of a code; the code itself where the list does not hold it. */
export function wordsOf(list: readonly Coded[], code: string): Words {
  return indexOf(list).get(code)?.words ?? { vi: code, en: code, fr: code }
}

/** Whether a list holds a code. */
export const isCode = (list: readonly Coded[], code: string): boolean => indexOf(list).has(code)

/**
 * A name in its title: 'Phường {name}', '{name} Ward', 'quartier de {name}'. French elides before a
 * vowel; English puts the kind before a number: Ward 12.
 */
export function entitle(title: Words, name: string, lang: Lang): string {
  const text = title[lang]
  if (lang === 'fr' && /^[aeiouy]/.test(name.normalize('NFD').toLowerCase())) {
    return text.replace('de {name}', `d’${name}`).replace('{name}', name)
  }
  if (lang === 'en' && /^\d/.test(name) && text.startsWith('{name} ')) {
    return `${text.slice('{name} '.length)} ${name}`
  }
  return text.replace('{name}', name)
}
