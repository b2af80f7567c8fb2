import { addMs, type Instant, type PlainDay } from '../../kernel/index.ts'
import type { ActId, HouseholdFactKind, HouseholdFactValues, HouseholdId } from '../types.ts'

/** From `from` up to, not including, `to`, this holds of the household; null: nothing holds. */
export interface HouseholdRevision<Kind extends HouseholdFactKind = HouseholdFactKind> {
  readonly householdId: HouseholdId
  readonly kind: Kind
  readonly from: PlainDay
  readonly to?: PlainDay | null
  readonly value: HouseholdFactValues[Kind] | null
}

/** Type-checks a value against its kind; lists of revisions mix kinds. */
export const householdRevision = <Kind extends HouseholdFactKind>(
  of: HouseholdRevision<Kind>,
): HouseholdRevision => of as HouseholdRevision

/** A row of `register.household_fact`. */
export interface HouseholdFact {
  readonly householdId: HouseholdId
  readonly kind: HouseholdFactKind
  readonly value: HouseholdFactValues[HouseholdFactKind]
  readonly from: PlainDay
  readonly to: PlainDay | null
  readonly actId: ActId
  readonly recordedAt: Instant
}

/** The moment a change is recorded at: later than all it changes, should the clock go back. */
export function laterThan(
  facts: readonly { readonly recordedAt: Instant }[],
  now: Instant,
): Instant {
  return facts.reduce<Instant>(
    (at, { recordedAt }) => (recordedAt >= at ? addMs(recordedAt, 1) : at),
    now,
  )
}
