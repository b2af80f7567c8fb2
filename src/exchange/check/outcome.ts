import type { Verdict } from '../verify/match.ts'
import { type Cause, COLUMN_NAMES, type Column, type FieldVerdict, type ReadRow } from './row.ts'

export const STATUSES = [
  'verified',
  'mismatch',
  'not_confirmed',
  'attempts_spent',
  'unreadable',
  'no_number',
] as const
export type Status = (typeof STATUSES)[number]

/** What the register said of a row; undefined: it was not asked. */
export type Told =
  | { readonly is: 'spent' }
  | { readonly is: 'unconfirmed' }
  | {
      readonly is: 'confirmed'
      readonly attributes: Readonly<Record<string, Verdict>>
      readonly alive: boolean | null
      readonly pseudonym: string
    }

export interface CheckedRow extends ReadRow {
  readonly status: Status
  readonly repeats: number | null
  readonly pseudonym: string | null
}

const DIFFERS: Readonly<Partial<Record<Column, Cause>>> = {
  name: 'name-differs',
  birthdate: 'birth-date-differs',
  sex: 'sex-differs',
  resident_city: 'residence-differs',
  old_number: 'old-number-differs',
}
const CLOSE: Readonly<Partial<Record<Column, Cause>>> = {
  name: 'name-close',
  birthdate: 'birth-date-close',
}

/** Puts a row and its answer together. A pseudonym is given only with a row that wholly agrees. */
export function checkRow(
  row: ReadRow,
  { told, repeats }: { readonly told: Told | undefined; readonly repeats: number | null },
): CheckedRow {
  const causes = [...row.causes]
  if (repeats !== null) causes.push('repeated')
  const done = (status: Status, fields = row.fields, pseudonym: string | null = null) => ({
    ...row,
    status,
    fields,
    causes,
    repeats,
    pseudonym,
  })
  if (row.number === null) {
    return done(row.causes.includes('number-missing') ? 'no_number' : 'unreadable')
  }
  if (told === undefined) {
    causes.push('too-few-fields')
    return done('unreadable')
  }
  if (told.is === 'spent') {
    causes.push('attempts-spent')
    return done('attempts_spent')
  }
  if (told.is === 'unconfirmed') {
    causes.push('not-confirmed')
    return done('not_confirmed')
  }
  const fields: Partial<Record<Column, FieldVerdict>> = { ...row.fields }
  if (fields.number === '') fields.number = 'match'
  for (const column of COLUMN_NAMES) {
    const verdict = told.attributes[column]
    if (verdict === undefined) continue
    fields[column] = verdict
    const cause = verdict === 'no_match' ? DIFFERS[column] : undefined
    const close = verdict === 'close' ? CLOSE[column] : undefined
    if (cause !== undefined) causes.push(cause)
    if (close !== undefined) causes.push(close)
  }
  if (told.alive === false) causes.push('deceased')
  const isWhole = !Object.values(told.attributes).includes('no_match')
  return done(isWhole ? 'verified' : 'mismatch', fields, isWhole ? told.pseudonym : null)
}
