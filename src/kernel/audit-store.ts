import type { AuditRow } from './audit.ts'
import type { Tx } from './database.ts'

/** Writes events, and the subjects of those that name several, with the commit. */
export function writeAudit(tx: Tx, rows: readonly AuditRow[]): void {
  const [only] = rows
  if (only === undefined) return
  if (rows.length === 1 && only.subjects.length === 0) {
    tx.atCommit(
      'kernel.audit-one',
      `insert into kernel.audit_event (event_id, actor_id, person_id, body, salt, leaf, hidden_until)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        only.eventId,
        only.actorId,
        only.personId,
        only.body,
        only.salt,
        only.leaf,
        only.hiddenUntil,
      ],
    )
    return
  }
  tx.atCommit(
    'kernel.audit-events',
    `insert into kernel.audit_event (event_id, actor_id, person_id, body, salt, leaf, hidden_until)
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bytea[], $6::bytea[], $7::date[])`,
    [
      rows.map((row) => row.eventId),
      rows.map((row) => row.actorId),
      rows.map((row) => row.personId),
      rows.map((row) => row.body),
      rows.map((row) => row.salt),
      rows.map((row) => row.leaf),
      rows.map((row) => row.hiddenUntil),
    ],
  )
  for (const row of rows) if (row.subjects.length > 0) writeSubjects(tx, row)
}

/**
 * The subjects of one event, ids and salts each as one row of bytes: as fast as COPY into the same
 * indexes (270 ms for 20,000, measured beside it), and in the transaction of the event.
 */
function writeSubjects(tx: Tx, { eventId, subjects }: AuditRow): void {
  tx.atCommit(
    'kernel.audit-subjects',
    `insert into kernel.audit_subject (event_id, person_id, position, salt)
     select $1::uuid, encode(substring($2::bytea from 16 * at + 1 for 16), 'hex')::uuid, at,
       substring($3::bytea from 32 * at + 1 for 32)
     from generate_series(0, $4::int - 1) as at`,
    [
      eventId,
      Buffer.from(subjects.map(({ personId }) => personId.replaceAll('-', '')).join(''), 'hex'),
      Buffer.concat(subjects.map(({ salt }) => salt)),
      subjects.length,
    ],
  )
}
