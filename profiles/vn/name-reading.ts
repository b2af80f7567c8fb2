import type { NameRepair } from '../../src/kernel/profile.ts'
import { fromLegacy } from './legacy-encodings.ts'
import { fromTelex, hasTelexSigns, isPlainSyllable, isSyllable } from './syllables.ts'

/** Frequent family names, folded: one alone finds half a province, and an honorific precedes one. */
export const FAMILIES: ReadonlySet<string> = new Set(
  `nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong li dinh trinh doan luong mai dao
cao ha lam luu truong phung ta to chau quach thach vuong kieu tong la tang thai chu vi ninh ma lo`.split(
    /\s+/,
  ),
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

export interface Reading {
  /** NFC, repaired; '' when nothing is left. */
  readonly text: string
  readonly readable: boolean
  readonly repairs: readonly NameRepair[]
}

/** Repairs the text of a name, not yet its case, its keys or its honorific. */
export function read(raw: string): Reading {
  const repairs: NameRepair[] = []
  const step = (repair: NameRepair, before: string, after: string): string => {
    if (before !== after) repairs.push(repair)
    return after
  }
  const plain = raw.replace(BLANKS, ' ').trim()
  const converted = fromLegacy(plain)
  if (converted === null && LOST.test(plain)) return { text: plain, readable: false, repairs }
  let text = step('legacy-encoding', plain, converted ?? plain)
  text = step('invisible', text, text.replace(INVISIBLE, ''))
  text = step('decomposed', text, text.normalize('NFC'))
  text = step(
    'look-alike-letter',
    text,
    text.replace(LOOK_ALIKE, (sign) => LOOK_ALIKES[sign] ?? sign),
  )
  const tidy = text.replace(/ +/g, ' ').trim()
  if (tidy !== text || plain !== raw) repairs.push('blanks')
  return { text: tidy, readable: true, repairs }
}

/** A name in one case, such as NGUYỄN VĂN AN, in title case; any other unchanged. */
export function inTitleCase(text: string): string {
  const lower = text.toLowerCase()
  if (text.length < 2 || (text !== lower && text !== text.toUpperCase())) return text
  return lower.replace(/(?<=^|[ '-])\p{L}/gu, (letter) => letter.toUpperCase())
}

/**
 * Clans whose K, spelled with an apostrophe by some, is part of the word: K'Sor is Ksor, while K'Brêu
 * is Brêu after the K of a man's name.
 */
const CLANS = new Set('ksor kpa kpor kbuor knul kdam kruong'.split(' '))
const BOUND = /^k'(?=\p{L})/u

/** A Latin letter that Unicode does not take apart. */
const OTHERS: Readonly<Record<string, string>> = {
  đ: 'd',
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
