import { type Static, Type } from 'typebox'
import {
  type CommandContext,
  command,
  type Instant,
  type PlainDay,
  Refusal,
} from '../../kernel/index.ts'
import { ActInput, Day, KEEPING } from '../act.ts'
import { requireUnits } from '../area.ts'
import type { Revision } from '../facts.ts'
import { renumberWhereContradicted } from '../identifier/renumber.ts'
import { linkOldNumbers } from '../identifier/store.ts'
import { writeSearchRow } from '../search/search-row.ts'
import type { Birth, Death, Fact, FactValues, Relative } from '../types.ts'
import { checkContact, checkedField, checkedOldNumber, checkedPlainDay, unitsOf } from './check.ts'
import { correctBirth } from './correct-birth.ts'
import { correctDeath } from './death.ts'
import { Code, FIELD_KINDS, FIELDS, type Field, type FieldKind } from './fields.ts'
import { correctionOf, findOn, lastValue } from './revisions.ts'
import { record, type Subject, takeSubjects } from './subject.ts'

export const FIELD_INPUT = {
  act: ActInput,
  number: Type.String({ minLength: 1, maxLength: 40 }),
  kind: Type.Enum(FIELD_KINDS),
  key: Type.Optional(Type.String({ maxLength: 40 })),
  /** In the shape of the kind; null: nothing holds. */
  value: Type.Unknown(),
  /** Ground on which a number that would contradict the new value is replaced at once. */
  ground: Type.Optional(Code),
}

/**
 * Puts right what was written wrongly, for as long as it was believed to hold, as if it had never
 * been written. Allowed after death: it changes what is known, not what happened.
 */
export const correctFact = command({
  name: 'fact.correct',
  ...KEEPING,
  input: Type.Object(
    {
      ...FIELD_INPUT,
      /** A day on which the wrong value is believed to hold. */
      on: Type.Optional(Day),
    },
    { additionalProperties: false },
  ),
  async run(input, context) {
    const { emit, concerns } = context
    const { kind } = input
    const taken = await takeSubjects(context, [input.number], { deceased: 'all' })
    const subject = taken.subjects[0] as Subject
    const { personId } = subject
    const corrected = await corrections(context, subject, input)
    const renumbering = await renumbered(context, subject, input)
    const revisions = [...corrected.revisions, ...(renumbering ? [renumbering.revision] : [])]
    const at = corrected.at !== undefined && corrected.at > taken.at ? corrected.at : taken.at
    await record(context, revisions, { act: input.act, basis: KEEPING, at })
    await afterChange(context, subject, input)
    concerns(personId, [kind])
    emit('person.corrected', personId, { personId, kind })
    if (renumbering !== null) {
      emit('number.changed', personId, { personId, ground: input.ground })
    }
    return { number: renumbering?.number ?? lastValue(subject.believed, 'number') ?? null }
  },
})

export type CorrectInput = Static<typeof correctFact.declaration.input>

interface Corrected {
  readonly revisions: readonly Revision[]
  readonly at?: Instant
}

async function corrections(
  context: CommandContext,
  subject: Subject,
  input: CorrectInput,
): Promise<Corrected> {
  const { kind } = input
  const { today } = context
  const { believed, personId } = subject
  const field: Field = FIELDS[kind]
  if (input.value === null && field.required) throw new Refusal('fact.required', { kind })
  // Of a kind whose key is its value, the key says which was wrong and the value what is right.
  const given = field.key === 'value' && input.value !== null ? { ...input, key: undefined } : input
  const { key, value } = checkedField(context.kernel.profile, cleaned(given), today)
  if (kind === 'contact') checkContact(key, value)
  const wrongKey = field.key === 'value' ? (input.key ?? '') : key
  const on = input.on === undefined ? undefined : checkedPlainDay(input.on, today, 'on')
  const wrong = wrongRow(believed, { kind, key: wrongKey, today, on })
  await requireUnits(context, unitsOf(kind, value, { today, from: wrong.from, to: wrong.to }))
  if (kind === 'birth') return correctBirth(context, subject, value as Birth)
  if (kind === 'death') return correctDeath(context, subject, value as Death)
  refuseRegistered(kind, wrong)
  if (kind === 'household') {
    const membership = wrong.value as FactValues['household']
    const corrected = { ...membership, relation: value as string }
    if ([membership.relation, corrected.relation].includes('head')) {
      throw new Refusal('household.head-required')
    }
    return {
      revisions: [
        correctionOf(personId, believed, { kind, key, on: wrong.from, value: corrected }),
      ],
    }
  }
  const first = correctionOf(personId, believed, {
    kind,
    key: wrongKey,
    on: wrong.from,
    value: key === wrongKey ? value : null,
  })
  if (key === wrongKey || value === null) return { revisions: [first] }
  const { from, to } = wrong
  return { revisions: [first, { personId, kind, key, from, to, value } as Revision] }
}

/** Shapes given by a key's absence: `key` may be undefined where exactness is asked for. */
function cleaned(input: { kind: FieldKind; key?: string | undefined; value: unknown }) {
  const { kind, key, value } = input
  return key === undefined ? { kind, value } : { kind, key, value }
}

/** The row to be corrected: of the day given, of today, or the last there was. */
function wrongRow(
  believed: readonly Fact[],
  slot: {
    readonly kind: FieldKind
    readonly key: string
    readonly today: PlainDay
    readonly on: PlainDay | undefined
  },
): Fact {
  const { kind, key, today, on } = slot
  const row =
    on === undefined
      ? (findOn(believed, { kind, key }, today) ??
        believed.findLast((fact) => fact.kind === kind && fact.key === key))
      : findOn(believed, { kind, key }, on)
  if (row === undefined) throw new Refusal('fact.not-found', { kind })
  return row
}

/** A relative in the register is changed by kinship commands, which keep both records in step. */
export function refuseRegistered(kind: FieldKind, row: Fact | undefined): void {
  if (kind !== 'parent' && kind !== 'spouse') return
  if ((row?.value as Relative | undefined)?.person !== undefined) {
    throw new Refusal('kinship.exists', { relation: kind })
  }
}

/** A number that the new sex or birth year contradicts is replaced, where a ground is given. */
export async function renumbered(
  context: CommandContext,
  { personId, believed }: Subject,
  input: { readonly kind: FieldKind; readonly value: unknown; readonly ground?: string },
) {
  const { kind, value, ground } = input
  if (kind !== 'sex' && kind !== 'birth') return null
  const sex = kind === 'sex' ? (value as string) : lastValue(believed, 'sex')
  const birth = kind === 'birth' ? (value as Birth) : lastValue(believed, 'birth')
  if (sex === undefined || birth === undefined) return null
  const person = { personId, believed, sex, birth, from: context.today }
  return renumberWhereContradicted(context, person, ground)
}

const SEARCHED: ReadonlySet<string> = new Set([
  'name',
  'other-name',
  'birth',
  'permanent',
  'temporary',
  'current',
])

/** Look-ups follow the facts. */
export async function afterChange(
  context: CommandContext,
  { personId }: Subject,
  { kind, value }: { readonly kind: FieldKind; readonly value: unknown },
): Promise<void> {
  if (SEARCHED.has(kind)) await writeSearchRow(context, personId)
  if (kind === 'old-number' && value !== null) {
    const { profile } = context.kernel
    linkOldNumbers(context, personId, [checkedOldNumber(profile, value as string, 'value')])
  }
}
