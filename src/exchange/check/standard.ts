import {
  isPartialDay,
  type Kernel,
  LANGUAGES,
  type PlainDay,
  readDay,
  yearOf,
} from '../../kernel/index.ts'
import {
  type Claims,
  DIGITS_most,
  type Dictionaries,
  keyOfDigits,
  type RawColumn,
  type Table,
} from '../../linkage/index.ts'
import { fileBit } from './causes.ts'
import type { Column, Layout } from './columns.ts'

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

/** A file's rows as they are compared, beside what was found in reading them; raw texts are kept. */
export interface Standard {
  readonly layout: Layout
  /** What is kept of the table: its texts are let go once they are standardised. */
  readonly table: Pick<Table, 'rows' | 'line' | 'fault' | 'encoding'>
  readonly claims: Claims
  /** By column of the file and row: place in `VERDICTS`, as far as the file alone tells. */
  readonly verdicts: ReadonlyMap<Column, Uint8Array>
  /** By row: bits of `FILE_CAUSES`. */
  readonly causes: Uint32Array
  readonly ref: RawColumn | null
  readonly office: RawColumn | null
}

/** What rows are read by. */
export interface Frame {
  readonly profile: Kernel['profile']
  readonly dictionaries: Dictionaries
  readonly today: PlainDay
  /** The unit that bore a code on the file's day, and what became of it since. */
  unitOf(code: string): { readonly unit: string; readonly replaced: boolean } | 'unknown' | 'split'
}

/** Standardises each distinct text of a column once, and the rows by it. */
export function standardise(table: Table, layout: Layout, frame: Frame): Standard {
  const { rows } = table
  const columnOf = (name: Column): RawColumn | null =>
    table.columns[layout.columns.indexOf(name)] ?? null
  const beside = table.columns.slice(layout.columns.length)
  const causes = new Uint32Array(rows)
  const verdicts = new Map(layout.columns.map((name) => [name, new Uint8Array(rows)]))
  const take = (name: Column, read: (text: string, value: Value) => void) => {
    const column = columnOf(name)
    if (column === null) return null
    const values = readValues(column, read)
    spreadOver(column.codes, values, { verdicts: verdicts.get(name) ?? new Uint8Array(0), causes })
    return { codes: column.codes, values }
  }
  const name = take('name', (text, value) => readName(text, value, frame))
  const birth = take('birthdate', (text, value) => readBirth(text, value, frame))
  const sex = take('sex', (text, value) => readSex(text, value, frame))
  const unit = take('resident_city', (text, value) => readUnit(text, value, frame))
  const number = take('number', (text, value) => readNumber(text, value, frame))
  const old = take('old_number', (text, value) => readOldNumber(text, value, frame))
  const claims: Claims = {
    rows,
    name: codesOf(rows, name),
    birth: codesOf(rows, birth),
    sex: codesOf(rows, sex),
    unit: codesOf(rows, unit),
    number: keysOf(rows, number, false),
    oldNumbers: [keysOf(rows, number, true), keysOf(rows, old, true)],
    contradicts: new Uint8Array(rows),
  }
  if (number !== null) contradictions(claims, { number, birth, causes })
  for (let row = 0; row < rows; row++) {
    if (table.fault[row] !== 0) causes[row] = fileBit('row-unreadable')
  }
  const { line, fault, encoding } = table
  return {
    layout,
    table: { rows, line, fault, encoding },
    claims,
    verdicts,
    causes,
    ref: layout.hasRef ? (beside[0] ?? null) : null,
    office: layout.hasOffice ? (beside.at(-1) ?? null) : null,
  }
}

/** What a distinct text came to: filled by the readers. */
interface Value {
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

const NOTHING: Value = {
  code: 0,
  key: 0,
  isOld: false,
  verdict: '',
  causes: 0,
  impliedSex: 0,
  year: 0,
}

interface Values {
  readonly code: Uint32Array
  readonly key: Float64Array
  readonly isOld: Uint8Array
  readonly verdict: Uint8Array
  readonly causes: Uint32Array
  readonly impliedSex: Uint32Array
  readonly year: Uint16Array
}

interface Taken {
  readonly codes: Uint32Array
  readonly values: Values
}

function readValues({ texts }: RawColumn, read: (text: string, value: Value) => void): Values {
  const { count } = texts
  const values: Values = {
    code: new Uint32Array(count),
    key: new Float64Array(count),
    isOld: new Uint8Array(count),
    verdict: new Uint8Array(count),
    causes: new Uint32Array(count),
    impliedSex: new Uint32Array(count),
    year: new Uint16Array(count),
  }
  const value: Value = { ...NOTHING }
  for (let at = 0; at < count; at++) {
    Object.assign(value, NOTHING)
    if (at === 0) value.verdict = 'missing'
    read(texts.textOf(at), value)
    values.code[at] = value.code
    values.key[at] = value.key
    values.isOld[at] = value.isOld ? 1 : 0
    values.verdict[at] = verdictCode(value.verdict)
    values.causes[at] = value.causes
    values.impliedSex[at] = value.impliedSex
    values.year[at] = value.year
  }
  return values
}

function spreadOver(
  codes: Uint32Array,
  values: Values,
  into: { readonly verdicts: Uint8Array; readonly causes: Uint32Array },
): void {
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number
    into.verdicts[row] = values.verdict[code] as number
    into.causes[row] = (into.causes[row] as number) | (values.causes[code] as number)
  }
}

function codesOf(rows: number, taken: Taken | null): Uint32Array {
  const codes = new Uint32Array(new SharedArrayBuffer(rows * 4))
  if (taken === null) return codes
  for (let row = 0; row < rows; row++) {
    codes[row] = taken.values.code[taken.codes[row] as number] as number
  }
  return codes
}

function keysOf(rows: number, taken: Taken | null, old: boolean): Float64Array {
  const keys = new Float64Array(rows)
  if (taken === null) return keys
  const { key, isOld } = taken.values
  for (let row = 0; row < rows; row++) {
    const code = taken.codes[row] as number
    if ((isOld[code] === 1) === old) keys[row] = key[code] as number
  }
  return keys
}

/** The digits tell sex and birth year: a test that needs no register. */
function contradictions(
  claims: Claims,
  { number, birth, causes }: { number: Taken; birth: Taken | null; causes: Uint32Array },
): void {
  const [bySex, byYear] = [
    fileBit('number-contradicts-sex'),
    fileBit('number-contradicts-birth-year'),
  ]
  for (let row = 0; row < claims.rows; row++) {
    const code = number.codes[row] as number
    const sex = number.values.impliedSex[code] as number
    const year = number.values.year[code] as number
    const claimedYear = birth === null ? 0 : (birth.values.year[birth.codes[row] as number] ?? 0)
    let found = 0
    if (sex !== 0 && claims.sex[row] !== 0 && sex !== claims.sex[row]) found |= bySex
    if (year !== 0 && claimedYear !== 0 && year !== claimedYear) found |= byYear
    if (found === 0) continue
    claims.contradicts[row] = 1
    causes[row] = (causes[row] as number) | found
  }
}

function fail(value: Value, cause: Parameters<typeof fileBit>[0]): void {
  value.verdict = 'unreadable'
  value.causes |= fileBit(cause)
}

/** Repairs that a system makes necessary, not a person. */
const OF_ENCODING = new Set(['legacy-encoding', 'decomposed', 'look-alike-letter', 'invisible'])

function readName(text: string, value: Value, { profile, dictionaries }: Frame): void {
  if (text === '') return
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

function readBirth(text: string, value: Value, { dictionaries }: Frame): void {
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

function readSex(text: string, value: Value, { profile, dictionaries }: Frame): void {
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

function readUnit(text: string, value: Value, frame: Frame): void {
  if (text === '') return
  const found = frame.unitOf(text)
  if (typeof found === 'string') {
    fail(value, `unit-${found}`)
    return
  }
  if (found.replaced) value.causes |= fileBit('unit-replaced')
  value.code = frame.dictionaries.unit.codeOfText(found.unit)
}

function readOldNumber(text: string, value: Value, { profile }: Frame): void {
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

function readNumber(text: string, value: Value, { profile, dictionaries, today }: Frame): void {
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
