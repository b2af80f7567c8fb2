import type { Column, LinkSpec } from '../types.ts'

/** Why a row could not be read. The words are in the locales. */
export const ROW_FAULTS = [
  'too-few-fields',
  'too-many-fields',
  'quote',
  'nul',
  'not-utf8',
  'too-long',
] as const
export type RowFault = (typeof ROW_FAULTS)[number]

/** A row that could not be read; `line` counts from 1, the header line included. */
export interface UnreadableRow {
  readonly line: number
  readonly fault: RowFault
}

/** What is known of a file beyond its values. All arrays are shared between threads. */
export interface FileRows {
  readonly path: string
  /** Rows that were read: row k of the arrays is the k-th of them in the file. */
  readonly rows: number
  /** Ids in UTF-8, one behind the other: id of row k is `ids[idOffsets[k]]` to `idOffsets[k + 1]`. */
  readonly ids: Uint8Array
  readonly idOffsets: Uint32Array
  /** Rows whose id an earlier row bears too, and rows without one: kept, only counted. */
  readonly duplicateIds: number
  readonly emptyIds: number
  readonly unreadable: {
    readonly count: number
    readonly byFault: Readonly<Record<RowFault, number>>
    /** The first of them, as many as `READ_LIMITS.unreadableNamed`. */
    readonly first: readonly UnreadableRow[]
  }
  /** Lines with nothing in them: no rows. */
  readonly blankLines: number
  /** Names in the header. */
  readonly columns: readonly string[]
  /** How the text was encoded: `utf-8` or the name that WHATWG's Encoding Standard has for it. */
  readonly encoding: string
  /** Between fields; null: Parquet. */
  readonly separator: string | null
}

export interface TwoFiles {
  readonly left: FileRows
  /** Of one file alone, this is `left`. */
  readonly right: FileRows
  /** One to a field of the spec, in its order. */
  readonly columns: readonly Column[]
}

export interface ReadProgress {
  readonly file: 'left' | 'right'
  /** Of the file as it lies there. */
  readonly bytesRead: number
  readonly bytes: number
}

export interface ReadOptions {
  readonly left: string
  /** Null: the left file is compared with itself. */
  readonly right: string | null
  readonly spec: LinkSpec
  /** Existing folder for what does not fit into memory; left as it was found. */
  readonly scratch: string
  /** Most that unpacking Parquet may take, as DuckDB writes it: `256MB`. */
  readonly memory?: string
  readonly threads?: number
  /** Of files that are not UTF-8, where the caller knows better than we can tell. */
  readonly encoding?: string
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: ReadProgress) => void
}

/** The id of a row as text. */
export function idOf(file: Pick<FileRows, 'ids' | 'idOffsets'>, row: number): string {
  const from = file.idOffsets[row] ?? 0
  const to = file.idOffsets[row + 1] ?? from
  return Buffer.from(file.ids.buffer, file.ids.byteOffset + from, to - from).toString('utf8')
}
