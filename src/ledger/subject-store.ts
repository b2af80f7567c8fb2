import { type PlainDay, Refusal, subjectCommitment, subjectRef } from '../kernel/index.ts'
import type { Statements } from './client-tx.ts'
import { type DisclosedEvent, type SubjectOpening, subjectPath } from './proof.ts'

/** An event as its subject sees it: open, hidden until a day, or erased by law. */
export interface EventLine {
  readonly eventId: string
  /** The canonical JSON as it was hashed (kernel AuditBody); null while hidden, or once erased. */
  readonly body: string | null
  readonly state: 'open' | 'hidden' | 'erased'
  readonly hiddenUntil: PlainDay | null
  /** Its line in the log; null for the second or two before it has one. */
  readonly seq: number | null
}

export interface EventPage {
  /** The day on which it is looked at: what is hidden opens by itself. */
  readonly today: PlainDay
  readonly limit: number
  /** Only events before this one; newest first. */
  readonly before?: string
}

/**
 * The events that name a person, newest first. A hidden event is there, counted and provable, and
 * says nothing but the day it opens.
 */
export async function eventsOf(
  tx: Statements,
  personId: string,
  page: EventPage,
): Promise<EventLine[]> {
  return tx.prepared<EventLine>(
    'ledger.events-of',
    `with ids as (
       (select event_id from kernel.audit_event
        where person_id = $1 and ($2::uuid is null or event_id < $2)
        order by event_id desc limit $3)
       union
       (select event_id from kernel.audit_subject
        where person_id = $1 and ($2::uuid is null or event_id < $2)
        order by event_id desc limit $3)
     )
     select e.event_id as "eventId",
       case when e.hidden_until > $4::date then null else e.body end as body,
       case when e.hidden_until > $4::date then 'hidden' when e.body is null then 'erased'
         else 'open' end as state,
       e.hidden_until::text as "hiddenUntil", l.seq
     from ids join kernel.audit_event e using (event_id) left join ledger.audit_leaf l using (event_id)
     order by e.event_id desc limit $3`,
    [personId, page.before ?? null, page.limit, page.today],
  )
}

/**
 * Opens an event to one of its subjects: text, salt, and the path that shows nobody else.
 * Refuses `ledger.event-not-found` when it does not name the person, or was erased;
 * `ledger.hidden` until its day.
 */
export async function discloseTo(
  tx: Statements,
  eventId: string,
  to: { readonly personId: string; readonly today: PlainDay },
): Promise<DisclosedEvent> {
  const [event] = await tx.prepared<{
    body: string | null
    salt: Buffer
    personId: string | null
    until: string | null
  }>(
    'ledger.disclose',
    `select body, salt, person_id as "personId",
       case when hidden_until > $2::date then hidden_until::text end as until
     from kernel.audit_event where event_id = $1`,
    [eventId, to.today],
  )
  const opening = event && (await openingOf(tx, eventId, { ...event, subject: to.personId }))
  if (event === undefined || opening === undefined) throw new Refusal('ledger.event-not-found')
  if (event.until !== null) throw new Refusal('ledger.hidden', { until: event.until })
  if (event.body === null) throw new Refusal('ledger.event-not-found', { state: 'erased' })
  return { body: event.body, salt: event.salt, opening }
}

/** A person's place among the subjects of an event; undefined when the event does not name them. */
async function openingOf(
  tx: Statements,
  eventId: string,
  event: { readonly subject: string; readonly personId: string | null; readonly salt: Buffer },
): Promise<SubjectOpening | undefined> {
  const { subject } = event
  const ref = subjectRef(subject)
  if (event.personId === subject) return { ref, salt: event.salt, position: 0, count: 1, path: [] }
  if (event.personId !== null) return undefined
  const rows = await tx.prepared<{ personId: string; salt: Buffer }>(
    'ledger.subjects',
    `select person_id as "personId", salt from kernel.audit_subject
     where event_id = $1 order by position`,
    [eventId],
  )
  const position = rows.findIndex((row) => row.personId === subject)
  const own = rows[position]
  if (own === undefined) return undefined
  const commitments = rows.map((row) => subjectCommitment(row.salt, row.personId))
  const path = subjectPath(commitments, position)
  return { ref, salt: own.salt, position, count: rows.length, path }
}
