import { Type } from 'typebox'
import { type CommandContext, command, Refusal } from '../kernel/index.ts'
import { erase, findPlace, insertErasure, listSubjectsOf, lockErasure } from './event-store.ts'

const EventId = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
})
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
    const event = await findPlace(tx, eventId)
    if (event?.open !== true) throw new Refusal('ledger.event-not-found')
    if (event.seq === null) throw new Refusal('ledger.not-yet-sequenced')
    await concernSubjects(context, eventId)
    const request = { eventId, reason, legalBasis, by: actor.id, at: now }
    return { requested: await insertErasure(tx, request) }
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
    const request = await lockErasure(tx, eventId)
    if (request === undefined || request.agreed) throw new Refusal('ledger.erasure-not-approved')
    if (request.requestedBy === actor.id) throw new Refusal('actor.same-person')
    await concernSubjects(context, eventId)
    if (!(await erase(tx, eventId, { by: actor.id, at: now }))) {
      throw new Refusal('ledger.event-not-found')
    }
    context.emit('ledger.event-erased', eventId, { eventId })
    return { erased: true }
  },
})

/** The people the event names see that it was to be erased, and that it was. */
async function concernSubjects(context: CommandContext, eventId: string): Promise<void> {
  for (const personId of await listSubjectsOf(context.tx, eventId)) context.concerns(personId)
}
