export type { Claimed, Claims } from './claims.ts'
export { copyOut } from './copy-out.ts'
export {
  type Evidence,
  type FieldTold,
  type Module,
  STATUSES,
  type Status,
  statusOf,
} from './decide.ts'
export { bearerOf } from './exact.ts'
export { type Matched, matchRows, OUTCOMES } from './match.ts'
export {
  compareIds,
  type Dictionaries,
  FLAG,
  idBytes,
  idOfPerson,
  newDictionaries,
  type People,
} from './people.ts'
export { readPeople } from './snapshot.ts'
export { type RawColumn, readTable, type Table } from './table.ts'
export { DIGITS_most, digitsOfKey, keyOfDigits } from './tables.ts'
export { type Scene, sceneOf, View } from './view.ts'
