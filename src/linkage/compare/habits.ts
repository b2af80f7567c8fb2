import { wordsOf } from './fold.ts'

/** Words of places and texts that people write in more than one way, as one. */
const ABBREVIATED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    st: 'street saint sankt ste',
    av: 'avenue ave aven avn',
    rd: 'road',
    blvd: 'boulevard blv boul bd',
    dr: 'drive drv',
    ln: 'lane',
    pl: 'place',
    ct: 'court crt',
    sq: 'square',
    hwy: 'highway hiway',
    pkwy: 'parkway pky',
    ter: 'terrace tce terr',
    cres: 'crescent cr crs',
    cct: 'circuit cir circle',
    mt: 'mount mountain',
    ft: 'fort',
    ctr: 'center centre cntr',
    apt: 'apartment appt appartement',
    fl: 'floor flr',
    bldg: 'building',
    n: 'north nth',
    s: 'south sth',
    e: 'east',
    w: 'west',
    str: 'strasse stra',
    inc: 'incorporated',
    corp: 'corporation',
    co: 'company',
    ltd: 'limited',
    dept: 'department dpt',
    univ: 'university universite universitat',
    intl: 'international',
    natl: 'national',
    assoc: 'association assn',
    proc: 'proceedings',
    conf: 'conference',
    trans: 'transactions',
    vol: 'volume',
    ed: 'edition edn',
    first: '1st',
    second: '2nd',
    third: '3rd',
  }).flatMap(([short, words]) => words.split(' ').map((word) => [word, short] as const)),
)

/** Words that join others and tell nothing. */
const JOINING: ReadonlySet<string> = new Set('and und et va'.split(' '))

/** Of words as long as these an s at the end is a plural's. */
const PLURAL_LEAST = 5
const PLURAL = /(?<=[^siu])s$/

/** The words of a text, each in the one form it is compared in. */
export function textWords(words: readonly string[]): readonly string[] {
  if (words.length === 1) return words
  const meant = words
    .filter((word) => !JOINING.has(word))
    .map((word) => {
      const whole = word.length >= PLURAL_LEAST ? word.replace(PLURAL, '') : word
      return ABBREVIATED.get(whole) ?? ABBREVIATED.get(word) ?? whole
    })
  return meant.length === 0 ? words : meant
}

/**
 * What kind of place it is, where a name follows: it is left out by some. Kinds before a figure are
 * part of the name: Quận 1.
 */
const KINDS = [
  ...['thanh pho', 'thi tran', 'thi xa', 'tinh', 'quan', 'huyen', 'phuong', 'xa', 'dac khu'],
  ...['t p', 'tp', 't x', 'tx', 't t', 'tt', 'q', 'h', 'p', 'x', 'khu pho', 'thon', 'ap', 'ban'],
  ...['city of', 'town of', 'county of', 'village of', 'borough of', 'province of', 'state of'],
  ...['ville de', 'commune de', 'departement de', 'province de', 'ciudad de', 'stadt'],
].map((kind) => kind.split(' '))
const AMBIGUOUS: ReadonlySet<string> = new Set('q h p x tx'.split(' '))
const AFTER: ReadonlySet<string> = new Set(
  'city town county district province prefecture municipality'.split(' '),
)

function withoutKind(words: readonly string[]): readonly string[] {
  for (const kind of KINDS) {
    const rest = words.slice(kind.length)
    if (!kind.every((word, at) => words[at] === word)) continue
    // Few letters alone stand for a kind only where more than one word follows.
    const least = AMBIGUOUS.has(kind.join('')) ? 2 : 1
    if (rest.length >= least && !/^\d/.test(rest[0] ?? '')) return rest
  }
  const last = words.at(-1) ?? ''
  return words.length > 1 && AFTER.has(last) ? words.slice(0, -1) : words
}

const LEADING_ZEROS = /^0+(?=\d+$)/

/** The words of a place, or of several with commas between, or a code of one. */
export function placeWords(text: string): readonly string[] {
  const parts = text.includes(',') ? text.split(',') : [text]
  return parts.flatMap((part) =>
    withoutKind(wordsOf(part)).map(
      (word) => ABBREVIATED.get(word) ?? word.replace(LEADING_ZEROS, ''),
    ),
  )
}
