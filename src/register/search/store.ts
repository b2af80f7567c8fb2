import type { PlainDay, Tx } from '../../kernel/index.ts'
import type { PersonId, UnitId } from '../types.ts'

/** What is shown of somebody in a list of results, beside the handle: nothing else. */
export interface Hit {
  readonly personId: PersonId
  readonly name: string | null
  readonly birthYear: number | null
  readonly unit: UnitId | null
  /** Kept from lists: opening the record takes a second person. */
  readonly isProtected: boolean
}

export interface TokenSearch {
  /** Each of them. */
  readonly all: readonly string[]
  /** One of them at least; empty: no matter. */
  readonly any: readonly string[]
  readonly limit: number
  /** Every one is so common that among a few thousand people enough bear them all. */
  readonly isCommon: boolean
}

/** People who are looked at one by one before the index is asked. */
const PROBE_ROWS = 5_000

/**
 * Persons by the tokens of their search rows, in no order: the first that are found. The planner is
 * kept from reading the whole table: it takes tokens for independent, and two family names are not
 * (800 ms against 10 at a million persons). Millions who are called alike are not counted by the index
 * either, when the first few thousand rows hold enough of them.
 */
export async function findByTokens(tx: Tx, search: TokenSearch): Promise<PersonId[]> {
  const { all, any, limit, isCommon } = search
  if (isCommon && any.length === 0) {
    const probed = await tx.query<Row>(
      `select person_id as "personId" from (
         select person_id, tokens from register.search limit $3) s
       where tokens @> $1::text[] limit $2`,
      [all, limit, PROBE_ROWS],
    )
    if (probed.length === limit) return probed.map((row) => row.personId)
  }
  await tx.query('set local enable_seqscan = off')
  const rows = await tx.query<Row>(
    any.length === 0
      ? `select person_id as "personId" from register.search where tokens @> $1::text[] limit $2`
      : `select person_id as "personId" from register.search
         where tokens @> $1::text[] and tokens && $3::text[] limit $2`,
    any.length === 0 ? [all, limit] : [all, limit, any],
  )
  return rows.map((row) => row.personId)
}

interface Row {
  readonly personId: PersonId
}

/** Name, birth year and unit of some persons, as believed now, in the order given. */
export async function listHits(
  tx: Tx,
  personIds: readonly PersonId[],
  today: PlainDay,
): Promise<Hit[]> {
  return tx.prepared<Hit>(
    'register.search-hits',
    `select p.person_id as "personId", h.name, h.year::int as "birthYear", h.unit,
       h.protected as "isProtected"
     from unnest($1::uuid[]) with ordinality as p (person_id, turn), lateral (
       select (array_agg(f.value ->> 'full' order by lower(f.valid) desc)
           filter (where f.kind = 'name'))[1] as name,
         (array_agg(left(f.value ->> 'on', 4)) filter (where f.kind = 'birth'))[1] as year,
         (array_agg(f.value ->> 'unit' order by f.kind <> 'permanent', f.kind <> 'temporary')
           filter (where f.kind = any('{permanent,temporary,current}')
             and f.valid @> $2::date))[1] as unit,
         coalesce(bool_or(f.kind = 'protected' and f.valid @> $2::date), false) as protected
       from register.fact f
       where f.person_id = p.person_id and f.superseded_at is null
         and f.kind = any('{name,birth,permanent,temporary,current,protected}')) h
     order by p.turn`,
    [personIds, today],
  )
}
