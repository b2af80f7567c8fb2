import { Type } from 'typebox'
import { type CommandContext, command, Refusal, yearOf } from '../../kernel/index.ts'
import { CIVIL_REGISTRATION } from '../act.ts'
import { areaOfUnit } from '../area.ts'
import { type Revision, revision } from '../facts.ts'
import { linkOldNumbers } from '../identifier/store.ts'
import { RelativeInput } from '../kinship/commands.ts'
import { yearToken } from '../search/search-row.ts'
import { listNamesakes } from '../search/store.ts'
import { checkedOldNumber } from './check.ts'
import { enterPerson, type Newcomer, newcomerOf, PERSON_INPUT } from './enter.ts'
import { NameText } from './fields.ts'
import { parentFacts, ROLES, readParents, refuseTwice } from './parents.ts'

/** Why someone already living was not in the register. */
export const GROUNDS = ['late', 'returned', 'naturalised', 'abandoned', 'undetermined'] as const

/**
 * Enters someone already living: a late registration, a national who returned, one whose
 * nationality is not determined, who is kept apart until it is (Law 26/2023, article 30).
 */
export const registerPerson = command({
  name: 'person.register',
  ...CIVIL_REGISTRATION,
  input: Type.Object(
    {
      ...PERSON_INPUT,
      ground: Type.Enum(GROUNDS),
      mother: Type.Optional(RelativeInput),
      father: Type.Optional(RelativeInput),
      oldNumbers: Type.Optional(Type.Array(NameText, { maxItems: 4, uniqueItems: true })),
      /** Somebody of the same name and birth day is in the register: what tells them apart. */
      differs: Type.Optional(NameText),
    },
    { additionalProperties: false },
  ),
  async run(input, context) {
    const { concerns, emit, kernel } = context
    const registered = input.birth.registered?.unit ?? null
    context.requireArea(await areaOfUnit(context, registered))
    const person = await newcomerOf(context, input)
    const { personId } = person
    const olds = (input.oldNumbers ?? []).map((text, at) =>
      checkedOldNumber(kernel.profile, text, `oldNumbers.${at}`),
    )
    const { parents, siblings } = await readParents(context, input)
    const kinship = parentFacts(context, person, parents)
    refuseTwice(context, person, siblings)
    if (input.differs === undefined) await refuseNamesake(context, person)
    const number = await enterPerson(context, person, {
      act: input.act,
      basis: CIVIL_REGISTRATION,
      facts: [...kinship, ...categoryFacts(input, person), ...oldNumberFacts(person, olds)],
      household: null,
      units: [],
    })
    linkOldNumbers(context, personId, olds)
    concerns(personId, ['name', 'birth', 'sex', 'nationality', 'number', 'parent', 'old-number'])
    for (const role of ROLES) {
      const parent = parents[role]
      if (parent !== undefined && 'personId' in parent) concerns(parent.personId, ['child'])
    }
    emit('person.registered', personId, { personId, ground: input.ground })
    emit('number.issued', personId, { personId })
    return { number }
  },
})

/** XXX is the code of ICAO Doc 9303 for a nationality nobody has determined. */
const UNDETERMINED = 'XXX'

function categoryFacts(
  { ground, nationalities }: { readonly ground: string; readonly nationalities: readonly string[] },
  { personId, from }: Newcomer,
): Revision[] {
  const isUndetermined = ground === 'undetermined'
  if (isUndetermined !== nationalities.includes(UNDETERMINED)) {
    throw new Refusal('request.invalid', {
      field: 'nationalities',
      expected: isUndetermined ? UNDETERMINED : 'nationality',
    })
  }
  if (!isUndetermined) return []
  return [revision({ personId, kind: 'category', from, value: 'undetermined' })]
}

const oldNumberFacts = ({ personId, from }: Newcomer, numbers: readonly string[]): Revision[] =>
  numbers.map((value) => revision({ personId, kind: 'old-number', key: value, from, value }))

/** Somebody of the same name, born the same day: most likely the same person once more. */
async function refuseNamesake(
  { tx, kernel: { profile } }: CommandContext,
  { name, birth }: Newcomer,
): Promise<void> {
  if (birth.on.length < 10) return
  const tokens = [...new Set(profile.names.fold(name)), yearToken(yearOf(birth.on))]
  const rows = await listNamesakes(tx, tokens, birth.on)
  const isSame = (other: string) =>
    !['different', 'contradicting'].includes(profile.names.compare(other, name))
  if (rows.some((row) => isSame(row.name))) throw new Refusal('person.already-exists')
}
