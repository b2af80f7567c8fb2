import type { FieldKind } from '../types.ts'

/** What letters of any language are compared as: no case, no marks, no signs nobody sees. */

/** Letters that Unicode does not take apart, in lower case. */
const OTHERS: Readonly<Record<string, string>> = {
  đ: 'd',
  ð: 'd',
  ɖ: 'd',
  ø: 'o',
  ł: 'l',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ŋ: 'ng',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
  ƀ: 'b',
  ə: 'e',
  ς: 'σ',
  ё: 'е',
}
const OTHER = new RegExp(`[${Object.keys(OTHERS).join('')}]`, 'g')
/**
 * Marks that decorate a letter, of Latin, Greek, Cyrillic, Hebrew and Arabic; the marks that are
 * vowels of Indic and Thai scripts stay.
 */
const MARKS = new RegExp(
  [
    ...['[\\u0300-\\u036f]', '[\\u1ab0-\\u1aff]', '[\\u1dc0-\\u1dff]', '[\\u20d0-\\u20ff]'],
    ...['[\\ufe20-\\ufe2f]', '[\\u0591-\\u05bd]', '[\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7]'],
    ...['[\\u0610-\\u061a]', '[\\u064b-\\u0652]', '\\u0670', '\\u0640'],
  ].join('|'),
  'g',
)
const INVISIBLE = /[\p{Cc}\p{Cf}]|[\ufe00-\ufe0f]/gu
const BLANKS = /[\s\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g
/** Eth and African D stand for Đ in many Vietnamese files. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  Ð: 'Đ',
  ð: 'đ',
  Ɖ: 'Đ',
  ɖ: 'đ',
  ǎ: 'ă',
  Ǎ: 'Ă',
}
const LOOK_ALIKE = /[ÐðƉɖǎǍ]/g
const APOSTROPHES = /['’‘ʼʻʹ`´′]/g

const PLAIN = /^[a-z0-9]*$/
/** Single blanks between letters that NFC leaves as they are: nearly every value there is. */
const TIDY = /^[!-~\u00c0-\u024f\u1ea0-\u1ef9]+(?: [!-~\u00c0-\u024f\u1ea0-\u1ef9]+)*$/

/** NFC, blanks single and trimmed, nothing invisible. */
export function tidy(text: string): string {
  if (text === '' || TIDY.test(text)) return text
  const blanked = text.replace(BLANKS, ' ')
  return blanked.replace(INVISIBLE, '').normalize('NFC').replace(/ +/g, ' ').trim()
}

/** Words are few and come again; the bound only keeps a hostile file from filling memory. */
const MEMO_MOST = 200_000
const folded = new Map<string, string>()

/** A word, or a text, in lower case without marks. */
export function foldWord(word: string): string {
  if (PLAIN.test(word)) return word
  let found = folded.get(word)
  if (found === undefined) {
    found = word
      .toLowerCase()
      .normalize('NFKD')
      .replace(MARKS, '')
      .replace(OTHER, (letter) => OTHERS[letter] ?? letter)
      .replace(APOSTROPHES, '')
      .normalize('NFC')
    if (folded.size < MEMO_MOST && word.length < 64) folded.set(word, found)
  }
  return found
}

const NO_WORD = /[^\p{L}\p{N}\p{M}]+/u
const PLAIN_WORDS = /^[a-z0-9]+(?: [a-z0-9]+)*$/

/** The folded words of a tidy text: runs of letters and digits; apostrophes divide nothing. */
export function wordsOf(text: string): string[] {
  if (PLAIN_WORDS.test(text)) return text.split(' ')
  const words: string[] = []
  for (const word of text.replace(APOSTROPHES, '').split(NO_WORD)) {
    const folded = foldWord(word)
    if (folded !== '') words.push(folded)
  }
  return words
}

/** Letters and digits alone, capitals and marks aside. */
export const lettersAndDigits = (text: string): string =>
  /^[0-9a-z]*$/.test(text) ? text : wordsOf(text).join('')

/** A tidy name as it was meant to be written, in lower case: marks are kept. */
export const asWritten = (text: string): string =>
  text.replace(LOOK_ALIKE, (sign) => LOOK_ALIKES[sign] ?? sign).toLowerCase()

/** Tones of Vietnamese, whose place within a word is a habit: hoà, hòa. */
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g
const ONLY_Y = /^(?:qu|[^aeiouy]+)y$/

/** The only vowel y as i: ly, ky, quy as li, ki, qui. */
export const withI = (word: string): string => (ONLY_Y.test(word) ? `${word.slice(0, -1)}i` : word)

/** The same for two spellings of a word that differ by habit only. */
export function habitOf(word: string): string {
  if (PLAIN.test(word)) return withI(word)
  const apart = word.normalize('NFD')
  const tones = apart.match(TONES)
  const toneless = withI(apart.replace(TONES, '').normalize('NFC'))
  return tones === null ? toneless : toneless + tones.sort().join('')
}

/** What is written where nothing is known, in the languages of the files seen. */
const MISSING = wordSet(
  `- -- --- . .. * ? ?? ??? / n/a #n/a n.a. n.a na/n null <null> (null) nan #null! unknown unk
missing not_available undefined inconnu inconnue unbekannt desconocido desconocida sconosciuto
onbekend okänd không_rõ khong_ro chưa_rõ chua_ro không_biết khong_biet không_xác_định
khong_xac_dinh not_known not_stated no_data non_renseigné \\n`,
)
/** Words that as one of a few categories say something: no religion. */
const MISSING_UNLESS_CATEGORY = wordSet(
  `none không_có khong_co không khong không_tên khong_ten xx xxx xxxx not_applicable none_given
not_given`,
)
/** Words that are somebody's name. */
const MISSING_UNLESS_NAME = wordSet('na nil')
const MISSING_LONGEST = 16

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/).map((word) => word.replaceAll('_', ' ')))
}

const STARTS_PLAINLY = /^[A-Za-z0-9]/
const HAS_WORD = /[\p{L}\p{N}]/u
const NAMES: ReadonlySet<FieldKind> = new Set(['full-name', 'given-name', 'surname'])

/** Whether a tidy text says that nothing is known. */
export function saysNothing(text: string, kind: FieldKind): boolean {
  if (text === '') return true
  if (text.length <= MISSING_LONGEST) {
    // In capitals it is what programs write for a missing value; Na is a name.
    if (text === 'NA') return true
    const lower = text.toLowerCase()
    if (MISSING.has(lower)) return true
    if (kind !== 'category' && MISSING_UNLESS_CATEGORY.has(lower)) return true
    if (!NAMES.has(kind) && MISSING_UNLESS_NAME.has(lower)) return true
  }
  return !STARTS_PLAINLY.test(text) && !HAS_WORD.test(text)
}
