import type { Instant, PlainDay, Tx } from '../../kernel/index.ts'
import { listFactsAsOf, listHistory } from '../fact-store.ts'
import { listMembers, listProtected } from '../household/store.ts'
import { type NumberState, stateOf } from '../identifier/rules.ts'
import type { AsOf, Fact, FactKind, FactValues, HouseholdId, PersonId } from '../types.ts'
import {
  listActsOf,
  listDuplicateNumbers,
  listKin,
  listNumbersEver,
  type NumberRow,
} from './record-store.ts'
import {
  type ActView,
  type FactView,
  factViews,
  type Handle,
  kinView,
  type MemberView,
  personsIn,
} from './record-view.ts'

/** A whole record as of two axes, without any internal id. */
export interface PersonRecord {
  /** The number in force; of the deceased the last. */
  readonly number: string | null
  readonly day: PlainDay
  /** Null: as known now. */
  readonly known: Instant | null
  readonly facts: readonly FactView[]
  /** Members of the household on the day, the head first; empty where there is none. */
  readonly household: readonly MemberView[]
  /** The acts behind the facts. */
  readonly acts: readonly ActView[]
  /** Numbers of records that are merged into this one. */
  readonly duplicates: readonly string[]
}

/** Facts of a day among all that is believed now. */
export const onDay = (believed: readonly Fact[], day: PlainDay): Fact[] =>
  believed.filter((fact) => fact.from <= day && (fact.to === null || day < fact.to))

export interface Reading {
  readonly asOf: AsOf
  /** All that is believed now of any day. */
  readonly believed: readonly Fact[]
  readonly today: PlainDay
  /** For an officer, who may go on from here to others. */
  readonly handle?: Handle
}

/** Puts a record together; on the axis of knowledge the facts are read as they were known. */
export async function recordAsOf(
  tx: Tx,
  personId: PersonId,
  { asOf, believed, today, handle }: Reading,
): Promise<PersonRecord> {
  const facts =
    asOf.known === null ? onDay(believed, asOf.day) : await listFactsAsOf(tx, personId, asOf)
  const householdId = householdIn(facts)
  const [members, acts, duplicates, kin] = await Promise.all([
    householdId === undefined ? [] : listMembers(tx, householdId, asOf),
    listActsOf(tx, facts),
    listDuplicateNumbers(tx, personId),
    listKin(tx, personsIn(facts)),
  ])
  const ids = members.map((member) => member.personId)
  const [others, kept] = await Promise.all([listKin(tx, ids), listProtected(tx, ids, today)])
  // Where somebody protected lives is not told by the record of whom they live with.
  const told = (id: PersonId) => id === personId || !kept.has(id)
  return {
    number: numberIn(facts) ?? numberIn(believed) ?? null,
    day: asOf.day,
    known: asOf.known,
    facts: factViews(facts, kin, handle),
    household: members.map(({ personId: member, relation }) => ({
      ...kinView(told(member) ? others.get(member) : undefined, handle),
      relation,
    })),
    acts,
    duplicates,
  }
}

/** A day of a life on which something began to hold, and what. */
export interface LifeDay {
  readonly day: PlainDay
  readonly kinds: readonly FactKind[]
}

/** The days of a life in order, as believed now or as it was known at a moment. */
export async function lifeOf(
  tx: Tx,
  personId: PersonId,
  { asOf, believed }: Pick<Reading, 'asOf' | 'believed'>,
): Promise<readonly LifeDay[]> {
  const { known } = asOf
  const facts =
    known === null
      ? believed
      : (await listHistory(tx, personId)).filter(
          (fact) =>
            fact.recordedAt <= known && (fact.supersededAt === null || fact.supersededAt > known),
        )
  const days = Map.groupBy(facts, (fact) => fact.from)
  return [...days]
    .map(([day, of]) => ({ day, kinds: [...new Set(of.map((fact) => fact.kind))] }))
    .sort((a, b) => (a.day < b.day ? -1 : 1))
}

/** A number somebody ever had, how it stands, and the days it was in force. */
export interface NumberView extends Pick<Fact, 'from' | 'to'> {
  readonly number: string
  readonly state: NumberState
}

/** Every number a person was ever given, each once, the oldest first. */
export async function numbersOf(
  tx: Tx,
  personId: PersonId,
  today: PlainDay,
): Promise<readonly NumberView[]> {
  const rows = await listNumbersEver(tx, personId)
  const believed = rows.filter((row) => row.believed)
  return [...Map.groupBy(rows, (row) => row.value)].map(([number, all]) => {
    // Of a number that is believed of no day, the days it was thought to hold are told.
    const { from, to } = all.findLast((row) => row.believed) ?? (all.at(-1) as NumberRow)
    return { number, state: stateOf(number, believed, today), from, to }
  })
}

const householdIn = (facts: readonly Fact[]): HouseholdId | undefined =>
  (facts.find((fact) => fact.kind === 'household')?.value as FactValues['household'] | undefined)
    ?.household

const numberIn = (facts: readonly Fact[]): string | undefined =>
  facts.findLast((fact) => fact.kind === 'number')?.value as string | undefined
