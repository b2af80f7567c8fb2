import type { Instant, Tx } from '../../kernel/index.ts'
import type { Revision } from '../facts.ts'
import type { ActId, HouseholdId, PersonId } from '../types.ts'

/**
 * Stores the act, the person and the first of some numbers that nobody ever had. Answers the
 * number; undefined when all of them were given before.
 */
export async function insertPerson(
  tx: Tx,
  personId: PersonId,
  of: { readonly act: readonly unknown[]; readonly numbers: readonly string[] },
): Promise<string | undefined> {
  const [entered] = await tx.prepared<{ number: string }>(
    'register.enter',
    `with act as (
       insert into register.act (act_id, kind, document, decided_on, body, unit_id, legal_basis,
         actor_id, note, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ), person as (
       insert into register.person (person_id, act_id, recorded_at) values ($11, $1, $10)
     )
     insert into register.number (number, person_id)
     select t.number, $11 from unnest($12::text[]) with ordinality as t (number, turn)
     where not exists (select from register.number n where n.number = t.number)
     order by t.turn limit 1
     on conflict (number) do nothing
     returning number`,
    [...of.act, personId, of.numbers],
  )
  return entered?.number
}

/**
 * First facts of a person made in this transaction, and what they add to others' records under keys
 * of their own: nothing can be superseded, so nothing is looked for. The trigger looks all the same.
 */
export function insertFirstFacts(
  tx: Tx,
  facts: readonly Revision[],
  by: { readonly actId: ActId; readonly at: Instant },
): void {
  tx.atCommit(
    'register.first-facts',
    `insert into register.fact (person_id, kind, key, valid, value, act_id, recorded_at)
     select person_id, kind, key, daterange("from", "to"), value, $7::uuid, $8::timestamptz
     from unnest($1::uuid[], $2::text[], $3::text[], $4::date[], $5::date[], $6::jsonb[])
       as n (person_id, kind, key, "from", "to", value)`,
    [
      facts.map((one) => one.personId),
      facts.map((one) => one.kind),
      facts.map((one) => one.key ?? ''),
      facts.map((one) => one.from),
      facts.map((one) => one.to ?? null),
      facts.map((one) => JSON.stringify(one.value)),
      by.actId,
      by.at,
    ],
  )
}

export function insertMember(tx: Tx, household: HouseholdId, personId: PersonId): void {
  tx.atCommit(
    'register.member-first',
    'insert into register.member (household_id, person_id) values ($1, $2) on conflict do nothing',
    [household, personId],
  )
}

export function insertTokens(tx: Tx, personId: PersonId, tokens: readonly string[]): void {
  tx.atCommit(
    'register.search-first',
    'insert into register.search (person_id, tokens) values ($1, $2::text[])',
    [personId, tokens],
  )
}
