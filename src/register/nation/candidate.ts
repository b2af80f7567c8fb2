import { FOREVER, yearsBetween } from './days.ts'
import { relationTo } from './heads.ts'
import { nameOf } from './naming.ts'
import type { Made } from './part.ts'
import { FEMALE, MARRIED, NONE } from './people.ts'
import { unitOn } from './places.ts'

/** Somebody whose record shows much of what the register can hold. */
export interface Candidate {
  /** How much it shows; the nation's demonstration citizen is the one with the most. */
  readonly score: number
  readonly personId: string
  readonly name: string
  /** The unit of the permanent residence. */
  readonly unit: string
}

const AGE_years = { from: 30, to: 46 }
const ADULT_years = 18

/**
 * The best of a part: a married mother whose household holds a parent or parent-in-law, husband and
 * children under age, and which has moved or changed its head; in a small nation whoever there is.
 */
export function findCandidate(made: Made): Candidate | null {
  const { people } = made
  let best = NONE
  let most = 0
  for (let person = 0; person < people.count; person++) {
    if (people.died.at(person) !== FOREVER || people.household.at(person) === NONE) continue
    const score = scoreOf(made, person)
    if (score > most) best = person
    most = Math.max(most, score)
  }
  return best === NONE ? null : candidate(made, best, most)
}

function scoreOf(made: Made, person: number): number {
  const { people, plan } = made
  const age = yearsBetween(people.born.at(person), plan.asOf)
  const isWife = people.sex.at(person) === FEMALE && people.marital.at(person) === MARRIED
  if (!isWife || age < AGE_years.from || age > AGE_years.to) return age < ADULT_years ? 1 : 2
  return 2 + familyScore(made, person)
}

function familyScore(made: Made, person: number): number {
  const { people, households, members, plan } = made
  const household = people.household.at(person)
  const spouse = people.spouse.at(person)
  if (household === NONE || spouse === NONE || people.household.at(spouse) !== household) return 0
  let elders = 0
  let children = 0
  const list = members[household]
  for (let at = 0; list !== undefined && at < list.length; at++) {
    const other = list.at(at)
    if (people.died.at(other) !== FOREVER) continue
    const relation = relationTo(people, person, other)
    if (relation === 'parent' || relation === 'parent-in-law') elders++
    const isYoung = yearsBetween(people.born.at(other), plan.asOf) < ADULT_years
    if (relation === 'child' && isYoung) children++
  }
  if (elders === 0 || children < 2) return 0
  const isOwnMother = people.mother.at(person) !== NONE ? 2 : 0
  const hasMoved =
    households.movedOn.at(household) > plan.opened && households.movedOn.at(household) < FOREVER
  const heads = (households.heads[household]?.length ?? 0) / 2
  const place = plan.places[made.settler.placeOf(person, plan.asOf)]
  const isSettled = place !== undefined && place.splitOn === FOREVER
  if (!isSettled || people.awayAt.at(person) !== NONE) return 0
  return elders + Math.min(children, 3) + isOwnMother + (hasMoved ? 3 : 0) + (heads > 1 ? 3 : 0)
}

function candidate(made: Made, person: number, score: number): Candidate {
  const { plan, draft, ids } = made
  const place = plan.places[made.settler.placeOf(person, plan.asOf)]
  return {
    score,
    personId: ids.person.text(person),
    name: nameOf(draft, person),
    unit: place === undefined ? '' : unitOn(place, plan.asOf),
  }
}
