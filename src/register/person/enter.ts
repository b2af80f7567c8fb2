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
  const [entered] = await tx.prepared<{ number: string }>(
    'register.enter',
    `with act as (
       insert into register.act (act_id, kind, document, decided_on, body, unit_id, legal_basis,
         actor_id, note, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ), person as (
       insert into register.person (person_id, act_id, recorded_at) values ($11, $1, $10)
     )
     insert into register.number (number, person_id)
     select t.number, $11 from unnest($12::text[]) with ordinality as t (number, turn)
     where not exists (select from register.number n where n.number = t.number)
     order by t.turn limit 1
     on conflict (number) do nothing
     returning number`,
    [...actRow(actId, act, now), personId, candidates(kernel, wish)],
  )
  const number = entered?.number ?? (await issueNumbers(context, [wish]))[0]
  if (number === undefined) throw new Refusal('number.exhausted')
  const facts = [
    ...person.facts,
    revision({ personId, kind: 'number', from: today, value: number }),
    ...entering.facts,
  ]
  insertFirstFacts(context, facts, actId)
  if (entering.household !== null) {
    tx.atCommit(
      'register.member-first',
      'insert into register.member (household_id, person_id) values ($1, $2) on conflict do nothing',
      [entering.household, personId],
    )
  }
  const findable = {
    names: [person.name],
    birthYear: yearOf(birth.on),
    units: entering.units,
  }
  tx.atCommit(
    'register.search-first',
    'insert into register.search (person_id, tokens) values ($1, $2::text[])',
    [personId, searchTokens(findable, kernel.profile.names)],
  )
  return number
}

/**
 * First facts of a person made in this transaction, and what they add to others' records under keys
 * of their own: nothing can be superseded, so nothing is looked for. The trigger looks all the same.
 */
function insertFirstFacts(
  { tx, now }: CommandContext,
  facts: readonly Revision[],
  actId: ActId,
): void {
  tx.atCommit(
    'register.first-facts',
    `insert into register.fact (person_id, kind, key, valid, value, act_id, recorded_at)
     select person_id, kind, key, daterange("from", "to"), value, $7::uuid, $8::timestamptz
     from unnest($1::uuid[], $2::text[], $3::text[], $4::date[], $5::date[], $6::jsonb[])
       as n (person_id, kind, key, "from", "to", value)`,
    [
      facts.map((one) => one.personId),
      facts.map((one) => one.kind),
      facts.map((one) => one.key ?? ''),
      facts.map((one) => one.from),
      facts.map((one) => one.to ?? null),
      facts.map((one) => JSON.stringify(one.value)),
      actId,
      now,
    ],
  )
}
