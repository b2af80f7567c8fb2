import { Type } from 'typebox'
import { type CommandContext, command, type PlainDay, Refusal } from '../../kernel/index.ts'
import type { Revision } from '../facts.ts'
import { ResidenceInput } from '../person/fields.ts'
import type { Subject } from '../person/subject.ts'
import { RESIDENCE } from '../residence/law.ts'
import { personsByNumbers, takeComing } from '../residence/taking.ts'
import type { HouseholdId, PersonId } from '../types.ts'
import {
  addressFrom,
  changeDay,
  checkedRelation,
  frameOf,
  movingIn,
  newHouseholdId,
  related,
  type Stated,
  writeChange,
} from './change.ts'
import { CHANGE, closed, File, Members, NumberText } from './commands.ts'
import { householdRevision } from './facts.ts'
import { kinOf, relationByBefore, relationByKin } from './kin.ts'
import { nextFile } from './store.ts'
import {
  dissolved,
  lockHouseholdsOf,
  replaced,
  type TakenHousehold,
  takeHouseholdOf,
  unitInCharge,
} from './taking.ts'

/** Relations stated by number, as relations by person; refuses who is not among the members. */
async function statedRelations(
  context: CommandContext,
  stated: readonly Stated[],
  members: readonly PersonId[],
): Promise<ReadonlyMap<PersonId, string>> {
  const ids = await personsByNumbers(
    context,
    stated.map((one) => one.number),
  )
  return new Map(
    ids.map((personId, at) => {
      if (!members.includes(personId)) throw new Refusal('household.not-member')
      return [personId, checkedRelation(context, stated[at]?.relation ?? '')] as const
    }),
  )
}

interface Relating {
  readonly household: HouseholdId
  readonly head: PersonId
  readonly from: PlainDay
  readonly stated: ReadonlyMap<PersonId, string>
  /** What each was to the head before. */
  readonly before: ReadonlyMap<PersonId, string>
  /** Whose records tell of kinship: the members, and the head. */
  readonly kindred: readonly Subject[]
}

/** Everybody's relation to a head: as stated, else by kinship on record, else by what it was. */
function relateAll(subjects: readonly Subject[], relating: Relating): Revision[] {
  const { head, household, from, stated, before, kindred } = relating
  const kin = kinOf(kindred, from)
  return subjects.flatMap((subject) => {
    const { personId } = subject
    const relation =
      personId === head
        ? 'head'
        : (stated.get(personId) ??
          relationByKin(kin, head, personId) ??
          relationByBefore(before.get(personId), before.get(head)))
    return related(subject, { household, relation, from })
  })
}

const relationsOf = ({ members }: TakenHousehold): ReadonlyMap<PersonId, string> =>
  new Map(members.map((one) => [one.personId, one.relation]))

/** Another member becomes the head, and everybody's relation is to the new one. */
export const changeHead = command({
  name: 'household.change-head',
  ...RESIDENCE,
  input: Type.Object({ ...CHANGE, number: NumberText, relations: Type.Optional(Members) }, closed),
  async run(input, context) {
    const [head] = await personsByNumbers(context, [input.number])
    if (head === undefined) throw new Refusal('number.not-found')
    const from = changeDay(input, context, [])
    const household = await takeHouseholdOf(context, head, from)
    if (household.head === head) throw new Refusal('fact.nothing-changed', { kind: 'head' })
    const ids = household.members.map((one) => one.personId)
    const inCharge = unitInCharge(household.facts, context.today)
    const taken = await takeComing(context, ids, inCharge)
    changeDay(input, context, taken.subjects)
    const stated = await statedRelations(context, input.relations ?? [], ids)
    const persons = relateAll(taken.subjects, {
      household: household.householdId,
      head,
      from,
      stated,
      before: relationsOf(household),
      kindred: taken.subjects,
    })
    const households = [replaced(household, 'head', { from, value: head })]
    const change = { act: input.act, taken, persons, households, before: household.facts }
    await writeChange(context, { ...change, joined: [] })
    return { from }
  },
})

/** Some members make a household of their own, at the same address or at another one. */
export const split = command({
  name: 'household.split',
  ...RESIDENCE,
  input: Type.Object(
    {
      ...CHANGE,
      /** The head of the new household. */
      head: NumberText,
      /** Who goes along, and what they are to that head. */
      members: Members,
      residence: Type.Optional(ResidenceInput),
      file: Type.Optional(File),
    },
    closed,
  ),
  async run(input, context) {
    const numbers = [input.head, ...input.members.map((one) => one.number)]
    const leaving = await personsByNumbers(context, numbers)
    const [head] = leaving
    if (head === undefined) throw new Refusal('number.not-found')
    const from = changeDay(input, context, [])
    const old = await takeHouseholdOf(context, head, from)
    const residence = input.residence ?? old.address
    if (residence === null) throw new Refusal('household.closed')
    const ids = old.members.map((one) => one.personId)
    if (leaving.some((id) => !ids.includes(id))) throw new Refusal('household.not-member')
    const stays = ids.filter((id) => !leaving.includes(id))
    if (stays.length === 0 || (old.head !== null && leaving.includes(old.head))) {
      throw new Refusal('household.head-required')
    }
    // At the old address the household stays where it is; to another one they come.
    const inCharge =
      input.residence === undefined ? unitInCharge(old.facts, context.today) : residence.unit
    const taken = await takeComing(context, leaving, inCharge)
    changeDay(input, context, taken.subjects)
    const frame = await frameOf(context)
    const householdId = newHouseholdId()
    const persons = taken.subjects.flatMap((subject, at) => {
      const stated = input.members[at - 1]?.relation ?? ''
      const relation = at === 0 ? 'head' : checkedRelation(context, stated)
      return [
        ...related(subject, { household: householdId, relation, from }),
        ...movingIn(subject, { residence, from }, frame),
      ]
    })
    const code = frame.directory.find(residence.unit)?.code ?? ''
    const file = input.file ?? (await nextFile(context.tx, code))
    const households = [
      householdRevision({ householdId, kind: 'head', from, value: head }),
      ...addressFrom({ householdId, facts: [] }, { residence, from }, frame),
      householdRevision({ householdId, kind: 'file', from, value: file }),
    ]
    const joined = [
      { householdId, personIds: leaving },
      { householdId: old.householdId, personIds: [] },
    ]
    const change = { act: input.act, taken, persons, households, before: old.facts, joined }
    await writeChange(context, { ...change, founded: householdId })
    return { file, from }
  },
})

/** A household is taken into another: all its members join it, and it is closed. */
export const merge = command({
  name: 'household.merge',
  ...RESIDENCE,
  input: Type.Object(
    {
      ...CHANGE,
      /** Anyone of the household that ends. */
      number: NumberText,
      /** Anyone of the household that takes them in. */
      into: NumberText,
      relations: Type.Optional(Members),
    },
    closed,
  ),
  async run(input, context) {
    const [member, host] = await personsByNumbers(context, [input.number, input.into])
    if (member === undefined || host === undefined) throw new Refusal('number.not-found')
    const from = changeDay(input, context, [])
    const [ends, into] = await takeBoth(context, { member, host, from })
    const { address, head } = into
    if (address === null || head === null) throw new Refusal('household.head-required')
    const coming = ends.members.map((one) => one.personId)
    const hosts = into.members.map((one) => one.personId)
    const inCharge = unitInCharge(into.facts, context.today)
    const taken = await takeComing(context, [...coming, ...hosts], inCharge)
    changeDay(input, context, taken.subjects)
    const stated = await statedRelations(context, input.relations ?? [], coming)
    const frame = await frameOf(context)
    const subjects = taken.subjects.slice(0, coming.length)
    const { householdId } = into
    // A stranger's household: whom neither statement nor kinship relates is not related.
    const relating = { household: householdId, head, from, stated, before: new Map() }
    const persons = [
      ...relateAll(subjects, { ...relating, kindred: taken.subjects }),
      ...subjects.flatMap((one) => movingIn(one, { residence: address, from }, frame)),
    ]
    const joined = [{ householdId, personIds: coming }]
    const before = [...ends.facts, ...into.facts]
    const households = dissolved(ends, from)
    await writeChange(context, { act: input.act, taken, persons, households, before, joined })
    return { from, joined: coming.length }
  },
})

interface Both {
  readonly member: PersonId
  readonly host: PersonId
  readonly from: PlainDay
}

/** Two households, locked in one order whoever asks. */
async function takeBoth(context: CommandContext, { member, host, from }: Both) {
  await lockHouseholdsOf(context, [member, host], from)
  const ends = await takeHouseholdOf(context, member, from)
  const into = await takeHouseholdOf(context, host, from)
  if (ends.householdId === into.householdId) throw new Refusal('person.same')
  return [ends, into] as const
}
