import type { PlainDay } from '../../kernel/index.ts'
import type { OwnedFact } from '../person/revisions.ts'
import type { Subject } from '../person/subject.ts'
import type { PersonId, Relative } from '../types.ts'
import { holdsOn } from '../unit/types.ts'

/** The nearest kin of a member who are in the register, members themselves or not. */
interface Kin {
  readonly parents: ReadonlySet<string>
  readonly children: ReadonlySet<string>
  readonly spouses: ReadonlySet<string>
}

export type KinOf = ReadonlyMap<PersonId, Kin>

const NOBODY: Kin = { parents: new Set(), children: new Set(), spouses: new Set() }

/** Reads the kin of some persons from their records, as of a day. */
export function kinOf(subjects: readonly Subject[], day: PlainDay): KinOf {
  return new Map(
    subjects.map(({ personId, believed }) => {
      const of = (kind: OwnedFact['kind'], when: 'ever' | 'now'): ReadonlySet<string> =>
        new Set(
          believed
            .filter((fact) => fact.kind === kind && (when === 'ever' || holdsOn(fact, day)))
            .flatMap((fact) => (fact.value as Relative).person ?? []),
        )
      const kin = {
        parents: of('parent', 'ever'),
        children: of('child', 'ever'),
        spouses: of('spouse', 'now'),
      }
      return [personId, kin] as const
    }),
  )
}

const meets = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => !a.isDisjointFrom(b)

/**
 * What a member is to a head by the kinship on record, as one of the codes every profile's list of
 * relations holds; null where the records do not say.
 */
export function relationByKin(kin: KinOf, head: PersonId, member: PersonId): string | null {
  if (member === head) return 'head'
  const own = kin.get(member) ?? NOBODY
  const heads = kin.get(head) ?? NOBODY
  const spouseOf = (person: ReadonlySet<string>): Kin[] =>
    [...person].flatMap((id) => kin.get(id as PersonId) ?? [])
  if (own.spouses.has(head)) return 'spouse'
  if (own.parents.has(head)) return 'child'
  if (own.children.has(head)) return 'parent'
  if (meets(own.parents, heads.spouses)) return 'child'
  if (meets(own.spouses, heads.children)) return 'child-in-law'
  if (meets(own.children, heads.spouses)) return 'parent-in-law'
  const childrenOfCouple = spouseOf(heads.spouses).reduce(
    (all, spouse) => all.union(spouse.children),
    heads.children,
  )
  if (meets(own.parents, childrenOfCouple)) return 'grandchild'
  if (meets(own.children, heads.parents)) return 'grandparent'
  if (meets(own.parents, heads.parents)) return 'sibling'
  if (spouseOf(own.spouses).some((spouse) => meets(spouse.parents, heads.parents))) {
    return 'sibling-in-law'
  }
  if (spouseOf(heads.spouses).some((spouse) => meets(spouse.parents, own.parents))) {
    return 'sibling-in-law'
  }
  if (spouseOf(own.parents).some((parent) => meets(parent.parents, heads.parents))) {
    return 'niece-nephew'
  }
  if (spouseOf(heads.parents).some((parent) => meets(parent.parents, own.parents))) {
    return 'uncle-aunt'
  }
  return null
}

/** The relations of some members before, to another head: what is known without kinship on record. */
export function relationByBefore(
  before: string | undefined,
  headBefore: string | undefined,
): string {
  const strangers = before === 'not-related' || headBefore === 'not-related'
  return strangers || before === undefined || headBefore === undefined
    ? 'not-related'
    : 'other-relative'
}
