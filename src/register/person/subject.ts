import {
  addMs,
  type Context,
  type Instant,
  type PlainDay,
  Refusal,
  type Tx,
} from '../../kernel/index.ts'
import { type ActInput, actOf, type Basis, insertAct } from '../act.ts'
import { areaOfUnit, homeUnit } from '../area.ts'
import { type Revision, refusingRaces, revise } from '../facts.ts'
import { listByNumbers } from '../identifier/find.ts'
import { checkedNumber } from '../identifier/rules.ts'
import type { ActId, Fact, PersonId } from '../types.ts'
import { requireOpening } from './opening.ts'
import { lastValue, type OwnedFact, valueOn } from './revisions.ts'

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

const COLUMNS = `f.person_id as "personId", f.kind, f.key, f.value, lower(f.valid) as "from",
  upper(f.valid) as "to", f.act_id as "actId", f.recorded_at as "recordedAt",
  f.superseded_at as "supersededAt", f.superseded_by as "supersededBy"`

/** All that is believed of some persons, of any day. */
export async function listBelievedOf(tx: Tx, personIds: readonly PersonId[]): Promise<OwnedFact[]> {
  return tx.prepared<OwnedFact>(
    'register.believed-of',
    `select ${COLUMNS} from register.fact f
     where f.person_id = any($1::uuid[]) and f.superseded_at is null
     order by f.person_id, f.kind, f.key, lower(f.valid)`,
    [personIds],
  )
}

/** The same of whoever a number of the current scheme was given to, in one statement. */
export async function listBelievedByNumber(tx: Tx, number: string): Promise<OwnedFact[]> {
  return tx.prepared<OwnedFact>(
    'register.believed-by-number',
    `select ${COLUMNS} from register.number n join register.fact f using (person_id)
     where n.number = $1 and f.superseded_at is null
     order by f.kind, f.key, lower(f.valid)`,
    [number],
  )
}

/** Every row of some persons there ever was. */
export async function listHistoryOf(tx: Tx, personIds: readonly PersonId[]): Promise<OwnedFact[]> {
  return tx.prepared<OwnedFact>(
    'register.history-of',
    `select ${COLUMNS} from register.fact f where f.person_id = any($1::uuid[])
     order by f.person_id, f.kind, f.key, lower(f.valid), f.recorded_at`,
    [personIds],
  )
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
  const read = Promise.all([
    tx.prepared(
      'register.persons-lock',
      `select pg_advisory_xact_lock(k) from (
         select hashtextextended(p::text, 4100) as k from unnest($1::uuid[]) as p order by p) l`,
      [sorted],
    ),
    listBelievedOf(tx, sorted),
    tx.prepared<{ at: Instant | null }>(
      'register.persons-last',
      `select max(greatest(recorded_at, superseded_at)) as at from register.fact
       where person_id = any($1::uuid[])`,
      [sorted],
    ),
  ])
  const [, believed, [last]] = await refusingRaces(read)
  const after = last?.at == null ? now : addMs(last.at, 1)
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
