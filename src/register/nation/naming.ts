import { yearOf } from './days.ts'
import type { Draft } from './draft.ts'
import { FEMALE, MALE, NONE } from './people.ts'

/** Names everybody, parents before children, so that inherited names come down the generations. */
export function nameAll(draft: Draft): void {
  const { people, order, random, plan, province } = draft
  const { names } = plan
  for (let at = 0; at < people.count; at++) {
    const person = order.at(at)
    const group = people.group.at(person)
    const birth = { sex: people.sex.at(person), year: yearOf(people.born.at(person)) }
    const inherited = inheritedName(draft, person)
    people.family.set(
      person,
      inherited === 0 ? names.drawFamily(random, group, province.region) : inherited,
    )
    people.middle.set(person, names.drawMiddle(random, group, birth))
    let given = names.drawGiven(random, group, birth)
    // Parents do not give a child their own name.
    if (isParentsGiven(draft, person, given)) given = names.drawGiven(random, group, birth)
    people.given.set(person, given)
  }
}

/** The word that comes from a parent on record; 0 when none does. */
function inheritedName({ plan, people }: Draft, person: number): number {
  const inherits = plan.names.inherits(people.group.at(person))
  if (inherits === 'nobody') return 0
  const mother = people.mother.at(person)
  const father = people.father.at(person)
  const [first, second] = inherits === 'mother' ? [mother, father] : [father, mother]
  if (first !== NONE) return people.family.at(first)
  // A child of an unmarried mother bears her name.
  const isUnwed =
    second === mother && mother !== NONE && people.wed.at(mother) > people.born.at(person)
  return isUnwed ? people.family.at(second) : 0
}

function isParentsGiven({ people }: Draft, person: number, given: number): boolean {
  const mother = people.mother.at(person)
  const father = people.father.at(person)
  return (
    (mother !== NONE && people.given.at(mother) === given) ||
    (father !== NONE && people.given.at(father) === given)
  )
}

/** The written name of a person of the part. */
export function nameOf({ plan, people }: Draft, person: number): string {
  return plan.names.text(people.group.at(person), {
    family: people.family.at(person),
    middle: people.middle.at(person),
    given: people.given.at(person),
  })
}

export interface Stranger {
  /** Whose relative it is. */
  readonly of: number
  readonly sex: number
  readonly year: number
  /** Whether the relative's inherited name came from this one. */
  readonly isSource: boolean
}

/** The name of a relative whom only the papers know. */
export function strangerName(draft: Draft, { of, sex, year, isSource }: Stranger): string {
  const { plan, people, random, province } = draft
  const group = people.group.at(of)
  const family = isSource
    ? people.family.at(of)
    : plan.names.drawFamily(random, group, province.region)
  const birth = { sex, year }
  const middle = plan.names.drawMiddle(random, group, birth)
  const given = plan.names.drawGiven(random, group, birth)
  return plan.names.text(group, { family, middle, given })
}

/** A name as a clerk might have misread it: another given name of the same generation. */
export function misreadName(draft: Draft, person: number): string {
  const { plan, people, random } = draft
  const group = people.group.at(person)
  const birth = { sex: people.sex.at(person), year: yearOf(people.born.at(person)) }
  let given = people.given.at(person)
  for (let attempt = 0; attempt < 5 && given === people.given.at(person); attempt++) {
    given = plan.names.drawGiven(random, group, birth)
  }
  return plan.names.text(group, {
    family: people.family.at(person),
    middle: people.middle.at(person),
    given,
  })
}

/** Whether inherited names come from the parent of this sex. */
export function comesFrom({ plan, people }: Draft, person: number, sex: number): boolean {
  const inherits = plan.names.inherits(people.group.at(person))
  return inherits === (sex === FEMALE ? 'mother' : 'father') && (sex === FEMALE || sex === MALE)
}
