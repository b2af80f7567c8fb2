import { type Static, Type } from 'typebox'
import { type CommandContext, command, Refusal } from '../../kernel/index.ts'
import { CIVIL_REGISTRATION } from '../act.ts'
import { areaOfUnit } from '../area.ts'
import { type Revision, revision } from '../facts.ts'
import { RelativeInput } from '../kinship/commands.ts'
import type { HouseholdId, UnitId } from '../types.ts'
import { checkedCode } from './check.ts'
import { enterPerson, type Newcomer, newcomerOf, PERSON_INPUT } from './enter.ts'
import { Code } from './fields.ts'
import { type Parents, parentFacts, ROLES, readParents, refuseTwice } from './parents.ts'
import { valueOn } from './revisions.ts'

/** Registers the birth of a child: record, number, kinship on all records, household. */
export const registerBirth = command({
  name: 'birth.register',
  ...CIVIL_REGISTRATION,
  input: Type.Object(
    {
      ...PERSON_INPUT,
      mother: Type.Optional(RelativeInput),
      father: Type.Optional(RelativeInput),
      /** The child lives with one of the parents, and is this to the head of that household. */
      household: Type.Optional(
        Type.Object(
          { of: Type.Enum(['mother', 'father']), relation: Code },
          { additionalProperties: false },
        ),
      ),
    },
    { additionalProperties: false },
  ),
  async run(input, context) {
    const registered = input.birth.registered?.unit ?? null
    context.requireArea(await areaOfUnit(context, registered))
    const child = await newcomerOf(context, input)
    const decidedOn = input.act.decidedOn
    if (decidedOn !== undefined && decidedOn < child.from) {
      throw new Refusal('birth.after-registration', { field: 'act.decidedOn' })
    }
    const { parents, siblings } = await readParents(context, input)
    const kinship = parentFacts(context, child, parents)
    refuseTwice(context, child, siblings)
    const home = homeOf(context, { child, parents, household: input.household })
    const number = await enterPerson(context, child, {
      act: input.act,
      basis: CIVIL_REGISTRATION,
      facts: [...kinship, ...home.facts],
      household: home.household,
      units: home.units,
    })
    tell(context, child, parents)
    return { number }
  },
})

export type BirthInput = Static<typeof registerBirth.declaration.input>

interface Home {
  readonly facts: readonly Revision[]
  readonly household: HouseholdId | null
  readonly units: readonly UnitId[]
}

interface Joining {
  readonly child: Newcomer
  readonly parents: Parents
  readonly household: BirthInput['household']
}

/** The child's household and permanent residence are the parent's, from the day of registration. */
function homeOf(
  { kernel: { profile }, today }: CommandContext,
  { child, parents, household: wished }: Joining,
): Home {
  if (wished === undefined) return { facts: [], household: null, units: [] }
  const field = 'household.relation'
  const relation = checkedCode(profile, 'relation-to-head', { code: wished.relation, field })
  if (relation === 'head') throw new Refusal('request.invalid', { field, expected: 'member' })
  const parent = parents[wished.of]
  const facts = parent !== undefined && 'facts' in parent ? parent.facts : []
  const membership = valueOn(facts, ['household', today])
  if (membership === undefined) throw new Refusal('household.not-member', { field: 'household.of' })
  const { household } = membership
  const { personId } = child
  const joined = [
    revision({ personId, kind: 'household', from: today, value: { household, relation } }),
  ]
  const residence = valueOn(facts, ['permanent', today])
  if (residence !== undefined) {
    joined.push(revision({ personId, kind: 'permanent', from: today, value: residence }))
  }
  return { facts: joined, household, units: residence === undefined ? [] : [residence.unit] }
}

function tell({ concerns, emit }: CommandContext, child: Newcomer, parents: Parents): void {
  const { personId } = child
  const kin = ROLES.flatMap((role) => {
    const parent = parents[role]
    return parent !== undefined && 'personId' in parent ? [[role, parent.personId] as const] : []
  })
  concerns(personId, ['name', 'birth', 'sex', 'nationality', 'number', 'parent'])
  for (const [, parentId] of kin) concerns(parentId, ['child'])
  emit('birth.registered', personId, { personId, ...Object.fromEntries(kin) })
  emit('number.issued', personId, { personId })
}
