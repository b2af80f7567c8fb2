import type { Claims, RawColumn, Table } from '../../linkage/index.ts'
import { fileBit } from './causes.ts'
import type { Column, Layout } from './columns.ts'
import {
  type Frame,
  NOTHING,
  readBirth,
  readName,
  readNumber,
  readOldNumber,
  readSex,
  readUnit,
  type Value,
  verdictCode,
} from './value.ts'

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
