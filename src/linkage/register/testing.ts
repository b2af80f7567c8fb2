import type { Claims } from './claims.ts'
import { type Dictionaries, newDictionaries, type People } from './people.ts'
import { IdTable, keyOfDigits, NumberTable } from './tables.ts'

/** A person of a test's register; what is not given is not held. */
export interface Held {
  readonly number?: string
  readonly earlier?: readonly string[]
  readonly old?: readonly string[]
  readonly name?: string
  readonly birth?: string
  readonly sex?: string
  readonly unit?: string
  readonly flags?: number
  /** Place of the person this record was merged into. */
  readonly into?: number
}

/** A row of a test's file, already standardised. */
export interface Row {
  readonly number?: string
  readonly old?: string
  readonly name?: string
  readonly birth?: string
  readonly sex?: string
  readonly unit?: string
  readonly contradicts?: boolean
}

const shared = (length: number): Uint32Array => new Uint32Array(new SharedArrayBuffer(length * 4))

type Texted = Pick<Row, 'name' | 'birth' | 'sex' | 'unit'>
function codesOf(of: readonly Texted[], dictionaries: Dictionaries) {
  const column = (field: keyof Texted) => {
    const codes = shared(of.length)
    for (const [at, one] of of.entries()) {
      codes[at] = dictionaries[field].codeOfText(one[field] ?? '')
    }
    return codes
  }
  return {
    name: column('name'),
    birth: column('birth'),
    sex: column('sex'),
    unit: column('unit'),
  }
}

const keysOf = (texts: readonly (string | undefined)[]): Float64Array =>
  Float64Array.from(texts, (text) => (text === undefined || text === '' ? 0 : keyOfDigits(text)))

/** The columns of a register and a file that are written out, as the snapshot and the reader make them. */
export function stage(held: readonly Held[], rows: readonly Row[]) {
  const dictionaries = newDictionaries()
  const byNumber = new NumberTable()
  const byOldNumber = new NumberTable()
  const survivors = new Map<number, number>()
  for (const [person, one] of held.entries()) {
    const { number, earlier = [], old = [], into } = one
    for (const digits of number === undefined ? earlier : [number, ...earlier]) {
      byNumber.add(keyOfDigits(digits), person)
    }
    for (const digits of old) byOldNumber.add(keyOfDigits(digits), person)
    if (into !== undefined) survivors.set(person, into)
  }
  const people: People = {
    count: held.length,
    ids: new IdTable(),
    ...codesOf(held, dictionaries),
    number: keysOf(held.map(({ number }) => number)),
    oldNumber: keysOf(held.map(({ old }) => old?.[0])),
    flags: Uint8Array.from(held, ({ flags = 0 }) => flags),
    byNumber,
    byOldNumber,
    survivors,
  }
  const claims: Claims = {
    rows: rows.length,
    ...codesOf(rows, dictionaries),
    number: keysOf(rows.map(({ number }) => number)),
    oldNumbers: [keysOf(rows.map(({ old }) => old))],
    contradicts: Uint8Array.from(rows, ({ contradicts }) => (contradicts === true ? 1 : 0)),
  }
  return { dictionaries, people, claims }
}
