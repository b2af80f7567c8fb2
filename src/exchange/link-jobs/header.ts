import { type Column, layoutOf } from '../check/columns.ts'
import type { Attribute } from '../types.ts'

/** What of a file's header is understood. */
export interface HeaderRead {
  /** Names as they stand in the file. */
  readonly understood: readonly string[]
  readonly unknown: readonly string[]
  readonly attributes: readonly Attribute[]
}

/** Which columns a check would take; refuses a header that no check can start from. */
export function readHeader(header: readonly string[]): HeaderRead {
  const { wanted, columns } = layoutOf(header)
  return {
    understood: wanted,
    unknown: header.filter((name) => !wanted.includes(name)),
    attributes: columns.filter(isAttribute),
  }
}

/** The number is what a person is asked by, not what is asked of them. */
const isAttribute = (column: Column): column is Exclude<Column, 'number'> => column !== 'number'
