import { isPartialDay, type Kernel, LANGUAGES, readDay, yearOf } from '../../kernel/index.ts'
import type { Claims, Verdict } from '../verify/match.ts'

/** Columns a file may have; each by several names, the first being ours. */
export const COLUMNS = {
  number: ['number', 'personal_administrative_number', 'so_dinh_danh', 'cccd'],
  old_number: ['old_number', 'so_cu', 'cmnd'],
  name: ['full_name', 'name', 'ho_ten', 'ho_va_ten'],
  birthdate: ['birth_date', 'birthdate', 'date_of_birth', 'ngay_sinh'],
  sex: ['sex', 'gender', 'gioi_tinh'],
  resident_city: ['commune_code', 'resident_city', 'ma_xa'],
} as const satisfies Readonly<Record<string, readonly string[]>>
export type Column = keyof typeof COLUMNS
export const COLUMN_NAMES = Object.keys(COLUMNS) as readonly Column[]

/** Why a row or a field is not as it should be; each has words and a remedy in the locales. */
export const CAUSES = [
  'number-missing',
  'number-unreadable',
  'number-repaired',
  'number-old',
  'number-contradicts-sex',
  'number-contradicts-birth-year',
  'old-number-unreadable',
  'name-unreadable',
  'name-repaired',
  'birth-date-unreadable',
  'sex-unreadable',
  'unit-unknown',
  'unit-split',
  'too-few-fields',
  'repeated',
  'not-confirmed',
  'attempts-spent',
  'name-differs',
  'name-close',
  'birth-date-differs',
  'birth-date-close',
  'sex-differs',
  'residence-differs',
  'old-number-differs',
  'deceased',
] as const
export type Cause = (typeof CAUSES)[number]

/** What a field of the row came to. */
export type FieldVerdict = Verdict | 'unreadable' | 'missing' | 'repaired' | 'old' | ''

/** A row of the file, in the forms it is compared in. */
export interface ReadRow {
  readonly line: number
  /** The file's own name for the row, where it has one. */
  readonly ref: string
  /** Digits of a number of either kind; null: none that can be read. */
  readonly number: { readonly digits: string; readonly isOld: boolean } | null
  readonly claims: Claims
  readonly fields: Readonly<Partial<Record<Column, FieldVerdict>>>
  readonly causes: readonly Cause[]
  /** Id of the unit the row names, for the counts by place. */
  readonly unit: string | null
}

/** What rows are read by. */
export interface RowFrame {
  readonly profile: Kernel['profile']
  /** The unit that bore a code on the file's day, and what became of it since. */
  unitOf(code: string): { readonly unit: string } | 'unknown' | 'split'
}

interface Draft {
  readonly fields: Partial<Record<Column, FieldVerdict>>
  readonly causes: Cause[]
  readonly claims: Partial<Record<Column, string>>
}

/** Reads one row; what cannot be read is named, and nothing of it is compared. */
export function readRow(
  {
    line,
    ref,
    values,
  }: Pick<ReadRow, 'line' | 'ref'> & {
    readonly values: Readonly<Partial<Record<Column, string>>>
  },
  frame: RowFrame,
): ReadRow {
  const draft: Draft = { fields: {}, causes: [], claims: {} }
  const value = (column: Column) => values[column]?.trim() ?? ''
  for (const column of COLUMN_NAMES) {
    if (values[column] !== undefined && value(column) === '') draft.fields[column] = 'missing'
  }
  readName(draft, value('name'), frame)
  readBirth(draft, value('birthdate'))
  readSex(draft, value('sex'), frame)
  const unit = readUnit(draft, value('resident_city'), frame)
  readOldNumber(draft, value('old_number'), frame)
  const number = readNumber(draft, value('number'), frame)
  const { fields, causes, claims } = draft
  return { line, ref, number, claims, fields, causes, unit }
}

function fail(draft: Draft, column: Column, cause: Cause): void {
  draft.fields[column] = 'unreadable'
  draft.causes.push(cause)
}

function readName(draft: Draft, text: string, { profile }: RowFrame): void {
  if (text === '') return
  if (profile.names.fault(text) !== null) {
    fail(draft, 'name', 'name-unreadable')
    return
  }
  draft.claims.name = text
  // Capitals alone are a way of writing, not an error.
  const repairs = profile.names.repairs(text).filter((repair) => repair !== 'capitals')
  if (repairs.length > 0) draft.causes.push('name-repaired')
}

function readBirth(draft: Draft, text: string): void {
  if (text === '') return
  const day = readDay(text)
  if (day === null) {
    fail(draft, 'birthdate', 'birth-date-unreadable')
    return
  }
  draft.claims.birthdate = day
}

const SHORT_SEX: Readonly<Record<string, string>> = { m: 'male', f: 'female' }

function readSex(draft: Draft, text: string, { profile }: RowFrame): void {
  if (text === '') return
  const word = text.toLocaleLowerCase('und')
  const found = profile.codes.sex.find(
    ({ code, words }) =>
      code === word || LANGUAGES.some((lang) => words[lang].toLocaleLowerCase('und') === word),
  )
  const sex = found?.code ?? SHORT_SEX[word]
  if (sex === undefined) {
    fail(draft, 'sex', 'sex-unreadable')
    return
  }
  draft.claims.sex = sex
}

function readUnit(draft: Draft, text: string, frame: RowFrame): string | null {
  if (text === '') return null
  const found = frame.unitOf(text)
  if (typeof found === 'string') {
    fail(draft, 'resident_city', `unit-${found}`)
    return null
  }
  draft.claims.resident_city = found.unit
  return found.unit
}

function readOldNumber(draft: Draft, text: string, { profile }: RowFrame): void {
  if (text === '') return
  const parsed = profile.number.parse(text)
  if (!parsed.ok) {
    fail(draft, 'old_number', 'old-number-unreadable')
    return
  }
  draft.claims.old_number = parsed.number
}

function readNumber(draft: Draft, text: string, { profile }: RowFrame): ReadRow['number'] {
  if (text === '') {
    draft.causes.push('number-missing')
    return null
  }
  const parsed = profile.number.parse(text)
  if (!parsed.ok && parsed.perhaps === null) {
    fail(draft, 'number', 'number-unreadable')
    return null
  }
  if (!parsed.ok) draft.causes.push('number-repaired')
  const digits = parsed.ok ? parsed.number : (parsed.perhaps ?? '')
  const read = parsed.ok ? parsed : profile.number.parse(digits)
  const isOld = read.ok && read.scheme !== 'number'
  if (isOld) draft.causes.push('number-old')
  if (read.ok) contradictions(draft, read.implied)
  draft.fields.number = isOld ? 'old' : parsed.ok ? '' : 'repaired'
  return { digits, isOld }
}

/** The digits tell sex and birth year: a test that needs no register. */
function contradictions(
  { claims, causes }: Draft,
  implied: { readonly sex: string | null; readonly birthYear: number | null },
): void {
  if (implied.sex !== null && claims.sex !== undefined && implied.sex !== claims.sex) {
    causes.push('number-contradicts-sex')
  }
  const { birthdate } = claims
  if (implied.birthYear === null || birthdate === undefined || !isPartialDay(birthdate)) return
  if (implied.birthYear !== yearOf(birthdate)) causes.push('number-contradicts-birth-year')
}

/** Whether a row says enough to ask about: the number and two of what identifies beside it. */
export const canBeAsked = ({ number, claims }: ReadRow): boolean =>
  number !== null &&
  ['name', 'birthdate', 'resident_city', 'old_number'].filter(
    (name) => claims[name as keyof Claims] !== undefined,
  ).length >= 2
