import { type Static, Type } from 'typebox'
import { type CommandContext, command, type PlainDay, Refusal } from '../../kernel/index.ts'
import { Day, KEEPING } from '../act.ts'
import { requireUnits } from '../area.ts'
import type { Revision } from '../facts.ts'
import { refuseTaken } from '../kinship/rules.ts'
import type { Fact } from '../types.ts'
import { checkContact, checkedField, checkedPlainDay, unitsOf } from './check.ts'
import { afterChange, FIELD_INPUT, refuseRegistered, renumbered } from './correct.ts'
import { FIELDS, type Field } from './fields.ts'
import { amendmentOf, firstDay, lastValue } from './revisions.ts'
import { record, type Subject, takeSubjects } from './subject.ts'

/** What law or life changed: another value holds from a day; what held before stays true. */
export const amendFact = command({
  name: 'fact.amend',
  ...KEEPING,
  input: Type.Object(
    {
      ...FIELD_INPUT,
      /** The first day it holds; the day of the act, else today, where nothing is said. */
      from: Type.Optional(Day),
      /** The first day it no longer holds; until the next change on record where nothing is said. */
      to: Type.Optional(Day),
    },
    { additionalProperties: false },
  ),
  async run(input, context) {
    const { emit, concerns } = context
    const { kind } = input
    const taken = await takeSubjects(context, [input.number])
    const subject = taken.subjects[0] as Subject
    const { personId } = subject
    const amendment = await amended(context, subject, input)
    const { from } = amendment
    const renumbering = await renumbered(context, subject, input)
    const revisions = [amendment, ...(renumbering ? [renumbering.revision] : [])]
    await record(context, revisions, { act: input.act, basis: KEEPING, at: taken.at })
    await afterChange(context, subject, input)
    concerns(personId, [kind])
    emit('person.amended', personId, { personId, kind, from })
    if (renumbering !== null) emit('number.changed', personId, { personId, ground: input.ground })
    return {
      from,
      to: amendment.to ?? null,
      number: renumbering?.number ?? lastValue(subject.believed, 'number') ?? null,
    }
  },
})

export type AmendInput = Static<typeof amendFact.declaration.input>

async function amended(
  context: CommandContext,
  { believed, personId }: Subject,
  input: AmendInput,
): Promise<Revision> {
  const { kind } = input
  const { today } = context
  const field: Field = FIELDS[kind]
  if (field.correctedOnly) {
    throw new Refusal('request.invalid', { field: 'kind', expected: 'fact.correct' })
  }
  if (input.value === null && field.required) throw new Refusal('fact.required', { kind })
  const { key, value } = checkedField(context.kernel.profile, input, today)
  if (kind === 'contact') checkContact(key, value)
  const from = checkedPlainDay(input.from ?? input.act.decidedOn ?? today, today, 'from')
  const to = input.to === undefined ? null : checkedPlainDay(input.to, today, 'to')
  const born = firstDay(believed)
  if (born !== undefined && from < born) throw new Refusal('fact.day-order', { field: 'from' })
  const amendment = amendmentOf(personId, believed, { kind, key, from, to, value })
  const days = { from, to: amendment.to ?? null }
  await requireUnits(context, unitsOf(kind, value, { today, ...days }))
  for (const row of overlapping(believed, amendment)) refuseRegistered(kind, row)
  // A spouse of paper beside one of the register: whose keys differ.
  if (kind === 'spouse' && value !== null) {
    const others = believed.filter((fact) => fact.key !== key)
    refuseTaken(others, { kind: 'spouse' }, days)
  }
  if (kind === 'nationality' && value === null) refuseLast(believed, key, from)
  return amendment
}

const overlapping = (believed: readonly Fact[], { kind, key, from, to }: Revision): Fact[] =>
  believed.filter(
    (fact) =>
      fact.kind === kind &&
      fact.key === (key ?? '') &&
      fact.from < (to ?? '9999-12-31') &&
      from < (fact.to ?? '9999-12-31'),
  )

/** Who loses a nationality has another, or is said to have none (XXA). */
function refuseLast(believed: readonly Fact[], key: string, day: PlainDay): void {
  const another = believed.some(
    (fact) =>
      fact.kind === 'nationality' &&
      fact.key !== key &&
      fact.from <= day &&
      (fact.to === null || day < fact.to),
  )
  if (!another) throw new Refusal('fact.required', { kind: 'nationality' })
}
