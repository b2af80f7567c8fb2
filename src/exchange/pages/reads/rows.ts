import type { MyLine } from '../../reads/queries.ts'
import { bodyOf } from '../wording.ts'

/** Lines told together, the newest first. */
export type LineRow = readonly [MyLine, ...MyLine[]]

/** Own lines next to one another are one row, and so are those that say the same. */
export function inRows(lines: readonly MyLine[]): readonly LineRow[] {
  const rows: LineRow[] = []
  for (const line of lines) {
    const last = rows.at(-1)
    const joins = last !== undefined && ((line.isOwn && last[0].isOwn) || areSame(last[0], line))
    if (joins) rows[rows.length - 1] = [...last, line]
    else rows.push([line])
  }
  return rows
}

/** Whoever answers a question looks at it more than once, which is one thing to its asker. */
const areSame = (a: MyLine, b: MyLine): boolean =>
  a.told?.operation === 'complaints.list' &&
  b.told?.operation === 'complaints.list' &&
  bodyOf(a.told) === bodyOf(b.told)
