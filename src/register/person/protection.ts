import { Type } from 'typebox'
import {
  addMs,
  type CommandContext,
  command,
  type Instant,
  LIMITS,
  Refusal,
  uuidv7,
} from '../../kernel/index.ts'
import { ActInput, KEEPING } from '../act.ts'
import { areaOfPerson } from '../area.ts'
import { type Revision, revision } from '../facts.ts'
import { OPENING_hours } from './opening.ts'
import { findOpening, insertApproval, insertOpening, isUnconfirmed } from './opening-store.ts'
import { findWanted, OF_PERSON, type Wanted } from './queries.ts'
import { findOn } from './revisions.ts'
import { isProtected, record, requireHome, type Subject, takeSubjects } from './subject.ts'
import { listBelievedOf } from './subject-store.ts'

const NumberText = Type.String({ minLength: 1, maxLength: 40 })
const Reason = Type.String({ minLength: 10, maxLength: LIMITS.textChars })

/** From now on nobody opens this record alone. */
export const protectPerson = command({
  name: 'person.protect',
  ...KEEPING,
  input: Type.Object(
    { act: ActInput, number: NumberText, reason: Reason },
    { additionalProperties: false },
  ),
  async run(input, context) {
    const { today, concerns, emit } = context
    const { subjects, at } = await takeSubjects(context, [input.number])
    const { believed, personId } = subjects[0] as Subject
    if (isProtected(believed, today)) throw new Refusal('fact.nothing-changed')
    const value = { reason: input.reason }
    const held = revision({ personId, kind: 'protected', from: today, value })
    await record(context, [held], { act: input.act, basis: KEEPING, at })
    concerns(personId, ['protected'])
    emit('person.protected', personId, { personId })
    return { protected: true }
  },
})

export const unprotectPerson = command({
  name: 'person.unprotect',
  ...KEEPING,
  input: Type.Object({ act: ActInput, number: NumberText }, { additionalProperties: false }),
  async run(input, context) {
    const { today, concerns, emit } = context
    const { subjects, at } = await takeSubjects(context, [input.number], { deceased: 'all' })
    const { believed, personId } = subjects[0] as Subject
    const held = findOn(believed, { kind: 'protected', key: '' }, today)
    if (held === undefined) throw new Refusal('fact.not-found', { kind: 'protected' })
    const ended: Revision = {
      personId,
      kind: 'protected',
      key: '',
      from: today,
      to: held.to,
      value: null,
    }
    await record(context, [ended], { act: input.act, basis: KEEPING, at })
    concerns(personId, ['protected'])
    emit('person.unprotected', personId, { personId })
    return { protected: false }
  },
})

const OpeningInput = Type.Object({ ...OF_PERSON, reason: Reason }, { additionalProperties: false })
type OpeningInput = Wanted & { readonly reason: string }

/**
 * Asks a second person to let a protected record be opened; the approval lasts a day. Like the record
 * itself, it is of the officer's area or of a case: elsewhere nobody learns who is protected.
 */
export const askOpening = command({
  name: 'opening.ask',
  ...KEEPING,
  input: OpeningInput,
  run: (input, context) => open(context, input, false),
})

/**
 * Opens a protected record at once, in an emergency. A second person confirms it within 24 hours,
 * else whoever did it opens no other; the citizen is told.
 */
export const breakGlass = command({
  name: 'opening.break-glass',
  ...KEEPING,
  input: OpeningInput,
  async run(input, context) {
    if (await isUnconfirmed(context)) throw new Refusal('opening.unconfirmed')
    context.flag('break-glass')
    return open(context, input, true)
  },
})

async function open(
  context: CommandContext,
  input: OpeningInput,
  isEmergency: boolean,
): Promise<{ openingId: string; expiresAt: Instant }> {
  const { tx, actor, now, today, concerns, emit } = context
  const { personId } = await findWanted(context, input)
  const believed = await listBelievedOf(tx, [personId])
  if (believed.length === 0) throw new Refusal('person.not-found')
  concerns(personId, ['protected'])
  // Before anything is told: whether somebody is protected is itself what is protected.
  await requireHome(context, { personId, believed })
  if (!isProtected(believed, today)) throw new Refusal('fact.not-found', { kind: 'protected' })
  const openingId = uuidv7()
  const expiresAt = addMs(now, OPENING_hours * 3_600_000)
  const asked = { openingId, personId, isEmergency, reason: input.reason, expiresAt }
  await insertOpening(tx, asked, { by: actor.id, now })
  emit(isEmergency ? 'opening.glass-broken' : 'opening.asked', personId, { personId, openingId })
  return { openingId, expiresAt }
}

/** Agrees, as the second person, that a protected record is or was opened. */
export const approveOpening = command({
  name: 'opening.approve',
  ...KEEPING,
  input: Type.Object(
    { ...OF_PERSON, openingId: Type.String({ format: 'uuid' }) },
    { additionalProperties: false },
  ),
  async run(input, context) {
    const { openingId } = input
    const { tx, actor, now, concerns, emit, requireArea } = context
    const { personId } = await findWanted(context, input)
    concerns(personId, ['protected'])
    requireArea(await areaOfPerson(context, personId))
    const opening = await findOpening(context, personId, openingId)
    if (opening === undefined) throw new Refusal('opening.not-found')
    if (opening.actorId === actor.id) throw new Refusal('actor.same-person')
    // The key decides, not a prior read: two may agree at once, and one of them is the second person.
    const by = { by: actor.id, now }
    if (!(await insertApproval(tx, { openingId, personId }, by)))
      throw new Refusal('opening.already-approved')
    emit('opening.approved', personId, { personId, openingId })
    return { openingId }
  },
})
