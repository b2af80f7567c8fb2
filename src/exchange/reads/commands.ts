import { Type } from 'typebox'
import {
  type AuditBody,
  addWorkingDays,
  command,
  plainDay,
  Refusal,
  uuidv7,
} from '../../kernel/index.ts'
import { findAgency } from '../agency/store.ts'
import { LAW } from '../law.ts'
import { EXCHANGE_LIMITS } from '../limits.ts'
import { discloseToAny, requireSelf } from './self.ts'
import {
  answerComplaint,
  findCauser,
  insertComplaint,
  insertConsent,
  lockComplaint,
  withdrawConsent,
} from './store.ts'

const closed = { additionalProperties: false } as const
const Uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })
const Text = Type.String({ minLength: 3, maxLength: 2_000 })

/** "Why was my record read?": the addressee has so many working days for an answer. */
export const askWhy = command({
  name: 'complaint.ask',
  input: Type.Object({ event: Uuid, question: Text }, closed),
  ...LAW.complaint,
  async run({ event: eventId, question }, context) {
    const { tx, now, today, kernel, emit, concerns } = context
    const { persons } = await requireSelf(context)
    // Only an event that names the person, and is not hidden or erased, can be asked about.
    const { personId, disclosed } = await discloseToAny(tx, eventId, { persons, today })
    const { actor: who } = JSON.parse(disclosed.body) as AuditBody
    const causedBy = await findCauser(tx, eventId)
    if (causedBy === undefined) throw new Refusal('ledger.event-not-found')
    const id = uuidv7()
    const dueOn = addWorkingDays(today, EXCHANGE_LIMITS.answer_workingDays, kernel.profile.calendar)
    const complaint = {
      id,
      personId,
      eventId,
      causedBy,
      addressee: who.body ?? who.kind,
      question,
      askedAt: now,
      dueOn,
    }
    if (!(await insertComplaint(tx, complaint))) throw new Refusal('complaint.exists')
    concerns(personId)
    emit('complaint.asked', personId, { complaintId: id, eventId, dueOn })
    return { complaint: id, addressee: complaint.addressee, dueOn }
  },
})

/** Answered by whoever caused the event, or by the inspection. */
export const answerWhy = command({
  name: 'complaint.answer',
  input: Type.Object({ complaint: Uuid, answer: Text, lawful: Type.Boolean() }, closed),
  ...LAW.complaint,
  async run({ complaint: id, answer, lawful }, context) {
    const { tx, actor, now, emit, concerns, requireArea } = context
    const complaint = await lockComplaint(tx, id)
    // Another's complaint does not exist for an agency.
    const mine = actor.kind !== 'agency' || complaint?.causedBy === actor.id
    if (complaint === undefined || !mine) throw new Refusal('complaint.not-found')
    if (actor.kind !== 'agency') requireArea(['nation'])
    if (complaint.answeredAt !== null) throw new Refusal('complaint.answered')
    await answerComplaint(tx, complaint, { at: now, by: actor, text: answer, lawful })
    concerns(complaint.personId)
    emit('complaint.answered', complaint.personId, { complaintId: id, lawful })
    return { complaint: id, answeredAt: now }
  },
})

/** A person lets one agency ask about them, for one purpose, from a day to a day. */
export const giveConsent = command({
  name: 'consent.give',
  input: Type.Object(
    {
      agency: Type.String({ minLength: 2, maxLength: 40 }),
      purpose: Type.String({ minLength: 1, maxLength: 80 }),
      to: Type.Union([Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }), Type.Null()]),
    },
    closed,
  ),
  ...LAW.consent,
  async run({ agency: code, purpose, to }, context) {
    const { tx, actor, now, today, kernel, emit, concerns } = context
    const { personId } = await requireSelf(context)
    const agency = await findAgency(tx, code)
    if (agency === undefined) throw new Refusal('agency.not-found', { code })
    if (!kernel.profile.purposes.some((one) => one.code === purpose)) {
      throw new Refusal('purpose.not-allowed', { purpose })
    }
    const until = to === null ? null : plainDay(to)
    if (until !== null && until <= today) {
      throw new Refusal('request.invalid', { field: 'to', expected: `a day after ${today}` })
    }
    const id = uuidv7()
    const consent = { id, personId, agencyId: agency.id, purpose, from: today, to: until }
    await insertConsent(tx, consent, { at: now, by: actor })
    concerns(personId)
    emit('consent.given', personId, { consentId: id, agencyId: agency.id, purpose })
    return { consent: id }
  },
})

/** Withdrawn at once: the next question of the agency is not answered. */
export const withdrawConsentCommand = command({
  name: 'consent.withdraw',
  input: Type.Object({ consent: Uuid }, closed),
  ...LAW.consent,
  async run({ consent: id }, context) {
    const { tx, now, emit, concerns } = context
    const { personId, persons } = await requireSelf(context)
    if (!(await withdrawConsent(tx, { persons, id }, now))) {
      throw new Refusal('consent.not-found')
    }
    concerns(personId)
    emit('consent.withdrawn', personId, { consentId: id })
    return { consent: id }
  },
})
