import type { NameRules } from '../../kernel/index.ts'
import { asWritten, foldWord, habitOf, saysNothing, tidy, withI } from './fold.ts'
import { type NameFeatures, WORDS_MOST } from './types.ts'

/** A name taken apart. Written words stand beside the folded ones where they correspond. */
export interface ReadName {
  readonly folded: readonly string[]
  readonly written: readonly string[]
}

export const MISSING_NAME = 'missing'
export const UNREADABLE_NAME = 'unreadable'
export type NameReading = ReadName | typeof MISSING_NAME | typeof UNREADABLE_NAME

const TITLES = new Set(
  `mr mrs ms miss mister mx dr doctor prof professor sir rev reverend sr sra srta herr frau mme mlle
monsieur madame ông bà cháu chị cô chú bác cụ thầy`.split(/\s+/),
)
/** Forms of address that are names too unless a family name and two words more follow. */
const UNMARKED_TITLES = new Set('ong ba chau anh chi co chu bac cu'.split(' '))
const FAMILIES = new Set(
  `nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh trinh doan truong
luong mai dao ha lam cao`.split(/\s+/),
)
const SUFFIXES = new Set('jr sr jnr snr ii iii iv phd md esq'.split(' '))

/** Letters were lost on the way: Nguy?n, Nguy�n. */
const LOST = /\p{L}\?|\?\p{L}|\ufffd/u
const DIVIDERS = /[\s\-‐‑–—.,;:/\\()[\]{}"“”«»_+&*|]+/u
const APOSTROPHES = /['’‘ʼʻʹ`´′]/g

function withoutTitles(words: readonly string[]): readonly string[] {
  let from = 0
  let to = words.length
  while (to - from > 2 && TITLES.has(words[from] ?? '')) from++
  if (to - from > 1 && /^(?:mr|mrs|ms|dr|mme|mlle)$/.test(words[from] ?? '')) from++
  if (to - from > 3 && UNMARKED_TITLES.has(words[from] ?? '')) {
    if (FAMILIES.has(foldWord(words[from + 1] ?? ''))) from++
  }
  while (to - from > 2 && SUFFIXES.has(words[to - 1] ?? '')) to--
  return words.slice(from, to)
}

/** Family name first is told by its comma: Smith, John. */
function inReadingOrder(text: string): string {
  const comma = text.indexOf(',')
  if (comma <= 0 || comma !== text.lastIndexOf(',')) return text
  const after = text.slice(comma + 1).trim()
  const isSuffix = SUFFIXES.has(after.toLowerCase().replaceAll('.', ''))
  return after === '' || isSuffix ? text : `${after} ${text.slice(0, comma)}`
}

function readPlainly(text: string, isFull: boolean): NameReading {
  const simple = readSimply(text, isFull)
  if (simple !== null) return simple
  if (LOST.test(text)) return UNREADABLE_NAME
  const written = asWritten(text).replace(APOSTROPHES, '')
  const words = written.split(DIVIDERS).filter((word) => word !== '')
  const meant = (isFull ? withoutTitles(words) : words).slice(0, WORDS_MOST)
  const folded: string[] = []
  const kept: string[] = []
  for (const word of meant) {
    const fold = foldName(word)
    if (fold === '') continue
    folded.push(fold)
    kept.push(word)
  }
  return folded.length === 0 ? UNREADABLE_NAME : { folded, written: kept }
}

/** Folded forms of words that are letters only, no title and no suffix; '' of other words. */
const simpleWords = new Map<string, string>()

function simpleFold(word: string): string {
  let found = simpleWords.get(word)
  if (found === undefined) {
    const isTitle = TITLES.has(word) || UNMARKED_TITLES.has(word) || SUFFIXES.has(word)
    found =
      isTitle || !/^[\p{L}\p{M}]+$/u.test(word) || asWritten(word) !== word ? '' : foldName(word)
    if (simpleWords.size < MEMO_MOST) simpleWords.set(word, found)
  }
  return found
}

/** Nearly every name is a few known words with blanks between; null for any other. */
function readSimply(text: string, isFull: boolean): ReadName | null {
  const written = text.toLowerCase().split(' ')
  if (written.length > (isFull ? WORDS_MOST : 1)) return null
  const folded: string[] = []
  for (const word of written) {
    const fold = simpleFold(word)
    if (fold === '') return null
    folded.push(fold)
  }
  return { folded, written }
}

const FOREIGN = /[^\p{Script=Latin}\p{M}\p{N}\p{P}\p{S}\p{Z}\p{C}]/u
/** N.V.An: rules of a country may take the points for nothing. */
const INITIAL = /(?<!\p{L})(\p{L})\.\s*(?=\p{L})/gu

/** By a country's rules; a name in letters they do not know is read as any other language's. */
function readByRules(text: string, isFull: boolean, names: NameRules): NameReading {
  const spaced = text.includes('.') ? text.replace(INITIAL, '$1 ') : text
  const all = names.fold(spaced)
  const folded = all.length > WORDS_MOST ? all.slice(0, WORDS_MOST) : all
  if (folded.length === 0) return FOREIGN.test(text) ? readPlainly(text, isFull) : UNREADABLE_NAME
  const simple = text.toLowerCase().split(' ')
  if (simple.length === folded.length) {
    if (simple.every((word, at) => simpleFold(word) === folded[at])) {
      return { folded, written: simple }
    }
  }
  const canonical = names.canonical(spaced)
  const written =
    wordsFoldingTo(folded, spaced) ??
    wordsFoldingTo(folded, canonical) ??
    wordsFoldingTo(folded, canonical.replace(APOSTROPHES, ' '))
  return { folded, written: written ?? [canonical.toLowerCase()] }
}

/** The words of a text as written where they are what was folded, but for a title before them. */
function wordsFoldingTo(folded: readonly string[], text: string): readonly string[] | null {
  const words = asWritten(text).split(DIVIDERS)
  const title = words.length - folded.length
  if (title < 0 || title > 1) return null
  const kept = title === 0 ? words : words.slice(1)
  for (let at = 0; at < kept.length; at++) {
    if (foldName(kept[at] as string) !== folded[at]) return null
  }
  return kept
}

/** Words are few and come again; the bound only keeps a hostile file from filling memory. */
const MEMO_MOST = 200_000
const foldedNames = new Map<string, string>()

function foldName(word: string): string {
  let found = foldedNames.get(word)
  if (found === undefined) {
    found = withI(foldWord(word))
    if (foldedNames.size < MEMO_MOST) foldedNames.set(word, found)
  }
  return found
}

/** A reader of one field's names. */
export function nameReader(
  kind: NameFeatures['kind'],
  names: NameRules | null,
): (text: string) => NameReading {
  const isFull = kind === 'full-name'
  return (raw) => {
    const tidied = tidy(raw)
    if (saysNothing(tidied, kind)) return MISSING_NAME
    const text = isFull && tidied.includes(',') ? inReadingOrder(tidied) : tidied
    return names === null ? readPlainly(text, isFull) : readByRules(text, isFull, names)
  }
}

/**
 * Gives written words a key each, the same to words that differ by habit only; by the country's
 * rules where there are some, otherwise by what holds of Vietnamese and harms nobody else.
 */
export function spellingKeys(names: NameRules | null): (written: string, folded: string) => string {
  const known = new Map<string, string>()
  const alike = new Map<string, string[]>()
  const find = (written: string, folded: string): string => {
    const group = names === null ? habitOf(written) : folded
    const others = alike.get(group) ?? []
    const same = others.find((other) => {
      if (names === null) return true
      const level = names.compare(other, written)
      return level === 'same' || level === 'tone-placement'
    })
    if (same === undefined) alike.set(group, [...others, written])
    return same ?? written
  }
  return (written, folded) => {
    let key = known.get(written)
    if (key === undefined) {
      key = find(written, folded)
      known.set(written, key)
    }
    return key
  }
}

/** Whether a written word bears marks, so that another with other marks contradicts it. */
export const bearsMarks = (written: string): boolean =>
  foldWord(written) !== written.replace(APOSTROPHES, '')
