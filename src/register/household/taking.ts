import { type CommandContext, type PlainDay, Refusal } from '../../kernel/index.ts'
import type { HouseholdFactValues, HouseholdId, PersonId, Residence, UnitId } from '../types.ts'
import { holdsOn } from '../unit/types.ts'
import { listBelievedOfHouseholds } from './fact-store.ts'
import { type HouseholdFact, type HouseholdRevision, householdRevision } from './facts.ts'
import { findHouseholdOf, listMembers, lockHouseholds, type Membership } from './store.ts'

/** A household about to change, as it is on the day of the change. */
export interface TakenHousehold {
  readonly householdId: HouseholdId
  /** All that is believed of it, of any day. */
  readonly facts: readonly HouseholdFact[]
  /** Null after the head has died, until the members have chosen another. */
  readonly head: PersonId | null
  readonly address: Residence | null
  readonly members: readonly Membership[]
}

/** The value of a kind on a day. */
export function householdValue<Kind extends keyof HouseholdFactValues>(
  facts: readonly HouseholdFact[],
  kind: Kind,
  day: PlainDay,
): HouseholdFactValues[Kind] | null {
  const fact = facts.find((one) => one.kind === kind && holdsOn(one, day))
  return (fact?.value ?? null) as HouseholdFactValues[Kind] | null
}

/**
 * Locks the households of some persons, before the persons themselves are locked: every change takes
 * its locks in this order, and in the order of their ids.
 */
export async function lockHouseholdsOf(
  { tx }: Pick<CommandContext, 'tx'>,
  personIds: readonly PersonId[],
  day: PlainDay,
): Promise<void> {
  const asOf = { day, known: null }
  const found = await Promise.all(personIds.map((one) => findHouseholdOf(tx, one, asOf)))
  const ids = found.flatMap((one) => one?.householdId ?? [])
  if (ids.length > 0) await lockHouseholds(tx, ids)
}

/** Takes the household a person is of on a day; refuses where there is none. */
export async function takeHouseholdOf(
  context: CommandContext,
  member: PersonId,
  day: PlainDay,
): Promise<TakenHousehold> {
  const own = await findHouseholdOf(context.tx, member, { day, known: null })
  if (own === undefined) throw new Refusal('household.not-member')
  const household = await takeHousehold(context, own.householdId, day)
  // Until the lock was had, another change could take the person out.
  if (!household.members.some(({ personId }) => personId === member)) {
    throw new Refusal('fact.changed-meanwhile')
  }
  return household
}

/** Locks a household for this transaction and reads it as of a day. */
export async function takeHousehold(
  { tx }: Pick<CommandContext, 'tx'>,
  householdId: HouseholdId,
  day: PlainDay,
): Promise<TakenHousehold> {
  await lockHouseholds(tx, [householdId])
  const [facts, members] = await Promise.all([
    listBelievedOfHouseholds(tx, [householdId]),
    listMembers(tx, householdId, { day, known: null }),
  ])
  const head = householdValue(facts, 'head', day)
  const address = householdValue(facts, 'address', day)
  return { householdId, facts, head, address, members }
}

/**
 * The unit in charge of a household: of where it lives today, else of where it last lived. Not of the
 * day that is asked about or that a change is dated: who was in charge once would be so for ever.
 */
export function unitInCharge(facts: readonly HouseholdFact[], today: PlainDay): UnitId | null {
  const addresses = facts.filter((one) => one.kind === 'address')
  const held =
    addresses.find((one) => holdsOn(one, today)) ??
    addresses.toSorted((a, b) => (a.from < b.from ? -1 : 1)).at(-1)
  return (held?.value as Residence | undefined)?.unit ?? null
}

/** Another value from a day on, for as long as the one it replaces would have held. */
export function replaced<Kind extends keyof HouseholdFactValues>(
  { householdId, facts }: Pick<TakenHousehold, 'householdId' | 'facts'>,
  kind: Kind,
  { from, value }: { readonly from: PlainDay; readonly value: HouseholdFactValues[Kind] | null },
): HouseholdRevision {
  const next = facts.find((one) => one.kind === kind && one.from > from)?.from ?? null
  return householdRevision({ householdId, kind, from, to: next, value })
}

/** A household nobody is of any more has neither head nor address; its file keeps its number. */
export function dissolved(household: TakenHousehold, from: PlainDay): HouseholdRevision[] {
  return (['head', 'address'] as const)
    .filter((kind) => householdValue(household.facts, kind, from) !== null)
    .map((kind) => replaced(household, kind, { from, value: null }))
}
