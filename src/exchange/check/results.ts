import { digitsOfKey, type Matched, type People, STATUSES } from '../../linkage/index.ts'
import { csvField } from '../../register/index.ts'
import { type Cause, causesOf, TOLD_CAUSES } from './causes.ts'
import type { Column, Layout } from './columns.ts'
import type { Pseudonyms } from './ground.ts'
import type { Standard } from './standard.ts'
import { FLAGS, type Told } from './tell.ts'
import { type FieldVerdict, VERDICTS } from './value.ts'

/** Beside the number that is given stands how the row's own number was found. */
const VERDICT_OF_NUMBER = 'number_verdict'
const fieldHeader = (column: Column): string => (column === 'number' ? VERDICT_OF_NUMBER : column)

export const resultsHeader = ({ columns }: Layout): readonly string[] => [
  ...['row', 'status', 'probability', 'pseudonym', 'number'],
  ...columns.map(fieldHeader),
  ...['flags', 'repeats_line', 'causes'],
]

export interface ResultsPlan {
  readonly standard: Standard
  readonly matched: Matched
  readonly told: Told
  /** What is told of each column of the file, in their order. */
  readonly verdicts: readonly Uint8Array[]
  readonly people: People
  readonly pseudonyms: Pseudonyms
  /** Whether the agreement releases numbers. */
  readonly givesNumber: boolean
}

/** The rows from one to before another, as they stand in results.csv. */
export function resultLines(plan: ResultsPlan, from: number, to: number): string {
  let text = ''
  for (let row = from; row < to; row++) text += resultLine(plan, row)
  return text
}

const flagsOf = (bits: number): string =>
  bits === 0 ? '' : FLAGS.filter((_, at) => (bits & (2 ** at)) !== 0).join(';')

function resultLine(plan: ResultsPlan, row: number): string {
  const { standard, matched, told } = plan
  const { table } = standard
  const given = (told.given[row] as number) - 1
  const status = STATUSES[told.status[row] as number] ?? ''
  const chance = told.hasChance[row] === 1 ? chanceText(matched.probability[row] as number) : ''
  const isWhole = given >= 0 && told.whole[row] === 1
  const pseudonym = isWhole ? plan.pseudonyms.of(given).toString('base64url') : ''
  const number = given >= 0 && plan.givesNumber ? numberOf(plan.people, given) : ''
  let fields = ''
  for (const verdicts of plan.verdicts) fields += `,${VERDICTS[verdicts[row] as number]}`
  const repeats = (matched.repeats[row] as number) - 1
  const line = status === 'duplicate' && repeats >= 0 ? String(table.line[repeats]) : ''
  const flags = flagsOf(told.flags[row] as number)
  const causes = causesText(standard.causes[row] as number, told.causes[row] as number)
  // Only the file's own name of a row can hold what must be quoted.
  const name = csvField(rowName(standard, row))
  return `${name},${status},${chance},${pseudonym},${number}${fields},${flags},${line},${causes}\r\n`
}

const chanceText = (chance: number): string => (chance === 1 ? '1.0000' : chance.toFixed(4))

/** Rows have few combinations of causes between them. */
const texts = new Map<number, string>()
function causesText(file: number, told: number): string {
  const key = file * 2 ** TOLD_CAUSES.length + told
  let text = texts.get(key)
  if (text === undefined) {
    text = causesOf(file, told).join(';')
    texts.set(key, text)
  }
  return text
}

function numberOf({ number }: People, person: number): string {
  const key = number[person] as number
  return key === 0 ? '' : digitsOfKey(key)
}

/** The file's own name of a row; its line where it has none. */
export function rowName({ ref, table }: Standard, row: number): string {
  const code = ref?.codes[row] ?? 0
  return code === 0 || ref === null ? String(table.line[row]) : ref.texts.textOf(code)
}

/** A line of results.csv, read back for the report. */
export interface ResultRow {
  readonly row: string
  readonly status: string
  readonly probability: number | null
  readonly verdicts: readonly FieldVerdict[]
  readonly flags: readonly string[]
  readonly causes: readonly Cause[]
}

/** Reads fields of a line of results.csv by the columns the file has. */
export function readResult(fields: readonly string[], { columns }: Layout): ResultRow {
  const [row = '', status = '', probability = ''] = fields
  const list = (text: string | undefined): string[] =>
    text === undefined || text === '' ? [] : text.split(';')
  const verdictsEnd = 5 + columns.length
  return {
    row,
    status,
    probability: probability === '' ? null : Number(probability),
    verdicts: fields.slice(5, verdictsEnd) as FieldVerdict[],
    flags: list(fields[verdictsEnd]),
    causes: list(fields[verdictsEnd + 2]) as Cause[],
  }
}
