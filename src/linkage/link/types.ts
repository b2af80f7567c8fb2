import type { RowKey, Rule } from '../block/rule.ts'
import type { Features } from '../compare/index.ts'
import type { Frequencies } from '../model/chance.ts'
import type { Model } from '../model/model.ts'
import type { Column, LinkSpec } from '../types.ts'
import type { LinkedPairs } from './pairs.ts'

/** Two files, or one with itself, by code. */
export interface Matter {
  readonly spec: LinkSpec
  readonly columns: readonly Column[]
  readonly leftRows: number
  readonly rightRows: number
  readonly isDedupe: boolean
}

/** What was learnt from the data, or given. */
export interface Trained {
  readonly model: Model
  readonly rules: readonly Rule[]
}

/** What the engine found. */
export interface Linked extends Trained {
  readonly features: readonly Features[]
  readonly frequencies: readonly Frequencies[]
  readonly keys: readonly RowKey[]
  /** By rule: pairs it found that no earlier rule had. */
  readonly found: readonly number[]
  readonly pairs: LinkedPairs
}

export const allPairs = ({ leftRows, rightRows, isDedupe }: Matter): number =>
  isDedupe ? (leftRows * (leftRows - 1)) / 2 : leftRows * rightRows
