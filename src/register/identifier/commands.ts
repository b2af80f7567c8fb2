import { Type } from 'typebox'
import { type CommandContext, command, Refusal } from '../../kernel/index.ts'
import { ActInput, Day, NUMBERING } from '../act.ts'
import { type Revision, revision } from '../facts.ts'
import { checkedOldNumber, checkedPlainDay } from '../person/check.ts'
import { Code } from '../person/fields.ts'
import { lastValue } from '../person/revisions.ts'
import { record, type Subject, takeSubjects } from '../person/subject.ts'
import { checkedGround, numberInForce, renumber } from './renumber.ts'
import { linkOldNumbers } from './store.ts'

const NumberText = Type.String({ minLength: 1, maxLength: 40 })
const RenumberInput = Type.Object(
  { act: ActInput, number: NumberText, ground: Code },
  { additionalProperties: false },
)

/** Another number from today, on a ground of the profile; the old one was right until then. */
export const reestablishNumber = command({
  name: 'number.re-establish',
  ...NUMBERING,
  input: RenumberInput,
  async run(input, context) {
    checkedGround(context.kernel.profile, 'reestablishedBy', input.ground)
    const { subject, at } = await take(input.number, context)
    const person = bearer(subject)
    const { number, revision: given } = await renumber(context, { ...person, from: context.today })
    await record(context, [given], { act: input.act, basis: NUMBERING, at })
    tell(context, subject, { name: 'number.changed', ground: input.ground })
    return { number }
  },
})

/**
 * A number that was composed of what somebody keyed wrongly: it was never rightly anybody's, so it
 * is believed of no day, and another takes its place for as long. It still finds the person.
 */
export const cancelNumber = command({
  name: 'number.cancel',
  ...NUMBERING,
  input: RenumberInput,
  async run(input, context) {
    checkedGround(context.kernel.profile, 'cancelledBy', input.ground)
    const { subject, at } = await take(input.number, context)
    const person = bearer(subject)
    const wrong = numberInForce(subject.believed, context.today)
    const { number, revision: given } = await renumber(context, { ...person, from: wrong.from })
    await record(context, [given], { act: input.act, basis: NUMBERING, at })
    tell(context, subject, { name: 'number.changed', ground: input.ground })
    return { number }
  },
})

/** Binds a number of an earlier scheme to a person. Others may bear it too: some were given twice. */
export const linkOldNumber = command({
  name: 'old-number.link',
  ...NUMBERING,
  input: Type.Object(
    {
      act: ActInput,
      number: NumberText,
      old: NumberText,
      /** The day it was issued; birth where nobody knows. */
      from: Type.Optional(Day),
    },
    { additionalProperties: false },
  ),
  async run(input, context) {
    const { profile } = context.kernel
    const { subject, at } = await take(input.number, context)
    const { believed, personId } = subject
    const value = checkedOldNumber(profile, input.old, 'old')
    if (believed.some((fact) => fact.kind === 'old-number' && fact.key === value)) {
      throw new Refusal('fact.nothing-changed', { kind: 'old-number' })
    }
    const born = believed.find((fact) => fact.kind === 'birth')?.from ?? context.today
    const from = checkedPlainDay(input.from ?? born, context.today, 'from')
    if (from < born) throw new Refusal('fact.day-order', { field: 'from' })
    const linked: Revision = revision({ personId, kind: 'old-number', key: value, from, value })
    await record(context, [linked], { act: input.act, basis: NUMBERING, at })
    linkOldNumbers(context, personId, [value])
    context.concerns(personId, ['old-number'])
    context.emit('person.amended', personId, { personId, kind: 'old-number', from })
    return { old: value }
  },
})

async function take(number: string, context: CommandContext) {
  const { subjects, at } = await takeSubjects(context, [number])
  return { subject: subjects[0] as Subject, at }
}

/** What a number is composed of; refuses who lacks it. */
function bearer({ personId, believed }: Subject) {
  const sex = lastValue(believed, 'sex')
  const birth = lastValue(believed, 'birth')
  if (sex === undefined || birth === undefined) {
    throw new Refusal('fact.not-found', { kind: sex === undefined ? 'sex' : 'birth' })
  }
  return { personId, believed, sex, birth }
}

function tell(
  { concerns, emit }: CommandContext,
  { personId }: Subject,
  { name, ground }: { readonly name: string; readonly ground: string },
): void {
  concerns(personId, ['number'])
  emit(name, personId, { personId, ground })
}
