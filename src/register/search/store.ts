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

/** A fact that a person is found by. */
export interface FindableRow {
  readonly personId: PersonId
  readonly kind: 'name' | 'other-name' | 'birth' | 'permanent' | 'temporary' | 'current'
  readonly value: unknown
}

/** What some persons are found by on a day; nothing of who was merged into another. */
export async function listFindable(
  tx: Tx,
  personIds: readonly PersonId[],
  today: PlainDay,
): Promise<FindableRow[]> {
  return tx.prepared<FindableRow>(
    'register.search-facts',
    `select f.person_id as "personId", f.kind, f.value from register.fact f
     where f.person_id = any($1::uuid[]) and f.superseded_at is null and f.valid @> $2::date
       and f.kind = any('{name,other-name,birth,permanent,temporary,current}')
       and not exists (select from register.fact m where m.person_id = f.person_id
         and m.kind = 'merged' and m.superseded_at is null and m.valid @> $2::date)`,
    [personIds, today],
  )
}

/** Writes the tokens of each person, in the same order. */
export async function writeTokens(
  tx: Tx,
  personIds: readonly PersonId[],
  tokens: readonly (readonly string[])[],
): Promise<void> {
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

const NAMESAKES = 50

/** Names of those who are found by all tokens and were born on a day. */
export async function listNamesakes(
  tx: Tx,
  tokens: readonly string[],
  bornOn: string,
): Promise<{ name: string }[]> {
  return tx.query<{ name: string }>(
    `select m.value ->> 'full' as name from register.search s
     join register.fact b on b.person_id = s.person_id and b.kind = 'birth'
       and b.superseded_at is null and b.value ->> 'on' = $2
     join register.fact m on m.person_id = s.person_id and m.kind = 'name'
       and m.superseded_at is null
     where s.tokens @> $1::text[] limit $3`,
    [tokens, bornOn, NAMESAKES],
  )
}
