import type {
  NameFault,
  NameLevel,
  NameParts,
  NameRepair,
  NameRules,
} from '../../src/kernel/profile.ts'
import {
  hasHonorific,
  inTitleCase,
  knownWord,
  mayBeHonorific,
  plain,
  read,
  tokensOf,
  withoutKeys,
} from './name-reading.ts'
import { faults, repairWords } from './name-words.ts'
import { habitKey, withI } from './syllables.ts'

/** One alone finds a tenth of a province: the commonest family names and middle names. */
const COMMON: ReadonlySet<string> = new Set(
  `nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong li dinh trinh doan truong thi
van`.split(/\s+/),
)
const LONGEST = 100

/** The tokens that count: no honorific, keys read as the signs they stood for. */
function meantTokens(text: string): readonly string[] {
  const reading = read(text)
  if (!reading.readable) return []
  const all = tokensOf(reading.text)
  const named = hasHonorific(all) ? all.slice(1) : all
  return withoutKeys(named) ?? named
}

const foldToken = (token: string): string => withI(plain(token))

const plainTokens = (tokens: readonly string[]): readonly string[] =>
  tokens.map(plain).filter((token) => token !== '')

function foldSlowly(text: string): readonly string[] {
  let tokens = plainTokens(meantTokens(text))
  // Keys may be left beside signs: Tầnf is read once its signs are gone.
  for (let meant = withoutKeys(tokens); meant !== null; meant = withoutKeys(tokens)) {
    tokens = plainTokens(meant)
  }
  return tokens.map(withI)
}

/** Nearly every name is made of known words, each folded the same in every name. */
function fold(text: string): readonly string[] {
  const words = text.split(' ')
  if (words.length > 3 && mayBeHonorific(words[0] ?? '')) return foldSlowly(text)
  const tokens: string[] = []
  for (const word of words) {
    const known = knownWord(word)
    if (known === null) return foldSlowly(text)
    tokens.push(known.folded)
  }
  return tokens
}

function canonical(text: string): string {
  const reading = read(text)
  return reading.readable ? inTitleCase(reading.text) : text
}

const isMarked = (tokens: readonly string[]): boolean =>
  tokens.some((token) => plain(token) !== token)

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((token, at) => token === b[at])

function compare(a: string, b: string): NameLevel {
  if (canonical(a).toLowerCase() === canonical(b).toLowerCase()) return 'same'
  const left = meantTokens(a)
  const right = meantTokens(b)
  if (left.length === 0 || right.length === 0) return 'different'
  if (same(left.map(habitKey), right.map(habitKey))) return 'tone-placement'
  if (!same(left.map(foldToken), right.map(foldToken))) return 'different'
  // Hoa and Hòa are two names when both writers had accents at hand.
  return isMarked(left) && isMarked(right) ? 'contradicting' : 'folded'
}

function fault(text: string): NameFault | null {
  const reading = read(text)
  if (!reading.readable) return 'unreadable'
  if (reading.text === '') return 'empty'
  if (reading.text.length > LONGEST) return 'too-long'
  if (/\d/.test(reading.text)) return 'digits'
  if (/[^\p{Script=Latin}\p{M} '-]/u.test(reading.text)) return 'signs'
  return /\p{L}/u.test(reading.text) ? null : 'empty'
}

function repairs(text: string): readonly NameRepair[] {
  const reading = read(text)
  if (!reading.readable) return []
  const tokens = tokensOf(reading.text)
  const named = hasHonorific(tokens) ? tokens.slice(1) : tokens
  const found = [...reading.repairs]
  if (inTitleCase(reading.text) !== reading.text) found.push('capitals')
  if (named !== tokens) found.push('honorific')
  if (withoutKeys(named) !== null) found.push('typing-residue')
  return found
}

/**
 * Family name, middle names, given name; the given name is the last. The Ê Đê put Y or H before the
 * given name and the clan last; clans of the Gia Rai such as Rơ Châm are two words.
 */
function split(name: string): NameParts {
  const tokens = canonical(name).split(' ')
  const [first = '', second = ''] = tokens
  if (tokens.length === 1) return { family: '', middle: '', given: first }
  if (/^[HY]'\p{L}/u.test(first))
    return { family: tokens.slice(1).join(' '), middle: '', given: first }
  if (/^[HY]'?$/.test(first) && tokens.length > 2) {
    return { family: tokens.slice(2).join(' '), middle: '', given: `${first} ${second}` }
  }
  const words = first === 'Rơ' && tokens.length > 2 ? 2 : 1
  return {
    family: tokens.slice(0, words).join(' '),
    middle: tokens.slice(words, -1).join(' '),
    given: tokens.at(-1) ?? '',
  }
}

/** Names of Vietnamese citizens of every people. */
export const names: NameRules = {
  canonical,
  fold,
  compare,
  fault,
  repairs,
  split,
  order: ['family', 'middle', 'given'],
  common: COMMON,
  faults,
  repairWords,
}
