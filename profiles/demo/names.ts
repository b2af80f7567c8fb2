import type {
  Fault,
  NameFault,
  NameLevel,
  NameRepair,
  NameRules,
  Words,
} from '../../src/kernel/profile.ts'

/**
 * Given name first, then a middle name, then the mother's family name. Letters of the old alphabet
 * fold to two: å and aa, ø and oe, þ and th are the same sound in two spellings.
 */
const PAIRS: Readonly<Record<string, string>> = { å: 'aa', ø: 'oe', þ: 'th', ð: 'd', æ: 'ae' }
const LONGEST = 80

/** Both spellings as one: the sound in two letters, other diacritics kept. */
const habit = (text: string): string =>
  text.replace(/[åøþðæ]/g, (letter) => PAIRS[letter] ?? letter)

const tidy = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()

function canonical(text: string): string {
  const name = tidy(text)
  const oneCase = name === name.toLowerCase() || name === name.toUpperCase()
  if (name.length < 2 || !oneCase || /[^\p{Script=Latin}\p{M} '-]/u.test(name)) return name
  return name.toLowerCase().replace(/(?<=^|[ '-])\p{L}/gu, (letter) => {
    const capital = letter.toUpperCase()
    return capital.length === letter.length ? capital : letter
  })
}

const tokens = (text: string): readonly string[] =>
  habit(tidy(text).toLowerCase())
    .replaceAll("'", '')
    .split(/[ -]+/)
    .filter((one) => one !== '')

const plain = (token: string): string =>
  token
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z]/g, '')

const fold = (text: string): readonly string[] =>
  fault(text) === 'unreadable'
    ? []
    : tokens(text)
        .map(plain)
        .filter((token) => token !== '')

function compare(a: string, b: string): NameLevel {
  if (canonical(a).toLowerCase() === canonical(b).toLowerCase()) return 'same'
  const [left, right] = [tokens(a), tokens(b)]
  if (left.join(' ') === right.join(' ')) return 'tone-placement'
  if (fold(a).length === 0 || fold(a).join(' ') !== fold(b).join(' ')) return 'different'
  const isMarked = (list: readonly string[]): boolean =>
    list.some((token) => plain(token) !== token)
  return isMarked(left) && isMarked(right) ? 'contradicting' : 'folded'
}

function fault(text: string): NameFault | null {
  const name = tidy(text)
  if (name === '') return 'empty'
  if (/[?\ufffd]/.test(name)) return 'unreadable'
  if (name.length > LONGEST) return 'too-long'
  if (/\d/.test(name)) return 'digits'
  return /[^\p{Script=Latin}\p{M} '-]/u.test(name) ? 'signs' : null
}

function repairs(text: string): readonly NameRepair[] {
  if (fault(text) === 'unreadable') return []
  const found: NameRepair[] = []
  if (text !== text.normalize('NFC')) found.push('decomposed')
  if (/[\p{Cc}\p{Cf}]/u.test(text)) found.push('invisible')
  if (text !== text.trim() || /\s{2}/.test(text)) found.push('blanks')
  if (canonical(text) !== tidy(text)) found.push('capitals')
  return found
}

const words = (vi: string, en: string, fr: string): Words => ({ vi, en, fr })
const asOnCard = words(
  'Ghi như trên thẻ.',
  'Write it as on the card.',
  'Écrivez comme sur la carte.',
)
const because = (vi: string, en: string, fr: string): Fault => ({
  reason: words(vi, en, fr),
  remedy: asOnCard,
})

const faults: Readonly<Record<NameFault, Fault>> = {
  empty: because('Chưa có tên', 'There is no name', 'Il n’y a pas de nom'),
  'too-long': because('Tên quá dài', 'The name is too long', 'Le nom est trop long'),
  unreadable: because('Tên không đọc được', 'The name is unreadable', 'Le nom est illisible'),
  digits: because('Tên có chữ số', 'The name has digits', 'Le nom contient des chiffres'),
  signs: because('Tên có ký tự lạ', 'The name has strange signs', 'Le nom a des signes étrangers'),
}

const repairWords: Readonly<Record<NameRepair, Words>> = {
  'legacy-encoding': words('Bảng mã cũ', 'Old encoding', 'Ancien codage'),
  decomposed: words('Unicode tổ hợp', 'Decomposed Unicode', 'Unicode décomposé'),
  'look-alike-letter': words('Chữ trông giống', 'Look-alike letter', 'Lettre semblable'),
  invisible: words('Ký tự ẩn', 'Invisible signs', 'Signes invisibles'),
  blanks: words('Dấu cách thừa', 'Needless blanks', 'Espaces superflus'),
  capitals: words('Toàn chữ hoa hoặc thường', 'All in one case', 'Une seule casse'),
  'typing-residue': words('Phím gõ sót', 'Keys left in', 'Touches restées'),
  honorific: words('Từ xưng hô', 'Form of address', 'Formule de civilité'),
}

export const names: NameRules = {
  canonical,
  fold,
  compare,
  fault,
  repairs,
  split(name) {
    const parts = canonical(name).split(' ')
    return {
      given: parts[0] ?? '',
      middle: parts.slice(1, -1).join(' '),
      family: parts.length > 1 ? (parts.at(-1) ?? '') : '',
    }
  },
  order: ['given', 'middle', 'family'],
  common: new Set(['lindqvar', 'thornby', 'oestrand', 'aamund']),
  faults,
  repairWords,
}
