import { type Kernel, type PlainDay, type Profile, type Tx, yearOf } from '../../kernel/index.ts'
import type { Birth, PersonId, Residence, UnitId } from '../types.ts'

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

interface FindableRow {
  readonly personId: PersonId
  readonly kind: 'name' | 'other-name' | 'birth' | 'permanent' | 'temporary' | 'current'
  readonly value: unknown
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
  const rows = await tx.prepared<FindableRow>(
    'register.search-facts',
    `select f.person_id as "personId", f.kind, f.value from register.fact f
     where f.person_id = any($1::uuid[]) and f.superseded_at is null and f.valid @> $2::date
       and f.kind = any('{name,other-name,birth,permanent,temporary,current}')
       and not exists (select from register.fact m where m.person_id = f.person_id
         and m.kind = 'merged' and m.superseded_at is null and m.valid @> $2::date)`,
    [personIds, today],
  )
  const { names } = kernel.profile
  const byPerson = Map.groupBy(rows, (row) => row.personId)
  const tokens = personIds.map((personId) =>
    searchTokens(findable(byPerson.get(personId) ?? []), names),
  )
  // An array of arrays must be rectangular in PostgreSQL: the tokens of one person travel as JSON.
  await tx.prepared(
    'register.search-write',
    `insert into register.search as s (person_id, tokens)
     select n.person_id, array(select jsonb_array_elements_text(n.tokens))
     from unnest($1::uuid[], $2::jsonb[]) as n (person_id, tokens)
     on conflict (person_id) do update set tokens = excluded.tokens
     where s.tokens is distinct from excluded.tokens`,
    [personIds, tokens.map((list) => JSON.stringify(list))],
  )
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
