import type { NameRules } from '../../kernel/index.ts'
import { asWritten, foldWord, habitOf, saysNothing, tidy, withI } from './fold.ts'

/** A name taken apart. Written words stand beside the folded ones where they correspond. */
export interface ReadName {
  readonly folded: readonly string[]
  readonly written: readonly string[]
}

export const MISSING_NAME = 'missing'
export const UNREADABLE_NAME = 'unreadable'
export type NameReading = ReadName | typeof MISSING_NAME | typeof UNREADABLE_NAME

/** Words of a name beyond these say no more of whose it is. */
const WORDS_MOST = 12

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

function readPlainly(text: string, isFull: boolean): NameReading {
  if (LOST.test(text)) return UNREADABLE_NAME
  let written = asWritten(text).replace(APOSTROPHES, '')
  if (isFull) {
    // Family name first is told by its comma.
    const comma = written.indexOf(',')
    if (comma > 0 && comma === written.lastIndexOf(',')) {
      const [before, after] = [written.slice(0, comma), written.slice(comma + 1).trim()]
      if (after !== '' && !SUFFIXES.has(after.replaceAll('.', ''))) written = `${after} ${before}`
    }
  }
  const words = written.split(DIVIDERS).filter((word) => word !== '')
  const meant = (isFull ? withoutTitles(words) : words).slice(0, WORDS_MOST)
  const folded: string[] = []
  const kept: string[] = []
  for (const word of meant) {
    const fold = withI(foldWord(word))
    if (fold === '') continue
    folded.push(fold)
    kept.push(word)
  }
  return folded.length === 0 ? UNREADABLE_NAME : { folded, written: kept }
}

const FOREIGN = /[^\p{Script=Latin}\p{M}\p{N}\p{P}\p{S}\p{Z}\p{C}]/u

/** By a country's rules; a name in letters they do not know is read as any other language's. */
function readByRules(text: string, isFull: boolean, names: NameRules): NameReading {
  const folded = names.fold(text).slice(0, WORDS_MOST)
  if (folded.length === 0) return FOREIGN.test(text) ? readPlainly(text, isFull) : UNREADABLE_NAME
  const canonical = names.canonical(text).toLowerCase()
  const words = canonical.split(DIVIDERS).filter((word) => word !== '')
  const kept = words.slice(Math.max(0, words.length - folded.length))
  const agree =
    kept.length === folded.length && kept.every((word, at) => foldsTo(word, folded[at] ?? ''))
  return { folded, written: agree ? kept : [canonical] }
}

const foldsTo = (word: string, folded: string): boolean =>
  withI(foldWord(word)) === folded || foldWord(word) === folded

/** A reader of one field's names. */
export function nameReader(
  isFull: boolean,
  names: NameRules | null,
): (text: string) => NameReading {
  return (raw) => {
    const text = tidy(raw)
    if (saysNothing(text, true)) return MISSING_NAME
    return names === null ? readPlainly(text, isFull) : readByRules(text, isFull, names)
  }
}

/**
 * Gives written words a key each, the same to words that differ by habit only; by the country's
 * rules where there are some, otherwise by what holds of Vietnamese and harms nobody else.
 */
export function spellingKeys(names: NameRules | null): (written: string, folded: string) => string {
  const known = new Map<string, string>()
  const byFold = new Map<string, string[]>()
  return (written, folded) => {
    if (names === null) return habitOf(written)
    const found = known.get(written)
    if (found !== undefined) return found
    const others = byFold.get(folded) ?? []
    const same = others.find((other) => {
      const level = names.compare(other, written)
      return level === 'same' || level === 'tone-placement'
    })
    if (same === undefined) byFold.set(folded, [...others, written])
    known.set(written, same ?? written)
    return same ?? written
  }
}

/** Whether a written word bears marks, so that another with other marks contradicts it. */
export const bearsMarks = (written: string): boolean =>
  foldWord(written) !== written.replace(APOSTROPHES, '')
