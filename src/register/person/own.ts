import { Type } from 'typebox'
import { ageOn, type Context, type PlainDay, query, Refusal } from '../../kernel/index.ts'
import { Day } from '../act.ts'
import { listMembers, listProtected } from '../household/store.ts'
import { survivorOf } from '../identifier/store.ts'
import type { Fact, PersonId } from '../types.ts'
import { asOfInput, tell } from './queries.ts'
import { onDay, type PersonRecord, recordAsOf } from './record.ts'
import { listKin } from './record-store.ts'
import { type KinView, kinView, personsIn } from './record-view.ts'
import { lastValue, valueOn } from './revisions.ts'
import { isClosed, isProtected } from './subject.ts'
import { listBelievedOf } from './subject-store.ts'

/** The citizen who asks, as the register knows them; of a duplicate, whom it was merged into. */
async function myself({ tx, actor, today }: Context): Promise<PersonId> {
  if (actor.personId === null) throw new Refusal('person.not-found')
  return survivorOf(tx, actor.personId, today)
}

/** The citizen's own record, as of a day and as known at a moment. */
export const myRecord = query({
  name: 'record.mine',
  level: 2,
  purposes: ['own-record'],
  input: Type.Object(
    { day: Type.Optional(Day), known: Type.Optional(Type.String({ maxLength: 30 })) },
    { additionalProperties: false },
  ),
  async run(input, context): Promise<PersonRecord> {
    const personId = await myself(context)
    const believed = await listBelievedOf(context.tx, [personId])
    if (believed.length === 0) throw new Refusal('person.not-found')
    const asOf = asOfInput(input, context)
    const record = await recordAsOf(context.tx, personId, {
      asOf,
      believed,
      today: context.today,
    })
    tell(context, personId, record.facts)
    return record
  },
})

/** Somebody of the citizen's family, with the tie that is recorded. */
export interface FamilyMember extends KinView {
  readonly tie: 'parent' | 'spouse' | 'child' | 'representative' | 'represented'
  readonly key: string
}

export interface Family {
  readonly members: readonly FamilyMember[]
  /** Whole records of children, and persons represented, who do not yet act themselves. */
  readonly records: readonly PersonRecord[]
}

const TIES: readonly string[] = ['parent', 'spouse', 'child', 'representative', 'represented']

/**
 * The citizen's family by name, and the records of those the citizen acts for: children below the
 * profile's age, and who is represented. A protected record opens to nobody here, nor does that of
 * whom somebody protected lives with.
 */
export const myFamily = query({
  name: 'family.mine',
  level: 2,
  purposes: ['family-record'],
  input: Type.Object({}, { additionalProperties: false }),
  async run(_input, context): Promise<Family> {
    const { tx, today, kernel } = context
    const personId = await myself(context)
    const own = onDay(await listBelievedOf(tx, [personId]), today)
    const ties = own.filter((fact) => TIES.includes(fact.kind))
    const kin = await listKin(tx, personsIn(ties))
    tell(context, personId, ties)
    const dependants = await listBelievedOf(tx, personsIn(ties.filter(isDependent)))
    const records: PersonRecord[] = []
    const age = kernel.profile.ages.actsThroughRepresentative
    for (const [dependant, believed] of Map.groupBy(dependants, (fact) => fact.personId)) {
      const represented = ties.some((tie) => tie.kind === 'represented' && tie.key === dependant)
      if (!represented && !isBelow(believed, age, today)) continue
      if (isProtected(believed, today) || isClosed(believed, today)) continue
      if (await livesWithProtected(context, believed, personId)) continue
      const record = await recordAsOf(tx, dependant, {
        asOf: { day: today, known: null },
        believed,
        today,
      })
      tell(context, dependant, record.facts)
      records.push(record)
    }
    return { members: ties.map((tie) => memberOf(tie, kin)), records }
  },
})

/** Whether the record would tell where somebody protected lives, other than who reads it. */
async function livesWithProtected(
  { tx, today }: Context,
  believed: readonly Fact[],
  reader: PersonId,
): Promise<boolean> {
  const household = valueOn(believed, ['household', today])?.household
  if (household === undefined) return false
  const members = await listMembers(tx, household, { day: today, known: null })
  const others = members.map((one) => one.personId).filter((id) => id !== reader)
  return (await listProtected(tx, others, today)).size > 0
}

const isDependent = ({ kind }: Fact): boolean => kind === 'child' || kind === 'represented'

/** Certainly below an age: where month or day are unknown, the oldest possible age counts. */
function isBelow(believed: readonly Fact[], age: number, today: PlainDay): boolean {
  const birth = lastValue(believed, 'birth')
  return birth !== undefined && ageOn(birth.on, today).most < age
}

function memberOf(tie: Fact, kin: Awaited<ReturnType<typeof listKin>>): FamilyMember {
  const { person, ...paper } = tie.value as { person?: PersonId; name?: string }
  const shown =
    person === undefined
      ? { ...kinView(undefined), ...paper, registered: false }
      : kinView(kin.get(person))
  const key = tie.kind === 'parent' ? tie.key : ''
  return { ...shown, tie: tie.kind as FamilyMember['tie'], key }
}
