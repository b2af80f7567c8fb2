import type { PartialDay } from '../../kernel/index.ts'
import type { Attribute, Predicate } from '../types.ts'
import type { Held, HeldUnit } from './match.ts'

/** A believed fact of one day: kind, key and value, as the register stores it. */
export type FactTriple = readonly [kind: string, key: string, value: unknown]

/** Kinds of facts every answer rests on: who a duplicate's person is, and who needs care. */
const ALWAYS = ['merged', 'protected'] as const

const KINDS: Readonly<Record<Attribute | 'alive' | 'resides_in', string>> = {
  name: 'name',
  given_name: 'name',
  family_name: 'name',
  birthdate: 'birth',
  birth_place: 'birth',
  sex: 'sex',
  nationalities: 'nationality',
  ethnicity: 'ethnicity',
  marital_status: 'marital',
  resident_state: 'permanent',
  resident_city: 'permanent',
  resident_address: 'permanent',
  old_number: 'old-number',
  alive: 'death',
  resides_in: 'permanent',
}
const isAge = (name: string): name is `age_over_${number}` => name.startsWith('age_over_')

/** The kinds of facts needed to answer about these, and no others: what is not asked is not read. */
export function kindsFor(names: Iterable<Attribute | Predicate>): readonly string[] {
  const kinds = new Set<string>(ALWAYS)
  for (const name of names) kinds.add(isAge(name) ? KINDS.birthdate : KINDS[name])
  return [...kinds].sort()
}

/** The unit and those above it, the lowest first; nothing for a unit that is not known. */
export type UnitsAbove = (unitId: string) => readonly HeldUnit[]

/** What a person's facts come to. A protected person's residence is held by nobody but the desk. */
export function heldFrom(facts: readonly FactTriple[], unitsAbove: UnitsAbove): Held {
  const one = (kind: string): unknown => facts.find((fact) => fact[0] === kind)?.[2]
  const text = (kind: string): string | null => stringOf(one(kind))
  const birth = record(one('birth'))
  const residence = one('protected') === undefined ? record(one('permanent')) : {}
  return {
    name: stringOf(record(one('name')).full),
    birthdate: stringOf(birth.on) as PartialDay | null,
    sex: text('sex'),
    birthPlace: birthPlaceOf(record(birth.place), unitsAbove),
    nationalities: values(facts, 'nationality'),
    ethnicity: text('ethnicity'),
    maritalStatus: text('marital'),
    residence: unitsOf(residence, unitsAbove),
    address: stringOf(residence.address),
    oldNumbers: values(facts, 'old-number'),
    alive: one('death') === undefined,
  }
}

/** The person all facts of a duplicate hold of, if this record is one. */
export const mergedInto = (facts: readonly FactTriple[]): string | undefined =>
  stringOf(record(facts.find((fact) => fact[0] === 'merged')?.[2]).into) ?? undefined

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

const stringOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const values = (facts: readonly FactTriple[], kind: string): readonly string[] =>
  facts.flatMap((fact) => (fact[0] === kind && typeof fact[2] === 'string' ? [fact[2]] : []))

const unitsOf = (
  place: Readonly<Record<string, unknown>>,
  unitsAbove: UnitsAbove,
): readonly HeldUnit[] => (typeof place.unit === 'string' ? unitsAbove(place.unit) : [])

/** Older papers name a place in words alone. */
function birthPlaceOf(
  place: Readonly<Record<string, unknown>>,
  unitsAbove: UnitsAbove,
): readonly HeldUnit[] {
  const units = unitsOf(place, unitsAbove)
  const words = [place.text, place.country].filter((word) => typeof word === 'string')
  return units.length > 0 ? units : words.map((word) => ({ id: word, code: word, name: word }))
}
