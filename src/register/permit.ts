import { type Actor, dayOf, type Kernel } from '../kernel/index.ts'

type Country = Pick<Kernel, 'profile' | 'now'>

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
