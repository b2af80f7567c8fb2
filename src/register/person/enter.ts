import { type Static, Type } from 'typebox'
import {
  type CommandContext,
  earliest,
  type PlainDay,
  Refusal,
  uuidv7,
  yearOf,
} from '../../kernel/index.ts'
import { ActInput, actOf, actRow, type Basis } from '../act.ts'
import { requireUnits } from '../area.ts'
import { type Revision, revision } from '../facts.ts'
import { candidates, issueNumbers, numberPlace } from '../identifier/issue.ts'
import { searchTokens } from '../search/search-row.ts'
import type { ActId, Birth, HouseholdId, PersonId, UnitId } from '../types.ts'
import { checkedBirth, checkedCode, checkedName, unitsOfBirth } from './check.ts'
import { insertFirstFacts, insertMember, insertPerson, insertTokens } from './enter-store.ts'
import { BirthInput, Code, Country, NameText } from './fields.ts'

/** What is said of anyone the register learns of. */
export const PERSON_INPUT = {
  act: ActInput,
  name: NameText,
  birth: BirthInput,
  sex: Code,
  nationalities: Type.Array(Country, { minItems: 1, maxItems: 4, uniqueItems: true }),
  ethnicity: Type.Optional(Code),
  religion: Type.Optional(Code),
  blood: Type.Optional(Code),
}
const PersonInput = Type.Object(PERSON_INPUT)
export type PersonInput = Static<typeof PersonInput>

/** Someone about to be entered: checked, with an id of their own. */
export interface Newcomer {
  readonly personId: PersonId
  readonly name: string
  readonly birth: Birth
  readonly sex: string
  /** The first day of everything that holds from birth. */
  readonly from: PlainDay
  readonly facts: readonly Revision[]
}

/** Checks what is said of a person and makes the facts of it, all of them holding from birth. */
export async function newcomerOf(context: CommandContext, input: PersonInput): Promise<Newcomer> {
  const { today } = context
  const { profile } = context.kernel
  if (earliest(input.birth.on as Birth['on']) > today) throw new Refusal('birth.after-registration')
  const birth = checkedBirth(profile, input.birth as Birth, today)
  if (birth.registered?.unit === undefined && birth.registered?.country === undefined) {
    throw new Refusal('request.invalid', { field: 'birth.registered', expected: 'unit, country' })
  }
  await requireUnits(context, unitsOfBirth(birth, today))
  const personId = uuidv7() as PersonId
  const from = earliest(birth.on)
  const name = checkedName(profile, input.name, 'name')
  const code = (list: 'sex' | 'nationality' | 'ethnicity' | 'religion', value: string) =>
    checkedCode(profile, list, { code: value, field: list })
  const facts = [
    revision({ personId, kind: 'name', from, value: name }),
    revision({ personId, kind: 'birth', from, value: birth }),
    revision({ personId, kind: 'sex', from, value: code('sex', input.sex) }),
  ]
  for (const value of input.nationalities) {
    code('nationality', value)
    facts.push(revision({ personId, kind: 'nationality', key: value, from, value }))
  }
  if (input.ethnicity !== undefined) {
    facts.push(
      revision({ personId, kind: 'ethnicity', from, value: code('ethnicity', input.ethnicity) }),
    )
  }
  if (input.religion !== undefined) {
    facts.push(
      revision({ personId, kind: 'religion', from, value: code('religion', input.religion) }),
    )
  }
  if (input.blood !== undefined) {
    const value = checkedCode(profile, 'blood-group', { code: input.blood, field: 'blood' })
    facts.push(revision({ personId, kind: 'blood', from, value }))
  }
  return { personId, name: name.full, birth, sex: input.sex, from, facts }
}

/** How a newcomer is entered. */
export interface Entering {
  readonly act: ActInput
  readonly basis: Basis
  /** Everything beyond what the newcomer brings: kinship on both records, residence, … */
  readonly facts: readonly Revision[]
  readonly household: HouseholdId | null
  readonly units: readonly UnitId[]
}

/**
 * Enters a person with the act, a number of their own and all facts, as one transaction's part.
 * The number is the one thing waited for: the rest travels with the commit. Answers the number.
 */
export async function enterPerson(
  context: CommandContext,
  person: Newcomer,
  entering: Entering,
): Promise<string> {
  const { tx, kernel, now, today } = context
  const { personId, birth, sex } = person
  const place = await numberPlace(context, birth)
  const wish = { personId, place, sex, birthYear: yearOf(birth.on) }
  const actId = uuidv7() as ActId
  const act = actOf(entering.act, context, entering.basis.legalBasis)
  const entered = await insertPerson(tx, personId, {
    act: actRow(actId, act, now),
    numbers: candidates(kernel, wish),
  })
  const number = entered ?? (await issueNumbers(context, [wish]))[0]
  if (number === undefined) throw new Refusal('number.exhausted')
  const facts = [
    ...person.facts,
    revision({ personId, kind: 'number', from: today, value: number }),
    ...entering.facts,
  ]
  insertFirstFacts(tx, facts, { actId, at: now })
  if (entering.household !== null) insertMember(tx, entering.household, personId)
  const findable = {
    names: [person.name],
    birthYear: yearOf(birth.on),
    units: entering.units,
  }
  insertTokens(tx, personId, searchTokens(findable, kernel.profile.names))
  return number
}
