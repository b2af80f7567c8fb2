import { isDeepStrictEqual } from 'node:util'
import { type CommandContext, type PlainDay, Refusal, uuidv7 } from '../../kernel/index.ts'
import { type ActInput, actOf } from '../act.ts'
import { insertAct } from '../act-store.ts'
import { type Revision, revision } from '../facts.ts'
import { checkedCode } from '../person/check.ts'
import { findOn } from '../person/revisions.ts'
import { type Subject, type Taken, writeFacts } from '../person/subject.ts'
import { RESIDENCE } from '../residence/law.ts'
import {
  checkedFrom,
  endedByMoving,
  type Frame,
  registration,
  staysOf,
} from '../residence/rules.ts'
import { writeSearchRows } from '../search/search-row.ts'
import type { HouseholdId, PersonId, Residence } from '../types.ts'
import { unitsOf } from '../unit/units.ts'
import { reviseHouseholds } from './fact-store.ts'
import {
  type HouseholdFact,
  type HouseholdRevision,
  householdRevision,
  laterThan,
} from './facts.ts'
import { insertHousehold, insertMembers } from './store.ts'
import type { TakenHousehold } from './taking.ts'

/** A relation somebody states for a member, by number. */
export interface Stated {
  readonly number: string
  readonly relation: string
}

/** All that one change of households comes to. */
export interface Change {
  readonly act: ActInput
  readonly taken: Taken
  readonly persons: readonly Revision[]
  readonly households: readonly HouseholdRevision[]
  /** What was believed of the households before. */
  readonly before: readonly HouseholdFact[]
  readonly founded?: HouseholdId
  readonly joined: readonly {
    readonly householdId: HouseholdId
    readonly personIds: readonly PersonId[]
  }[]
}

/** Stores the act, the facts, the look-ups and the search rows, and names everyone concerned. */
export async function writeChange(context: CommandContext, change: Change): Promise<void> {
  const { tx, concerns, emit } = context
  const { taken, persons, households } = change
  const at = laterThan(change.before, taken.at)
  const actId = await insertAct(tx, actOf(change.act, context, RESIDENCE.legalBasis), at)
  if (change.founded !== undefined) await insertHousehold(tx, change.founded, { actId, at })
  await reviseHouseholds(tx, households, { actId, at })
  await writeFacts(tx, persons, { actId, at })
  for (const { householdId, personIds } of change.joined) {
    await insertMembers(tx, householdId, personIds)
  }
  const moved = persons.filter((one) => one.kind !== 'household').map((one) => one.personId)
  await writeSearchRows(context, [...new Set(moved)])
  for (const { personId, kind } of persons) concerns(personId, [kind])
  const changed = new Set([
    ...households.map((one) => one.householdId),
    ...change.joined.map((one) => one.householdId),
  ])
  for (const householdId of changed) emit('household.changed', householdId, { householdId })
  for (const personId of new Set(moved)) {
    emit('residence.changed', personId, { personId, kinds: ['permanent'] })
  }
}

/** The units, and the day they are looked at. */
export async function frameOf(context: CommandContext): Promise<Frame> {
  return { directory: await unitsOf(context), today: context.today }
}

export const newHouseholdId = (): HouseholdId => uuidv7() as HouseholdId

/** The day of a change: said, or the day of the document, or today; never to come. */
export function changeDay(
  { on, act }: { readonly on?: string; readonly act: ActInput },
  context: CommandContext,
  subjects: readonly Subject[],
): PlainDay {
  const day = (on ?? act.decidedOn ?? context.today) as PlainDay
  for (const { believed } of subjects) checkedFrom(day, context.today, believed)
  return day
}

/** A relation of the profile's list that a member, not the head, may have. */
export function checkedRelation({ kernel }: CommandContext, relation: string): string {
  const field = 'relation'
  checkedCode(kernel.profile, 'relation-to-head', { code: relation, field })
  if (relation === 'head') throw new Refusal('request.invalid', { field, expected: 'member' })
  return relation
}

interface Joining {
  readonly household: HouseholdId
  readonly relation: string
  readonly from: PlainDay
}

/** Membership from a day on; refuses who is of another household then or later. */
export function joining({ personId, believed }: Subject, into: Joining): Revision {
  const { household, relation, from } = into
  const taken = believed.some(
    (fact) => fact.kind === 'household' && (fact.to === null || fact.to > from),
  )
  if (taken) throw new Refusal('household.already-member')
  return revision({ personId, kind: 'household', from, to: null, value: { household, relation } })
}

/** Another relation in the same household, for as long as the membership would have gone on. */
export function related(
  { personId, believed }: Subject,
  { household, relation, from }: Joining,
): Revision[] {
  const held = findOn(believed, { kind: 'household', key: '' }, from)
  const value = { household, relation }
  if (held === undefined || isDeepStrictEqual(held.value, value)) return []
  return [revision({ personId, kind: 'household', from, to: held.to, value })]
}

/** The permanent residence moves with the household; whoever lives there already stays. */
export function movingIn(
  { personId, believed }: Subject,
  { residence, from }: { readonly residence: Residence; readonly from: PlainDay },
  frame: Frame,
): Revision[] {
  const before = findOn(believed, { kind: 'permanent', key: '' }, from)
  if (before !== undefined && isDeepStrictEqual(before.value, residence)) return []
  const stay = { residence, from, to: null }
  return [
    ...registration({ personId, believed, kind: 'permanent' }, stay, frame),
    ...endedByMoving(personId, believed, stay),
  ]
}

/** The address from a day on, in the units it belonged to since. */
export function addressFrom(
  { householdId, facts }: Pick<TakenHousehold, 'householdId' | 'facts'>,
  { residence, from }: { readonly residence: Residence; readonly from: PlainDay },
  frame: Frame,
): HouseholdRevision[] {
  const to = facts.find((one) => one.kind === 'address' && one.from > from)?.from ?? null
  return staysOf(frame, { residence, from, to }).map((stay) =>
    householdRevision({
      householdId,
      kind: 'address',
      from: stay.from,
      to: stay.to,
      value: stay.residence,
    }),
  )
}
