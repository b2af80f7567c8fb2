import {
  isPartialDay,
  type Kernel,
  LANGUAGES,
  type PlainDay,
  readDay,
  yearOf,
} from '../../kernel/index.ts'
import { DIGITS_most, type Dictionaries, keyOfDigits } from '../../linkage/index.ts'
import { fileBit } from './causes.ts'

/** What a field of a row came to. */
export const VERDICTS = [
  '',
  'match',
  'close',
  'no_match',
  'not_held',
  'unreadable',
  'missing',
  'repaired',
  'old',
] as const
export type FieldVerdict = (typeof VERDICTS)[number]
export const verdictCode = (verdict: FieldVerdict): number => VERDICTS.indexOf(verdict)

/** What rows are read by. */
export interface Frame {
  readonly profile: Kernel['profile']
  readonly dictionaries: Dictionaries
  readonly today: PlainDay
  /** Names with lower codes are the register's own. */
  readonly written: number
  /** The unit that bore a code on the file's day, and what became of it since. */
  unitOf(code: string): { readonly unit: string; readonly replaced: boolean } | 'unknown' | 'split'
}

/** What a distinct text came to: filled by the readers. */
export interface Value {
  /** Code in the dictionary that the register shares; 0: nothing to compare. */
  code: number
  /** Key of a number, and whether it is of an older kind. */
  key: number
  isOld: boolean
  verdict: FieldVerdict
  /** Bits of `FILE_CAUSES`. */
  causes: number
  /** What the digits of a number tell of their bearer; 0: nothing. */
  impliedSex: number
  year: number
}

export const NOTHING: Value = {
  code: 0,
  key: 0,
  isOld: false,
  verdict: '',
  causes: 0,
  impliedSex: 0,
  year: 0,
}

function fail(value: Value, cause: Parameters<typeof fileBit>[0]): void {
  value.verdict = 'unreadable'
  value.causes |= fileBit(cause)
}

/** Repairs that a system makes necessary, not a person. */
const OF_ENCODING = new Set(['legacy-encoding', 'decomposed', 'look-alike-letter', 'invisible'])

export function readName(
  text: string,
  value: Value,
  { profile, dictionaries, written }: Frame,
): void {
  if (text === '') return
  const known = dictionaries.name.find(text)
  // Written as the register writes it, there is nothing to read and nothing to repair.
  if (known !== 0 && known < written) {
    value.code = known
    return
  }
  if (profile.names.fault(text) !== null) {
    fail(value, 'name-unreadable')
    return
  }
  // Capitals alone are a way of writing, not an error.
  for (const repair of profile.names.repairs(text)) {
    if (repair === 'capitals') continue
    value.causes |= fileBit(OF_ENCODING.has(repair) ? 'name-encoding' : 'name-repaired')
  }
  value.code = dictionaries.name.codeOfText(profile.names.canonical(text))
}

export function readBirth(text: string, value: Value, { dictionaries }: Frame): void {
  if (text === '') return
  const day = readDay(text)
  if (day === null) {
    fail(value, 'birth-date-unreadable')
    // The comparer knows 1997-26-01 for a day and month that changed places.
    if (isSwapped(text)) value.code = dictionaries.birth.codeOfText(text)
    return
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) value.causes |= fileBit('birth-date-partial')
  value.code = dictionaries.birth.codeOfText(day)
  if (isPartialDay(day)) value.year = yearOf(day)
}

/** A year, and two parts of which one alone can be a month. */
function isSwapped(text: string): boolean {
  const parts = text.split(/\D+/).map(Number)
  const small = parts.filter((part) => part >= 1 && part <= 31)
  return parts.length === 3 && small.length === 2 && small.some((part) => part <= 12)
}

const SHORT_SEX: Readonly<Record<string, string>> = { m: 'male', f: 'female' }

export function readSex(text: string, value: Value, { profile, dictionaries }: Frame): void {
  if (text === '') return
  const word = text.toLocaleLowerCase('und')
  const found = profile.codes.sex.find(
    ({ code, words }) =>
      code === word || LANGUAGES.some((lang) => words[lang].toLocaleLowerCase('und') === word),
  )
  const sex = found?.code ?? SHORT_SEX[word]
  if (sex === undefined) fail(value, 'sex-unreadable')
  else value.code = dictionaries.sex.codeOfText(sex)
}

export function readUnit(text: string, value: Value, frame: Frame): void {
  if (text === '') return
  const found = frame.unitOf(text)
  if (typeof found === 'string') {
    fail(value, `unit-${found}`)
    return
  }
  if (found.replaced) value.causes |= fileBit('unit-replaced')
  value.code = frame.dictionaries.unit.codeOfText(found.unit)
}

export function readOldNumber(text: string, value: Value, { profile }: Frame): void {
  if (text === '') return
  const parsed = profile.number.parse(text)
  if (!parsed.ok || parsed.number.length > DIGITS_most) {
    fail(value, 'old-number-unreadable')
    return
  }
  value.isOld = true
  value.key = keyOfDigits(parsed.number)
}

/** Digits that are no number, by a figure too few or too many or a wrong one, may still be near one. */
const NEARLY = 1

export function readNumber(
  text: string,
  value: Value,
  { profile, dictionaries, today }: Frame,
): void {
  if (text === '') {
    value.causes |= fileBit('number-missing')
    return
  }
  const { number } = profile
  const parsed = number.parse(text, yearOf(today))
  if (!parsed.ok && parsed.perhaps === null) {
    fail(value, 'number-unreadable')
    const digits = text.replace(/[^0-9]/g, '')
    const isNear = Math.abs(digits.length - number.length) <= NEARLY && !/\p{L}/u.test(text)
    if (isNear && digits.length <= DIGITS_most) value.key = keyOfDigits(digits)
    return
  }
  if (!parsed.ok) value.causes |= fileBit('number-repaired')
  const digits = parsed.ok ? parsed.number : (parsed.perhaps ?? '')
  const read = parsed.ok ? parsed : number.parse(digits, yearOf(today))
  if (digits.length > DIGITS_most) {
    fail(value, 'number-unreadable')
    return
  }
  value.key = keyOfDigits(digits)
  value.isOld = read.ok && read.scheme !== 'number'
  if (value.isOld) value.causes |= fileBit('number-old')
  else if (read.ok) {
    const { sex, birthYear } = read.implied
    if (sex !== null) value.impliedSex = dictionaries.sex.codeOfText(sex)
    value.year = birthYear ?? 0
  }
  value.verdict = value.isOld ? 'old' : parsed.ok ? '' : 'repaired'
}
