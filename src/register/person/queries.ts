import { Type } from 'typebox'
import {
  type Context,
  handleOf,
  type Instant,
  idOfHandle,
  instant,
  plainDay,
  query,
  Refusal,
  type Tx,
} from '../../kernel/index.ts'
import { Day } from '../act.ts'
import { findActOfPerson } from '../act-store.ts'
import { listFactsAsOf, listHistory } from '../fact-store.ts'
import { type Found, findByNumber } from '../identifier/find.ts'
import { stateOf } from '../identifier/rules.ts'
import { survivorsOf } from '../identifier/store.ts'
import type { AsOf, Fact, FactKind, PersonId } from '../types.ts'
import {
  type LifeDay,
  lifeOf,
  type NumberView,
  numbersOf,
  onDay,
  type PersonRecord,
  recordAsOf,
} from './record.ts'
import { listActsOf, listKin, listNumbersEver } from './record-store.ts'
import { type ActView, type FactView, factViews, type Handle, personsIn } from './record-view.ts'
import { lastValue, type OwnedFact } from './revisions.ts'
import { isMerged, requireAccess } from './subject.ts'
import { listBelievedByNumber, listBelievedOf } from './subject-store.ts'

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

/** A number of any time, old or new, that leads to one person; or the handle an officer was given. */
export const OF_PERSON = {
  number: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  person: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
}

/** How a person is asked for: by one of the two. */
export interface Wanted {
  readonly number?: string
  readonly person?: string
}

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
  /** Null when it was asked for by handle. */
  readonly found: Found | null
}

/** Finds one person by number or handle and asks whether the officer may open the record. */
export async function openRecord(context: Context, wanted: Wanted): Promise<Opened> {
  const opened = (await openByNumber(context, wanted.number)) ?? (await openOther(context, wanted))
  const { personId, believed } = opened
  if (believed.length === 0) throw new Refusal('person.not-found')
  context.concerns(personId)
  await requireAccess(context, { personId, believed })
  return opened
}

interface Believed extends Opened {
  readonly believed: readonly OwnedFact[]
}

/** The usual way, in one statement: a number of the current scheme, of no duplicate. */
async function openByNumber(
  { tx, kernel, today }: Context,
  text: string | undefined,
): Promise<Believed | null> {
  const read = text === undefined ? null : kernel.profile.number.parse(text)
  if (!read?.ok || read.scheme !== 'number') return null
  const believed = await listBelievedByNumber(tx, read.number)
  const personId = believed[0]?.personId
  if (personId === undefined || isMerged(believed, today)) return null
  const numbers = believed.filter((fact) => fact.kind === 'number')
  const state = stateOf(read.number, numbers, today)
  const found = { personId, survivorId: personId, number: read.number, state }
  return { personId, believed, found }
}

async function openOther(context: Context, wanted: Wanted): Promise<Believed> {
  const { personId, found } = await findWanted(context, wanted)
  return { personId, found, believed: await listBelievedOf(context.tx, [personId]) }
}

/** Whom a number or a handle means; of a duplicate, whom it was merged into. */
export async function findWanted(
  context: Pick<Context, 'tx' | 'kernel' | 'actor' | 'today'>,
  { number, person }: Wanted,
): Promise<Pick<Opened, 'personId' | 'found'>> {
  if (person !== undefined) {
    const personId = idOfHandle(context.kernel.keys, context.actor, person) as PersonId
    const survivors = await survivorsOf(context.tx, [personId], context.today)
    return { personId: survivors.get(personId) ?? personId, found: null }
  }
  if (number === undefined) {
    throw new Refusal('request.invalid', { field: 'number', expected: 'number or person' })
  }
  const all = await findByNumber(context, number)
  const [found] = all
  if (found === undefined) throw new Refusal('number.not-found')
  // An old number that several persons bear opens nobody's record.
  if (new Set(all.map((one) => one.survivorId)).size > 1) throw new Refusal('search.narrow')
  return { personId: found.survivorId, found }
}

/** What stands for internal ids in an answer to this officer. */
export const handlesFor =
  ({ kernel, actor }: Pick<Context, 'kernel' | 'actor'>): Handle =>
  (id) =>
    handleOf(kernel.keys, actor, id)

export interface RecordAnswer extends PersonRecord {
  /**
   * The number asked for: in force, replaced, cancelled, closed or of an older scheme. Null when a
   * handle was.
   */
  readonly asked: (Pick<Found, 'number' | 'state'> & { readonly isDuplicate: boolean }) | null
  /** Handle of the person, for this officer alone. */
  readonly person: string
  /** The days on which something began to hold. */
  readonly life: readonly LifeDay[]
  /** Numbers of any time. */
  readonly numbers: readonly NumberView[]
}

/** Opens a whole record, as of a day and as known at a moment, with the act behind every fact. */
export const personRecord = query({
  name: 'person.record',
  purposes: DESK_PURPOSES,
  input: Type.Object({ ...OF_PERSON, ...AS_OF }, { additionalProperties: false }),
  async run(input, context): Promise<RecordAnswer> {
    const { tx } = context
    const asOf = asOfInput(input, context)
    const { personId, believed, found } = await openRecord(context, input)
    const handle = handlesFor(context)
    const reading = { asOf, believed, handle, today: context.today }
    const [record, life, numbers] = await Promise.all([
      recordAsOf(tx, personId, reading),
      lifeOf(tx, personId, reading),
      numbersOf(tx, personId, context.today),
    ])
    tell(context, personId, record.facts)
    const asked = found && {
      number: found.number,
      state: found.state,
      isDuplicate: found.personId !== personId,
    }
    // Of somebody who died before the number's first day, no number is believed; it still finds them.
    const number = record.number ?? numbers.at(-1)?.number ?? null
    return { ...record, number, asked, person: handle(personId), life, numbers }
  },
})

export interface FactsAnswer {
  readonly facts: readonly FactView[]
  /** The number in force, of the deceased the last; null where that kind is not asked for. */
  readonly number: string | null
}

/** The facts of one day alone, as known at a moment. */
export const factsAsOf = query({
  name: 'person.facts-as-of',
  purposes: DESK_PURPOSES,
  input: Type.Object(
    { ...OF_PERSON, ...AS_OF, kinds: Type.Optional(Type.Array(Type.String(), { maxItems: 40 })) },
    { additionalProperties: false },
  ),
  async run(input, context): Promise<FactsAnswer> {
    const { tx } = context
    const asOf = asOfInput(input, context)
    const { personId, believed } = await openRecord(context, input)
    const all =
      asOf.known === null ? onDay(believed, asOf.day) : await listFactsAsOf(tx, personId, asOf)
    const facts = all.filter((fact) => input.kinds?.includes(fact.kind) ?? true)
    const views = factViews(facts, await listKin(tx, personsIn(facts)))
    tell(context, personId, views)
    const isNumber = input.kinds?.includes('number') ?? true
    if (!isNumber) return { facts: views, number: null }
    context.concerns(personId, ['number'])
    const number = lastValue(believed, 'number') ?? (await lastNumberEver(tx, personId))
    return { facts: views, number }
  },
})

async function lastNumberEver(tx: Tx, personId: PersonId): Promise<string | null> {
  return (await listNumbersEver(tx, personId)).at(-1)?.value ?? null
}

/** Every row there ever was of a person, believed or superseded, with the acts. */
export const personHistory = query({
  name: 'person.history',
  purposes: DESK_PURPOSES,
  input: Type.Object(OF_PERSON, { additionalProperties: false }),
  async run(input, context): Promise<{ facts: readonly FactView[]; acts: readonly ActView[] }> {
    const { tx } = context
    const { personId } = await openRecord(context, input)
    const facts = await listHistory(tx, personId)
    const [acts, kin] = await Promise.all([listActsOf(tx, facts), listKin(tx, personsIn(facts))])
    const views = factViews(facts, kin, handlesFor(context))
    tell(context, personId, views)
    return { facts: views, acts }
  },
})

/** The act behind a fact of a person: document, decision, body and law. */
export const getAct = query({
  name: 'act.get',
  purposes: DESK_PURPOSES,
  input: Type.Object(
    { ...OF_PERSON, actId: Type.String({ format: 'uuid' }) },
    { additionalProperties: false },
  ),
  async run(input, context): Promise<ActView> {
    const { personId } = await openRecord(context, input)
    const act = await findActOfPerson(context.tx, personId, input.actId)
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
