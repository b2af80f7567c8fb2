import type { Instant, Tx } from '../kernel/index.ts'

/** Subjects named in the event of a look or of an erasure; more are not told one by one. */
const SUBJECTS_TOLD = 100

/** The people an event names. */
export async function listSubjectsOf(tx: Tx, eventId: string): Promise<string[]> {
  const rows = await tx.query<{ personId: string }>(
    `select person_id as "personId" from kernel.audit_event
     where event_id = $1 and person_id is not null
     union select person_id from kernel.audit_subject where event_id = $1 limit $2`,
    [eventId, SUBJECTS_TOLD],
  )
  return rows.map((row) => row.personId)
}

/** An event that was not erased, with the day until which its subjects do not see it. */
export async function findOpenEvent(
  tx: Tx,
  eventId: string,
): Promise<{ body: string; salt: Buffer; until: string | null } | undefined> {
  const [event] = await tx.query<{ body: string; salt: Buffer; until: string | null }>(
    `select body, salt, hidden_until::text as until from kernel.audit_event
     where event_id = $1 and body is not null`,
    [eventId],
  )
  return event
}

/** An event's line in the log, null before it has one, and whether it can still be read. */
export async function findPlace(
  tx: Tx,
  eventId: string,
): Promise<{ seq: number | null; open: boolean } | undefined> {
  const [place] = await tx.query<{ seq: number | null; open: boolean }>(
    `select l.seq, e.body is not null as open from kernel.audit_event e
     left join ledger.audit_leaf l using (event_id) where e.event_id = $1`,
    [eventId],
  )
  return place
}

export interface ErasureRequest {
  readonly eventId: string
  readonly reason: string
  readonly legalBasis: string
  readonly by: string
  readonly at: Instant
}

/** False when it was asked for before. */
export async function insertErasure(tx: Tx, request: ErasureRequest): Promise<boolean> {
  const { eventId, reason, legalBasis, by, at } = request
  const made = await tx.query(
    `insert into ledger.erasure (event_id, reason, legal_basis, requested_by, requested_at)
     values ($1, $2, $3, $4, $5) on conflict (event_id) do nothing returning event_id`,
    [eventId, reason, legalBasis, by, at],
  )
  return made.length === 1
}

export async function lockErasure(
  tx: Tx,
  eventId: string,
): Promise<{ requestedBy: string; agreed: boolean } | undefined> {
  const [request] = await tx.query<{ requestedBy: string; agreed: boolean }>(
    `select requested_by as "requestedBy", approved_by is not null as agreed
     from ledger.erasure where event_id = $1 for update`,
    [eventId],
  )
  return request
}

/**
 * Blanks an event's text and salt, with the second person's agreement. The one place where the
 * role that may do so is put on. False when there is no such event.
 */
export async function erase(
  tx: Tx,
  eventId: string,
  agreed: { readonly by: string; readonly at: Instant },
): Promise<boolean> {
  await tx.query(
    'update ledger.erasure set approved_by = $2, approved_at = $3 where event_id = $1',
    [eventId, agreed.by, agreed.at],
  )
  await tx.query('set local role goc_eraser')
  const erased = await tx.query(
    `update kernel.audit_event set body = null, salt = null where event_id = $1 returning event_id`,
    [eventId],
  )
  await tx.query('set local role none')
  return erased.length === 1
}
