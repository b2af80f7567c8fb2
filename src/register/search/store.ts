import type { PlainDay, Tx } from '../../kernel/index.ts'
import type { PersonId, UnitId } from '../types.ts'

/** What is shown of somebody in a list of results, beside the handle: nothing else. */
export interface Hit {
  readonly personId: PersonId
  readonly name: string | null
  readonly birthYear: number | null
  readonly unit: UnitId | null
}

export interface TokenSearch {
  /** Each of them. */
  readonly all: readonly string[]
  /** One of them at least; empty: no matter. */
  readonly any: readonly string[]
  readonly limit: number
}

/** Persons by the tokens of their search rows, in no order: the first that are found. */
export async function findByTokens(tx: Tx, search: TokenSearch): Promise<PersonId[]> {
  const rows =
    search.any.length === 0
      ? await tx.prepared<{ personId: PersonId }>(
          'register.search-all',
          `select person_id as "personId" from register.search where tokens @> $1::text[] limit $2`,
          [search.all, search.limit],
        )
      : await tx.prepared<{ personId: PersonId }>(
          'register.search-any',
          `select person_id as "personId" from register.search
           where tokens @> $1::text[] and tokens && $2::text[] limit $3`,
          [search.all, search.any, search.limit],
        )
  return rows.map((row) => row.personId)
}

/** Name, birth year and unit of some persons, as believed now. */
export async function listHits(
  tx: Tx,
  personIds: readonly PersonId[],
  today: PlainDay,
): Promise<Hit[]> {
  return tx.prepared<Hit>(
    'register.search-hits',
    `select p.person_id as "personId", h.name, h.year::int as "birthYear", h.unit
     from unnest($1::uuid[]) with ordinality as p (person_id, turn), lateral (
       select (array_agg(f.value ->> 'full' order by lower(f.valid) desc)
           filter (where f.kind = 'name'))[1] as name,
         (array_agg(left(f.value ->> 'on', 4)) filter (where f.kind = 'birth'))[1] as year,
         (array_agg(f.value ->> 'unit' order by f.kind <> 'permanent', f.kind <> 'temporary')
           filter (where f.kind = any('{permanent,temporary,current}')
             and f.valid @> $2::date))[1] as unit
       from register.fact f
       where f.person_id = p.person_id and f.superseded_at is null
         and f.kind = any('{name,birth,permanent,temporary,current}')) h
     order by p.turn`,
    [personIds, today],
  )
}
