import {
  ageOn,
  earliest,
  isCode,
  latest,
  type PartialDay,
  type PlainDay,
  type Profile,
  Refusal,
} from '../../kernel/index.ts'
import { type Revision, revision } from '../facts.ts'
import { findOn } from '../person/revisions.ts'
import type { Fact, PersonId, Relative } from '../types.ts'

export type ParentRole = 'mother' | 'father'
export const RELATIONS = ['mother', 'father', 'spouse', 'representative'] as const
/** What the relative is to the person. */
export type Relation = (typeof RELATIONS)[number]

export const isParent = (relation: Relation): relation is ParentRole =>
  relation === 'mother' || relation === 'father'

export interface Tie {
  readonly relation: Relation
  readonly person: PersonId
  /** A person of the register, or what the paper says of one who is not in it. */
  readonly relative: PersonId | Relative
}

/** Where a tie stands on each of the two records. */
export interface TieSlots {
  readonly own: { readonly kind: 'parent' | 'spouse' | 'representative'; readonly key: string }
  readonly other: { readonly kind: 'child' | 'spouse' | 'represented'; readonly key: string }
}

function slotsOf({ relation, person, relative }: Tie): TieSlots {
  const key = typeof relative === 'string' ? relative : 'paper'
  if (isParent(relation)) {
    return { own: { kind: 'parent', key: relation }, other: { kind: 'child', key: person } }
  }
  if (relation === 'spouse') {
    return { own: { kind: 'spouse', key }, other: { kind: 'spouse', key: person } }
  }
  return { own: { kind: 'representative', key }, other: { kind: 'represented', key: person } }
}

export interface Days {
  readonly from: PlainDay
  readonly to: PlainDay | null
}

/** The one place where kinship is written: always both records, never one without the other. */
export function tieRevisions(tie: Tie, days: Days): Revision[] {
  const { own, other } = slotsOf(tie)
  const { person, relative } = tie
  const paper = typeof relative !== 'string'
  const value: Relative = paper ? relative : { person: relative }
  const mine = revision({ personId: person, ...own, ...days, value })
  if (paper) return [mine]
  return [mine, revision({ personId: relative, ...other, ...days, value: { person } })]
}

/** The tie no longer holds on these days, on neither record. */
export function untieRevisions(tie: Tie, days: Days): Revision[] {
  return tieRevisions(tie, days).map((one) => ({ ...one, value: null }))
}

/** Field 21 follows the marriage, where the profile's list has the code. */
export function maritalRevision(
  profile: Profile,
  ...[personId, code, days]: [personId: PersonId, code: string, days: Days]
): Revision[] {
  if (!isCode(profile.codes['marital-status'], code)) return []
  return [revision({ personId, kind: 'marital', ...days, value: code })]
}

/**
 * Refuses a parent who cannot be: too young, or a mother too old, by the profile's ages. Where
 * month or day are unknown, whatever is possible is believed. By adoption there is no oldest age.
 */
export function checkParentAge(
  { ages }: Pick<Profile, 'ages'>,
  births: { readonly parent: PartialDay; readonly child: PartialDay },
  role: ParentRole | 'adopting',
): void {
  const { parent, child } = births
  const tooYoung = ageOn(parent, latest(child)).most < ages.parentLeast
  const tooOld = role === 'mother' && ageOn(parent, earliest(child)).least > ages.motherMost
  if (tooYoung || tooOld) throw new Refusal('kinship.impossible-age', { relation: role })
}

/** A mother lives on the day of the birth; whoever adopts, on the day of the adoption. */
export function checkParentAlive(died: PartialDay | undefined, day: PlainDay): void {
  if (died !== undefined && latest(died) < day) {
    throw new Refusal('kinship.impossible-age', { relation: 'parent' })
  }
}

/** A mother recorded as male on the day, or a father as female: two numbers were swapped. */
export function checkParentSex(role: ParentRole, sex: string | undefined): void {
  if (sex === (role === 'mother' ? 'male' : 'female')) {
    throw new Refusal('kinship.wrong-sex', { relation: role })
  }
}

/** Old enough to marry on the day, with the benefit of the doubt. */
export function checkMarriageAge(
  { ages }: Pick<Profile, 'ages'>,
  person: { readonly birth: PartialDay | undefined; readonly sex: string | undefined },
  day: PlainDay,
): void {
  if (person.birth === undefined) return
  const least =
    person.sex === 'male' || person.sex === 'female' ? ages.marriage[person.sex] : ages.adult
  if (ageOn(person.birth, day).most < least) {
    throw new Refusal('kinship.impossible-age', { relation: 'spouse' })
  }
}

/** Who represents another is of age. */
export function checkRepresentativeAge(
  { ages }: Pick<Profile, 'ages'>,
  birth: PartialDay | undefined,
  day: PlainDay,
): void {
  if (birth !== undefined && ageOn(birth, day).most < ages.adult) {
    throw new Refusal('kinship.impossible-age', { relation: 'representative' })
  }
}

const END = '9999-12-31'

/** Refuses days on which the place is taken: one mother, one father, one spouse at a time. */
export function refuseTaken(
  facts: readonly Fact[],
  slot: { readonly kind: string; readonly key?: string },
  days: Days,
): void {
  const taken = facts.some(
    (fact) =>
      fact.kind === slot.kind &&
      (slot.key === undefined || fact.key === slot.key) &&
      fact.from < (days.to ?? END) &&
      days.from < (fact.to ?? END),
  )
  if (taken) throw new Refusal('kinship.exists', { relation: slot.kind })
}

/** The row of a tie that holds on a day, on the person's own record. */
export function findTie(facts: readonly Fact[], tie: Tie, day: PlainDay): Fact | undefined {
  return findOn(facts, slotsOf(tie).own, day)
}
