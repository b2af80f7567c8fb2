import type { Room } from '../kernel/index.ts'
import { dedupeTool, linkTool } from './link/cli.ts'
import { REVIEW_ROOM } from './review/room.ts'
import { LOCALES } from './speak.ts'

export {
  bearerOf,
  type Claims,
  compareIds,
  copyOut,
  DIGITS_most,
  type Dictionaries,
  digitsOfKey,
  type Evidence,
  type FieldTold,
  FLAG,
  idBytes,
  idOfPerson,
  keyOfDigits,
  type Matched,
  matchRows,
  newDictionaries,
  OUTCOMES,
  type People,
  type RawColumn,
  readPeople,
  readTable,
  type Scene,
  STATUSES,
  type Status,
  sceneOf,
  statusOf,
  type Table,
  View,
} from './register/index.ts'
export type { LabelledPair } from './review/store.ts'
export type { Candidate, Cause, ComparedField, ReviewField, RowForReview } from './review/types.ts'

/** Which records are one person: the engine for any files, and the desk where persons decide. */
export const room: Room = {
  name: 'linkage',
  ...REVIEW_ROOM,
  tools: [linkTool, dedupeTool],
  locales: LOCALES,
}
