import {
  type Coded,
  type Fault,
  type NumberFault,
  type NumberParts,
  type NumberRules,
  type ParsedNumber,
  plainDay,
  type Words,
} from '../../src/kernel/profile.ts'
import { REGIONS } from './units.ts'

/**
 * Ten digits: region of birth (11 to 18), the birth year but for its thousands (997, 026), a serial
 * of four, and a check digit. In numbers of synthetic nations the first digit of the region is 9.
 */
const LENGTH = 10
const SERIALS = 10_000
const ABROAD = '10'
const RESERVED = '9'
/** Years 1400 to 2399 are told apart by their last three digits. */
const FIRST_YEAR = 1400

const places = new Set([...REGIONS, ABROAD])
const PASSBOOK = /^[A-H]\d{6}$/

/** Weights 7, 3, 1 over the digits, modulo 10, as on machine-readable documents (ICAO 9303). */
function checkDigit(nine: string): string {
  let sum = 0
  for (const [at, digit] of [...nine].entries()) sum += Number(digit) * ([7, 3, 1][at % 3] ?? 0)
  return String(sum % 10)
}

const wrong = (fault: NumberFault, perhaps: string | null = null): ParsedNumber => ({
  ok: false,
  fault,
  perhaps,
})

function parse(text: string, bornUntil = 9999): ParsedNumber {
  const number = text.replace(/[\s-]+/g, '').toUpperCase()
  if (number === '') return wrong('empty')
  if (PASSBOOK.test(number)) {
    const implied = { sex: null, birthYear: null, place: null }
    return { ok: true, scheme: 'passbook', number, implied, demonstration: false }
  }
  if (!/^\d+$/.test(number)) return wrong('not-digits')
  if (number.length !== LENGTH) return wrong('length')
  const reserved = number.startsWith(RESERVED)
  const region = reserved ? `1${number[1]}` : number.slice(0, 2)
  if (!places.has(region)) return wrong('place')
  if (checkDigit(number.slice(0, -1)) !== number.at(-1)) return wrong('check-digit')
  const ofThousand = Number(number.slice(2, 5))
  const birthYear = ofThousand + (ofThousand < FIRST_YEAR % 1000 ? 2000 : 1000)
  if (birthYear > bornUntil) return wrong('birth-year')
  const implied = { sex: null, birthYear, place: region === ABROAD ? null : region }
  return { ok: true, scheme: 'number', number, implied, demonstration: reserved }
}

function compose({ place, birthYear, serial, demonstration = false }: NumberParts): string {
  const region = places.has(place) ? place : ABROAD
  if (!places.has(place) && !/^[A-Z]{3}$/.test(place)) {
    throw new RangeError('no number is given for this place')
  }
  if (!Number.isInteger(birthYear) || birthYear < FIRST_YEAR || birthYear >= FIRST_YEAR + 1000) {
    throw new RangeError('numbers tell the years 1400 to 2399')
  }
  if (!Number.isInteger(serial) || serial < 0 || serial >= SERIALS) {
    throw new RangeError('a serial has four digits')
  }
  const year = String(birthYear % 1000).padStart(3, '0')
  const head = `${demonstration ? RESERVED : '1'}${region[1]}${year}`
  const nine = head + String(serial).padStart(4, '0')
  return nine + checkDigit(nine)
}

const words = (vi: string, en: string, fr: string): Words => ({ vi, en, fr })
const copy = words(
  'Nhập đúng như số in trên thẻ.',
  'Copy the number exactly as it is printed on the card.',
  'Recopiez le numéro exactement comme il figure sur la carte.',
)
const fault = (vi: string, en: string, fr: string): Fault => ({
  reason: words(vi, en, fr),
  remedy: copy,
})

const faults: Readonly<Record<NumberFault, Fault>> = {
  empty: fault('Chưa có số', 'There is no number', 'Il n’y a pas de numéro'),
  'not-digits': fault(
    'Số có ký tự lạ',
    'The number has signs that do not belong',
    'Le numéro contient des signes étrangers',
  ),
  length: fault(
    'Số không có 10 chữ số',
    'The number does not have 10 digits',
    'Le numéro n’a pas 10 chiffres',
  ),
  'lost-leading-zero': fault('Số bị mất số 0', 'The number has lost a zero', 'Un zéro s’est perdu'),
  place: fault('Không có vùng này', 'There is no such region', 'Cette région n’existe pas'),
  century: fault('Thế kỷ chưa tới', 'A century to come', 'Un siècle à venir'),
  'birth-year': fault(
    'Năm sinh chưa tới',
    'The birth year is still to come',
    'L’année de naissance est à venir',
  ),
  'check-digit': fault(
    'Chữ số kiểm tra không khớp',
    'The check digit does not agree',
    'Le chiffre de contrôle ne correspond pas',
  ),
}

const reestablishedBy: readonly Coded[] = [
  {
    code: 'birth-year-corrected',
    words: words('Cải chính năm sinh', 'Birth year corrected', 'Année de naissance rectifiée'),
  },
]

const cancelledBy: readonly Coded[] = [
  {
    code: 'place-keyed-wrongly',
    words: words('Nhập sai vùng', 'Region keyed wrongly', 'Région mal saisie'),
  },
  {
    code: 'second-number',
    words: words('Cấp hai số', 'Given two numbers', 'Deux numéros attribués'),
  },
]

export const number: NumberRules = {
  words: words('Số công dân', 'Citizen number', 'Numéro de citoyen'),
  length: LENGTH,
  example: compose({
    place: '12',
    sex: 'female',
    birthYear: 1997,
    serial: 42,
    demonstration: true,
  }),
  implies: ['birth-year', 'place'],
  serials: SERIALS,
  parse,
  compose,
  placeOf: (provinceCode) => (places.has(provinceCode) ? provinceCode : null),
  group: (text) => text.replace(/^(\d{2})(\d{3})(\d{4})(\d)$/, '$1 $2 $3-$4'),
  old: [
    {
      id: 'passbook',
      words: words('Số sổ thông hành', 'Passbook number', 'Numéro de livret'),
      pattern: PASSBOOK,
      validUntil: plainDay('2009-12-31'),
    },
  ],
  faults,
  reestablishedBy,
  cancelledBy,
}
