import { Compile } from 'typebox/compile'
import {
  addDays,
  ageOn,
  earliest,
  isCode,
  isPartialDay,
  isPlainDay,
  type PartialDay,
  type PlainDay,
  type Profile,
  Refusal,
} from '../../kernel/index.ts'
import type { UnitWish } from '../area.ts'
import type { Birth, Card, Death, Place, Residence, UnitId } from '../types.ts'
import { FIELDS, type Field, type FieldKind } from './fields.ts'

const shapes = new Map(
  Object.entries(FIELDS).map(([kind, field]) => [kind, Compile(field.value as Field['value'])]),
)

/** A name as the register stores it; refuses what is no name. `field` is named in the refusal. */
export function checkedName(profile: Profile, text: string, field: string): { full: string } {
  const reason = profile.names.fault(text)
  if (reason !== null) throw new Refusal('name.invalid', { field, reason })
  return { full: profile.names.canonical(text) }
}

/** A code of the profile's list. */
export function checkedCode(
  profile: Profile,
  list: keyof Profile['codes'],
  { code, field }: { readonly code: string; readonly field: string },
): string {
  if (!isCode(profile.codes[list], code)) {
    throw new Refusal('request.invalid', { field, expected: list })
  }
  return code
}

/** A day, perhaps partial, that has come: 2026 may be said in 2026. */
function checkedDay(text: string, today: PlainDay, field: string): PartialDay {
  if (!isPartialDay(text)) throw new Refusal('request.invalid', { field, expected: 'yyyy-mm-dd' })
  if (earliest(text) > today) throw new Refusal('fact.in-future', { field })
  return text
}

/** A whole day, today or before. */
export function checkedPlainDay(text: string, today: PlainDay, field: string): PlainDay {
  if (!isPlainDay(text)) throw new Refusal('request.invalid', { field, expected: 'yyyy-mm-dd' })
  if (text > today) throw new Refusal('fact.in-future', { field })
  return text
}

/** A birth: its day has come and nobody is that old; places are checked by `placesOf`. */
export function checkedBirth(profile: Profile, birth: Birth, today: PlainDay): Birth {
  const on = checkedDay(birth.on, today, 'birth.on')
  if (ageOn(on, today).least > profile.ages.oldest) {
    throw new Refusal('request.invalid', { field: 'birth.on', expected: 'a later year' })
  }
  for (const [name, place] of placesOf(birth)) checkedPlace(profile, place, `birth.${name}`)
  return birth
}

const placesOf = ({ place, registered, native }: Birth): [string, Place | undefined][] => [
  ['place', place],
  ['registered', registered],
  ['native', native],
]

function checkedPlace(profile: Profile, place: Place | undefined, field: string): void {
  if (place === undefined) return
  if (place.unit === undefined && place.country === undefined && place.text === undefined) {
    throw new Refusal('request.invalid', { field, expected: 'unit, country, text' })
  }
  if (place.country !== undefined) {
    checkedCode(profile, 'nationality', { code: place.country, field: `${field}.country` })
  }
}

export interface Days {
  readonly today: PlainDay
  /** The days the value is to hold; a unit in it must have been there on one of them. */
  readonly from: PlainDay
  readonly to: PlainDay | null
}

/** Units a birth names. They may be as of the birth, or of the days up to the present record. */
export function unitsOfBirth(birth: Birth, today: PlainDay): UnitWish[] {
  return placesOf(birth).flatMap(([name, place]) =>
    place?.unit === undefined
      ? []
      : [
          {
            unit: place.unit,
            field: `birth.${name}`,
            from: earliest(birth.on),
            to: addDays(today, 1),
          },
        ],
  )
}

/** Units a value names, each with the days on one of which it must have been there. */
export function unitsOf(kind: FieldKind, value: unknown, days: Days): UnitWish[] {
  if (value === null) return []
  if (kind === 'birth') return unitsOfBirth(value as Birth, days.today)
  const unit =
    kind === 'death' || kind === 'absence'
      ? (value as { place?: Place }).place?.unit
      : kind === 'permanent' || kind === 'temporary' || kind === 'current'
        ? (value as Residence).unit
        : undefined
  return unit === undefined ? [] : [{ unit: unit as UnitId, field: 'value.unit', ...held(days) }]
}

const held = ({ from, to }: Days) => ({ from, to })

/** The key and the value of a field as they are stored; refuses what cannot be. */
export function checkedField(
  profile: Profile,
  given: { readonly kind: FieldKind; readonly key?: string; readonly value: unknown },
  today: PlainDay,
): { readonly key: string; readonly value: unknown } {
  const { kind } = given
  const field: Field = FIELDS[kind]
  const value = given.value === null ? null : checkedValue(profile, given, today)
  const key =
    field.key === 'value' ? ((value as string | null) ?? given.key ?? '') : (given.key ?? '')
  const fits =
    field.key === undefined
      ? key === ''
      : field.key === 'value'
        ? key !== '' && (given.key === undefined || given.key === key)
        : field.key.test(key)
  if (!fits) throw new Refusal('request.invalid', { field: 'key', expected: kind })
  return { key, value }
}

function checkedValue(
  profile: Profile,
  { kind, value }: { readonly kind: FieldKind; readonly value: unknown },
  today: PlainDay,
): unknown {
  const shape = shapes.get(kind)
  if (!shape?.Check(value)) {
    const [error] = shape?.Errors(value) ?? []
    const path = (error?.instancePath ?? '').replaceAll('/', '.')
    throw new Refusal('request.invalid', { field: `value${path}`, expected: error?.message ?? '' })
  }
  const field: Field = FIELDS[kind]
  if (field.list !== undefined) {
    return checkedCode(profile, field.list, { code: value as string, field: 'value' })
  }
  return CHECKS[kind]?.(profile, value, today) ?? value
}

type Check = (profile: Profile, value: unknown, today: PlainDay) => unknown

const nameCheck: Check = (profile, value) =>
  checkedName(profile, (value as { full: string }).full, 'value.full')

const CHECKS: { readonly [kind in FieldKind]?: Check } = {
  name: nameCheck,
  'other-name': nameCheck,
  birth: (profile, value, today) => checkedBirth(profile, value as Birth, today),
  parent: paperCheck,
  spouse: paperCheck,
  absence(profile, value) {
    checkedPlace(profile, (value as { place?: Place }).place, 'value.place')
    return value
  },
  death(profile, value, today) {
    const { on, place } = value as Death
    checkedPlace(profile, place, 'value.place')
    checkedDay(on, today, 'value.on')
    return value
  },
  card(_profile, value, today) {
    const { issuedOn, expiresOn } = value as Card
    checkedPlainDay(issuedOn, today, 'value.issuedOn')
    if (expiresOn !== null && (!isPlainDay(expiresOn) || expiresOn <= issuedOn)) {
      throw new Refusal('fact.day-order', { field: 'value.expiresOn' })
    }
    return value
  },
  'old-number': (profile, value) => checkedOldNumber(profile, value as string, 'value'),
}

function paperCheck(profile: Profile, value: unknown): unknown {
  const paper = value as { name: string; nationality?: string }
  if (paper.nationality !== undefined) {
    const at = { code: paper.nationality, field: 'value.nationality' }
    checkedCode(profile, 'nationality', at)
  }
  return { ...paper, name: checkedName(profile, paper.name, 'value.name').full }
}

/** Digits of a number of an older scheme. */
export function checkedOldNumber(profile: Profile, text: string, field: string): string {
  const read = profile.number.parse(text)
  if (!read.ok) throw new Refusal('number.invalid', { field, fault: read.fault })
  if (read.scheme === 'number') throw new Refusal('number.invalid', { field, fault: 'length' })
  return read.number
}

const CONTACTS: Readonly<Record<string, RegExp>> = {
  phone: /^\+?[0-9][0-9 .-]{5,19}$/,
  email: /^[^\s@]{1,64}@[^\s@]+\.[^\s@]+$/,
}

/** A telephone number or an address of electronic mail, by its key. */
export function checkContact(key: string, value: unknown): void {
  if (value !== null && CONTACTS[key]?.test(value as string) !== true) {
    throw new Refusal('request.invalid', { field: 'value', expected: key })
  }
}
