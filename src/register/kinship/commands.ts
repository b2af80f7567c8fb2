import { type Static, Type } from 'typebox'
import {
  type CommandContext,
  command,
  type PlainDay,
  type Profile,
  Refusal,
} from '../../kernel/index.ts'
import { ActInput, CIVIL_REGISTRATION, Day } from '../act.ts'
import type { Revision } from '../facts.ts'
import { checkedName, checkedPlainDay } from '../person/check.ts'
import { Country, NameText } from '../person/fields.ts'
import { firstDay, lastValue, reversalOf, valueOn } from '../person/revisions.ts'
import { isClosed, record, type Subject, takeSubjects } from '../person/subject.ts'
import { listHistoryOf } from '../person/subject-store.ts'
import type { ActId, Relative } from '../types.ts'
import {
  checkMarriageAge,
  checkParentAge,
  checkParentAlive,
  checkParentSex,
  checkRepresentativeAge,
  type Days,
  findTie,
  isParent,
  maritalRevision,
  RELATIONS,
  refuseTaken,
  type Tie,
  tieRevisions,
  untieRevisions,
} from './rules.ts'
import { isAncestor, isRepresentedBy } from './store.ts'

const NumberText = Type.String({ minLength: 1, maxLength: 40 })

/** A person of the register by number, or one of whom only the paper tells. */
export const RelativeInput = Type.Object(
  {
    number: Type.Optional(NumberText),
    name: Type.Optional(NameText),
    nationality: Type.Optional(Country),
  },
  { additionalProperties: false },
)
export type RelativeInput = Static<typeof RelativeInput>

/** What the paper says; with a name, a number is one the register does not know. */
export function paperOf(profile: Profile, given: RelativeInput, field: string): Relative {
  if (given.name === undefined) {
    throw new Refusal('request.invalid', { field, expected: 'number or name' })
  }
  return { ...given, name: checkedName(profile, given.name, `${field}.name`).full }
}

const TieInput = {
  act: ActInput,
  number: NumberText,
  relation: Type.Enum(RELATIONS),
  relative: RelativeInput,
}

/** Relates two persons, on both records at once; or a person to someone outside the register. */
export const linkKin = command({
  name: 'kinship.link',
  ...CIVIL_REGISTRATION,
  input: Type.Object(
    {
      ...TieInput,
      /** A parent by birth unless said otherwise: from the birth, else from the day of the act. */
      adoption: Type.Optional(Type.Boolean()),
      from: Type.Optional(Day),
      to: Type.Optional(Day),
    },
    { additionalProperties: false },
  ),
  async run(input, context) {
    const { relation } = input
    const { subjects, at, tie } = await takeTie(input, context)
    const [person, other] = subjects
    const days = daysOf(input, person, context.today)
    if (other !== undefined) {
      if (!isParent(relation) && days.to === null && isClosed(other.believed, context.today)) {
        throw new Refusal('person.deceased')
      }
      await checkTie(context, { person, other, days, ...input })
    }
    const revisions = [
      ...tieRevisions(tie, days),
      ...marriage(context, subjects, { relation, days }),
    ]
    refuseTaken(person.believed, ownSlot(input, tie), days)
    if (other !== undefined) refuseTaken(other.believed, otherSlot(tie), days)
    await record(context, revisions, { act: input.act, basis: CIVIL_REGISTRATION, at })
    tell(context, subjects, relation)
    return { relation, from: days.from, to: days.to }
  },
})

/** Ends a tie from a day; or, where it was recorded by mistake, takes it off both records. */
export const endKin = command({
  name: 'kinship.end',
  ...CIVIL_REGISTRATION,
  input: Type.Object(
    {
      ...TieInput,
      /** The first day it no longer holds; the day of the act where nothing is said. */
      on: Type.Optional(Day),
      /** It never held. */
      never: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  async run(input, context) {
    const { subjects, at, tie } = await takeTie(input, context)
    const [person] = subjects
    const given = input.on ?? input.act.decidedOn ?? context.today
    const on = checkedPlainDay(given, context.today, 'on')
    const row = findTie(person.believed, tie, on)
    if (row === undefined) throw new Refusal('kinship.not-found', { relation: input.relation })
    const revisions =
      input.never === true
        ? await undone(context, subjects, { tie, actId: row.actId, days: row })
        : ended(context, subjects, { tie, days: { from: on, to: row.to } })
    await record(context, revisions, { act: input.act, basis: CIVIL_REGISTRATION, at })
    tell(context, subjects, input.relation)
    return { relation: input.relation }
  },
})

type TieInput = Pick<Static<typeof linkKin.declaration.input>, 'number' | 'relation' | 'relative'>

interface TakenTie {
  readonly subjects: readonly [Subject, Subject?]
  readonly at: Awaited<ReturnType<typeof takeSubjects>>['at']
  readonly tie: Tie
}

async function takeTie(input: TieInput, context: CommandContext): Promise<TakenTie> {
  const { number, relation, relative } = input
  const outside = relative.number === undefined || relative.name !== undefined
  const numbers = outside ? [number] : [number, relative.number]
  const { subjects, at } = await takeSubjects(context, numbers as string[], { deceased: 'others' })
  const [person, other] = subjects as [Subject, Subject?]
  if (person.personId === other?.personId) throw new Refusal('kinship.self')
  if (outside && relation === 'representative') {
    throw new Refusal('request.invalid', { field: 'relative', expected: 'number' })
  }
  const tie: Tie = {
    relation,
    person: person.personId,
    relative: other?.personId ?? paperOf(context.kernel.profile, relative, 'relative'),
  }
  return { subjects: other === undefined ? [person] : [person, other], at, tie }
}

function daysOf(
  input: Static<typeof linkKin.declaration.input>,
  { believed }: Subject,
  today: PlainDay,
): Days {
  const born = firstDay(believed)
  const byBirth = isParent(input.relation) && input.adoption !== true
  const given = input.from ?? (byBirth ? born : undefined) ?? input.act.decidedOn ?? today
  const from = checkedPlainDay(given, today, 'from')
  const to = input.to === undefined ? null : checkedPlainDay(input.to, today, 'to')
  if ((to !== null && to <= from) || (born !== undefined && from < born)) {
    throw new Refusal('fact.day-order', { field: to === null ? 'from' : 'to' })
  }
  return { from, to }
}

interface Checked {
  readonly person: Subject
  readonly other: Subject
  readonly days: Days
  readonly relation: Tie['relation']
  readonly adoption?: boolean
}

/** What keeps two persons of the register from being so related. */
async function checkTie(
  context: CommandContext,
  { person, other, days, relation, adoption }: Checked,
): Promise<void> {
  const { tx } = context
  const { profile } = context.kernel
  const birth = lastValue(person.believed, 'birth')
  const otherBirth = lastValue(other.believed, 'birth')
  if (isParent(relation)) {
    if (birth !== undefined && otherBirth !== undefined) {
      const births = { parent: otherBirth.on, child: birth.on }
      checkParentAge(profile, births, adoption === true ? 'adopting' : relation)
    }
    checkParentSex(relation, valueOn(other.believed, ['sex', days.from]))
    if (relation === 'mother' || adoption === true) {
      checkParentAlive(lastValue(other.believed, 'death')?.on, days.from)
    }
    refuseTaken(person.believed, { kind: 'child', key: other.personId }, days)
    if (await isAncestor(tx, person.personId, other.personId)) throw new Refusal('kinship.cycle')
    return
  }
  if (relation === 'spouse') {
    for (const { believed } of [person, other]) {
      const sex = valueOn(believed, ['sex', days.from])
      checkMarriageAge(profile, { birth: lastValue(believed, 'birth')?.on, sex }, days.from)
    }
    return
  }
  checkRepresentativeAge(profile, otherBirth?.on, days.from)
  if (await isRepresentedBy(context, other.personId, person.personId)) {
    throw new Refusal('kinship.cycle')
  }
}

/** One spouse at a time, whoever it is; one mother and one father; any number of others. */
const ownSlot = ({ relation }: TieInput, tie: Tie) =>
  relation === 'spouse'
    ? { kind: 'spouse' }
    : isParent(relation)
      ? { kind: 'parent', key: relation }
      : { kind: 'representative', key: String(tie.relative) }

const otherSlot = ({ relation, person }: Tie) =>
  relation === 'spouse'
    ? { kind: 'spouse' }
    : { kind: isParent(relation) ? 'child' : 'represented', key: person }

function marriage(
  { kernel }: CommandContext,
  subjects: TakenTie['subjects'],
  { relation, days }: { readonly relation: Tie['relation']; readonly days: Days },
): Revision[] {
  if (relation !== 'spouse') return []
  return subjects.flatMap((subject) =>
    subject === undefined
      ? []
      : [
          ...maritalRevision(kernel.profile, subject.personId, 'married', days),
          ...(days.to === null
            ? []
            : maritalRevision(kernel.profile, subject.personId, 'divorced', {
                from: days.to,
                to: null,
              })),
        ],
  )
}

function ended(
  { kernel }: CommandContext,
  subjects: TakenTie['subjects'],
  { tie, days }: { readonly tie: Tie; readonly days: Days },
): Revision[] {
  const parted =
    tie.relation === 'spouse'
      ? subjects.flatMap((one) =>
          one === undefined ? [] : maritalRevision(kernel.profile, one.personId, 'divorced', days),
        )
      : []
  return [...untieRevisions(tie, days), ...parted]
}

/** A tie that never held leaves both records, and what it did to field 21 is taken back. */
async function undone(
  { tx }: CommandContext,
  subjects: TakenTie['subjects'],
  { tie, actId, days }: { readonly tie: Tie; readonly actId: ActId; readonly days: Days },
): Promise<Revision[]> {
  const revisions = untieRevisions(tie, { from: days.from, to: days.to })
  if (tie.relation !== 'spouse') return revisions
  const ids = subjects.flatMap((one) => (one === undefined ? [] : [one.personId]))
  const history = await listHistoryOf(tx, ids)
  const marital = history.filter((fact) => fact.kind === 'marital')
  const { restored, removed } = reversalOf(marital, new Set([actId]))
  return [...revisions, ...restored, ...removed]
}

function tell(
  { concerns, emit }: CommandContext,
  subjects: TakenTie['subjects'],
  relation: Tie['relation'],
): void {
  for (const subject of subjects) {
    if (subject === undefined) continue
    concerns(subject.personId, [relation])
    emit('kinship.changed', subject.personId, { personId: subject.personId, relation })
  }
}
