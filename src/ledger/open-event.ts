import { Type } from 'typebox'
import { query, Refusal } from '../kernel/index.ts'
import { findOpenEvent, listSubjectsOf } from './event-store.ts'
import { proofText } from './proof.ts'
import { proofFor } from './prove.ts'

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
    const event = await findOpenEvent(tx, eventId)
    if (event === undefined) throw new Refusal('ledger.event-not-found', { state: 'erased' })
    for (const personId of await listSubjectsOf(tx, eventId)) concerns(personId, ['audit-event'])
    if (event.until !== null && event.until > today) hideUntil(event.until as typeof today)
    return { file: proofText(proof, { ...event, opening: null }) }
  },
})
