/** Bounds of reading; units come last in the name. */
export const READ_LIMITS = {
  /** A row longer than this is no row of persons: it is counted unreadable. */
  rowBytes: 1 << 20,
  /** How much of a file is taken at once. */
  blockBytes: 1 << 22,
  /** The distinct values of one dictionary together: what 32-bit offsets reach. */
  dictionaryBytes: 0xffff_ff00,
  /** Rows of one file: their codes and ids must fit into shared arrays. */
  rows: 1 << 29,
  /** Unreadable rows of a file that are named; the rest are counted. */
  unreadableNamed: 1_000,
  /** Columns a refusal lists. */
  columnsListed: 40,
} as const
