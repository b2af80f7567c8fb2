import type { NameRules } from '../kernel/index.ts'

/** What a field holds; decides how it is standardised, compared and used for blocking. */
export const FIELD_KINDS = [
  'full-name',
  'given-name',
  'surname',
  'date',
  'identifier',
  'category',
  'place',
  'code',
  'number',
  'text',
] as const
export type FieldKind = (typeof FIELD_KINDS)[number]

/** A field that both files have: what is compared. */
export interface FieldSpec {
  /** The column's name, or the first of them; unique among the fields. */
  readonly name: string
  readonly kind: FieldKind
  /** One column; for a date that is spread, the columns of year, month and day. */
  readonly columns: readonly string[]
  /** Of a date in one column, such as `yyyy-mm-dd`; null: years first where it can be told. */
  readonly format: string | null
}

/** What two files, or one file with itself, are compared on. */
export interface LinkSpec {
  /** Column that names a row, the same in both files. */
  readonly id: string
  readonly fields: readonly FieldSpec[]
  /** Rules, each a list of field names that must agree; null: found from the data. */
  readonly blocking: readonly (readonly string[])[] | null
  /** How names of the files' country are written; null where no country is named. */
  readonly names: NameRules | null
}

/**
 * A field of both files, by code: `values[left[row]]` is what the row says, trimmed. Code 0 is the
 * empty text. The arrays are shared between threads; of one file alone, `right` is `left`.
 */
export interface Column {
  readonly values: readonly string[]
  readonly left: Uint32Array
  readonly right: Uint32Array
}

/** A level of agreement of one field. Level 0 of every field is that a side is missing. */
export interface Level {
  /** Stable name, such as `exact` or `close`; its words are in the locales. */
  readonly id: string
  /**
   * Whether two values at this level say the same thing, so that how rare the value is counts:
   * the frequency of the right side's value takes the place of the level's average.
   */
  readonly byFrequency: boolean
}

/** Turns two codes of one field into the index of a level. One to a thread: it remembers pairs. */
export interface Comparer {
  readonly levels: readonly Level[]
  compare(left: number, right: number): number
}

/** A transformation of a field's values that rows may be blocked by. */
export interface BlockKey {
  /** Such as `exact`, `year`, `last-token`. */
  readonly id: string
  /** Key of each value by its code; 0: the value has none. Keys of both files mean the same. */
  readonly keys: Uint32Array
}

/** What comparing and counting need of a field's values; cloned to worker threads as it is. */
export interface FieldFeatures {
  readonly kind: FieldKind
  /** By the code of a value: the code of what it says once standardised; 0: missing. */
  readonly meaning: Uint32Array
  /** How many meanings there are, 0 not counted: codes of `meaning` run from 1 to this. */
  readonly meanings: number
}
