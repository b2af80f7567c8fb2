import { Type } from 'typebox'
import {
  type Context,
  type Instant,
  idOfHandle,
  type PlainDay,
  query,
  Refusal,
} from '../../kernel/index.ts'
import { Day } from '../act.ts'
import { listActs } from '../act-store.ts'
import { areaOfUnit } from '../area.ts'
import { survivorsOf } from '../identifier/store.ts'
import { requireOpening } from '../person/opening.ts'
import { asOfInput, DESK_PURPOSES, findWanted, handlesFor, OF_PERSON } from '../person/queries.ts'
import { listKin } from '../person/record-store.ts'
import {
  type ActView,
  type Handle,
  type KinView,
  kinView,
  type MemberView,
} from '../person/record-view.ts'
import { lastValue } from '../person/revisions.ts'
import { isProtected } from '../person/subject.ts'
import { listBelievedOf } from '../person/subject-store.ts'
import type { AsOf, HouseholdId, PersonId, Residence } from '../types.ts'
import { listBelievedOfHouseholds, listHouseholdAsOf, listHouseholdLife } from './fact-store.ts'
import { findHouseholdOf, listMembers, listProtected } from './store.ts'
import { unitInCharge } from './taking.ts'

/** A household as of a day and as known at a moment, without internal ids. */
export interface HouseholdView {
  readonly day: PlainDay
  /** Null: as known now. */
  readonly known: Instant | null
  readonly file: string | null
  readonly address: Residence | null
  /** Nobody heads it: its head has died and the members have not chosen another. */
  readonly isHeadless: boolean
  /** The head first. Who is protected is told by relation alone. */
  readonly members: readonly MemberView[]
  /** For an officer: what stands for the household. */
  readonly handle?: string
}

/** A head or an address a household had, and the act it rests on. */
export interface HouseholdSpan {
  readonly kind: 'head' | 'address'
  readonly from: PlainDay
  readonly to: PlainDay | null
  readonly head: KinView | null
  readonly address: Residence | null
  readonly act: ActView | null
}

/** For the desk: with the heads and addresses of any day, the oldest first. */
export interface HouseholdAnswer extends HouseholdView {
  readonly life: readonly HouseholdSpan[]
}

/** Heads and addresses of any day as known at the moment asked for. */
async function lifeOf(
  context: Context,
  householdId: HouseholdId,
  known: Instant | null,
): Promise<readonly HouseholdSpan[]> {
  const { tx, today, concerns } = context
  const spans = (await listHouseholdLife(tx, householdId, known)).filter(
    (fact) => fact.kind !== 'file',
  )
  const heads = spans.flatMap((fact) => (fact.kind === 'head' ? [fact.value as PersonId] : []))
  const ids = [...new Set(heads)]
  const [kin, kept, acts] = await Promise.all([
    listKin(tx, ids),
    listProtected(tx, ids, today),
    listActs(
      tx,
      spans.map((fact) => fact.actId),
    ),
  ])
  for (const personId of ids) concerns(personId, ['household', 'name', 'number'])
  const handle = handlesFor(context)
  return spans.map(({ kind, value, from, to, actId }) => {
    const head = kind === 'head' ? (value as PersonId) : null
    return {
      kind: kind as HouseholdSpan['kind'],
      from,
      to,
      head: head && kinView(kept.has(head) ? undefined : kin.get(head), handle),
      address: kind === 'address' ? (value as Residence) : null,
      act: acts.find((act) => act.actId === actId) ?? null,
    }
  })
}

async function viewOf(
  context: Context,
  householdId: HouseholdId,
  { asOf, handle }: { readonly asOf: AsOf; readonly handle?: Handle },
): Promise<HouseholdView> {
  const { tx, concerns, today } = context
  const [facts, members] = await Promise.all([
    listHouseholdAsOf(tx, householdId, asOf),
    listMembers(tx, householdId, asOf),
  ])
  const ids = members.map((member) => member.personId)
  const [kin, kept] = await Promise.all([listKin(tx, ids), listProtected(tx, ids, today)])
  const value = <T>(kind: string): T | null =>
    (facts.find((fact) => fact.kind === kind)?.value ?? null) as T | null
  for (const personId of ids) concerns(personId, ['household', 'name', 'number'])
  return {
    day: asOf.day,
    known: asOf.known,
    file: value('file'),
    address: value('address'),
    isHeadless: value('head') === null,
    members: members.map(({ personId, relation }) => ({
      ...kinView(kept.has(personId) ? undefined : kin.get(personId), handle),
      relation,
    })),
    ...(handle !== undefined && { handle: handle(householdId) }),
  }
}

const AXES = {
  /** True on this day; today where nothing is said. */
  day: Type.Optional(Day),
  /** As known at this moment; as believed now where nothing is said. */
  known: Type.Optional(Type.String({ maxLength: 30 })),
}

/** A household by its handle, or by the number or handle of anyone who is of it on the day. */
export const getHousehold = query({
  name: 'household.get',
  purposes: DESK_PURPOSES,
  input: Type.Object(
    {
      household: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
      ...OF_PERSON,
      ...AXES,
    },
    { additionalProperties: false },
  ),
  async run(input, context): Promise<HouseholdAnswer> {
    const asOf = asOfInput(input, context)
    const householdId = await wantedHousehold(context, input, asOf)
    await requireHousehold(context, householdId, { asOf, input })
    const view = await viewOf(context, householdId, { asOf, handle: handlesFor(context) })
    return { ...view, life: await lifeOf(context, householdId, asOf.known) }
  },
})

interface Asked {
  readonly household?: string
  readonly number?: string
  readonly person?: string
}

async function wantedHousehold(
  context: Context,
  { household, ...wanted }: Asked,
  asOf: AsOf,
): Promise<HouseholdId> {
  if (household !== undefined) {
    return idOfHandle(context.kernel.keys, context.actor, household) as HouseholdId
  }
  const { personId } = await findWanted(context, wanted)
  const own = await findHouseholdOf(context.tx, personId, asOf)
  if (own === undefined) throw new Refusal('household.not-member')
  return own.householdId
}

/**
 * Refuses whom the household is not of the area of, today: a case opens it with the marks of whoever
 * it was asked by. Where somebody protected lives is told with their record, once that is opened.
 */
async function requireHousehold(
  context: Context,
  householdId: HouseholdId,
  { asOf, input }: { readonly asOf: AsOf; readonly input: Asked },
): Promise<void> {
  const { tx, today } = context
  const [then, facts] = await Promise.all([
    listHouseholdAsOf(tx, householdId, asOf),
    listBelievedOfHouseholds(tx, [householdId]),
  ])
  if (then.length === 0) throw new Refusal('household.not-found')
  const area = await areaOfUnit(context, unitInCharge(facts, today))
  if (input.household !== undefined) return context.requireArea(area)
  const { personId } = await findWanted(context, input)
  context.concerns(personId)
  const believed = await listBelievedOf(tx, [personId])
  const number = lastValue(believed, 'number') ?? ''
  context.requireArea(area, { number, bornOn: lastValue(believed, 'birth')?.on ?? '' })
  if (isProtected(believed, today)) await requireOpening(context, personId)
}

/** The citizen's own household: its head, members and address. */
export const myHousehold = query({
  name: 'household.mine',
  level: 2,
  purposes: ['own-record', 'family-record'],
  input: Type.Object(AXES, { additionalProperties: false }),
  async run(input, context): Promise<HouseholdView | null> {
    const { actor, tx, today } = context
    if (actor.personId === null) throw new Refusal('person.not-found')
    const asked = actor.personId as PersonId
    const personId = (await survivorsOf(tx, [asked], today)).get(asked) ?? asked
    const asOf = asOfInput(input, context)
    const own = await findHouseholdOf(tx, personId, asOf)
    context.concerns(personId, ['household'])
    return own === undefined ? null : viewOf(context, own.householdId, { asOf })
  },
})
