import { type Kernel, type PlainDay, Refusal, todayOf } from '../../kernel/index.ts'
import { unitsOf } from '../../register/index.ts'
import { COLUMN_NAMES, COLUMNS, type Column, type RowFrame } from './row.ts'

/** Where each column of ours stands in a file. */
export interface Columns {
  readonly at: Readonly<Partial<Record<Column, number>>>
  /** Where the file's own name of a row stands; null: its line is its name. */
  readonly ref: number | null
  readonly today: PlainDay
}

const REF_NAMES = ['row', 'ref', 'id', 'stt']

/** Finds the columns of a header; a file needs the number and two of what identifies beside it. */
export function columnsIn(kernel: Kernel, header: readonly string[]): Columns {
  const names = header.map((name) => name.trim().toLowerCase())
  const at: Partial<Record<Column, number>> = {}
  for (const column of COLUMN_NAMES) {
    const aliases: readonly string[] = COLUMNS[column]
    const found = names.findIndex((name) => aliases.includes(name))
    if (found >= 0) at[column] = found
  }
  const identifying = (['name', 'birthdate', 'resident_city', 'old_number'] as const).filter(
    (name) => at[name] !== undefined,
  )
  if (at.number === undefined || identifying.length < 2) {
    throw new Refusal('import.header-wrong', {
      field: at.number === undefined ? COLUMNS.number[0] : COLUMNS.name[0],
      expected: COLUMN_NAMES.map((name) => COLUMNS[name][0]).join(','),
    })
  }
  const ref = names.findIndex((name) => REF_NAMES.includes(name))
  const today = todayOf(kernel)
  return { at, ref: ref < 0 ? null : ref, today }
}

/** A line of the file by our columns. */
export function rowOf(
  { line, fields }: { readonly line: number; readonly fields: readonly string[] },
  { at, ref }: Columns,
) {
  const values: Partial<Record<Column, string>> = {}
  for (const column of COLUMN_NAMES) {
    const index = at[column]
    if (index !== undefined) values[column] = fields[index] ?? ''
  }
  const name = ref === null ? '' : (fields[ref] ?? '')
  return { line, ref: name === '' ? String(line) : name, values }
}

/** Reads unit codes as of the file's day, and follows units that went whole into another since. */
export async function frameOn(kernel: Kernel, asOf: PlainDay): Promise<RowFrame> {
  const units = await kernel.database.transaction((tx) => unitsOf({ tx, kernel }))
  const today = todayOf(kernel)
  return {
    profile: kernel.profile,
    unitOf(code) {
      let unit = units.unitOn(code, asOf)?.id
      if (unit === undefined) return 'unknown'
      // A unit ends a few times in a century: more steps would be a circle in the data.
      for (let step = 0; step < 8 && units.find(unit, today) === undefined; step++) {
        const successor = units.wholeSuccessorOf(unit)
        if (successor === undefined) return 'split'
        unit = successor
      }
      return { unit }
    },
  }
}
