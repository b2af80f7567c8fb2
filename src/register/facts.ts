import { type PlainDay, Refusal, violated } from '../kernel/index.ts'
import type { FactKind, FactValues, PersonId } from './types.ts'

/** From `from` up to, not including, `to`, this holds of the person; null: nothing holds. */
export interface Revision<Kind extends FactKind = FactKind> {
  readonly personId: PersonId
  readonly kind: Kind
  readonly key?: string
  readonly from: PlainDay
  readonly to?: PlainDay | null
  readonly value: FactValues[Kind] | null
}

/** Type-checks a value against its kind; lists of revisions mix kinds. */
export const revision = <Kind extends FactKind>(of: Revision<Kind>): Revision => of as Revision

/** What only a change of the same records under way at the same moment can break. */
const RACES = new Set([
  'fact_no_overlap',
  'fact_key',
  'fact_check',
  'household_fact_no_overlap',
  'household_fact_key',
  'household_fact_check',
  'superseded_once',
])

/** Who is overtaken by another's change is refused, and may try again. */
export async function refusingRaces<T>(done: Promise<T>): Promise<T> {
  try {
    return await done
  } catch (error) {
    if (RACES.has(violated(error) ?? '')) throw new Refusal('fact.changed-meanwhile')
    throw error
  }
}
