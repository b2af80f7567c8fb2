import { type Kernel, type Profile, Refusal, type Sex, yearOf } from '../../kernel/index.ts'
import type { Birth } from '../types.ts'

/** Digits of a number of the current scheme, as it is stored; refuses any other text. */
export function checkedNumber(profile: Profile, text: string, field: string): string {
  const read = profile.number.parse(text)
  if (!read.ok) throw new Refusal('number.invalid', { field, fault: read.fault })
  if (read.scheme !== 'number') throw new Refusal('number.invalid', { field, fault: 'length' })
  return read.number
}

/** What of a person a number says otherwise: parts of `Implied`, none where nothing differs. */
export function contradictions(
  profile: Profile,
  number: string,
  person: { readonly sex: string | undefined; readonly birth: Birth | undefined },
): readonly ('sex' | 'birth-year')[] {
  const read = profile.number.parse(number)
  if (!read.ok) return []
  const { sex, birthYear } = read.implied
  const found: ('sex' | 'birth-year')[] = []
  if (sex !== null && person.sex !== undefined && sex !== person.sex) found.push('sex')
  if (birthYear !== null && person.birth && birthYear !== yearOf(person.birth.on)) {
    found.push('birth-year')
  }
  return found
}

/** What a number is composed of, but for its serial. */
export interface NumberWish {
  readonly personId: string
  readonly place: string
  readonly sex: string
  readonly birthYear: number
}

/** The number of a serial; refuses parts that no number can say. */
export function composed(
  { profile, demonstration }: Pick<Kernel, 'profile' | 'demonstration'>,
  wish: NumberWish,
  serial: number,
): string {
  const { place, birthYear } = wish
  if (wish.sex !== 'male' && wish.sex !== 'female') {
    throw new Refusal('number.invalid', { field: 'sex', fault: 'not-composed' })
  }
  const sex: Sex = wish.sex
  try {
    return profile.number.compose({ place, sex, birthYear, serial, demonstration })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new Refusal('number.invalid', { field: 'birth', fault: 'birth-year' })
  }
}

/** How a number stands: in force; given up for another; never rightly given; of the deceased. */
export type NumberState = 'in-force' | 'replaced' | 'cancelled' | 'closed'

/**
 * The state of a number by the numbers believed of its bearer. One that is believed of no day was
 * cancelled: it had been composed of what somebody keyed wrongly.
 */
export function stateOf(
  number: string,
  believed: readonly {
    readonly value: unknown
    readonly from: string
    readonly to: string | null
  }[],
  today: string,
): NumberState {
  const rows = believed.filter((row) => row.value === number)
  // Where none at all is believed, a death before the first day of the number closed it.
  if (rows.length === 0) return believed.length === 0 ? 'closed' : 'cancelled'
  if (rows.some((row) => row.to === null || row.to > today)) return 'in-force'
  const last = believed.reduce((a, b) => (a.from > b.from ? a : b))
  return last.value === number ? 'closed' : 'replaced'
}
