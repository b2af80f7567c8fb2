import { Type } from 'typebox'
import { type CommandContext, command, Refusal, type Tx } from '../kernel/index.ts'

const EventId = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
})
/** Subjects of one event named in the event of its erasure; more are not told one by one. */
const SUBJECTS_TOLD = 100
const BASIS = { purpose: 'inspection', legalBasis: 'inspection.data' } as const

/**
 * Asks that an event be erased, with the reason and the law. It must be in the log already, so that
 * every other proof stands on a tree that does not change.
 */
export const requestErasure = command({
  name: 'ledger.request-erasure',
  input: Type.Object(
    {
      eventId: EventId,
      reason: Type.String({ minLength: 10, maxLength: 2_000 }),
      legalBasis: Type.String({ minLength: 3, maxLength: 300 }),
    },
    { additionalProperties: false },
  ),
  ...BASIS,
  level: 3,
  async run({ eventId, reason, legalBasis }, context) {
    const { tx, actor, now } = context
    context.requireArea(['nation'])
    const [event] = await tx.query<{ seq: number | null; open: boolean }>(
      `select l.seq, e.body is not null as open from kernel.audit_event e
       left join ledger.audit_leaf l using (event_id) where e.event_id = $1`,
      [eventId],
    )
    if (event?.open !== true) throw new Refusal('ledger.event-not-found')
    if (event.seq === null) throw new Refusal('ledger.not-yet-sequenced')
    await concernSubjects(context, eventId)
    const made = await tx.query(
      `insert into ledger.erasure (event_id, reason, legal_basis, requested_by, requested_at)
       values ($1, $2, $3, $4, $5) on conflict (event_id) do nothing returning event_id`,
      [eventId, reason, legalBasis, actor.id, now],
    )
    return { requested: made.length === 1 }
  },
})

/**
 * The second person agrees, and the event's text and salt are gone: its leaf can no longer be
 * turned back into anything, and every other event keeps its proof.
 */
export const agreeToErasure = command({
  name: 'ledger.agree-to-erasure',
  input: Type.Object({ eventId: EventId }, { additionalProperties: false }),
  ...BASIS,
  level: 3,
  async run({ eventId }, context) {
    const { tx, actor, now } = context
    context.requireArea(['nation'])
    const [request] = await tx.query<{ requestedBy: string; agreed: boolean }>(
      `select requested_by as "requestedBy", approved_by is not null as agreed
       from ledger.erasure where event_id = $1 for update`,
      [eventId],
    )
    if (request === undefined || request.agreed) throw new Refusal('ledger.erasure-not-approved')
    if (request.requestedBy === actor.id) throw new Refusal('actor.same-person')
    await concernSubjects(context, eventId)
    await tx.query(
      'update ledger.erasure set approved_by = $2, approved_at = $3 where event_id = $1',
      [eventId, actor.id, now],
    )
    await erase(tx, eventId)
    context.emit('ledger.event-erased', eventId, { eventId })
    return { erased: true }
  },
})

/** The one place where the role that may blank an event is put on. */
async function erase(tx: Tx, eventId: string): Promise<void> {
  await tx.query('set local role goc_eraser')
  const erased = await tx.query(
    `update kernel.audit_event set body = null, salt = null where event_id = $1 returning event_id`,
    [eventId],
  )
  await tx.query('set local role none')
  if (erased.length !== 1) throw new Refusal('ledger.event-not-found')
}

/** The people the event names see that it was to be erased, and that it was. */
async function concernSubjects(context: CommandContext, eventId: string): Promise<void> {
  const rows = await context.tx.query<{ personId: string }>(
    `select person_id as "personId" from kernel.audit_event
     where event_id = $1 and person_id is not null
     union select person_id from kernel.audit_subject where event_id = $1 limit $2`,
    [eventId, SUBJECTS_TOLD],
  )
  for (const { personId } of rows) context.concerns(personId)
}
