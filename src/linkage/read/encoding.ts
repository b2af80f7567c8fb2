import { isAscii, isUtf8 } from 'node:buffer'
import { READ_LIMITS } from './limits.ts'
import { LF } from './rows.ts'

/** How a text is encoded: the label of WHATWG's Encoding Standard, and the length of its mark. */
export interface Encoding {
  readonly label: string
  readonly mark: number
}

/** By the byte order mark, or by where the NULs of ASCII in UTF-16 stand; else UTF-8 is supposed. */
export function encodingAt(begin: Uint8Array, given: string | undefined): Encoding {
  const [a, b, c] = begin
  if (a === 0xef && b === 0xbb && c === 0xbf) return { label: 'utf-8', mark: 3 }
  if (a === 0xff && b === 0xfe) return { label: 'utf-16le', mark: 2 }
  if (a === 0xfe && b === 0xff) return { label: 'utf-16be', mark: 2 }
  if (given !== undefined) {
    return { label: new TextDecoder(given).encoding, mark: 0 }
  }
  const nuls = [0, 0]
  const seen = begin.subarray(0, 200)
  for (const [at, byte] of seen.entries()) if (byte === 0) nuls[at % 2] = (nuls[at % 2] ?? 0) + 1
  const [even = 0, odd = 0] = nuls
  // A header is mostly ASCII, which UTF-16 writes with a NUL in every other byte.
  if (odd > seen.length / 4 && even === 0) return { label: 'utf-16le', mark: 0 }
  if (even > seen.length / 4 && odd === 0) return { label: 'utf-16be', mark: 0 }
  return { label: 'utf-8', mark: 0 }
}

/** A text that is not UTF-8, and the encoding that fits it; null: none that can be told. */
export class NotUtf8 extends Error {
  readonly label: string | null
  constructor(label: string | null) {
    super('the text is not UTF-8')
    this.label = label
  }
}

/**
 * Answers when a file may be read on as UTF-8, its broken rows counted, and throws `NotUtf8` when
 * it is written in another encoding: when fewer of its lines with letters beyond ASCII are UTF-8
 * than are not. A system that cuts names after so many bytes leaves the first kind.
 *
 * @param isProven whether letters beyond ASCII came before, all in UTF-8
 */
export function judgeNotUtf8(block: Uint8Array, isProven: boolean): void {
  if (isProven) return
  let sound = 0
  let broken = 0
  for (let at = 0; at < block.length; ) {
    const found = block.indexOf(LF, at)
    const end = found < 0 ? block.length : found
    const line = block.subarray(at, end)
    if (!isUtf8(line)) broken++
    else if (!isAscii(line)) sound++
    at = end + 1
  }
  if (broken > sound) throw new NotUtf8(guessEncoding(block))
}

/** Combining tones of windows-1258 (grave, acute, hook, tilde, dot below) behind a vowel. */
const TONE_1258 =
  /[aeiouyAEIOUY\xe2\xe3\xea\xf4\xf5\xfd\xc2\xc3\xca\xd4\xd5\xdd][\xcc\xec\xd2\xde\xf2]/g
/** What Western Europe writes: letters, and the quotes and dashes of windows-1252. */
const HIGH = /[\x80-\xff]/g
/** High bytes one by one: accents in Latin words, not letters of another script. */
const LONELY = /(?<![\x80-\xff])[\x80-\xff]{1,2}(?![\x80-\xff])/g

/**
 * Latin text has its high bytes one or two at a time; then the tones of Vietnamese decide between
 * windows-1258 and windows-1252, as which the legacy fonts TCVN3 and VNI are passed on too, for the
 * rules of names to repair. Long runs of high bytes are another script: windows-1251 when they are
 * Cyrillic words, else none is told, as a wrong guess would garble every name.
 */
export function guessEncoding(block: Uint8Array): string | null {
  const sample = Buffer.from(block.buffer, block.byteOffset, Math.min(block.length, 1 << 20))
  const text = sample.toString('latin1')
  const high = text.match(HIGH)?.length ?? 0
  const lonely = (text.match(LONELY) ?? []).join('').length
  if (lonely >= high * 0.6) {
    const tones = text.match(TONE_1258)?.length ?? 0
    return tones >= high * 0.2 ? 'windows-1258' : 'windows-1252'
  }
  const cyrillic = new TextDecoder('windows-1251').decode(sample)
  const words = cyrillic.match(/[А-Яа-яЁёІіЇїЄєҐґЎў]+/g) ?? []
  const letters = words.join('').length
  // A wrong code page turns small letters into capitals in the middle of words.
  const regular = words
    .filter((word) => /^(.?[а-яёіїєґў]*|[А-ЯЁІЇЄҐЎ]+)$/.test(word))
    .join('').length
  return letters >= high * 0.95 && regular >= letters * 0.9 ? 'windows-1251' : null
}

/**
 * Turns blocks of another encoding into blocks of UTF-8 in NFC (windows-1258 writes tones apart).
 * Throws a TypeError at what the encoding cannot hold.
 */
export async function* toUtf8(
  blocks: AsyncIterable<Uint8Array>,
  label: string,
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true })
  const encoder = new TextEncoder()
  let rest = ''
  for await (const block of blocks) {
    const text = rest + decoder.decode(block, { stream: true })
    // A letter and its tone may stand in two blocks, but never on two lines.
    const isLong = text.length > READ_LIMITS.rowBytes
    const cut = isLong ? text.length : Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1
    rest = text.slice(cut)
    if (cut > 0) yield encoder.encode(text.slice(0, cut).normalize('NFC'))
  }
  rest += decoder.decode()
  if (rest !== '') yield encoder.encode(rest.normalize('NFC'))
}
