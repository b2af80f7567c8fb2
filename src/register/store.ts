import type { Tx } from '../kernel/index.ts'
import type { Fact, FactKind, PersonId } from './types.ts'

/** How many records there are, merged duplicates among them. */
export async function countPersons(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ persons: number }>(
    'select count(*) as persons from register.person',
  )
  return row?.persons ?? 0
}

/** What is believed of a person, of some kinds and of any day. */
export async function listFactsOfKinds(
  tx: Tx,
  personId: PersonId,
  kinds: readonly FactKind[],
): Promise<Fact[]> {
  return tx.prepared<Fact>(
    'register.home-facts',
    `select kind, value, lower(valid) as "from", upper(valid) as "to" from register.fact
     where person_id = $1 and kind = any($2) and superseded_at is null`,
    [personId, kinds],
  )
}
