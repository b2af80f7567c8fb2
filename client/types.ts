/** The person claimed: the number and at least two of the other four. */
export interface Identification {
  readonly personal_administrative_number: string
  readonly name?: string
  /** `yyyy-mm-dd`, or `yyyy-mm` or `yyyy` where the day is not known. */
  readonly birthdate?: string
  /** Code of the commune of permanent residence, as in force today. */
  readonly resident_city?: string
  /** The nine-digit number in use before the twelve-digit one. */
  readonly old_number?: string
}

/** Attributes to compare, by the names of OpenID Connect and of the EU's person identification data. */
export interface ClaimedAttributes {
  readonly name?: string
  readonly given_name?: string
  readonly family_name?: string
  readonly birthdate?: string
  readonly sex?: 'male' | 'female'
  /** Unit code or name. */
  readonly birth_place?: string
  /** Three-letter codes of ISO 3166-1. */
  readonly nationalities?: readonly string[]
  readonly ethnicity?: string
  readonly marital_status?: string
  readonly resident_state?: string
  readonly resident_city?: string
  readonly resident_address?: string
  readonly old_number?: string
}

/** Questions answered yes or no: `age_over_18: true`, `alive: true`, `resides_in: '<unit code>'`. */
export interface AskedPredicates {
  readonly alive?: true
  readonly resides_in?: string
  readonly [age: `age_over_${number}`]: true
}

export interface VerifyRequest {
  readonly identify: Identification
  readonly attributes?: ClaimedAttributes
  readonly predicates?: AskedPredicates
}

/** `close` is said only where the agreement allows it; the register's own value never is. */
export type Verdict = 'match' | 'close' | 'no_match' | 'not_held'

export type VerifyAnswer =
  | { readonly result: 'not_confirmed' }
  | {
      readonly result: 'confirmed'
      /** How this agency, and no other, may keep this person: 128 random bits in base64url. */
      readonly pseudonym: string
      readonly attributes: Readonly<Record<string, Verdict>>
      readonly predicates: Readonly<Record<string, boolean | 'not_held'>>
    }

export type BatchRow = VerifyRequest & {
  /** The caller's own name for the row, repeated in its answer. */
  readonly ref: string
}

/** A row that cannot be compared, or whose number was tried too often, says so. */
export type BatchAnswerRow = { readonly ref: string } & (
  | VerifyAnswer
  | { readonly result: 'invalid'; readonly field: string }
  | { readonly result: 'attempts_spent' }
)

/** What a request is for. All three are signed with it and stand in the audit event. */
export interface CallContext {
  readonly purpose: string
  /** The caller's file number. */
  readonly case?: string
  /** Who acts at the caller's, by the caller's own name for them; asserted, and logged as such. */
  readonly operator?: string
}

/** RFC 9457: why a request was refused. `code` is stable; the words follow Accept-Language. */
export interface Problem {
  readonly type: string
  readonly code: string
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly details?: Readonly<Record<string, string>>
}
