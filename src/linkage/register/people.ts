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

const HEX = Buffer.from('0123456789abcdef')
const DASH = 45
/** Places of the first figures of each byte, dashes between. */
const PLACES = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const
const id = Buffer.alloc(36, DASH)

/** The person's id as PostgreSQL writes it. */
export function idOfPerson({ ids }: Pick<People, 'ids'>, person: number): string {
  for (let byte = 0; byte < 16; byte++) {
    const word = ids.words[person * 4 + (byte >> 2)] as number
    const value = (word >>> (24 - 8 * (byte & 3))) & 255
    const at = PLACES[byte] as number
    id[at] = HEX[value >> 4] as number
    id[at + 1] = HEX[value & 15] as number
  }
  return id.toString('latin1')
}

/** The sixteen bytes of a person's id. */
export function idBytes({ ids }: Pick<People, 'ids'>, person: number): Buffer {
  const bytes = Buffer.allocUnsafe(16)
  for (let word = 0; word < 4; word++) {
    bytes.writeUInt32BE(ids.words[person * 4 + word] as number, word * 4)
  }
  return bytes
}

/** The order of two persons' ids, which is that of their bytes. */
export function compareIds({ ids }: Pick<People, 'ids'>, a: number, b: number): number {
  for (let word = 0; word < 4; word++) {
    const [one, other] = [ids.words[a * 4 + word] as number, ids.words[b * 4 + word] as number]
    if (one !== other) return one < other ? -1 : 1
  }
  return 0
}
