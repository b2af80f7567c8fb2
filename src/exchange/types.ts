import type { PlainDay } from '../kernel/index.ts'

/**
 * Attributes that can be compared, by the names of OpenID Connect Core (section 5.1) and of the
 * EU's person identification data (Implementing Regulation 2024/2977). The place in this list is
 * the bit an attribute has in a decision id: only ever append.
 */
export const ATTRIBUTES = [
  'name',
  'given_name',
  'family_name',
  'birthdate',
  'sex',
  'birth_place',
  'nationalities',
  'ethnicity',
  'marital_status',
  'resident_state',
  'resident_city',
  'resident_address',
  'old_number',
] as const
export type Attribute = (typeof ATTRIBUTES)[number]

/** What identifies a person beside the number; at least two must be given and agree. */
export const IDENTIFIERS = ['name', 'birthdate', 'resident_city', 'old_number'] as const
export type Identifier = (typeof IDENTIFIERS)[number]

/** `age_over_18`, `alive`, `resides_in`: an agreement lists each it allows, thresholds included. */
export type Predicate = `age_over_${number}` | 'alive' | 'resides_in'

/** `check.number`: whoever is identified in a file is told with the number of the register. */
export const OPERATIONS = ['verify', 'verify.batch', 'check', 'check.number'] as const
export type Operation = (typeof OPERATIONS)[number]

/** Whose data may be asked for: everybody's, the residents' of a unit, or those who are clients. */
export type SubjectScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'unit'; readonly unit: string }
  | { readonly kind: 'own-clients' }
  | { readonly kind: 'consented' }

/** An agreement as decided by two persons: data, not code. */
export interface Agreement {
  readonly id: string
  readonly agencyId: string
  readonly operations: readonly Operation[]
  readonly purpose: string
  /** The article the disclosure rests on. */
  readonly legalBasis: string
  readonly attributes: readonly Attribute[]
  readonly predicates: readonly Predicate[]
  readonly scope: SubjectScope
  /** Whether `close` may be said, and may identify beside one exact match. */
  readonly close: boolean
  /** Least authentication level of the agency's client, 1 to 4. */
  readonly assurance: number
  readonly onlinePerDay: number
  readonly bulkPerDay: number
  readonly from: PlainDay
  /** The first day it no longer holds; null: without end. */
  readonly to: PlainDay | null
  readonly approvedBy: readonly string[]
}
