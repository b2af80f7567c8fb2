import { Type } from 'typebox'
import { command, LIMITS, Refusal } from '../../kernel/index.ts'
import { ActInput, Day } from '../act.ts'
import { Code, ResidenceInput } from '../person/fields.ts'
import type { Subject } from '../person/subject.ts'
import { RESIDENCE } from '../residence/law.ts'
import { personsByNumbers, takeComing } from '../residence/taking.ts'
import type { Residence } from '../types.ts'
import {
  addressFrom,
  changeDay,
  checkedRelation,
  frameOf,
  joining,
  movingIn,
  newHouseholdId,
  writeChange,
} from './change.ts'
import { householdRevision } from './facts.ts'
import { membershipEnding } from './leave.ts'
import { nextFile } from './store.ts'
import { dissolved, takeHouseholdOf, unitInCharge } from './taking.ts'

export const NumberText = Type.String({ minLength: 1, maxLength: 40 })
export const Members = Type.Array(
  Type.Object({ number: NumberText, relation: Code }, { additionalProperties: false }),
  { maxItems: LIMITS.household_members },
)
export const CHANGE = {
  act: ActInput,
  /** The first day; the day of the act's document where nothing is said, else today. */
  on: Type.Optional(Day),
}
export const closed = { additionalProperties: false } as const
/** A number of the residence file that exists already, on paper. */
export const File = Type.String({ pattern: '^[0-9A-Za-z/.-]{1,40}$' })

/** A new household: its head and members come to live at one address, each out of any other. */
export const establish = command({
  name: 'household.establish',
  ...RESIDENCE,
  input: Type.Object(
    {
      ...CHANGE,
      head: NumberText,
      members: Members,
      residence: ResidenceInput,
      file: Type.Optional(File),
    },
    closed,
  ),
  async run(input, context) {
    const { residence, members, act } = input
    const numbers = [input.head, ...members.map((one) => one.number)]
    const personIds = await personsByNumbers(context, numbers)
    const taken = await takeComing(context, personIds, residence.unit)
    const from = changeDay(input, context, taken.subjects)
    const frame = await frameOf(context)
    const householdId = newHouseholdId()
    const persons = taken.subjects.flatMap((subject, at) => {
      const relation = at === 0 ? 'head' : checkedRelation(context, members[at - 1]?.relation ?? '')
      return [
        joining(subject, { household: householdId, relation, from }),
        ...movingIn(subject, { residence, from }, frame),
      ]
    })
    const code = frame.directory.find(residence.unit)?.code ?? ''
    const file = input.file ?? (await nextFile(context.tx, code))
    const [head] = personIds
    if (head === undefined) throw new Refusal('household.head-required')
    const households = [
      householdRevision({ householdId, kind: 'head', from, value: head }),
      ...addressFrom({ householdId, facts: [] }, { residence, from }, frame),
      householdRevision({ householdId, kind: 'file', from, value: file }),
    ]
    const joined = [{ householdId, personIds }]
    const change = { act, taken, persons, households, before: [], founded: householdId, joined }
    await writeChange(context, change)
    return { file, from }
  },
})

/** Someone joins a household and lives where it lives. */
export const addMember = command({
  name: 'household.add-member',
  ...RESIDENCE,
  input: Type.Object({ ...CHANGE, number: NumberText, relation: Code, of: NumberText }, closed),
  async run(input, context) {
    const [personId, of] = await personsByNumbers(context, [input.number, input.of])
    if (personId === undefined || of === undefined) throw new Refusal('number.not-found')
    const from = changeDay(input, context, [])
    const household = await takeHouseholdOf(context, of, from)
    const { householdId, address, head } = household
    if (address === null) throw new Refusal('household.closed')
    if (head === null) throw new Refusal('household.head-required')
    const inCharge = unitInCharge(household.facts, context.today)
    const taken = await takeComing(context, [personId], inCharge)
    changeDay(input, context, taken.subjects)
    if (household.members.length >= LIMITS.household_members) {
      throw new Refusal('request.too-large', { field: 'household' })
    }
    const relation = checkedRelation(context, input.relation)
    const subject = taken.subjects[0] as Subject
    const frame = await frameOf(context)
    const persons = [
      joining(subject, { household: householdId, relation, from }),
      ...movingIn(subject, { residence: address, from }, frame),
    ]
    const joined = [{ householdId, personIds: [personId] }]
    const change = { act: input.act, taken, persons, households: [], before: household.facts }
    await writeChange(context, { ...change, joined })
    return { from }
  },
})

/** Someone is no longer of a household, though the residence stays; the last one closes it. */
export const removeMember = command({
  name: 'household.remove-member',
  ...RESIDENCE,
  input: Type.Object({ ...CHANGE, number: NumberText }, closed),
  async run(input, context) {
    const [personId] = await personsByNumbers(context, [input.number])
    if (personId === undefined) throw new Refusal('number.not-found')
    const from = changeDay(input, context, [])
    const household = await takeHouseholdOf(context, personId, from)
    const inCharge = unitInCharge(household.facts, context.today)
    const taken = await takeComing(context, [personId], inCharge)
    const isAlone = household.members.length === 1
    if (household.head === personId && !isAlone) throw new Refusal('household.head-required')
    const persons = membershipEnding(taken.subjects[0] as Subject, from)
    const households = isAlone ? dissolved(household, from) : []
    const joined = [{ householdId: household.householdId, personIds: [] }]
    const change = { act: input.act, taken, persons, households, before: household.facts, joined }
    await writeChange(context, change)
    return { from, closed: isAlone }
  },
})

/** A household moves with all its members, to an address of the officer's area. */
export const move = command({
  name: 'household.move',
  ...RESIDENCE,
  input: Type.Object(
    {
      ...CHANGE,
      /** Anyone of the household. */
      number: NumberText,
      residence: ResidenceInput,
    },
    closed,
  ),
  async run(input, context) {
    const [member] = await personsByNumbers(context, [input.number])
    if (member === undefined) throw new Refusal('number.not-found')
    const from = changeDay(input, context, [])
    const household = await takeHouseholdOf(context, member, from)
    const residence: Residence = input.residence
    const ids = household.members.map((one) => one.personId)
    const taken = await takeComing(context, ids, residence.unit)
    changeDay(input, context, taken.subjects)
    const frame = await frameOf(context)
    const persons = taken.subjects.flatMap((subject) =>
      movingIn(subject, { residence, from }, frame),
    )
    if (persons.length === 0) throw new Refusal('residence.exists')
    const households = addressFrom(household, { residence, from }, frame)
    const change = { act: input.act, taken, persons, households, before: household.facts }
    await writeChange(context, { ...change, joined: [] })
    return { from, members: ids.length }
  },
})
