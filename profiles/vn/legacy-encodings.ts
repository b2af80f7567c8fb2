import { isPlainSyllable, isSyllable } from './syllables.ts'

/**
 * Names stored before Unicode, or in Unicode read as something else, seen as Windows-1252: TCVN3
 * ("NguyÔn V¨n"), VNI ("Nguyeãn Vaên"), VISCII, and UTF-8 itself ("Nguyá»…n"). Each table is in the
 * order of its bytes. A reading is believed only when it makes syllables where there were none.
 */

/** TCVN 5712:1993 VN3 ("ABC"), from A1 on; `.` is no letter. */
const TCVN3 =
  'ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ'

/** VISCII (RFC 1456), from 80 on. */
const VISCII =
  'ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ' +
  'ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ'

/** VNI: a mark after its letter, and letters with a byte of their own. */
const VNI_MARKS: Readonly<Record<string, string>> = {
  ø: '\u0300',
  ù: '\u0301',
  û: '\u0309',
  õ: '\u0303',
  ï: '\u0323',
  â: '\u0302',
  à: '\u0302\u0300',
  á: '\u0302\u0301',
  å: '\u0302\u0309',
  ã: '\u0302\u0303',
  ä: '\u0302\u0323',
  ê: '\u0306',
  è: '\u0306\u0300',
  é: '\u0306\u0301',
  ú: '\u0306\u0309',
  ü: '\u0306\u0303',
  ë: '\u0306\u0323',
}
const VNI_LETTERS: Readonly<Record<string, string>> = {
  ñ: 'đ',
  ô: 'ơ',
  ö: 'ư',
  æ: 'ỉ',
  ó: 'ĩ',
  ò: 'ị',
  î: 'ỵ',
}

/** Windows-1252 shows the bytes 80 to 9F as these; the five it leaves out stay controls. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** A text with any other sign was never one byte a letter. */
const NO_BYTES = new RegExp(`[^\\u0001-\\u00ff${WINDOWS_1252}]`)

/** The byte a sign stood for, or -1. */
function byteOf(sign: string): number {
  const high = WINDOWS_1252.indexOf(sign)
  if (high !== -1) return 0x80 + high
  const code = sign.codePointAt(0) ?? 0
  return code < 0x100 ? code : -1
}

function fromTable(text: string, table: string, first: number): string | null {
  let out = ''
  for (const sign of text) {
    const byte = byteOf(sign)
    if (byte === -1) return null
    const letter = byte < first ? (byte < 0x80 ? sign : '.') : (table[byte - first] ?? '.')
    if (letter === '.' && sign !== '.') return null
    out += letter
  }
  return out
}

/** In the capitals' fonts of TCVN3 small letters' bytes were drawn as capitals. */
function fromTcvn3(text: string): string | null {
  const out = fromTable(text, TCVN3, 0xa1)
  if (out === null || /[a-z]/.test(text) || !/[A-Z].*[A-Z]/.test(text)) return out
  return out.toUpperCase()
}

const fromViscii = (text: string): string | null => fromTable(text, VISCII, 0x80)

/** VNI writes a mark after its letter: two signs for one. */
function fromVni(text: string): string {
  const out = text
    .replace(/([aeouyôöAEOUYÔÖ])([øùûõïâàáåãäêèéúüëØÙÛÕÏÂÀÁÅÃÄÊÈÉÚÜË])/g, (_, letter, mark) => {
      return letterOf(letter) + (VNI_MARKS[mark.toLowerCase()] ?? '')
    })
    .replace(/[ñôöæóòîÑÔÖÆÓÒÎ]/g, letterOf)
  return out.normalize('NFC')
}

function letterOf(sign: string): string {
  const small = sign.toLowerCase()
  const letter = VNI_LETTERS[small] ?? small
  return small === sign ? letter : letter.toUpperCase()
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function fromUtf8(text: string): string | null {
  const bytes = [...text].map(byteOf)
  if (bytes.includes(-1)) return null
  try {
    return utf8.decode(Uint8Array.from(bytes))
  } catch {
    return null
  }
}

const ASCII = /^[\x20-\x7e]*$/
const READINGS = [fromUtf8, fromTcvn3, fromVni, fromViscii]

const isWritten = (token: string): boolean =>
  ASCII.test(token) ? isPlainSyllable(token) : isSyllable(token)

/**
 * The name as it was meant, or null when the text is no legacy encoding. It is one when it has two
 * tokens or more, a sign beyond ASCII in a token that is no syllable, and a reading under which
 * every such token is a syllable and the whole is believable.
 */
export function fromLegacy(text: string, isBelievable: (name: string) => boolean): string | null {
  if (ASCII.test(text)) return null
  const composed = text.normalize('NFC')
  const tokens = composed.split(' ')
  if (tokens.length < 2) return null
  if (tokens.every((token) => ASCII.test(token) || isSyllable(token))) return null
  if (NO_BYTES.test(composed)) return fromMixture(tokens, isBelievable)
  const written = tokens.filter(isWritten).length
  for (const reading of READINGS) {
    const name = reading(composed)?.normalize('NFC')
    const read = name?.split(' ')
    if (name === undefined || read?.length !== tokens.length) continue
    const signed = read.filter((token) => !ASCII.test(token))
    const isBetter = signed.every(isSyllable) && read.filter(isWritten).length > written
    if (isBetter && isBelievable(name)) return name
  }
  return fromMixture(tokens, isBelievable)
}

/** Unicode with some tokens left in VNI, as files have that were typed over years. */
function fromMixture(
  tokens: readonly string[],
  isBelievable: (name: string) => boolean,
): string | null {
  const read = tokens.map((token) => (isWritten(token) ? token : fromVni(token)))
  const isBetter = read.every((token, at) => token === tokens[at] || isSyllable(token))
  const name = read.join(' ')
  return isBetter && name !== tokens.join(' ') && isBelievable(name) ? name : null
}
