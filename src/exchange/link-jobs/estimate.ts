import { JOB_LIMITS } from './types.ts'

/** What a check of so many rows will take. */
export interface Estimate {
  readonly rows: number
  readonly pairs: number
  readonly seconds: number
  readonly needsApproval: boolean
}

/** Bytes of a row for each of its columns, of lists as they come. */
const COLUMN_bytes = 12
/** Pairs compared of all that there are: what blocking leaves (a million by a million: 9.3 million). */
const PAIRS_share = 1e-5
/** Rows and persons that are worked through in a second, and what a start costs. */
const ROWS_per_s = 25_000
const PERSONS_per_s = 250_000
const START_s = 2

/** Rows where nobody told how many: the file's size over that of a usual row. */
export const rowsIn = (bytes: number, columns: number): number =>
  Math.max(1, Math.round(bytes / (COLUMN_bytes * Math.max(1, columns))))

export function estimateOf(rows: number, persons: number): Estimate {
  return {
    rows,
    pairs: Math.round(rows * Math.max(1, persons * PAIRS_share)),
    seconds: Math.ceil(START_s + rows / ROWS_per_s + persons / PERSONS_per_s),
    needsApproval: rows > JOB_LIMITS.unapproved_rows,
  }
}
