import { type Static, Type } from 'typebox'
import {
  type Context,
  type Instant,
  LIMITS,
  type PlainDay,
  Refusal,
  type Tx,
  uuidv7,
} from '../kernel/index.ts'
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

/** Stores an act; facts then point to it. */
export async function insertAct(tx: Tx, act: NewAct, at: Instant): Promise<ActId> {
  const actId = uuidv7() as ActId
  await tx.prepared(
    'register.act-insert',
    `insert into register.act (act_id, kind, document, decided_on, body, unit_id, legal_basis,
       actor_id, note, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    actRow(actId, act, at),
  )
  return actId
}

const ACT = `a.act_id as "actId", a.kind, a.document, a.decided_on as "decidedOn", a.body,
  a.unit_id as "unitId", a.legal_basis as "legalBasis", a.note, a.recorded_at as "recordedAt"`

/** The acts behind some facts, each once, the oldest first. */
export async function listActs(tx: Tx, actIds: readonly ActId[]): Promise<Act[]> {
  return tx.prepared<Act>(
    'register.acts',
    `select ${ACT} from register.act a where a.act_id = any($1::uuid[]) order by a.act_id`,
    [actIds],
  )
}

/** Where an act was done, for those who look for it by a person: never by id alone. */
export async function findActOfPerson(
  tx: Tx,
  personId: string,
  actId: string,
): Promise<Act | undefined> {
  const [act] = await tx.query<Act>(
    `select ${ACT} from register.act a where a.act_id = $2
       and exists (select from register.fact f
         where f.person_id = $1 and (f.act_id = $2 or f.superseded_by = $2))`,
    [personId, actId],
  )
  return act
}
