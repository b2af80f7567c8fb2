import { addYears, yearsBetween } from './days.ts'
import type { Draft } from './draft.ts'
import { Settler } from './homes.ts'
import { DIVORCED, FEMALE, NONE, SINGLE } from './people.ts'

const ELDER_years = 60
const ALONE_FROM_years = 20
const LEAVES_FROM_years = 22
/** A couple follows the wife's parents less often than the husband's. */
const WIFES_PARENTS = 0.35
const INVITED = 0.85
const BACK_TO_PARENTS = 0.5
/** Single adults whose parents are gone and who live with other relatives. */
const WITH_RELATIVES = 0.5
const COUPLE_WANTS_CHILD = 0.7
const ORPHANS_HOST_years = 18

/** Brings everybody under a roof, the eldest first, so that parents' households are there. */
export function settleAll(draft: Draft): Settler {
  const settler = new Settler(draft)
  const { people, order } = draft
  for (let at = 0; at < people.count; at++) {
    const person = order.at(at)
    if (people.bornAt.at(person) === NONE) settler.bear(person)
    if (people.household.at(person) !== NONE) continue
    const spouse = people.spouse.at(person)
    if (spouse !== NONE && people.marital.at(person) !== DIVORCED) {
      if (people.bornAt.at(spouse) === NONE) settler.bear(spouse)
      settleCouple(draft, settler, person)
    } else settleOne(draft, settler, person)
  }
  return settler
}

/** A parent whose household a grown child might live in; NONE when there is none. */
function parentWithRoom(
  { people }: Draft,
  { households }: Settler,
  { child, day }: { readonly child: number; readonly day: number },
): number {
  for (const parent of [people.father.at(child), people.mother.at(child)]) {
    if (parent === NONE || people.died.at(parent) <= day) continue
    const household = people.household.at(parent)
    if (household === NONE || households.isJoined.at(household) === 1) continue
    if (households.founded.at(household) < day) return parent
  }
  return NONE
}

/** The parent of husband or wife in whose household the couple lives, or NONE. */
function hostOf(draft: Draft, settler: Settler, child: number): number {
  const { plan, people, random } = draft
  const parent = parentWithRoom(draft, settler, { child, day: people.wed.at(child) })
  if (parent === NONE) return NONE
  const household = people.household.at(parent)
  const isInvited = settler.households.wantsChild.at(household) === 1
  const chance = isInvited ? INVITED : plan.demography.chance.livesWithParents
  const share = people.sex.at(child) === FEMALE ? WIFES_PARENTS : 1
  return random.happens(chance * share) ? parent : NONE
}

function settleCouple(draft: Draft, settler: Settler, person: number): void {
  const { people } = draft
  const spouse = people.spouse.at(person)
  const wed = people.wed.at(person)
  const [wife, husband] = people.sex.at(person) === FEMALE ? [person, spouse] : [spouse, person]
  for (const child of [husband, wife]) {
    const parent = hostOf(draft, settler, child)
    if (parent === NONE) continue
    const household = people.household.at(parent)
    settler.households.isJoined.set(household, 1)
    enter(draft, settler, { person: child, household, day: people.joined.at(parent) })
    const other = child === husband ? wife : husband
    leave(draft, other, wed)
    enter(draft, settler, { person: other, household, day: wed })
    return
  }
  const household = settler.found(husband, wed)
  invite(draft, settler, { household, founder: husband, chance: COUPLE_WANTS_CHILD })
  for (const one of [husband, wife]) {
    leave(draft, one, wed)
    enter(draft, settler, { person: one, household, day: wed })
  }
}

interface Entry {
  readonly person: number
  readonly household: number
  /** First day, unless birth or the founding of the household comes later. */
  readonly day: number
}

function enter(
  { people }: Draft,
  { households }: Settler,
  { person, household, day }: Entry,
): void {
  const joined = Math.max(day, people.born.at(person), households.founded.at(household))
  if (joined >= people.died.at(person)) return
  people.household.set(person, household)
  people.joined.set(person, joined)
}

/** Remembers the parents' household that somebody leaves. */
function leave({ people }: Draft, person: number, day: number): void {
  for (const parent of [people.mother.at(person), people.father.at(person)]) {
    if (parent === NONE || people.household.at(parent) === NONE) continue
    const from = Math.max(people.born.at(person), people.joined.at(parent))
    const isThere = people.died.at(parent) > from
    if (from >= day || !isThere) return
    people.formerHousehold.set(person, people.household.at(parent))
    people.formerJoined.set(person, from)
    people.formerLeft.set(person, day)
    return
  }
}

function invite(
  { plan, people, random }: Draft,
  { households }: Settler,
  of: { readonly household: number; readonly founder: number; readonly chance: number },
): void {
  const age = yearsBetween(people.born.at(of.founder), plan.asOf)
  const chance = plan.demography.chance.elderWithChild * of.chance
  if (age >= ELDER_years && random.happens(chance)) households.wantsChild.set(of.household, 1)
}

/** The parent in whose household a person lives who has none: the mother, else the father. */
function keeperOf({ people }: Draft, person: number, day: number): number {
  for (const parent of [people.mother.at(person), people.father.at(person)]) {
    if (parent === NONE || people.household.at(parent) === NONE) continue
    if (people.died.at(parent) > Math.max(day, people.joined.at(parent))) return parent
  }
  return NONE
}

function settleOne(draft: Draft, settler: Settler, person: number): void {
  const { people, random } = draft
  if (people.marital.at(person) === SINGLE) {
    settleSingle(draft, settler, person)
    return
  }
  const parted = people.parted.at(person)
  const parent = keeperOf(draft, person, parted)
  if (parent !== NONE && random.happens(BACK_TO_PARENTS)) {
    const day = Math.max(parted, people.joined.at(parent))
    leave(draft, person, people.wed.at(person))
    enter(draft, settler, { person, household: people.household.at(parent), day })
    return
  }
  const isDivorced = people.marital.at(person) === DIVORCED
  leave(draft, person, people.wed.at(person))
  foundAlone(draft, settler, { person, day: isDivorced ? parted : people.wed.at(person) })
}

function settleSingle(draft: Draft, settler: Settler, person: number): void {
  const { plan, people, random } = draft
  const born = people.born.at(person)
  const age = yearsBetween(born, Math.min(plan.asOf, people.died.at(person)) - 1)
  const parent = keeperOf(draft, person, born)
  const leaves = age >= LEAVES_FROM_years && random.happens(plan.demography.chance.leftHome)
  if (parent !== NONE && !leaves) {
    const household = people.household.at(parent)
    enter(draft, settler, { person, household, day: people.joined.at(parent) })
  } else if (age < ALONE_FROM_years || (parent === NONE && random.happens(WITH_RELATIVES))) {
    shelter(draft, settler, person)
  } else {
    const day = addYears(born, random.between(18, Math.min(age, 26)))
    leave(draft, person, day)
    foundAlone(draft, settler, { person, day })
  }
}

function foundAlone(
  draft: Draft,
  settler: Settler,
  { person, day }: { readonly person: number; readonly day: number },
): void {
  const household = settler.found(person, day)
  invite(draft, settler, { household, founder: person, chance: 1 })
  enter(draft, settler, { person, household, day })
}

/** Those without parents live with an older person of the same people. */
function shelter(draft: Draft, settler: Settler, person: number): void {
  const { people, pools, random } = draft
  const pool = pools.find(({ from, to }) => person >= from && person < to)
  if (pool === undefined) return
  for (let attempt = 0; attempt < 40; attempt++) {
    const host = random.between(pool.from, person)
    const household = people.household.at(host)
    const isOlder = people.born.at(person) - people.born.at(host) > ORPHANS_HOST_years * 365
    if (household !== NONE && isOlder && people.isAliveOn(host, draft.plan.asOf)) {
      enter(draft, settler, { person, household, day: people.joined.at(host) })
      return
    }
  }
  const grown = addYears(people.born.at(person), ALONE_FROM_years)
  const isGrown = grown < Math.min(draft.plan.asOf, people.died.at(person))
  foundAlone(draft, settler, { person, day: isGrown ? grown : people.born.at(person) })
}
