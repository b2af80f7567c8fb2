import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Known } from './evaluate.ts'
import { eachRow } from './rows.ts'
import { readIds, truthOf } from './truth.ts'

/** Public sets for development beside the repository, never in it. */
const FOLDER = fileURLToPath(new URL('../../../shared/data/linkage/', import.meta.url))

export interface KnownSet {
  readonly name: string
  /** F1 to be reached without labels; null where none is set. */
  readonly goal: number | null
  readonly file: string
  /** Name of the person a row is about. */
  personOf(row: Readonly<Record<string, string>>): string
  readonly spec: object
}

const FEBRL = {
  id: 'rec_id',
  fields: [
    { column: 'given_name', kind: 'given-name' },
    { column: 'surname', kind: 'surname' },
    { column: 'street_number', kind: 'code' },
    { column: 'address_1', kind: 'text' },
    { column: 'address_2', kind: 'text' },
    { column: 'suburb', kind: 'place' },
    { column: 'postcode', kind: 'code' },
    { column: 'state', kind: 'category' },
    { column: 'date_of_birth', kind: 'date', format: 'yyyymmdd' },
    { column: 'soc_sec_id', kind: 'identifier' },
  ],
}

const febrl = (number: 1 | 2 | 3, goal: number): KnownSet => ({
  name: `FEBRL ${number}`,
  goal,
  file: path.join(FOLDER, `febrl${number}.csv`),
  personOf: (row) => row.rec_id?.split('-')[1] ?? '',
  spec: FEBRL,
})

export const KNOWN_SETS: readonly KnownSet[] = [
  febrl(1, 0.995),
  febrl(2, 0.99),
  febrl(3, 0.99),
  {
    name: 'RLdata500',
    goal: null,
    file: path.join(FOLDER, 'RLdata500.csv'),
    personOf: (row) => row.cluster ?? '',
    spec: {
      id: 'rec_id',
      fields: [
        { column: 'fname_c1', kind: 'given-name' },
        { column: 'fname_c2', kind: 'given-name' },
        { column: 'lname_c1', kind: 'surname' },
        { column: 'lname_c2', kind: 'surname' },
        { columns: ['by', 'bm', 'bd'], kind: 'date' },
      ],
    },
  },
]

/** The truth of a set, or why it cannot be had. */
export function readSet({ file, personOf }: KnownSet): Known | string {
  if (!existsSync(file)) return `${file} is not there`
  const firstOf = new Map<string, string>()
  const pairs: [string, string][] = []
  const ids = readIds(file, 'rec_id')
  let at = 0
  eachRow(file, (fields, header) => {
    const row = Object.fromEntries(
      header.map((name, column) => [name, (fields[column] ?? '').trim()]),
    )
    const id = ids[at++] ?? ''
    const person = personOf(row)
    const first = firstOf.get(person)
    if (first === undefined) firstOf.set(person, id)
    else pairs.push([first, id])
  })
  return { truth: truthOf({ leftIds: ids, rightIds: null, pairs }), strata: [] }
}

/** Writes the set's spec into a folder and answers where. */
export function writeSpec({ spec }: KnownSet, folder: string): string {
  mkdirSync(folder, { recursive: true })
  const file = path.join(folder, 'spec.json')
  writeFileSync(file, `${JSON.stringify(spec, null, 2)}\n`)
  return file
}
