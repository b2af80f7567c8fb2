import type { Context, PartialDay, Tx } from '../../kernel/index.ts'
import type { PersonId } from '../types.ts'

/** Forty generations are a thousand years: nobody has more ancestors on record. */
const GENERATIONS_MOST = 40

/** Whether the one is the other or one of the other's ancestors, of whatever day. */
export async function isAncestor(tx: Tx, person: PersonId, of: PersonId): Promise<boolean> {
  const [row] = await tx.prepared<{ found: boolean }>(
    'register.is-ancestor',
    `with recursive up (person_id, generation) as (
       select $1::uuid, 0
       union
       select (f.value ->> 'person')::uuid, up.generation + 1
       from up join register.fact f on f.person_id = up.person_id
       where f.kind = 'parent' and f.superseded_at is null and f.value ? 'person'
         and up.generation < $3
     )
     select exists (select from up where person_id = $2) as found`,
    [of, person, GENERATIONS_MOST],
  )
  return row?.found === true
}

/** Whether the one stands behind the other's representatives, directly or through others. */
export async function isRepresentedBy(
  { tx, today }: Pick<Context, 'tx' | 'today'>,
  person: PersonId,
  by: PersonId,
): Promise<boolean> {
  const [row] = await tx.prepared<{ found: boolean }>(
    'register.is-represented-by',
    `with recursive up (person_id, steps) as (
       select $1::uuid, 0
       union
       select (f.value ->> 'person')::uuid, up.steps + 1
       from up join register.fact f on f.person_id = up.person_id
       where f.kind = 'representative' and f.superseded_at is null and f.value ? 'person'
         and f.valid @> $4::date and up.steps < $3
     )
     select exists (select from up where person_id = $2) as found`,
    [person, by, GENERATIONS_MOST, today],
  )
  return row?.found === true
}

/** When some persons are believed to have been born. */
export async function listBirthDays(
  tx: Tx,
  personIds: readonly PersonId[],
): Promise<ReadonlyMap<PersonId, PartialDay>> {
  if (personIds.length === 0) return new Map()
  const rows = await tx.prepared<{ personId: PersonId; on: PartialDay }>(
    'register.birth-days',
    `select person_id as "personId", value ->> 'on' as "on" from register.fact
     where person_id = any($1::uuid[]) and kind = 'birth' and superseded_at is null`,
    [personIds],
  )
  return new Map(rows.map((row) => [row.personId, row.on]))
}
