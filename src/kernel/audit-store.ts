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
  const subjects = rows.flatMap((row) =>
    row.subjects.map((subject, position) => ({ ...subject, position, eventId: row.eventId })),
  )
  tx.atCommit(
    'kernel.audit-many',
    `with events as (
       insert into kernel.audit_event (event_id, actor_id, person_id, body, salt, leaf, hidden_until)
       select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bytea[], $6::bytea[], $7::date[])
     )
     insert into kernel.audit_subject (event_id, person_id, position, salt)
     select * from unnest($8::uuid[], $9::uuid[], $10::int[], $11::bytea[])`,
    [
      rows.map((row) => row.eventId),
      rows.map((row) => row.actorId),
      rows.map((row) => row.personId),
      rows.map((row) => row.body),
      rows.map((row) => row.salt),
      rows.map((row) => row.leaf),
      rows.map((row) => row.hiddenUntil),
      subjects.map((subject) => subject.eventId),
      subjects.map((subject) => subject.personId),
      subjects.map((subject) => subject.position),
      subjects.map((subject) => subject.salt),
    ],
  )
}
