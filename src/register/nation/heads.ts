import { IntList } from './columns.ts'
import { addYears, FOREVER, yearsBetween } from './days.ts'
import type { Draft } from './draft.ts'
import type { Households } from './homes.ts'
import { NONE, type People } from './people.ts'

const WIFE_IS_HEAD = 0.27
const HEAD_FROM_years = 16
/** An old head hands over to the child who lives there. */
const HANDS_OVER_years = 76
const HANDS_OVER = 0.5

/** Who has been of each household, in order of entry: lists of persons by household. */
export function membersOf(people: People, households: Households): readonly IntList[] {
  const members = Array.from({ length: households.count }, () => new IntList())
  for (let person = 0; person < people.count; person++) {
    const household = people.household.at(person)
    if (household !== NONE) members[household]?.push(person)
  }
  return members
}

/** Gives every household exactly one head on each day it exists. */
export function headAll(draft: Draft, households: Households): readonly IntList[] {
  const members = membersOf(draft.people, households)
  for (let household = 0; household < households.count; household++) {
    const list = members[household]
    if (list !== undefined && list.length > 0) headOne(draft, households, { household, list })
    else households.heads[household] = []
  }
  return members
}

interface Home {
  readonly household: number
  readonly list: IntList
}

function headOne(draft: Draft, households: Households, { household, list }: Home): void {
  const { people } = draft
  let day = households.founded.at(household)
  let head = firstHead(draft, households, household)
  const heads: number[] = []
  while (head !== NONE) {
    heads.push(head, day)
    const died = people.died.at(head)
    const next = handOver(draft, { head, day, list })
    if (next !== undefined && next.day < died) {
      head = next.person
      day = next.day
      continue
    }
    if (died === FOREVER) break
    day = died
    head = successor(people, list, { head, day })
  }
  if (head === NONE) households.ended.set(household, day)
  households.heads[household] = heads
}

function firstHead({ people, random }: Draft, households: Households, household: number): number {
  const founder = households.founder.at(household)
  const spouse = people.spouse.at(founder)
  const isTogether =
    spouse !== NONE &&
    people.household.at(spouse) === household &&
    people.joined.at(spouse) === households.founded.at(household)
  return isTogether && random.happens(WIFE_IS_HEAD) ? spouse : founder
}

interface Reign {
  readonly head: number
  readonly day: number
  readonly list: IntList
}

/** An old head's married child in the house takes over while the head still lives. */
function handOver(
  { plan, people, random }: Draft,
  { head, day, list }: Reign,
): { readonly person: number; readonly day: number } | undefined {
  const retires = addYears(people.born.at(head), HANDS_OVER_years)
  const last = Math.min(plan.asOf - 1, people.died.at(head) - 1)
  if (retires > last || retires <= day) return undefined
  for (let at = 0; at < list.length; at++) {
    const child = list.at(at)
    if (!people.isParent(head, child) || people.wed.at(child) === FOREVER) continue
    const from = Math.max(retires, people.joined.at(child), people.wed.at(child)) + 1
    if (from > last || people.died.at(child) <= last || !random.happens(HANDS_OVER)) continue
    return { person: child, day: random.between(from, last) }
  }
  return undefined
}

/** The widow or widower, else the eldest grown member, else anybody who is left. */
function successor(
  people: People,
  list: IntList,
  { head, day }: { readonly head: number; readonly day: number },
): number {
  const isThere = (person: number): boolean =>
    people.isAliveOn(person, day) && people.joined.at(person) <= day
  const spouse = people.spouse.at(head)
  if (
    spouse !== NONE &&
    people.areCouple(head, spouse) &&
    people.household.at(spouse) === people.household.at(head) &&
    isThere(spouse)
  ) {
    return spouse
  }
  let best = NONE
  for (let at = 0; at < list.length; at++) {
    const person = list.at(at)
    if (!isThere(person)) continue
    if (best === NONE || rank(people, person, { head, day }) > rank(people, best, { head, day })) {
      best = person
    }
  }
  return best
}

/** Grown children before other adults before minors; elders first among equals. */
function rank(
  people: People,
  person: number,
  { head, day }: { readonly head: number; readonly day: number },
): number {
  const age = yearsBetween(people.born.at(person), day)
  if (age < HEAD_FROM_years) return age
  return (people.isParent(head, person) ? 400 : 200) + (age < HANDS_OVER_years ? age : 0)
}

/** What a member is to the head, as a code every profile's list of relations holds. */
export function relationTo(people: People, head: number, member: number): string {
  if (member === head) return 'head'
  if (people.areCouple(member, head)) return 'spouse'
  if (people.isParent(head, member)) return 'child'
  if (people.isParent(member, head)) return 'parent'
  const spouse = people.spouse.at(member)
  const headsSpouse = people.spouse.at(head)
  if (spouse !== NONE && people.isParent(head, spouse)) return 'child-in-law'
  if (headsSpouse !== NONE && people.isParent(member, headsSpouse)) return 'parent-in-law'
  const parents = [people.mother.at(member), people.father.at(member)]
  for (const parent of parents) {
    if (parent !== NONE && isChildOfCouple(people, head, parent)) return 'grandchild'
  }
  for (const parent of [people.mother.at(head), people.father.at(head)]) {
    if (parent !== NONE && people.isParent(member, parent)) return 'grandparent'
  }
  return collateral(people, head, member)
}

function isChildOfCouple(people: People, head: number, person: number): boolean {
  if (people.isParent(head, person)) return true
  const spouse = people.spouse.at(person)
  return spouse !== NONE && people.isParent(head, spouse)
}

function collateral(people: People, head: number, member: number): string {
  if (areSiblings(people, head, member)) return 'sibling'
  const spouse = people.spouse.at(member)
  const headsSpouse = people.spouse.at(head)
  if (spouse !== NONE && areSiblings(people, head, spouse)) return 'sibling-in-law'
  if (headsSpouse !== NONE && areSiblings(people, headsSpouse, member)) return 'sibling-in-law'
  for (const parent of [people.mother.at(member), people.father.at(member)]) {
    if (parent !== NONE && areSiblings(people, head, parent)) return 'niece-nephew'
  }
  for (const parent of [people.mother.at(head), people.father.at(head)]) {
    if (parent !== NONE && areSiblings(people, parent, member)) return 'uncle-aunt'
  }
  return 'other-relative'
}

function areSiblings(people: People, one: number, other: number): boolean {
  const mother = people.mother.at(one)
  const father = people.father.at(one)
  return (
    (mother !== NONE && mother === people.mother.at(other)) ||
    (father !== NONE && father === people.father.at(other))
  )
}
