import {
  ageOn,
  earliest,
  type Fault,
  LANGUAGES,
  type Lang,
  type PartialDay,
  type PlainDay,
  type Profile,
  readDay,
  yearOf,
} from '../../kernel/index.ts'
import type { UnitId } from '../types.ts'
import type { UnitDirectory } from '../unit/directory.ts'
import type { CsvRow } from './csv.ts'

/** A person as a file tells of one, checked and in the register's own form. */
export interface PersonRow {
  readonly line: number
  readonly number: string
  readonly oldNumber: string | null
  readonly name: string
  readonly born: PartialDay
  readonly sex: string
  readonly unit: UnitId
}

export const PERSON_COLUMNS = ['number', 'old_number', 'full_name', 'birth_date', 'sex'] as const
export type PersonColumn = (typeof PERSON_COLUMNS)[number] | 'unit'

/** Reasons of ours; those of numbers and names are the profile's, under their own names. */
export const ROW_FAULTS = [
  'columns',
  'number-demonstration',
  'number-old',
  'number-sex',
  'number-birth-year',
  'number-taken',
  'old-number',
  'birth',
  'birth-future',
  'birth-too-long-ago',
  'sex',
  'unit',
  'unit-level',
] as const
export type RowFault = (typeof ROW_FAULTS)[number]

export interface RejectedPerson {
  readonly line: number
  readonly field: string
  readonly fault: RowFault | Fault
}

/** What rows are checked against. */
export interface Frame {
  readonly profile: Profile
  readonly asOf: PlainDay
  readonly columns: Readonly<Record<PersonColumn, number>>
  /** How many fields the header has. */
  readonly width: number
  /** Name of the column of units, for the report. */
  readonly unitColumn: string
  readonly units: Units
  /** Whether an official list of units was taken, beside those of a demonstration. */
  readonly hasOfficial: boolean
  readonly sexes: ReadonlyMap<string, string>
}

export type Units = (code: string) => UnitId | RowFault

/** Looks codes up as of a day; each is looked up once, as a file repeats a few thousand codes. */
export function unitsAsOf(directory: UnitDirectory, day: PlainDay): Units {
  const known = new Map<string, UnitId | RowFault>()
  return (code) => {
    let found = known.get(code)
    if (found === undefined) {
      const unit = directory.unitOn(code, day)
      const lives = unit !== undefined && directory.isResidential(unit.id, day)
      found = unit === undefined ? 'unit' : lives ? unit.id : 'unit-level'
      // Wrong codes are not remembered: there may be as many of them as rows.
      if (unit !== undefined) known.set(code, found)
    }
    return found
  }
}

/** Ways to write a sex: its code, the first letter of the code, its words in every language. */
export function sexesOf(profile: Profile): ReadonlyMap<string, string> {
  const ways = new Map<string, string>()
  for (const { code, words } of profile.codes.sex) {
    const written = [code, code.slice(0, 1), ...LANGUAGES.map((lang: Lang) => words[lang])]
    for (const way of written) ways.set(way.toLowerCase(), code)
  }
  return ways
}

/** A row as a person of the register, or the first reason why it is not taken. */
export function checkRow(row: CsvRow, frame: Frame): PersonRow | RejectedPerson {
  const { columns, profile, asOf, width } = frame
  const { line, fields } = row
  const reject = (field: string, fault: RowFault | Fault): RejectedPerson => ({
    line,
    field,
    fault,
  })
  if (fields.length !== width) return reject('', 'columns')
  const at = (name: PersonColumn): string => fields[columns[name]] ?? ''

  const read = profile.number.parse(at('number'), Number(asOf.slice(0, 4)))
  if (!read.ok) return reject('number', profile.number.faults[read.fault])
  if (read.scheme !== 'number') return reject('number', 'number-old')
  if (read.demonstration) return reject('number', 'number-demonstration')

  const written = at('full_name')
  const wrong = profile.names.fault(written)
  if (wrong !== null) return reject('full_name', profile.names.faults[wrong])

  const born = readDay(at('birth_date'))
  if (born === null) return reject('birth_date', 'birth')
  if (earliest(born) > asOf) return reject('birth_date', 'birth-future')
  if (ageOn(born, asOf).least > profile.ages.oldest) {
    return reject('birth_date', 'birth-too-long-ago')
  }

  const sex = frame.sexes.get(at('sex').trim().toLowerCase())
  if (sex === undefined) return reject('sex', 'sex')
  const { implied } = read
  if (implied.sex !== null && implied.sex !== sex) return reject('number', 'number-sex')
  if (implied.birthYear !== null && implied.birthYear !== yearOf(born)) {
    return reject('number', 'number-birth-year')
  }

  const oldText = at('old_number').trim()
  const old = oldText === '' ? null : profile.number.parse(oldText)
  if (old !== null && (!old.ok || old.scheme === 'number'))
    return reject('old_number', 'old-number')

  const unit = frame.units(at('unit').trim())
  if (unit === 'unit' || unit === 'unit-level') return reject(frame.unitColumn, unit)
  const name = profile.names.canonical(written)
  return { line, number: read.number, oldNumber: old?.number ?? null, name, born, sex, unit }
}

export const isRejected = (row: PersonRow | RejectedPerson): row is RejectedPerson => 'fault' in row
