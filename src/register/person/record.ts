import type { Instant, PlainDay, Tx } from '../../kernel/index.ts'
import { listFactsAsOf } from '../facts.ts'
import { listMembers } from '../household/store.ts'
import type { AsOf, Fact, FactValues, HouseholdId, PersonId } from '../types.ts'
import { listActsOf, listDuplicateNumbers, listKin } from './record-store.ts'
import {
  type ActView,
  type FactView,
  factViews,
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

/**
 * Puts a record together. `believed` is all that is believed now of any day; on the other axis the
 * facts are read as they were known.
 */
export async function recordAsOf(
  tx: Tx,
  personId: PersonId,
  { asOf, believed }: { readonly asOf: AsOf; readonly believed: readonly Fact[] },
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
  const others = await listKin(
    tx,
    members.map((member) => member.personId),
  )
  return {
    number: numberIn(facts) ?? numberIn(believed) ?? null,
    day: asOf.day,
    known: asOf.known,
    facts: factViews(facts, kin),
    household: members.map(({ personId: member, relation }) => ({
      ...kinView(others.get(member)),
      relation,
    })),
    acts,
    duplicates,
  }
}

const householdIn = (facts: readonly Fact[]): HouseholdId | undefined =>
  (facts.find((fact) => fact.kind === 'household')?.value as FactValues['household'] | undefined)
    ?.household

const numberIn = (facts: readonly Fact[]): string | undefined =>
  facts.findLast((fact) => fact.kind === 'number')?.value as string | undefined
