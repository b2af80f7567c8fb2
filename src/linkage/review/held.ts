import type { HeldFact } from './store.ts'
import type { ReviewField } from './types.ts'

/** What the register holds of a person, in the forms a row is compared in. */
export interface Held extends Readonly<Record<ReviewField, string | null>> {
  /** The unit of the permanent residence. */
  readonly unit: string | null
  /** A second approver is needed to open the record: the desk shows nothing of it. */
  readonly isProtected: boolean
}

/** One person's facts among those of several. */
export function heldOf(facts: readonly HeldFact[], personId: string): Held {
  const values = (kind: string) =>
    facts.filter((fact) => fact.personId === personId && fact.kind === kind).map((one) => one.value)
  const text = (kind: string, key?: string): string | null => {
    const [value] = values(kind)
    const found = key === undefined ? value : (value as Readonly<Record<string, unknown>>)?.[key]
    return typeof found === 'string' ? found : null
  }
  const unit = text('permanent', 'unit')
  return {
    name: text('name', 'full'),
    birthdate: text('birth', 'on'),
    sex: text('sex'),
    number: text('number'),
    old_number:
      values('old-number')
        .filter((one) => typeof one === 'string')
        .join(', ') || null,
    resident_city: unit,
    unit,
    isProtected: values('protected').length > 0,
  }
}
