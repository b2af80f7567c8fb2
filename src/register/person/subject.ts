import {
  addMs,
  type Context,
  type Instant,
  type PlainDay,
  Refusal,
  type Tx,
} from '../../kernel/index.ts'
import { type ActInput, actOf, type Basis } from '../act.ts'
import { insertAct } from '../act-store.ts'
import { areaOfUnit, homeUnit } from '../area.ts'
import { revise } from '../fact-store.ts'
import { type Revision, refusingRaces } from '../facts.ts'
import { checkedNumber } from '../identifier/rules.ts'
import { listByNumbers } from '../identifier/store.ts'
import type { ActId, Fact, PersonId } from '../types.ts'
import { requireOpening } from './opening.ts'
import { lastValue, type OwnedFact, valueOn } from './revisions.ts'
import { findLastRecorded, listBelievedOf, lockPersons } from './subject-store.ts'

/** A person whose record is about to change, with all that is believed of any day. */
export interface Subject {
  readonly personId: PersonId
  readonly believed: readonly OwnedFact[]
}

export interface Taken {
  /** In the order of the numbers asked for. */
  readonly subjects: readonly Subject[]
  /** The moment the change is recorded at: later than all that is recorded of these persons. */
  readonly at: Instant
}

export interface Taking {
  /**
   * Whose record may be changed after death: everybody's, by a correction or to take death back; or
   * that of the others, whom the first is being related to. Nobody's where nothing is said.
   */
  readonly deceased?: 'all' | 'others'
  /** Also a record that was merged into another. */
  readonly merged?: boolean
  /** Whose home must be of the officer's area: everybody's; the first's where nothing is said. */
  readonly area?: 'all'
}

/**
 * Takes persons by their numbers for a change: locks them for this transaction, reads what is
 * believed, and refuses who is not there, was merged, or is deceased. The first is whom the change
 * is about: in the officer's area. The others are whom the first is being related to: they may be of
 * any area, as couples and families are. Whoever of them is protected has been opened by a second
 * person. All are named before anything is checked: a refused attempt is seen by whom it concerned.
 */
export async function takeSubjects(
  context: Context,
  numbers: readonly string[],
  options: Taking = {},
): Promise<Taken> {
  const { tx, kernel } = context
  const wanted = numbers.map((text) => checkedNumber(kernel.profile, text, 'number'))
  const rows = await listByNumbers(tx, wanted)
  const ids = wanted.map((number) => rows.find((row) => row.number === number)?.personId)
  if (ids.includes(undefined)) throw new Refusal('number.not-found')
  for (const personId of ids as PersonId[]) context.concerns(personId)
  const taken = await takePersons(context, ids as PersonId[])
  for (const [at, { personId, believed }] of taken.subjects.entries()) {
    if (at === 0 || options.area === 'all') await requireHome(context, { personId, believed })
    if (isProtected(believed, context.today)) await requireOpening(context, personId)
    const spared = options.deceased === 'all' || (options.deceased === 'others' && at > 0)
    if (isMerged(believed, context.today) && options.merged !== true) {
      throw new Refusal('person.merged')
    }
    if (isClosed(believed, context.today) && !spared) throw new Refusal('person.deceased')
  }
  return taken
}

/** The same by internal ids, without asking whether it may be. */
export async function takePersons(
  { tx, now }: Pick<Context, 'tx' | 'now'>,
  personIds: readonly PersonId[],
): Promise<Taken> {
  const sorted = [...new Set(personIds)].sort()
  const [, believed, last] = await Promise.all([
    lockPersons(tx, sorted),
    listBelievedOf(tx, sorted),
    findLastRecorded(tx, sorted),
  ])
  const after = last === null ? now : addMs(last, 1)
  const of = Map.groupBy(believed, (fact) => fact.personId)
  return {
    subjects: personIds.map((personId) => ({ personId, believed: of.get(personId) ?? [] })),
    at: after > now ? after : now,
  }
}

/** The officer's area holds the person, or the case does; a protected record has been opened. */
export async function requireAccess(context: Context, subject: Subject): Promise<void> {
  await requireHome(context, subject)
  const { believed, personId } = subject
  if (isProtected(believed, context.today)) await requireOpening(context, personId)
}

/** The officer's area holds the person, or the case does: number and birth date are theirs. */
export async function requireHome(context: Context, { believed }: Subject): Promise<void> {
  const area = await areaOfUnit(context, homeUnit(believed, context.today))
  context.requireArea(area, {
    number: lastValue(believed, 'number') ?? '',
    bornOn: lastValue(believed, 'birth')?.on ?? '',
  })
}

export const isProtected = (believed: readonly Fact[], today: PlainDay): boolean =>
  valueOn(believed, ['protected', today]) !== undefined

export const isMerged = (believed: readonly Fact[], today: PlainDay): boolean =>
  valueOn(believed, ['merged', today]) !== undefined

/** Death or disappearance closes a record until it is taken back. */
export const isClosed = (believed: readonly Fact[], today: PlainDay): boolean =>
  valueOn(believed, ['death', today]) !== undefined

export interface Change {
  readonly act: ActInput
  readonly basis: Basis
  readonly at: Instant
}

/** Stores an act and the facts that rest on it. */
export async function record(
  context: Context,
  revisions: readonly Revision[],
  { act, basis, at }: Change,
): Promise<ActId> {
  const actId = await insertAct(context.tx, actOf(act, context, basis.legalBasis), at)
  await writeFacts(context.tx, revisions, { actId, at })
  return actId
}

/** Writes facts; whoever was changed by another just now is refused, never half-written. */
export async function writeFacts(
  tx: Tx,
  revisions: readonly Revision[],
  by: { readonly actId: ActId; readonly at: Instant },
): Promise<void> {
  await refusingRaces(revise(tx, revisions, by))
}
