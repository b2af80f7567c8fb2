import { type Kernel, type PlainDay, type Profile, type Tx, yearOf } from '../../kernel/index.ts'
import type { Birth, PersonId, Residence, UnitId } from '../types.ts'
import { type FindableRow, listFindable, writeTokens } from './store.ts'

/** What a person is found by, besides numbers. */
export interface Findable {
  /** The name in force and other names borne beside it. */
  readonly names: readonly string[]
  readonly birthYear: number | null
  /** Where the person is registered or stays. */
  readonly units: readonly UnitId[]
}

/** The token of a birth year; no folded name begins with a letter and goes on in digits. */
export const yearToken = (year: number): string => `y${String(year).padStart(4, '0')}`
export const unitToken = (unit: UnitId): string => `u${unit}`

/** The tokens of a search row, each once. */
export function searchTokens(
  person: Findable,
  names: Pick<Profile['names'], 'fold'>,
): readonly string[] {
  const tokens = new Set(person.names.flatMap((name) => [...names.fold(name)]))
  if (person.birthYear !== null) tokens.add(yearToken(person.birthYear))
  for (const unit of person.units) tokens.add(unitToken(unit))
  return [...tokens]
}

interface In {
  readonly tx: Tx
  readonly kernel: Pick<Kernel, 'profile'>
  readonly today: PlainDay
}

/**
 * Makes the search rows of some persons agree with their facts, after the facts of a command have
 * been written. Every command that changes a name, a birth or a residence calls it. Who was merged
 * into another, and who has no name, is found by no word.
 */
export async function writeSearchRows(
  { tx, kernel, today }: In,
  personIds: readonly PersonId[],
): Promise<void> {
  if (personIds.length === 0) return
  const rows = await listFindable(tx, personIds, today)
  const { names } = kernel.profile
  const byPerson = Map.groupBy(rows, (row) => row.personId)
  const tokens = personIds.map((personId) =>
    searchTokens(findable(byPerson.get(personId) ?? []), names),
  )
  await writeTokens(tx, personIds, tokens)
}

/** The search row of one person; see `writeSearchRows`. */
export const writeSearchRow = (within: In, personId: PersonId): Promise<void> =>
  writeSearchRows(within, [personId])

function findable(rows: readonly FindableRow[]): Findable {
  const names: string[] = []
  const units: UnitId[] = []
  let birthYear: number | null = null
  for (const { kind, value } of rows) {
    if (kind === 'name' || kind === 'other-name') names.push((value as { full: string }).full)
    else if (kind === 'birth') birthYear = yearOf((value as Birth).on)
    else units.push((value as Residence).unit)
  }
  return { names, birthYear, units }
}
