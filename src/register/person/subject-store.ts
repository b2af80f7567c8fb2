import type { Instant, Tx } from '../../kernel/index.ts'
import type { PersonId } from '../types.ts'
import type { OwnedFact } from './revisions.ts'

const COLUMNS = `f.person_id as "personId", f.kind, f.key, f.value, lower(f.valid) as "from",
  upper(f.valid) as "to", f.act_id as "actId", f.recorded_at as "recordedAt",
  f.superseded_at as "supersededAt", f.superseded_by as "supersededBy"`

/** All that is believed of some persons, of any day. */
export async function listBelievedOf(tx: Tx, personIds: readonly PersonId[]): Promise<OwnedFact[]> {
  return tx.prepared<OwnedFact>(
    'register.believed-of',
    `select ${COLUMNS} from register.fact f
     where f.person_id = any($1::uuid[]) and f.superseded_at is null
     order by f.person_id, f.kind, f.key, lower(f.valid)`,
    [personIds],
  )
}

/** The same of whoever a number of the current scheme was given to, in one statement. */
export async function listBelievedByNumber(tx: Tx, number: string): Promise<OwnedFact[]> {
  return tx.prepared<OwnedFact>(
    'register.believed-by-number',
    `select ${COLUMNS} from register.number n join register.fact f using (person_id)
     where n.number = $1 and f.superseded_at is null
     order by f.kind, f.key, lower(f.valid)`,
    [number],
  )
}

/** Every row of some persons there ever was. */
export async function listHistoryOf(tx: Tx, personIds: readonly PersonId[]): Promise<OwnedFact[]> {
  return tx.prepared<OwnedFact>(
    'register.history-of',
    `select ${COLUMNS} from register.fact f where f.person_id = any($1::uuid[])
     order by f.person_id, f.kind, f.key, lower(f.valid), f.recorded_at`,
    [personIds],
  )
}

/** Whoever changes a person waits for whoever does so already; always in one order. */
export async function lockPersons(tx: Tx, sorted: readonly PersonId[]): Promise<void> {
  await tx.prepared(
    'register.persons-lock',
    `select pg_advisory_xact_lock(k) from (
       select hashtextextended(p::text, 4100) as k from unnest($1::uuid[]) as p order by p) l`,
    [sorted],
  )
}

/** The last moment at which anything was recorded of some persons. */
export async function findLastRecorded(
  tx: Tx,
  personIds: readonly PersonId[],
): Promise<Instant | null> {
  const [last] = await tx.prepared<{ at: Instant | null }>(
    'register.persons-last',
    `select max(greatest(recorded_at, superseded_at)) as at from register.fact
     where person_id = any($1::uuid[])`,
    [personIds],
  )
  return last?.at ?? null
}

/** A survivor's duplicates are found with it. */
export function linkDuplicate(tx: Tx, survivor: PersonId, duplicate: PersonId): void {
  tx.atCommit(
    'register.duplicate-insert',
    'insert into register.duplicate (survivor_id, person_id) values ($1, $2) on conflict do nothing',
    [survivor, duplicate],
  )
}
