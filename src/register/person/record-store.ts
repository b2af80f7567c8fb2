import type { Instant, Tx } from '../../kernel/index.ts'
import { listActs } from '../act-store.ts'
import type { Act, ActId, Fact, PersonId } from '../types.ts'

/** What is shown of somebody on another's record (Law 26/2023, article 9, no. 15 and 23). */
export interface Kin {
  readonly personId: PersonId
  readonly name: string | null
  readonly number: string | null
  readonly oldNumber: string | null
  readonly nationality: string | null
}

/** Names and numbers of some persons, as believed now. Of the deceased, the last there were. */
export async function listKin(
  tx: Tx,
  personIds: readonly PersonId[],
): Promise<ReadonlyMap<PersonId, Kin>> {
  if (personIds.length === 0) return new Map()
  const rows = await tx.prepared<Kin>(
    'register.kin',
    `select p.person_id as "personId", k.name, k.number, k."oldNumber", k.nationality
     from unnest($1::uuid[]) as p (person_id), lateral (
       select (array_agg(f.value ->> 'full' order by lower(f.valid) desc)
           filter (where f.kind = 'name'))[1] as name,
         (array_agg(f.value #>> '{}' order by lower(f.valid) desc)
           filter (where f.kind = 'number'))[1] as number,
         (array_agg(f.key order by lower(f.valid) desc)
           filter (where f.kind = 'old-number'))[1] as "oldNumber",
         (array_agg(f.key order by lower(f.valid) desc)
           filter (where f.kind = 'nationality'))[1] as nationality
       from register.fact f
       where f.person_id = p.person_id and f.superseded_at is null
         and f.kind = any('{name,number,old-number,nationality}')) k`,
    [[...new Set(personIds)]],
  )
  return new Map(rows.map((row) => [row.personId, row]))
}

/** Numbers of the records that are merged into this one. */
export async function listDuplicateNumbers(tx: Tx, personId: PersonId): Promise<string[]> {
  const rows = await tx.prepared<{ number: string }>(
    'register.duplicates',
    `select n.value #>> '{}' as number from register.duplicate d
     join register.fact m on m.person_id = d.person_id and m.kind = 'merged'
       and m.superseded_at is null and m.value ->> 'into' = $1::text
     join register.fact n on n.person_id = d.person_id and n.kind = 'number'
       and n.superseded_at is null
     where d.survivor_id = $1::uuid order by lower(n.valid) desc`,
    [personId],
  )
  return rows.map((row) => row.number)
}

/** Every number of the present scheme a person was ever given, with the days it is believed of. */
export async function listNumbersEver(tx: Tx, personId: PersonId): Promise<NumberRow[]> {
  return tx.prepared<NumberRow>(
    'register.numbers-ever',
    `select value #>> '{}' as value, lower(valid) as "from", upper(valid) as "to",
       superseded_at is null as believed
     from register.fact where person_id = $1 and kind = 'number'
     order by lower(valid), recorded_at`,
    [personId],
  )
}

/** When a person was entered. */
export async function findRecordedAt(tx: Tx, personId: PersonId): Promise<Instant | undefined> {
  const [person] = await tx.query<{ recordedAt: Instant }>(
    'select recorded_at as "recordedAt" from register.person where person_id = $1',
    [personId],
  )
  return person?.recordedAt
}

export interface NumberRow extends Pick<Fact, 'from' | 'to'> {
  readonly value: string
  readonly believed: boolean
}

/** The acts behind some facts, also those that superseded them. */
export async function listActsOf(tx: Tx, facts: readonly Fact[]): Promise<Act[]> {
  const ids = facts.flatMap(({ actId, supersededBy }) =>
    supersededBy === null ? [actId] : [actId, supersededBy],
  )
  return listActs(tx, [...new Set<ActId>(ids)])
}
