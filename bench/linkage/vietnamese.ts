import type { Random } from '../../src/register/nation/random.ts'

/** Ways in which Vietnamese names are written other than as they are. */

const MOST_words = 50_000

/** Words are few and come again. */
function remembered(write: (word: string) => string): (word: string) => string {
  const known = new Map<string, string>()
  return (word) => {
    let written = known.get(word)
    if (written === undefined) {
      written = write(word)
      if (known.size < MOST_words) known.set(word, written)
    }
    return written
  }
}

const eachWord =
  (write: (word: string) => string) =>
  (text: string): string =>
    text.split(' ').map(write).join(' ')

const bare = remembered((word) =>
  word.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D'),
)

/** Nguyen for Nguyễn. */
export const withoutAccents = eachWord(bare)

const TONE_KEYS: Readonly<Record<string, string>> = {
  '\u0300': 'f',
  '\u0309': 'r',
  '\u0303': 'x',
  '\u0301': 's',
  '\u0323': 'j',
}
const TONES = Object.keys(TONE_KEYS)
const TONE = /[\u0300\u0301\u0303\u0309\u0323]/

const telex = remembered((word) => {
  const apart = word.normalize('NFD')
  const tone = TONE_KEYS[TONE.exec(apart)?.[0] ?? ''] ?? ''
  const keys = apart
    .replace(TONE, '')
    .normalize('NFC')
    .replace(/[âêôÂÊÔ]/g, (letter) => bare(letter) + bare(letter).toLowerCase())
    .replace(/[ăơưĂƠƯ]/g, (letter) => `${bare(letter)}w`)
    .replace(/đ/gi, (letter) => `${bare(letter)}d`)
    .replace('uwow', 'uow')
  return keys + tone
})

/** The keys of a word that no input method read: Nguyeenx for Nguyễn. */
export const telexKeys = telex

/** The sign a byte shows where it is taken for Windows-1252. */
const windows1252 = new TextDecoder('windows-1252')
const shown = (bytes: readonly number[]): string => windows1252.decode(Uint8Array.from(bytes))

/**
 * TCVN 5712:1993 VN3: each letter with the byte it has, from A1 on; a blank is a byte without one.
 * Capitals have bytes only where they bear no tone; the rest were drawn by a font of capitals.
 */
const TCVN3 = new Map(
  [
    ...('ĂÂÊÔƠƯĐăâêôơưđ      àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ' as string),
  ].flatMap((letter, at) => (letter === ' ' ? [] : [[letter, shown([0xa1 + at])] as const])),
)

const tcvn3 = remembered((word) =>
  [...word.normalize('NFC')]
    .map((letter) => TCVN3.get(letter) ?? TCVN3.get(letter.toLowerCase()) ?? letter)
    .join(''),
)

/** A name of TCVN3 ("ABC") read as Windows-1252. */
export const inTcvn3 = eachWord(tcvn3)

const VNI_TONES: Readonly<Record<string, string>> = {
  '\u0300': 'ø',
  '\u0301': 'ù',
  '\u0309': 'û',
  '\u0303': 'õ',
  '\u0323': 'ï',
}
/** The mark after a letter with a hat or a bowl, by its tone. */
const VNI_HAT: Readonly<Record<string, string>> = {
  '': 'â',
  '\u0300': 'à',
  '\u0301': 'á',
  '\u0309': 'å',
  '\u0303': 'ã',
  '\u0323': 'ä',
}
const VNI_BOWL: Readonly<Record<string, string>> = {
  '': 'ê',
  '\u0300': 'è',
  '\u0301': 'é',
  '\u0309': 'ú',
  '\u0303': 'ü',
  '\u0323': 'ë',
}
/** Letters that VNI gives a byte of their own. */
const VNI_OWN: Readonly<Record<string, string>> = {
  đ: 'ñ',
  ơ: 'ô',
  ư: 'ö',
  ỉ: 'æ',
  ĩ: 'ó',
  ị: 'ò',
  ỵ: 'î',
}

function vniLetter(letter: string): string {
  const small = letter.toLowerCase()
  const isCapital = small !== letter
  const own = VNI_OWN[small]
  if (own !== undefined) return isCapital ? own.toUpperCase() : own
  const apart = small.normalize('NFD')
  const tone = TONE.exec(apart)?.[0] ?? ''
  const body = apart.replace(TONE, '').normalize('NFC')
  const plain = bare(body)
  const mark =
    body === plain
      ? (VNI_TONES[tone] ?? '')
      : 'âêô'.includes(body)
        ? (VNI_HAT[tone] ?? '')
        : body === 'ă'
          ? (VNI_BOWL[tone] ?? '')
          : (VNI_TONES[tone] ?? '')
  const base = VNI_OWN[body] ?? plain
  return isCapital ? (base + mark).toUpperCase() : base + mark
}

const vni = remembered((word) => [...word.normalize('NFC')].map(vniLetter).join(''))

/** A name of VNI read as Windows-1252. */
export const inVni = eachWord(vni)

const utf8 = remembered((word) => shown([...Buffer.from(word)]))

/** A name of UTF-8 read as Windows-1252. */
export const inWrongUtf8 = eachWord(utf8)

/** Letters that a code page of Western Europe does not have, as question marks. */
export const withLostLetters = eachWord(
  remembered((word) => word.normalize('NFC').replace(/[^\u0020-\u00ff]/g, '?')),
)

const PLACEMENTS: readonly (readonly [RegExp, string])[] = [
  [/o([\u0300\u0301\u0303\u0309\u0323])([ae])$/i, 'o$2$1'],
  [/u([\u0300\u0301\u0303\u0309\u0323])y$/i, 'uy$1'],
]

/** Hoà for Hòa, Thuý for Thúy. */
export const withOtherTonePlacement = eachWord(
  remembered((word) => {
    const apart = word.normalize('NFD')
    for (const [old, now] of PLACEMENTS) {
      if (old.test(apart)) return apart.replace(old, now).normalize('NFC')
    }
    return word
  }),
)

/** The letter that bears the tone, or would. */
function withTone(word: string, tone: string): string {
  const letters = [...word.normalize('NFC')]
  const toned = letters.findIndex((letter) => TONE.test(letter.normalize('NFD')))
  const at =
    toned === -1 ? letters.findLastIndex((letter) => /[aeiouy]/i.test(bare(letter))) : toned
  const letter = letters[at]
  if (letter === undefined) return word
  letters[at] = letter.normalize('NFD').replace(TONE, '').normalize('NFC') + tone
  return letters.join('').normalize('NFC')
}

/** The word under another tone: Hoa, Hòa, Hoá and Hoạ are four names. */
export function withWrongTone(random: Random, word: string): string {
  const first = random.below(TONES.length)
  for (let step = 0; step < 2; step++) {
    const other = withTone(word, TONES[(first + step) % TONES.length] ?? '')
    if (other !== word) return other
  }
  return word
}

const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/^N(?=[aeiouyăâêôơưàáảãạ])/u, 'L'],
  [/^L(?=[aeiouyăâêôơưàáảãạ])/u, 'N'],
  [/^S/u, 'X'],
  [/^X/u, 'S'],
  [/^Ch/u, 'Tr'],
  [/^Tr/u, 'Ch'],
  [/^D/u, 'Gi'],
  [/^Gi(?=\p{L})/u, 'D'],
  [/^V/u, 'D'],
  [/n$/u, 'ng'],
  [/ng$/u, 'n'],
  [/c$/u, 't'],
  [/t$/u, 'c'],
]
const FAMILY_TWINS: Readonly<Record<string, string>> = {
  Hoàng: 'Huỳnh',
  Huỳnh: 'Hoàng',
  Vũ: 'Võ',
  Võ: 'Vũ',
  Phan: 'Phang',
  Đặng: 'Đặn',
}

/** As another region would say it, and so write it; the word itself where all say it alike. */
export function withOtherSound(random: Random, word: string): string {
  const twin = FAMILY_TWINS[word]
  if (twin !== undefined) return twin
  const first = random.below(SOUNDS.length)
  for (let step = 0; step < SOUNDS.length; step++) {
    const [heard, written = ''] = SOUNDS[(first + step) % SOUNDS.length] ?? []
    if (heard?.test(word)) return word.replace(heard, written)
  }
  return word
}

/** Lí for Lý, Mĩ for Mỹ. */
export const withIForY = eachWord(
  remembered((word) => {
    const apart = word.normalize('NFD')
    const other = apart.replace(/^([BCDGHKLMNPQRSTVX]\p{L}*?)y(?=\p{M}*$)/iu, '$1i')
    return /[aeou]/i.test(bare(apart).slice(1)) ? word : other.normalize('NFC')
  }),
)

/** Ð (U+00D0) for Đ (U+0110), as many files have it. */
export const withEth = (text: string): string => text.replaceAll('Đ', 'Ð').replaceAll('đ', 'ð')
