import { type Static, Type } from 'typebox'
import { isPartialDay, type Kernel, LIMITS, Refusal } from '../../kernel/index.ts'
import { type Attribute, IDENTIFIERS, type Identifier, type Predicate } from '../types.ts'
import type { Claims } from './match.ts'

// Descriptions are keys of the room's words: the reference of the interface is read in three languages.
const closed = { additionalProperties: false } as const
const Text = (description: string, maxLength = 200) =>
  Type.String({ minLength: 1, maxLength, description })
const Name = (description: string) => Text(description, LIMITS.nameChars)
const Day = Type.String({
  pattern: '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$',
  description: 'api.field.day',
})
const Unit = Text('api.field.unit')

const identifying = {
  name: Type.Optional(Name('api.field.name')),
  birthdate: Type.Optional(Day),
  resident_city: Type.Optional(Unit),
  old_number: Type.Optional(Text('api.field.old-number', 40)),
}

/** The person meant. */
export const Identification = Type.Object(
  { personal_administrative_number: Text('api.field.number', 40), ...identifying },
  {
    ...closed,
    // One for the number and two of the others.
    minProperties: 3,
    description: 'api.field.identify',
  },
)

/** What to compare once the person is confirmed. */
export const ClaimedAttributes = Type.Object(
  {
    ...identifying,
    given_name: Type.Optional(Name('api.field.given-name')),
    family_name: Type.Optional(Name('api.field.family-name')),
    sex: Type.Optional(Type.Enum(['male', 'female'])),
    birth_place: Type.Optional(Unit),
    nationalities: Type.Optional(
      Type.Array(Type.String({ pattern: '^[A-Z]{3}$' }), {
        minItems: 1,
        maxItems: 10,
        description: 'api.field.nationalities',
      }),
    ),
    ethnicity: Type.Optional(Text('api.field.code', 40)),
    marital_status: Type.Optional(Text('api.field.code', 40)),
    resident_state: Type.Optional(Unit),
    resident_address: Type.Optional(Text('api.field.address', 500)),
  },
  closed,
)

export const AskedPredicates = Type.Record(
  Type.String({ pattern: '^(age_over_([1-9][0-9]?|1[0-4][0-9])|alive|resides_in)$' }),
  Type.Union([Type.Literal(true), Type.String({ minLength: 1, maxLength: 40 })]),
  { description: 'api.field.predicates' },
)

/** The body of `POST /api/verify`. */
export const VerifyInput = Type.Object(
  {
    identify: Identification,
    attributes: Type.Optional(ClaimedAttributes),
    predicates: Type.Optional(AskedPredicates),
  },
  closed,
)
export type VerifyInput = Static<typeof VerifyInput>

/** A request in the forms it is compared in. */
export interface Claimed {
  readonly number: string
  readonly identify: Claims
  /** What identifies and what is asked beside it: a verdict is given of each. */
  readonly claims: Claims
  readonly attributes: readonly Attribute[]
  readonly predicates: readonly Predicate[]
  readonly asked: Readonly<Record<string, string | true>>
}

/**
 * Reads what was claimed: numbers as digits, days that exist, at least two identifying claims.
 * Whether a number is well formed says nothing of a person, so it may be said.
 */
export function readClaims(input: VerifyInput, profile: Kernel['profile']): Claimed {
  const { personal_administrative_number: written, ...identify } = input.identify
  const number = profile.number.parse(written)
  if (!number.ok || number.scheme !== 'number') {
    throw new Refusal('number.invalid', {
      field: 'identify.personal_administrative_number',
      fault: number.ok ? 'length' : number.fault,
    })
  }
  const given = Object.keys(identify).filter((name) => IDENTIFIERS.includes(name as Identifier))
  if (given.length < 2) {
    throw new Refusal('request.invalid', {
      field: 'identify',
      expected: `two of ${IDENTIFIERS.join(', ')}`,
    })
  }
  const claims: Claims = { ...input.attributes, ...identify }
  requireDay(claims.birthdate, 'birthdate')
  const asked = input.predicates ?? {}
  for (const [name, value] of Object.entries(asked)) {
    if ((name === 'resides_in') !== (typeof value === 'string')) {
      throw new Refusal('request.invalid', {
        field: `predicates.${name}`,
        expected: name === 'resides_in' ? 'the code of a unit' : 'true',
      })
    }
  }
  return {
    number: number.number,
    identify: withDigits(identify, profile),
    claims: withDigits(claims, profile),
    attributes: Object.keys(claims) as Attribute[],
    predicates: Object.keys(asked) as Predicate[],
    asked,
  }
}

function requireDay(claim: Claims[Attribute], field: string): void {
  if (typeof claim === 'string' && !isPartialDay(claim)) {
    throw new Refusal('request.invalid', { field, expected: 'a day of the calendar' })
  }
}

/** An old number is compared by its digits, however it was written. */
function withDigits(claims: Claims, profile: Kernel['profile']): Claims {
  if (typeof claims.old_number !== 'string') return claims
  const parsed = profile.number.parse(claims.old_number)
  return parsed.ok ? { ...claims, old_number: parsed.number } : claims
}
