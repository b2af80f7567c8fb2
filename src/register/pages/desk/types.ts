import type { RecordAnswer } from '../../person/queries.ts'
import type { Wording } from '../wording.ts'
import type { Axes } from './axes.ts'
import type { Purpose } from './frame.ts'

/** A record as an officer sees it. */
export interface RecordPage {
  readonly wording: Wording
  readonly record: RecordAnswer
  readonly axes: Axes
  readonly purpose: Purpose
  /** The case it was opened in, outside the area. */
  readonly case?: string
  /** Names of the events the officer may record. */
  readonly may: (operation: string) => boolean
}
