/** The syllable of Vietnamese: what letters may follow each other, and under which tone. */

/** Level, falling, asking, tumbling, rising, heavy: no mark, then the marks of NFD. */
const TONES = ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323']
const TONE_MARK = /[\u0300\u0309\u0303\u0301\u0323]/g

const ONSETS = ' b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x'.split(' ')

const RHYMES =
  `a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em
en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om
on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch
uênh ui um un ung uôc uôi uôm uôn uông uôt up ut uơ uy uya uych uyên uyêt uyn uynh uyt uyu ư ưa
ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y ych yêm yên yêng yêt yêu yn ynh yt`.split(
    /\s+/,
  )

/** Lower-case syllables with their vowel signs and without their tones. */
const SYLLABLES = new Set(ONSETS.flatMap((onset) => RHYMES.map((rhyme) => onset + rhyme)))

const PLAIN_SYLLABLES = new Set([...SYLLABLES].map(stripMarks))

/** After a stopped ending the voice can only rise or fall heavily. */
const STOPPED = /(?:c|ch|p|t)$/

/** Letters without any mark; đ, which has none in Unicode, becomes d. */
function stripMarks(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')
}

interface Toned {
  /** Lower case, with vowel signs, without the tone. */
  readonly toneless: string
  /** 0 to 5; -1 when there is more than one. */
  readonly tone: number
}

/** Tokens are few and come again; the bound only keeps a hostile file from filling memory. */
const MEMO_MOST = 100_000
const known = new Map<string, Toned>()

function toneOf(token: string): Toned {
  let toned = known.get(token)
  if (toned === undefined) {
    toned = takeApart(token)
    if (known.size < MEMO_MOST) known.set(token, toned)
  }
  return toned
}

function takeApart(token: string): Toned {
  const apart = token.toLowerCase().normalize('NFD')
  const marks = apart.match(TONE_MARK)
  const toneless = apart.replace(TONE_MARK, '').normalize('NFC')
  if (marks === null) return { toneless, tone: 0 }
  return { toneless, tone: marks.length === 1 ? TONES.indexOf(marks[0]) : -1 }
}

/** Whether a token is a syllable as one writes it with all its signs. */
export function isSyllable(token: string): boolean {
  const { toneless, tone } = toneOf(token)
  if (tone === -1 || !SYLLABLES.has(toneless)) return false
  return !STOPPED.test(toneless) || tone === 4 || tone === 5
}

/** Whether a token is a syllable as one writes it without signs. */
export const isPlainSyllable = (token: string): boolean => PLAIN_SYLLABLES.has(token.toLowerCase())

/**
 * The same for two spellings that differ by habit only: where the tone is put (hoà, hòa), and i or
 * y as the only vowel (Lý, Lí; quý, quí).
 */
export function habitKey(token: string): string {
  const { toneless, tone } = toneOf(token)
  return tone === -1 ? token.toLowerCase() : `${withI(toneless)}${tone}`
}

const ONLY_Y = /^(?:qu|[bcdđghklmnpqrstvx]+)y$/

/** The only vowel y as i: ly, ky, quy as li, ki, qui. */
export const withI = (token: string): string =>
  ONLY_Y.test(token) ? `${token.slice(0, -1)}i` : token

/** Telex keys for vowel signs; u and o before one w both take the horn. */
const TELEX: readonly (readonly [RegExp, string])[] = [
  [/dd/g, 'đ'],
  [/aa/g, 'â'],
  [/ee/g, 'ê'],
  [/oo/g, 'ô'],
  [/uow/g, 'ươ'],
  [/uwow/g, 'ươ'],
  [/aw/g, 'ă'],
  [/ow/g, 'ơ'],
  [/uw/g, 'ư'],
  [/w/g, 'ư'],
]
const TELEX_TONE = 'frxsj'

/** Keys that no syllable written without signs has. */
export const hasTelexSigns = (token: string): boolean => /dd|aa|ee|oo(?!n?[cg])|w/i.test(token)

/**
 * The syllable meant by keys that an input method was not there to read: `nguyeenx` is nguyễn,
 * `dduwcs` is đức. Null when the keys make no syllable.
 */
export function fromTelex(token: string): string | null {
  const typed = token.toLowerCase()
  const vowel = typed.search(/[aeiouyw]/)
  if (vowel === -1) return null
  const keys = [...typed.slice(vowel)].filter((key) => TELEX_TONE.includes(key))
  if (keys.length > 1) return null
  const key = keys[0] ?? ''
  let text = typed.slice(0, vowel) + typed.slice(vowel).replace(key, '')
  for (const [signs, meant] of TELEX) text = text.replace(signs, meant)
  if (text === typed) return null
  const place = text.search(/[aeiouyăâêôơư]/) + 1
  const mark = TONES[key === '' ? 0 : TELEX_TONE.indexOf(key) + 1] ?? ''
  // Where the tone stands does not matter to a syllable.
  const toned = (text.slice(0, place) + mark + text.slice(place)).normalize('NFC')
  return isSyllable(toned) ? toned : null
}
