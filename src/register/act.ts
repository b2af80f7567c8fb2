import { type Static, Type } from 'typebox'
import { type Context, type Instant, LIMITS, type PlainDay, Refusal } from '../kernel/index.ts'
import type { Act, ActId } from './types.ts'

/** What a change may rest on; the words are `act.kind.<kind>` of the locales. */
export const ACT_KINDS = [
  'declaration',
  'certificate',
  'decision',
  'court-decision',
  'verification',
  'foreign-document',
] as const

/** Purpose and law of a command: codes that every profile has. */
export interface Basis {
  readonly purpose: string
  readonly legalBasis: string
}

export const CIVIL_REGISTRATION: Basis = {
  purpose: 'civil-registration',
  legalBasis: 'register.civil-registration',
}
export const KEEPING: Basis = { purpose: 'register-keeping', legalBasis: 'register.keeping' }
export const NUMBERING: Basis = { purpose: 'identity-number', legalBasis: 'register.identity' }

/** A day of the calendar: what only looks like one would fail in the database, as a fault. */
export const Day = Type.String({ format: 'date', pattern: '^(?!0000)' })
export const PartialDayText = Type.String({ pattern: '^\\d{4}(-\\d{2}(-\\d{2})?)?$' })

/** The act as whoever records it describes it: a part of every command's input. */
export const ActInput = Type.Object(
  {
    kind: Type.Enum(ACT_KINDS),
    /** Number or name of the document. */
    document: Type.Optional(Type.String({ minLength: 1, maxLength: LIMITS.nameChars })),
    /** The day the document bears. */
    decidedOn: Type.Optional(Day),
    note: Type.Optional(Type.String({ minLength: 1, maxLength: LIMITS.textChars })),
  },
  { additionalProperties: false },
)
export type ActInput = Static<typeof ActInput>

/** An act about to be stored. */
export interface NewAct extends Omit<Act, 'actId' | 'recordedAt'> {
  readonly actorId: string
}

/** The act of a command: what its input says, where and by whom it is done. */
export function actOf(
  input: ActInput,
  { actor, today }: Pick<Context, 'actor' | 'today'>,
  legalBasis: string,
): NewAct {
  const decidedOn = (input.decidedOn ?? null) as PlainDay | null
  if (decidedOn !== null && decidedOn > today) {
    throw new Refusal('fact.in-future', { field: 'act.decidedOn' })
  }
  return {
    kind: input.kind,
    document: input.document ?? null,
    decidedOn,
    body: actor.body,
    unitId: actor.unit,
    legalBasis,
    note: input.note ?? null,
    actorId: actor.id,
  }
}

/** The values of an act's row, in the order of the table's columns up to `recorded_at`. */
export function actRow(actId: ActId, act: NewAct, at: Instant): readonly unknown[] {
  return [
    actId,
    act.kind,
    act.document,
    act.decidedOn,
    act.body,
    act.unitId,
    act.legalBasis,
    act.actorId,
    act.note,
    at,
  ]
}
