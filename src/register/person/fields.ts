import { type Static, type TSchema, Type } from 'typebox'
import { LIMITS, type Profile } from '../../kernel/index.ts'
import { Day, PartialDayText } from '../act.ts'
import type { FactKind } from '../types.ts'

const Text = (most: number) => Type.String({ minLength: 1, maxLength: most })
const shaped = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })

export const NameText = Text(LIMITS.nameChars)
export const Code = Type.String({ minLength: 1, maxLength: 40 })
export const UnitText = Type.String({ pattern: '^[0-9A-Za-z-]{1,20}@\\d{4}-\\d{2}-\\d{2}$' })
export const Country = Type.String({ pattern: '^[A-Z]{3}$' })
export const PlaceInput = shaped({
  unit: Type.Optional(UnitText),
  country: Type.Optional(Country),
  text: Type.Optional(Text(LIMITS.nameChars)),
})
export const BirthInput = shaped({
  on: PartialDayText,
  place: Type.Optional(PlaceInput),
  registered: Type.Optional(PlaceInput),
  native: Type.Optional(PlaceInput),
})
export type BirthInput = Static<typeof BirthInput>
export const ResidenceInput = shaped({
  unit: UnitText,
  address: Type.Optional(Text(LIMITS.nameChars)),
})
/** Someone of whom only the paper tells. */
export const PaperInput = shaped({
  name: NameText,
  number: Type.Optional(Text(20)),
  nationality: Type.Optional(Country),
})

type CodeList = keyof Profile['codes']

/** How one kind of fact may be changed, and what its value and key must look like. */
export interface Field {
  /** Its number among the fields of Law 26/2023, article 9. */
  readonly article: number
  readonly value: TSchema
  /** Absent: there is one at a time. `value`: the key is the value. Else what the key looks like. */
  readonly key?: 'value' | RegExp
  readonly list?: CodeList
  /** Everybody has one: it can be replaced, never ended. */
  readonly required?: true
  /** Corrected only: nothing that happens changes it. */
  readonly correctedOnly?: true
}

/**
 * Every kind of fact that is corrected and amended value by value. The number, registered
 * relatives, membership and what merges or protects a record have commands of their own.
 */
export const FIELDS = {
  name: { article: 1, value: shaped({ full: NameText }), required: true },
  'other-name': {
    article: 2,
    value: shaped({ full: NameText }),
    key: /^[a-z][a-z0-9-]{0,19}$/,
  },
  birth: { article: 4, value: BirthInput, required: true, correctedOnly: true },
  sex: { article: 5, value: Code, list: 'sex', required: true },
  ethnicity: { article: 9, value: Code, list: 'ethnicity' },
  religion: { article: 10, value: Code, list: 'religion' },
  nationality: { article: 11, value: Code, list: 'nationality', key: 'value' },
  blood: { article: 12, value: Code, list: 'blood-group' },
  'old-number': { article: 13, value: Text(20), key: 'value' },
  card: {
    article: 14,
    value: shaped({
      issuedOn: Day,
      issuedBy: NameText,
      expiresOn: Type.Union([Day, Type.Null()]),
    }),
    key: /^[0-9A-Z-]{3,30}$/,
  },
  parent: { article: 15, value: PaperInput, key: /^(mother|father)$/ },
  spouse: { article: 15, value: PaperInput, key: /^paper$/ },
  permanent: { article: 16, value: ResidenceInput },
  temporary: { article: 17, value: ResidenceInput },
  current: { article: 18, value: ResidenceInput },
  absence: {
    article: 19,
    value: shaped({ reason: Text(LIMITS.nameChars), place: Type.Optional(PlaceInput) }),
  },
  'residence-file': { article: 20, value: Text(60) },
  marital: { article: 21, value: Code, list: 'marital-status' },
  household: { article: 22, value: Code, list: 'relation-to-head', correctedOnly: true },
  death: {
    article: 24,
    value: shaped({ on: PartialDayText, place: Type.Optional(PlaceInput) }),
    correctedOnly: true,
    required: true,
  },
  contact: { article: 25, value: Text(LIMITS.nameChars), key: /^(phone|email)$/ },
  other: { article: 26, value: Text(LIMITS.textChars), key: /^[a-z][a-z0-9-]{0,39}$/ },
  category: {
    article: 11,
    value: Type.Union([Type.Literal('citizen'), Type.Literal('undetermined')]),
  },
} as const satisfies Partial<Record<FactKind, Field>>

export type FieldKind = keyof typeof FIELDS
export const FIELD_KINDS = Object.keys(FIELDS) as FieldKind[]
