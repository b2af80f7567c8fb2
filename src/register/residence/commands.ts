import { Type } from 'typebox'
import { type CommandContext, command, LIMITS, type PlainDay, Refusal } from '../../kernel/index.ts'
import { ActInput, Day } from '../act.ts'
import { requireUnits } from '../area.ts'
import { type Revision, revision } from '../facts.ts'
import { leaveHousehold } from '../household/leave.ts'
import { lockHouseholdsOf } from '../household/taking.ts'
import { PlaceInput, ResidenceInput } from '../person/fields.ts'
import { findOn } from '../person/revisions.ts'
import { record, type Subject, takeSubjects } from '../person/subject.ts'
import { writeSearchRow } from '../search/search-row.ts'
import type { FactKind, Place, Residence } from '../types.ts'
import { unitsOf } from '../unit/units.ts'
import { RESIDENCE } from './law.ts'
import { checkedFrom, endedByMoving, ending, registration, type Stay } from './rules.ts'
import { personsByNumbers, takeComing } from './taking.ts'

const NumberText = Type.String({ minLength: 1, maxLength: 40 })
const CHANGE = {
  act: ActInput,
  number: NumberText,
  /** The first day; the day of the act's document where nothing is said, else today. */
  on: Type.Optional(Day),
}
const closed = { additionalProperties: false } as const

interface Given {
  readonly on?: string
  readonly act: ActInput
}

const dayOf = ({ on, act }: Given, today: PlainDay): PlainDay =>
  (on ?? act.decidedOn ?? today) as PlainDay

interface Coming extends Given {
  readonly number: string
  readonly residence: Residence
  readonly until?: string
}

/** Whoever comes to live in the officer's area, with the stay that is declared. */
async function takeStay(context: CommandContext, input: Coming) {
  const { residence } = input
  const personIds = await personsByNumbers(context, [input.number])
  await lockHouseholdsOf(context, personIds, dayOf(input, context.today))
  const { subjects, at } = await takeComing(context, personIds, residence.unit)
  const subject = subjects[0] as Subject
  const from = checkedFrom(dayOf(input, context.today), context.today, subject.believed)
  const stay: Stay = { residence, from, to: (input.until ?? null) as PlainDay | null }
  const frame = { directory: await unitsOf(context), today: context.today }
  return { subject, at, stay, frame }
}

interface Changed {
  readonly subject: Subject
  readonly kinds: readonly FactKind[]
}

/** The same end of every change: the search row, whom it concerns, and who is told. */
async function tell(context: CommandContext, { subject, kinds }: Changed): Promise<void> {
  const { personId } = subject
  await writeSearchRow(context, personId)
  context.concerns(personId, kinds)
  context.emit('residence.changed', personId, { personId, kinds })
}

/** Permanent residence: one at a time; the household a person does not live with any more is left. */
export const registerPermanent = command({
  name: 'residence.register-permanent',
  ...RESIDENCE,
  input: Type.Object({ ...CHANGE, residence: ResidenceInput }, closed),
  async run(input, context) {
    const { subject, at, stay, frame } = await takeStay(context, input)
    const { personId, believed } = subject
    const left = await leaveHousehold(context, subject, stay)
    const revisions = [
      ...registration({ personId, believed, kind: 'permanent' }, stay, frame),
      ...endedByMoving(personId, believed, stay),
      ...left.revisions,
    ]
    const actId = await record(context, revisions, { act: input.act, basis: RESIDENCE, at })
    await left.settle(actId, at)
    const kinds = [...new Set(revisions.map((one) => one.kind))]
    await tell(context, { subject, kinds })
    return { from: stay.from }
  },
})

/** Temporary residence beside the permanent one, in another unit, until a day or without an end. */
export const registerTemporary = command({
  name: 'residence.register-temporary',
  ...RESIDENCE,
  input: Type.Object({ ...CHANGE, residence: ResidenceInput, until: Type.Optional(Day) }, closed),
  async run(input, context) {
    const { subject, at, stay, frame } = await takeStay(context, input)
    const { personId, believed } = subject
    const permanent = findOn(believed, { kind: 'permanent', key: '' }, stay.from)
    if ((permanent?.value as Residence | undefined)?.unit === stay.residence.unit) {
      throw new Refusal('residence.exists')
    }
    const revisions = registration({ personId, believed, kind: 'temporary' }, stay, frame)
    await record(context, revisions, { act: input.act, basis: RESIDENCE, at })
    await tell(context, { subject, kinds: ['temporary'] })
    return { from: stay.from, to: stay.to }
  },
})

/** Where a person actually stays; for whoever has no registered residence, the only one there is. */
export const declareCurrent = command({
  name: 'residence.declare-current',
  ...RESIDENCE,
  input: Type.Object({ ...CHANGE, residence: ResidenceInput }, closed),
  async run(input, context) {
    const { subject, at, stay, frame } = await takeStay(context, input)
    const { personId, believed } = subject
    const revisions = registration({ personId, believed, kind: 'current' }, stay, frame)
    await record(context, revisions, { act: input.act, basis: RESIDENCE, at })
    await tell(context, { subject, kinds: ['current'] })
    return { from: stay.from }
  },
})

/** Whoever is registered in the officer's area, and the day of the change. */
async function takeResident(context: CommandContext, input: Given & { readonly number: string }) {
  const personIds = await personsByNumbers(context, [input.number])
  await lockHouseholdsOf(context, personIds, dayOf(input, context.today))
  const { subjects, at } = await takeSubjects(context, [input.number])
  const subject = subjects[0] as Subject
  return {
    subject,
    at,
    on: checkedFrom(dayOf(input, context.today), context.today, subject.believed),
  }
}

/** Absence: the residence stays registered while its holder is elsewhere. */
export const reportAbsence = command({
  name: 'residence.report-absence',
  ...RESIDENCE,
  input: Type.Object(
    {
      ...CHANGE,
      reason: Type.String({ minLength: 1, maxLength: LIMITS.nameChars }),
      place: Type.Optional(PlaceInput),
      until: Type.Optional(Day),
    },
    closed,
  ),
  async run(input, context) {
    const { subject, at, on } = await takeResident(context, input)
    const { personId, believed } = subject
    const to = (input.until ?? null) as PlainDay | null
    if (to !== null && to <= on) throw new Refusal('fact.day-order', { field: 'until' })
    const isRegistered = (['permanent', 'temporary'] as const).some(
      (kind) => findOn(believed, { kind, key: '' }, on) !== undefined,
    )
    if (!isRegistered) throw new Refusal('residence.not-found')
    if (findOn(believed, { kind: 'absence', key: '' }, on) !== undefined) {
      throw new Refusal('residence.exists')
    }
    const place = input.place as Place | undefined
    if (place?.unit !== undefined) {
      await requireUnits(context, [{ unit: place.unit, field: 'place.unit', from: on, to }])
    }
    const value = { reason: input.reason, ...(place !== undefined && { place }) }
    const absence = revision({ personId, kind: 'absence', from: on, to, value })
    await record(context, [absence], { act: input.act, basis: RESIDENCE, at })
    await tell(context, { subject, kinds: ['absence'] })
    return { from: on, to }
  },
})

/** Ends one kind on a day; refuses where there is none. */
async function end(
  context: CommandContext,
  input: Given & { readonly number: string },
  kind: FactKind,
) {
  const { subject, at, on } = await takeResident(context, input)
  const revisions = ending({ ...subject, kind }, on)
  if (revisions.length === 0) throw new Refusal('residence.not-found')
  await record(context, revisions, { act: input.act, basis: RESIDENCE, at })
  await tell(context, { subject, kinds: [kind] })
  return { on }
}

export const endAbsence = command({
  name: 'residence.end-absence',
  ...RESIDENCE,
  input: Type.Object(CHANGE, closed),
  run: (input, context) => end(context, input, 'absence'),
})

export const endTemporary = command({
  name: 'residence.end-temporary',
  ...RESIDENCE,
  input: Type.Object(CHANGE, closed),
  run: (input, context) => end(context, input, 'temporary'),
})

/** Takes a person off every residence, and out of the household: none is registered any more. */
export const deregister = command({
  name: 'residence.deregister',
  ...RESIDENCE,
  input: Type.Object(CHANGE, closed),
  async run(input, context) {
    const { subject, at, on } = await takeResident(context, input)
    const kinds = ['permanent', 'temporary', 'absence'] as const
    const ended: Revision[] = kinds.flatMap((kind) => ending({ ...subject, kind }, on))
    if (ended.length === 0) throw new Refusal('residence.not-found')
    const left = await leaveHousehold(context, subject, { from: on, residence: null })
    const revisions = [...ended, ...left.revisions]
    const actId = await record(context, revisions, { act: input.act, basis: RESIDENCE, at })
    await left.settle(actId, at)
    const changed = [...new Set(revisions.map((one) => one.kind))]
    await tell(context, { subject, kinds: changed })
    return { on }
  },
})
