import { eachRow } from './rows.ts'

/**
 * Which rows are one person. Rows are numbered 0 and on, those of the right file after those of the
 * left; of one file there are no right rows.
 */
export interface Truth {
  readonly left: ReadonlyMap<string, number>
  /** Ids of the right file with the numbers of its rows; null of one file. */
  readonly right: ReadonlyMap<string, number> | null
  readonly leftRows: number
  readonly rows: number
  /** By row. */
  readonly person: Int32Array
  readonly persons: number
  /** Pairs to be found, by person. */
  readonly pairsOf: Int32Array
  readonly pairs: number
}

/** A division of rows, such as by sex: `labels[of[row]]`; -1 where the row is not divided by it. */
export interface Stratum {
  readonly name: string
  readonly labels: readonly string[]
  readonly of: Int32Array
}

export interface TruthFiles {
  readonly leftIds: Iterable<string>
  readonly rightIds: Iterable<string> | null
  /** Ids of rows that are one person; one person's rows need only hang together. */
  readonly pairs: Iterable<readonly [left: string, right: string]>
}

/** @throws Error for an id that no row has, or that two have. */
export function truthOf({ leftIds, rightIds, pairs }: TruthFiles): Truth {
  const left = numbered(leftIds, 0)
  const leftRows = left.size
  const right = rightIds === null ? null : numbered(rightIds, leftRows)
  const rows = leftRows + (right?.size ?? 0)
  const person = new Int32Array(rows).map((_, row) => row)
  for (const [one, other] of pairs) {
    join(person, rowOf(left, one), rowOf(right ?? left, other))
  }
  const persons = renumbered(person)
  const pairsOf = pairsByPerson(person, persons, right === null ? null : leftRows)
  return {
    left,
    right,
    leftRows,
    rows,
    person,
    persons,
    pairsOf,
    pairs: pairsOf.reduce((sum, count) => sum + count, 0),
  }
}

function numbered(ids: Iterable<string>, first: number): Map<string, number> {
  const rows = new Map<string, number>()
  for (const id of ids) {
    if (rows.has(id)) throw new Error(`two rows have the id ${id}`)
    rows.set(id, first + rows.size)
  }
  return rows
}

/** The number of the row with an id. */
export function rowOf(ids: ReadonlyMap<string, number>, id: string): number {
  const row = ids.get(id)
  if (row === undefined) throw new Error(`no row has the id ${id}`)
  return row
}

/** The row that stands for all rows joined to this one. */
function root(parents: Int32Array, row: number): number {
  let at = row
  while (parents[at] !== at) {
    const above = parents[parents[at] as number] as number
    parents[at] = above
    at = above
  }
  return at
}

function join(parents: Int32Array, one: number, other: number): void {
  const [first, second] = [root(parents, one), root(parents, other)]
  parents[Math.max(first, second)] = Math.min(first, second)
}

/** Puts the number of the person in place of the row that stands for them; answers how many. */
function renumbered(parents: Int32Array): number {
  const roots = parents.map((_, row) => root(parents, row))
  let persons = 0
  for (let row = 0; row < parents.length; row++) {
    const above = roots[row] as number
    // The root has the least number of its rows, so it is met first.
    parents[row] = above === row ? persons++ : (parents[above] as number)
  }
  return persons
}

function pairsByPerson(person: Int32Array, persons: number, leftRows: number | null): Int32Array {
  const left = new Int32Array(persons)
  const right = new Int32Array(persons)
  for (let row = 0; row < person.length; row++) {
    const count = leftRows === null || row < leftRows ? left : right
    const at = person[row] as number
    count[at] = (count[at] as number) + 1
  }
  return left.map((ours, at) =>
    leftRows === null ? (ours * (ours - 1)) / 2 : ours * (right[at] as number),
  )
}

/** Reads a strata file: the row's id, then one column a stratum. */
export function readStrata(
  file: string,
  ids: ReadonlyMap<string, number>,
  rows: number,
): readonly Stratum[] {
  const strata: { name: string; labels: string[]; codes: Map<string, number>; of: Int32Array }[] =
    []
  eachRow(file, (fields, header) => {
    if (strata.length === 0) {
      for (const name of header.slice(1)) {
        strata.push({ name, labels: [], codes: new Map(), of: new Int32Array(rows).fill(-1) })
      }
    }
    const row = rowOf(ids, fields[0] ?? '')
    for (const [at, stratum] of strata.entries()) {
      const label = fields[at + 1] ?? ''
      const code = stratum.codes.get(label) ?? stratum.labels.push(label) - 1
      stratum.codes.set(label, code)
      stratum.of[row] = code
    }
  })
  return strata.map(({ name, labels, of }) => ({ name, labels, of }))
}

/** The ids of a file whose first column, or the one named, is the row's id. */
export function readIds(file: string, column?: string): string[] {
  const ids: string[] = []
  let at = -1
  eachRow(file, (fields, header) => {
    if (at === -1) at = column === undefined ? 0 : header.indexOf(column)
    ids.push((fields[at] ?? '').trim())
  })
  return ids
}

export function* readPairs(file: string): Generator<readonly [string, string]> {
  const pairs: [string, string][] = []
  eachRow(file, ([left = '', right = '']) => void pairs.push([left, right]))
  yield* pairs
}
