import type { Instant } from '../../kernel/index.ts'

/** Fields a row of an agency may be compared with the register on. */
export const REVIEW_FIELDS = [
  'name',
  'birthdate',
  'sex',
  'number',
  'old_number',
  'resident_city',
] as const
export type ReviewField = (typeof REVIEW_FIELDS)[number]

/** Why persons must look: likely but not certain, several are close, or fields that differ. */
export const CAUSES = ['probable', 'ambiguous', 'mismatch'] as const
export type Cause = (typeof CAUSES)[number]

export const DECISIONS = ['same', 'different', 'unclear'] as const
export type Decision = (typeof DECISIONS)[number]

/** What a reviewer saw; the agency is told, and bulk decisions are made by it. */
export const REASONS = [
  'typing',
  'diacritics',
  'day-month',
  'relative-number',
  'moved',
  'old-number',
  'register-error',
  'namesake',
  'not-enough',
] as const
export type Reason = (typeof REASONS)[number]

export type Turn = 'first' | 'second' | 'adjudication'
export type Status = 'open' | 'second' | 'disputed' | 'decided'

/** How one field of a pair compared. */
export interface ComparedField {
  readonly name: ReviewField
  /** Id of the comparer's level; `missing` where a side says nothing. */
  readonly level: string
  /** Bits: log2 of how much likelier the level is of one person than of two. */
  readonly weight: number
}

/** A person the row may be. */
export interface Candidate {
  readonly personId: string
  /** Bits, the prior included. */
  readonly weight: number
  readonly probability: number
  readonly fields: readonly ComparedField[]
}

/** A row that persons must settle, as a check hands it over. */
export interface RowForReview {
  /** The check: one file under one agreement. */
  readonly checkId: string
  /** The file's own name for the row; with the check it names the case, which is made once. */
  readonly row: string
  readonly agency: { readonly code: string; readonly name: string }
  readonly cause: Cause
  /** The unit the row names, whose officers review it; null: the nation's. */
  readonly unit: string | null
  /** What the row says: names and codes of the register, days as yyyy-mm-dd. */
  readonly claims: Readonly<Partial<Record<ReviewField, string>>>
  /** Version of the model that gave the weights. */
  readonly model: string
  /** Bits before anything is compared, and from which on a machine decides. */
  readonly prior: number
  readonly threshold: number
  /** The likeliest first; at most five. */
  readonly candidates: readonly Candidate[]
  /** Of a seeded pair: whether its first candidate is the person. Nothing else follows from it. */
  readonly truth?: 'same' | 'different'
}

/** A case without what it says of anybody. */
export interface CaseHead {
  readonly caseId: string
  readonly checkId: string
  readonly rowRef: string
  readonly agencyName: string
  readonly cause: Cause
  readonly area: readonly string[]
  readonly model: string
  readonly prior: number
  readonly threshold: number
  readonly probability: number
  readonly truth: 'same' | 'different' | null
  readonly status: Status
  readonly decision: Decision | null
  readonly chosen: number | null
  readonly madeAt: Instant
}

export interface Review {
  readonly reviewerId: string
  readonly turn: Turn
  readonly decision: Decision
  readonly chosen: number | null
  readonly reason: string
  readonly decidedAt: Instant
}

export const REVIEW_LIMITS = {
  candidates: 5,
  page: 50,
  /** Cases decided in one go. */
  bulk: 50,
  /** Working days in which the office in charge looks at a record that may be wrong. */
  correction_workingDays: 10,
  /** Days after a decision, or without one, after which what the row says is erased. */
  claimsDecided_days: 7,
  claimsOpen_days: 90,
  /** Two decisions further apart than this are not one sitting. */
  sitting_s: 300,
  /** Share of seeded pairs among what is put up for review. */
  seededShare: 0.05,
} as const
