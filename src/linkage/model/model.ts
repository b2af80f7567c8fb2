import type { FieldKind, Level } from '../types.ts'

/** How often each level of a field occurs; by level, level 0 (missing) being 0. Sums to 1. */
export type Shares = readonly number[]

/**
 * Chances of a field's levels among pairs of one person (m), of two persons at random (u), and of
 * two relatives, who share a home or a family name but are not the same (r). Null: relatives agree
 * on this field no more than strangers do.
 */
export interface FieldModel {
  readonly name: string
  readonly kind: FieldKind
  readonly levels: readonly Level[]
  readonly m: Shares
  readonly u: Shares
  readonly r: Shares | null
}

/** Fellegi and Sunter's model (1969), with relatives as a third kind of pair. */
export interface Model {
  readonly fields: readonly FieldModel[]
  /** Share of all pairs that are one person, and that are relatives. */
  readonly matches: number
  readonly relatives: number
}

/** Kinds of fields that relatives share; a telephone number is an identifier too. */
const SHARED: ReadonlySet<FieldKind> = new Set([
  ...(['surname', 'place', 'code', 'text', 'number', 'identifier'] as const),
])
/** Kinds that tell one relative from another. */
const OWN: ReadonlySet<FieldKind> = new Set(['given-name', 'full-name', 'date'])

export const isShared = (kind: FieldKind): boolean => SHARED.has(kind)

/** Of records that are not of persons there are no relatives: agreement is then just agreement. */
export const canHaveRelatives = (kinds: readonly FieldKind[]): boolean =>
  kinds.some(isShared) && kinds.some((kind) => OWN.has(kind))

/** Shares of relatives before any is known: of what they share, halfway to one person. */
export const kinShares = ({ kind, levels, u }: Pick<FieldModel, 'kind' | 'levels' | 'u'>) =>
  isShared(kind) ? likelyShares(levels).map((share, at) => (share + (u[at] ?? 0)) / 2) : u

/** Of pairs of one person, those that agree on a field, and those that differ, before any is known. */
const AGREE_believed = 0.8
const DIFFER_believed = 0.06
/** Slips of one letter or one digit are the commonest errors: worth so many other levels. */
const SLIP_worth = 4
const SLIPS: ReadonlySet<string> = new Set([
  'slip',
  'near',
  'one-edit',
  'one-digit',
  'above-80',
  'close',
])

/** What m is before anything is known: mostly the first level, seldom the last, slips in between. */
export function likelyShares(levels: readonly Level[]): number[] {
  const last = levels.findLastIndex(({ id }) => id === 'different')
  const worth = (level: number) => (SLIPS.has(levels[level]?.id ?? '') ? SLIP_worth : 1)
  let between = 0
  for (let level = 2; level < levels.length; level++) if (level !== last) between += worth(level)
  const rest = 1 - AGREE_believed - DIFFER_believed
  return levels.map((_, level) => {
    if (level === 0) return 0
    if (level === 1) return between === 0 ? AGREE_believed + rest : AGREE_believed
    return level === last ? DIFFER_believed : (rest * worth(level)) / between
  })
}

export const probabilityOf = (weight: number): number => 1 / (1 + 2 ** -weight)
