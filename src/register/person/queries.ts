import { Type } from 'typebox'
import {
  type Context,
  type Instant,
  instant,
  plainDay,
  query,
  Refusal,
} from '../../kernel/index.ts'
import { Day, findActOfPerson } from '../act.ts'
import { listFactsAsOf, listHistory } from '../facts.ts'
import { type Found, findByNumber } from '../identifier/find.ts'
import type { AsOf, Fact, FactKind, PersonId } from '../types.ts'
import { type PersonRecord, recordAsOf } from './record.ts'
import { listActsOf, listKin } from './record-store.ts'
import { type ActView, type FactView, factViews, personsIn } from './record-view.ts'
import { listBelievedOf, requireAccess } from './subject.ts'

/** What a record may be opened for at the desk. */
export const DESK_PURPOSES = [
  'civil-registration',
  'residence',
  'identity-number',
  'register-keeping',
  'public-service',
  'complaint',
] as const

const AS_OF = {
  /** True on this day; today where nothing is said. */
  day: Type.Optional(Day),
  /** As known at this moment; as believed now where nothing is said. */
  known: Type.Optional(Type.String({ maxLength: 30 })),
}

/** A number of any time, old or new, that leads to one person. */
const OF_NUMBER = { number: Type.String({ minLength: 1, maxLength: 40 }) }

export function asOfInput(
  input: { readonly day?: string; readonly known?: string },
  { today }: Pick<Context, 'today'>,
): AsOf {
  return {
    day: input.day === undefined ? today : plainDay(input.day),
    known: input.known === undefined ? null : (instant(input.known) as Instant),
  }
}

/** A record that may be read, and by which number it was found. */
export interface Opened {
  readonly personId: PersonId
  readonly believed: readonly Fact[]
  readonly found: Found
}

/** Finds one person by number and asks whether the officer may open the record. */
export async function openRecord(context: Context, number: string): Promise<Opened> {
  const all = await findByNumber(context, number)
  const [found] = all
  if (found === undefined) throw new Refusal('number.not-found')
  const survivors = new Set(all.map((one) => one.survivorId))
  // An old number that several persons bear opens nobody's record.
  if (survivors.size > 1) throw new Refusal('search.narrow')
  const personId = found.survivorId
  const believed = await listBelievedOf(context.tx, [personId])
  context.concerns(personId)
  await requireAccess(context, { personId, believed })
  return { personId, believed, found }
}

export interface RecordAnswer extends PersonRecord {
  /** The number asked for: in force, replaced, cancelled, closed or of an older scheme. */
  readonly asked: Pick<Found, 'number' | 'state'> & { readonly isDuplicate: boolean }
}

/** Opens a whole record, as of a day and as known at a moment, with the act behind every fact. */
export const personRecord = query({
  name: 'person.record',
  purposes: DESK_PURPOSES,
  input: Type.Object({ ...OF_NUMBER, ...AS_OF }, { additionalProperties: false }),
  async run(input, context): Promise<RecordAnswer> {
    const asOf = asOfInput(input, context)
    const { personId, believed, found } = await openRecord(context, input.number)
    const record = await recordAsOf(context.tx, personId, { asOf, believed })
    tell(context, personId, record.facts)
    const { number, state } = found
    return { ...record, asked: { number, state, isDuplicate: found.personId !== personId } }
  },
})

/** The facts of one day alone, as known at a moment. */
export const factsAsOf = query({
  name: 'person.facts-as-of',
  purposes: DESK_PURPOSES,
  input: Type.Object(
    { ...OF_NUMBER, ...AS_OF, kinds: Type.Optional(Type.Array(Type.String(), { maxItems: 40 })) },
    { additionalProperties: false },
  ),
  async run(input, context): Promise<{ facts: readonly FactView[] }> {
    const { tx } = context
    const asOf = asOfInput(input, context)
    const { personId } = await openRecord(context, input.number)
    const all = await listFactsAsOf(tx, personId, asOf)
    const facts = all.filter((fact) => input.kinds?.includes(fact.kind) ?? true)
    const views = factViews(facts, await listKin(tx, personsIn(facts)))
    tell(context, personId, views)
    return { facts: views }
  },
})

/** Every row there ever was of a person, believed or superseded, with the acts. */
export const personHistory = query({
  name: 'person.history',
  purposes: DESK_PURPOSES,
  input: Type.Object(OF_NUMBER, { additionalProperties: false }),
  async run(input, context): Promise<{ facts: readonly FactView[]; acts: readonly ActView[] }> {
    const { tx } = context
    const { personId } = await openRecord(context, input.number)
    const facts = await listHistory(tx, personId)
    const [acts, kin] = await Promise.all([listActsOf(tx, facts), listKin(tx, personsIn(facts))])
    const views = factViews(facts, kin)
    tell(context, personId, views)
    return { facts: views, acts }
  },
})

/** The act behind a fact of a person: document, decision, body and law. */
export const getAct = query({
  name: 'act.get',
  purposes: DESK_PURPOSES,
  input: Type.Object(
    { ...OF_NUMBER, actId: Type.String({ format: 'uuid' }) },
    { additionalProperties: false },
  ),
  async run({ number, actId }, context): Promise<ActView> {
    const { personId } = await openRecord(context, number)
    const act = await findActOfPerson(context.tx, personId, actId)
    if (act === undefined) throw new Refusal('act.not-found')
    context.concerns(personId, ['act'])
    return act
  },
})

export function tell(
  { concerns }: Context,
  personId: PersonId,
  facts: readonly { readonly kind: FactKind }[],
): void {
  concerns(personId, [...new Set(facts.map((fact) => fact.kind))])
}
