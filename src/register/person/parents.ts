import { type CommandContext, Refusal } from '../../kernel/index.ts'
import type { Revision } from '../facts.ts'
import { checkedNumber } from '../identifier/rules.ts'
import { paperOf, type RelativeInput } from '../kinship/commands.ts'
import {
  checkParentAge,
  checkParentAlive,
  checkParentSex,
  type ParentRole,
  tieRevisions,
} from '../kinship/rules.ts'
import type { Fact, PersonId, Relative } from '../types.ts'
import type { Newcomer } from './enter.ts'
import { readKin, type Sibling } from './parents-store.ts'
import { lastValue, valueOn } from './revisions.ts'
import { isMerged } from './subject.ts'

/** A parent as the register knows them, or as the paper names them. */
export type Parent =
  | { readonly personId: PersonId; readonly facts: readonly Fact[] }
  | { readonly paper: Relative }

export type Parents = Readonly<Partial<Record<ParentRole, Parent>>>

export interface ParentsInput {
  readonly mother?: RelativeInput
  readonly father?: RelativeInput
}

export const ROLES: readonly ParentRole[] = ['mother', 'father']

/**
 * Reads both parents and the children they already have, in one round trip, after whoever changes
 * the same parents: two clerks who register one child at once would both find it missing. The event
 * names them also when it is refused. A protected parent is not opened for it: a child's birth waits
 * for no second person, and nothing of the parent is answered.
 */
export async function readParents(
  { tx, kernel, concerns }: CommandContext,
  input: ParentsInput,
): Promise<{ readonly parents: Parents; readonly siblings: readonly Sibling[] }> {
  const { profile } = kernel
  const numbers: { readonly [role in ParentRole]?: string } = Object.fromEntries(
    ROLES.flatMap((role) => {
      const given = input[role]
      if (given?.number === undefined || given.name !== undefined) return []
      return [[role, checkedNumber(profile, given.number, `${role}.number`)]]
    }),
  )
  const wanted = Object.values(numbers)
  if (wanted.length === 2 && wanted[0] === wanted[1]) throw new Refusal('kinship.self')
  const [, rows, siblings] = wanted.length === 0 ? [[], [], []] : await readKin({ tx }, wanted)
  const parents: { [role in ParentRole]?: Parent } = {}
  for (const role of ROLES) {
    const given = input[role]
    if (given === undefined) continue
    const number = numbers[role]
    if (number === undefined) {
      parents[role] = { paper: paperOf(profile, given, role) }
      continue
    }
    const facts = rows.filter((row) => row.number === number)
    const personId = facts[0]?.personId
    if (personId === undefined) throw new Refusal('number.not-found', { field: `${role}.number` })
    concerns(personId)
    parents[role] = { personId, facts }
  }
  return { parents, siblings }
}

/** Refuses parents who cannot be, and answers what the birth writes on all records. */
export function parentFacts(
  { kernel: { profile }, today }: CommandContext,
  child: Newcomer,
  parents: Parents,
): Revision[] {
  return ROLES.flatMap((role) => {
    const parent = parents[role]
    if (parent === undefined) return []
    if ('personId' in parent) {
      const { facts } = parent
      if (isMerged(facts, today)) throw new Refusal('person.merged', { field: role })
      const born = lastValue(facts, 'birth')?.on
      if (born !== undefined) {
        checkParentAge(profile, { parent: born, child: child.birth.on }, role)
      }
      checkParentSex(role, valueOn(facts, ['sex', child.from]))
      if (role === 'mother') checkParentAlive(lastValue(facts, 'death')?.on, child.from)
    }
    const relative = 'personId' in parent ? parent.personId : parent.paper
    const tie = { relation: role, person: child.personId, relative }
    return tieRevisions(tie, { from: child.from, to: null })
  })
}

/** The same parents' child of the same name and day is the same child: no second registration. */
export function refuseTwice(
  { kernel: { profile } }: CommandContext,
  child: Newcomer,
  siblings: readonly Sibling[],
): void {
  const same = siblings.some(
    ({ name, on }) =>
      on === child.birth.on &&
      !['different', 'contradicting'].includes(profile.names.compare(name, child.name)),
  )
  if (same) throw new Refusal('person.already-exists')
}
