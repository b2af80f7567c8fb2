import type { NameRepair } from '../../src/kernel/profile.ts'
import { fromLegacy as convert } from './legacy-encodings.ts'
import { fromTelex, hasTelexSigns, isPlainSyllable, isSyllable, withI } from './syllables.ts'

/** Family names of every people, folded: a legacy encoding or an honorific is told by one. */
export const FAMILIES: ReadonlySet<string> = new Set(
  `an au ban bach bang banh be bien bo bui ca cam cao chau chu chung chuong co cu cung cuong cut
dam danh dao dau diep dinh do doan dong dang duong gia giang giap ha ham hang hau hien ho hoa
hoang huong hua huynh khong khuat khuc kieu kha kim la lac lai lam lang lau le leng li lo loc loi
long lu lau luc luong luu ly ma mac mai man mang me moong mua ngan nghiem ngo ngu nguy nguyen
nhan nhu ninh nong ong pham phan phi pho phu phung phuong quach quan quang sam siu son sung ta
tan tang tao tieu ton tong to tra tran trang trieu trinh tru truong trung tu ung vang vi vien vo
vu vuong xa xong y yen thach thai than thanh thao thi thieu tho thuong`.split(/\s+/),
)

/** Controls and formats: zero-width signs, soft hyphens, marks of direction. */
const INVISIBLE = /[\p{Cc}\p{Cf}]/gu
const BLANKS = /[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+/g
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  Ð: 'Đ',
  ð: 'đ',
  Ɖ: 'Đ',
  ɖ: 'đ',
  ǎ: 'ă',
  Ǎ: 'Ă',
  '’': "'",
  '‘': "'",
  ʼ: "'",
  '`': "'",
  '´': "'",
  '‐': '-',
  '‑': '-',
  '–': '-',
}
const LOOK_ALIKE = new RegExp(`[${Object.keys(LOOK_ALIKES).join('')}]`, 'g')

/** Signs of a text that lost its letters: replaced, or of a code page nobody converted. */
const LOST = /[?\ufffd\u0080-\u009f\u00a1-\u00ac\u00ae-\u00b3\u00b5-\u00bf×÷]/

const HONORIFICS: ReadonlySet<string> = new Set(
  'ông ong bà ba cháu anh chị cô chú bác em cụ bé mr mrs ms'.split(' '),
)

/** A word that needs no repair: one syllable, with all its signs or with none. */
export interface Word {
  readonly folded: string
  readonly titled: boolean
}

/** Words are few and come again; the bound only keeps a hostile file from filling memory. */
const MEMO_MOST = 100_000
const words = new Map<string, Word | null>()

/** Null when a word must be read with its neighbours: it may be an encoding, keys, or foreign. */
export function knownWord(word: string): Word | null {
  let known = words.get(word)
  if (known === undefined) {
    const clean = word === word.normalize('NFC') && (isSyllable(word) || isPlainSyllable(word))
    known = clean ? { folded: withI(plain(word)), titled: /^\p{Lu}\p{Ll}*$/u.test(word) } : null
    if (words.size < MEMO_MOST) words.set(word, known)
  }
  return known
}

export interface Reading {
  /** NFC, repaired; '' when nothing is left. */
  readonly text: string
  readonly readable: boolean
  readonly repairs: readonly NameRepair[]
}

/** Believed only when the name then begins with a family name. */
const fromLegacy = (text: string): string | null =>
  convert(text, (name) => FAMILIES.has(plain(name.split(' ')[0] ?? '')))

/** Repairs the text of a name, not yet its case, its keys or its honorific. */
export function read(raw: string): Reading {
  if (raw.split(' ').every((word) => knownWord(word) !== null)) {
    return { text: raw, readable: true, repairs: [] }
  }
  const repairs: NameRepair[] = []
  const step = (repair: NameRepair, before: string, after: string): string => {
    if (before !== after) repairs.push(repair)
    return after
  }
  const plain = raw.replace(BLANKS, ' ').trim()
  let text = step('decomposed', plain, plain.normalize('NFC'))
  const converted = fromLegacy(text)
  if (converted === null && LOST.test(text)) return { text: plain, readable: false, repairs }
  text = step('legacy-encoding', text, converted ?? text)
  text = step('invisible', text, text.replace(INVISIBLE, '').normalize('NFC'))
  const alike = text.replace(LOOK_ALIKE, (sign) => LOOK_ALIKES[sign] ?? sign)
  if (alike !== text && converted === null) {
    // With Đ in its place the rest may turn out to be a legacy encoding.
    repairs.push('look-alike-letter')
    text = step('legacy-encoding', alike, fromLegacy(alike) ?? alike)
  } else text = step('look-alike-letter', text, alike)
  const tidy = text.replace(/ +/g, ' ').trim()
  if (tidy !== text || plain !== raw) repairs.push('blanks')
  return { text: tidy, readable: true, repairs }
}

/** A name in one case, such as NGUYỄN VĂN AN, in title case; any other unchanged. */
export function inTitleCase(text: string): string {
  if (text.split(' ').every((word) => knownWord(word)?.titled === true)) return text
  const lower = text.toLowerCase()
  const oneCase = text === lower || text === text.toUpperCase()
  if (text.length < 2 || !oneCase || /[^\p{Script=Latin}\p{M} '-]/u.test(text)) return text
  const titled = lower.replace(/(?<=^|[ '-])\p{L}/gu, (letter) => {
    const capital = letter.toUpperCase()
    return capital.length === letter.length ? capital : letter
  })
  // A byte of a legacy encoding must not be made of a letter that is none.
  return fromLegacy(titled) === null ? titled : text
}

/**
 * Clans whose K, spelled with an apostrophe by some, is part of the word: K'Sor is Ksor, while
 * K'Brêu is Brêu after the K of a man's name.
 */
const CLANS = new Set('ksor kpa kpor kbuor knul kdam kruong'.split(' '))
const BOUND = /^k'(?=\p{L})/u

/** A Latin letter that Unicode does not take apart. */
const OTHERS: Readonly<Record<string, string>> = {
  đ: 'd',
  þ: 'th',
  ŋ: 'ng',
  ı: 'i',
  ø: 'o',
  ł: 'l',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
}

/** Lower case ASCII; what is no Latin letter is dropped. */
export function plain(token: string): string {
  let out = ''
  for (const letter of token.toLowerCase().normalize('NFD')) {
    if (letter >= 'a' && letter <= 'z') out += letter
    else out += OTHERS[letter] ?? ''
  }
  return out
}

/**
 * The accented tokens of a repaired name. Hyphens divide; an apostrophe divides after the H, Y or K
 * that begins names of the Central Highlands, and is dropped elsewhere.
 */
export function tokensOf(text: string): readonly string[] {
  const tokens: string[] = []
  for (const word of text.toLowerCase().split(/[ -]+/)) {
    if (word === '') continue
    const clan = BOUND.test(word) && CLANS.has(plain(word))
    const parts = clan ? [word] : word.split(/(?<=^[hyk])'/)
    for (const part of parts) {
      const letters = part.replaceAll("'", '')
      if (letters !== '') tokens.push(letters)
    }
  }
  return tokens
}

/** Whether the first token is a form of address: it precedes a family name and two names more. */
export function hasHonorific(tokens: readonly string[]): boolean {
  const [first = '', family = ''] = tokens
  return tokens.length >= 4 && HONORIFICS.has(first) && FAMILIES.has(plain(family))
}

export const mayBeHonorific = (token: string): boolean => HONORIFICS.has(token.toLowerCase())

/**
 * The tokens meant where an input method was not there to read the keys, or null. Believed when
 * every token is then a syllable, and keys stand there that no syllable has or a family name
 * appears: so Y Nar Siu remains as it is.
 */
export function withoutKeys(tokens: readonly string[]): readonly string[] | null {
  let convincing = false
  let changed = false
  const meant: string[] = []
  for (const [at, token] of tokens.entries()) {
    const written = isPlainSyllable(token) || isSyllable(token)
    const read = written ? null : fromTelex(token)
    if (!written && read === null) return null
    meant.push(read ?? token)
    if (read === null) continue
    changed = true
    if (hasTelexSigns(token) || (at === 0 && FAMILIES.has(plain(read)))) convincing = true
  }
  return changed && convincing ? meant : null
}
