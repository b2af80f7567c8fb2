import { Refusal } from '../../kernel/index.ts'
import type { Within } from '../area.ts'
import type { PersonId } from '../types.ts'
import { type NumberState, stateOf } from './rules.ts'
import { listByNumbers, listByOldNumber, listNumbers, survivorsOf } from './store.ts'

/** A person found by a number. */
export interface Found {
  /** Whose number it is. */
  readonly personId: PersonId
  /** Whom the record is read from: the same, unless it was merged into another. */
  readonly survivorId: PersonId
  /** Digits only. */
  readonly number: string
  /** `old`: of an earlier scheme, which several persons may share. */
  readonly state: NumberState | 'old'
}

/**
 * The persons a number, of the current scheme or an older one, was ever given to. Refuses
 * `number.invalid` what is no number; answers none where nobody bears it.
 */
export async function findByNumber(
  { tx, kernel, today }: Within,
  text: string,
): Promise<readonly Found[]> {
  const read = kernel.profile.number.parse(text)
  if (!read.ok) throw new Refusal('number.invalid', { field: 'number', fault: read.fault })
  const { number, scheme } = read
  const bearers =
    scheme === 'number' ? await listByNumbers(tx, [number]) : await listByOldNumber(tx, number)
  if (bearers.length === 0) return []
  const personIds = bearers.map((bearer) => bearer.personId)
  const [survivors, numbers] = await Promise.all([
    survivorsOf(tx, personIds, today),
    listNumbers(tx, personIds),
  ])
  return personIds.map((personId) => ({
    personId,
    survivorId: survivors.get(personId) ?? personId,
    number,
    state:
      scheme === 'number'
        ? stateOf(
            number,
            numbers.filter((row) => row.personId === personId),
            today,
          )
        : 'old',
  }))
}
