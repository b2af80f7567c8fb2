import { type Actor, dayOf, type Kernel } from '../kernel/index.ts'

type Country = Pick<Kernel, 'profile' | 'now'>

/**
 * Whether any grant of an officer, over whatever unit, permits an operation today: what is not
 * permitted is not offered. The operation asks again, with the record's area.
 */
export function may({ profile, now }: Country, { grants }: Actor, operation: string): boolean {
  return unitsWhere({ profile, now }, { grants }, operation).length > 0
}

/** The units over which an officer may do an operation today; 'nation' is one. */
export function unitsWhere(
  { profile, now }: Country,
  { grants }: Pick<Actor, 'grants'>,
  operation: string,
): readonly string[] {
  const today = dayOf(now(), profile.timeZone)
  const units = grants
    .filter(({ from, to }) => from <= today && (to === null || today < to))
    .filter(({ role }) => {
      const operations = profile.roles[role]?.operations ?? []
      return operations.includes(operation) || operations.includes('*')
    })
    .map(({ unit }) => unit)
  return [...new Set(units)]
}
