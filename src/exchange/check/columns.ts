import { Refusal } from '../../kernel/index.ts'

/** Columns a file may have that are compared; each by several names, the first being ours. */
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

/** The file's own name of a row, and the office it comes from. */
const BESIDE = {
  ref: ['row', 'ref', 'id', 'stt'],
  office: ['office', 'source_office', 'branch', 'co_quan', 'don_vi'],
} as const

/** What of a file is taken: the columns that are there, in the order they are read. */
export interface Layout {
  readonly columns: readonly Column[]
  readonly hasRef: boolean
  readonly hasOffice: boolean
  /** Names as they stand in the header: columns, then row name and office where they are there. */
  readonly wanted: readonly string[]
}

/**
 * Finds the columns of a header. A file needs what tells one person from another: the number and two
 * of name, birth date, residence and older number, or the name and the birth date.
 */
export function layoutOf(header: readonly string[]): Layout {
  const names = header.map((name) => name.trim().toLowerCase())
  const find = (aliases: readonly string[]): string | undefined =>
    header[names.findIndex((name) => aliases.includes(name))]
  const found = new Map(
    COLUMN_NAMES.flatMap((column) => {
      const name = find(COLUMNS[column])
      return name === undefined ? [] : [[column, name] as const]
    }),
  )
  const identifying = (['name', 'birthdate', 'resident_city', 'old_number'] as const).filter(
    (column) => found.has(column),
  )
  const isEnough =
    (found.has('name') && found.has('birthdate')) ||
    (found.has('number') && identifying.length >= 2)
  if (!isEnough) {
    const missing: Column = found.has('name') ? 'birthdate' : 'name'
    throw new Refusal('import.header-wrong', {
      field: COLUMNS[missing][0],
      expected: COLUMN_NAMES.map((name) => COLUMNS[name][0]).join(','),
    })
  }
  const [ref, office] = [find(BESIDE.ref), find(BESIDE.office)]
  return {
    columns: [...found.keys()],
    hasRef: ref !== undefined,
    hasOffice: office !== undefined,
    wanted: [...found.values(), ref, office].filter((name) => name !== undefined),
  }
}
