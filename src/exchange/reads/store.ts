import type { Actor, Instant, PlainDay, Tx } from '../../kernel/index.ts'

/** Events of a person that are hidden from them until a day: counted, never described. */
export async function countHidden(
  tx: Tx,
  persons: readonly string[],
  today: PlainDay,
): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select (select count(*) from kernel.audit_event e
             where e.person_id = any($1::uuid[]) and e.hidden_until > $2::date)
          + (select count(distinct e.event_id)
             from kernel.audit_subject s join kernel.audit_event e using (event_id)
             where s.person_id = any($1::uuid[]) and e.hidden_until > $2::date) as count`,
    [persons, today],
  )
  return row?.count ?? 0
}

/** Whose log is looked at, by whom, on which day: what is hidden opens by itself. */
export interface Me {
  /** The person's record, and those merged into it. */
  readonly persons: readonly string[]
  readonly actorId: string
  readonly today: PlainDay
}

/** Which of these events the person caused: signed in now, or under any account of theirs. */
export async function listOwnEvents(
  tx: Tx,
  { persons, actorId }: Me,
  eventIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.prepared<{ eventId: string }>(
    'exchange.own-events',
    `select e.event_id as "eventId" from kernel.audit_event e
     where e.event_id = any($3::uuid[]) and (e.actor_id = $2
       or exists (select from kernel.actor a where a.actor_id = e.actor_id
                    and a.person_id = any($1::uuid[])))`,
    [persons, actorId, eventIds],
  )
  return new Set(rows.map((row) => row.eventId))
}

/** Who bears a number of the register, in force or not. */
export async function findPersonByNumber(tx: Tx, number: string): Promise<string | undefined> {
  const [row] = await tx.query<{ personId: string }>(
    'select person_id as "personId" from register.bearer where number = $1',
    [number],
  )
  return row?.personId
}

/** Lines of others, counted by month, body and purpose; what is hidden or erased says neither. */
export interface CountedReads {
  /** yyyy-mm in the nation's zone. */
  readonly month: string
  /** The body, or the kind of actor where there is none. */
  readonly body: string | null
  readonly purpose: string | null
  readonly count: number
}

export async function countReads(
  tx: Tx,
  me: Me,
  by: { readonly since: Instant; readonly timeZone: string; readonly limit: number },
): Promise<CountedReads[]> {
  return tx.prepared<CountedReads>(
    'exchange.count-reads',
    `with ids as (
       (select event_id from kernel.audit_event
        where person_id = any($1::uuid[]) and event_id >= kernel.uuid_floor($4)
        order by event_id desc limit $6)
       union
       (select event_id from kernel.audit_subject
        where person_id = any($1::uuid[]) and event_id >= kernel.uuid_floor($4)
        order by event_id desc limit $6)
     ), told as (
       select uuid_extract_timestamp(e.event_id) at time zone $5 as at,
         case when e.hidden_until > $3::date then null else e.body::jsonb end as body
       from ids join kernel.audit_event e using (event_id)
       where e.actor_id <> $2
         and not exists (select from kernel.actor a
                         where a.actor_id = e.actor_id
                           and a.person_id = any($1::uuid[]))
     )
     select to_char(at, 'YYYY-MM') as month,
       coalesce(body #>> '{actor,body}', body #>> '{actor,kind}') as body,
       body ->> 'purpose' as purpose, count(*)::int as count
     from told group by 1, 2, 3`,
    [me.persons, me.actorId, me.today, by.since, by.timeZone, by.limit],
  )
}

/** Who caused an event: an actor's id, which nobody is shown. */
export async function findCauser(tx: Tx, eventId: string): Promise<string | undefined> {
  const [row] = await tx.query<{ actorId: string }>(
    'select actor_id as "actorId" from kernel.audit_event where event_id = $1',
    [eventId],
  )
  return row?.actorId
}

export interface Complaint {
  readonly id: string
  readonly eventId: string
  /** The agency, or the office, asked. */
  readonly addressee: string
  readonly question: string
  readonly askedAt: Instant
  /** The last day of the answer's time. */
  readonly dueOn: PlainDay
  readonly answeredAt: Instant | null
  readonly answer: string | null
  /** What the answer comes to: whether the reading was lawful. */
  readonly lawful: boolean | null
}

export interface ComplaintRecord extends Complaint {
  readonly personId: string
  readonly causedBy: string
}

const COMPLAINT = `c.complaint_id as id, c.event_id as "eventId", c.addressee, c.question,
  c.asked_at as "askedAt", c.due_on::text as "dueOn", c.answered_at as "answeredAt", c.answer,
  c.lawful`

export async function insertComplaint(
  tx: Tx,
  complaint: Omit<ComplaintRecord, 'answeredAt' | 'answer' | 'lawful'>,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into exchange.complaint
       (person_id, complaint_id, event_id, caused_by, addressee, question, asked_at, due_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (person_id, event_id) do nothing returning complaint_id`,
    [
      complaint.personId,
      complaint.id,
      complaint.eventId,
      complaint.causedBy,
      complaint.addressee,
      complaint.question,
      complaint.askedAt,
      complaint.dueOn,
    ],
  )
  return rows.length === 1
}

const COMPLAINT_BY_ID = `select ${COMPLAINT}, c.person_id as "personId",
  c.caused_by as "causedBy" from exchange.complaint c where c.complaint_id = $1`

export async function findComplaint(tx: Tx, id: string): Promise<ComplaintRecord | undefined> {
  const [row] = await tx.query<ComplaintRecord>(COMPLAINT_BY_ID, [id])
  return row
}

/** A complaint, locked for its answer. */
export async function lockComplaint(tx: Tx, id: string): Promise<ComplaintRecord | undefined> {
  const [row] = await tx.query<ComplaintRecord>(`${COMPLAINT_BY_ID} for update`, [id])
  return row
}

export async function answerComplaint(
  tx: Tx,
  complaint: ComplaintRecord,
  answered: {
    readonly at: Instant
    readonly by: Actor
    readonly text: string
    readonly lawful: boolean
  },
): Promise<void> {
  await tx.query(
    `update exchange.complaint
     set answered_at = $3, answered_by = $4, answer = $5, lawful = $6
     where person_id = $1 and complaint_id = $2`,
    [complaint.personId, complaint.id, answered.at, answered.by.id, answered.text, answered.lawful],
  )
}

export async function listComplaintsOf(tx: Tx, persons: readonly string[]): Promise<Complaint[]> {
  return tx.query<Complaint>(
    `select ${COMPLAINT} from exchange.complaint c where c.person_id = any($1::uuid[])
     order by c.asked_at desc limit 500`,
    [persons],
  )
}

/** Complaints to answer, the first due first; of one causer, or of all. */
export async function listComplaints(
  tx: Tx,
  of: { readonly causedBy: string | null; readonly isOpen: boolean; readonly limit: number },
): Promise<ComplaintRecord[]> {
  return tx.query<ComplaintRecord>(
    `select ${COMPLAINT}, c.person_id as "personId", c.caused_by as "causedBy"
     from exchange.complaint c
     where ($1::uuid is null or c.caused_by = $1) and (c.answered_at is null) = $2
     order by c.due_on, c.complaint_id limit $3`,
    [of.causedBy, of.isOpen, of.limit],
  )
}

/** How many questions wait for somebody's answer, and until when the first; nothing of whose. */
export async function countOpenComplaints(
  tx: Tx,
  causedBy: string,
): Promise<{ readonly open: number; readonly firstDue: PlainDay | null }> {
  const [row] = await tx.query<{ open: number; firstDue: PlainDay | null }>(
    `select count(*)::int as open, min(due_on)::text as "firstDue" from exchange.complaint
     where caused_by = $1 and answered_at is null`,
    [causedBy],
  )
  return row ?? { open: 0, firstDue: null }
}

export interface Consent {
  readonly id: string
  /** Code and name of the agency. */
  readonly agency: string
  readonly agencyName: string
  readonly purpose: string
  readonly from: PlainDay
  /** The first day it no longer holds. */
  readonly to: PlainDay | null
  readonly givenAt: Instant
  readonly withdrawnAt: Instant | null
}

export async function insertConsent(
  tx: Tx,
  consent: {
    readonly personId: string
    readonly id: string
    readonly agencyId: string
    readonly purpose: string
    readonly from: PlainDay
    readonly to: PlainDay | null
  },
  given: { readonly at: Instant; readonly by: Actor },
): Promise<void> {
  await tx.query(
    `insert into exchange.consent
       (person_id, consent_id, agency_id, purpose, valid, given_at, given_by)
     values ($1, $2, $3, $4, daterange($5::date, $6::date), $7, $8)`,
    [
      consent.personId,
      consent.id,
      consent.agencyId,
      consent.purpose,
      consent.from,
      consent.to,
      given.at,
      given.by.id,
    ],
  )
}

/** Answers false where the person has no such consent in force. */
export async function withdrawConsent(
  tx: Tx,
  consent: { readonly persons: readonly string[]; readonly id: string },
  at: Instant,
): Promise<boolean> {
  const rows = await tx.query(
    `update exchange.consent set withdrawn_at = $3
     where person_id = any($1::uuid[]) and consent_id = $2 and withdrawn_at is null
     returning consent_id`,
    [consent.persons, consent.id, at],
  )
  return rows.length === 1
}

export async function listConsents(tx: Tx, persons: readonly string[]): Promise<Consent[]> {
  return tx.query<Consent>(
    `select c.consent_id as id, a.code as agency, a.name as "agencyName", c.purpose,
       lower(c.valid)::text as "from", upper(c.valid)::text as "to", c.given_at as "givenAt",
       c.withdrawn_at as "withdrawnAt"
     from exchange.consent c join exchange.agency a using (agency_id)
     where c.person_id = any($1::uuid[]) order by c.given_at desc limit 500`,
    [persons],
  )
}
