import { Type } from 'typebox'
import { query, Refusal } from '../kernel/index.ts'
import { proofText } from './proof.ts'
import { proofFor } from './prove.ts'

/** Subjects named in the event of this look; more are not told one by one. */
const SUBJECTS_TOLD = 100

/**
 * An event with its proof in one file, for whoever inspects. Looking is itself an event that the
 * people it names will see; one that is hidden from them stays so, and the look with it.
 */
export const openEvent = query({
  name: 'ledger.open-event',
  input: Type.Object(
    { eventId: Type.String({ minLength: 36, maxLength: 36 }) },
    { additionalProperties: false },
  ),
  purposes: ['inspection', 'investigation', 'operation'],
  async run({ eventId }, { tx, concerns, hideUntil, today, requireArea }) {
    requireArea(['nation'])
    const proof = await proofFor(tx, eventId)
    const [event] = await tx.query<{ body: string; salt: Buffer; until: string | null }>(
      `select body, salt, hidden_until::text as until from kernel.audit_event
       where event_id = $1 and body is not null`,
      [eventId],
    )
    if (event === undefined) throw new Refusal('ledger.event-not-found', { state: 'erased' })
    const subjects = await tx.query<{ personId: string }>(
      `select person_id as "personId" from kernel.audit_event
       where event_id = $1 and person_id is not null
       union select person_id from kernel.audit_subject where event_id = $1 limit $2`,
      [eventId, SUBJECTS_TOLD],
    )
    for (const { personId } of subjects) concerns(personId, ['audit-event'])
    if (event.until !== null && event.until > today) hideUntil(event.until as typeof today)
    return { file: proofText(proof, { ...event, opening: null }) }
  },
})
