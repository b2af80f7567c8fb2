import { Dictionary } from './dictionary.ts'
import type { IdTable, NumberTable } from './tables.ts'

/** Distinct texts of each field, of the register and of the file together; text 0 is ''. */
export interface Dictionaries {
  readonly name: Dictionary
  readonly birth: Dictionary
  readonly sex: Dictionary
  readonly unit: Dictionary
}

export const newDictionaries = (): Dictionaries => ({
  name: new Dictionary(),
  birth: new Dictionary(),
  sex: new Dictionary(),
  unit: new Dictionary(),
})

/** What is known of a person beside the fields: bits of `People.flags`. */
export const FLAG = { deceased: 1, missing: 2, abroad: 4, protected: 8, merged: 16 } as const

/** The register on one day, as columns: person `p` has the p-th place in each. */
export interface People {
  readonly count: number
  /** Ids by person, and persons by id. */
  readonly ids: Pick<IdTable, 'words' | 'find'>
  /** Codes of texts in the dictionaries; 0: not held. Of a merged record, all are 0. */
  readonly name: Uint32Array
  readonly birth: Uint32Array
  readonly sex: Uint32Array
  /** The home of the day; of a protected person, 0. */
  readonly unit: Uint32Array
  /** Key of the number in force; 0: there is none. */
  readonly number: Float64Array
  readonly flags: Uint8Array
  /** Every number ever given, in force or not. */
  readonly byNumber: NumberTable
  readonly byOldNumber: NumberTable
  /** One older number of each person, for comparing what is nearly the same. */
  readonly oldNumber: Float64Array
  /** By merged record: the record that everything holds of now. */
  readonly survivors: ReadonlyMap<number, number>
}

/** The person's id as PostgreSQL writes it. */
export function idOfPerson({ ids }: Pick<People, 'ids'>, person: number): string {
  let hex = ''
  for (let at = person * 4; at < person * 4 + 4; at++) {
    hex += (ids.words[at] as number).toString(16).padStart(8, '0')
  }
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
