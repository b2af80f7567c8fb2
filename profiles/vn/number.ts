import type { Implied, NumberParts, NumberRules, ParsedNumber } from '../../src/kernel/profile.ts'
import { plainDay } from '../../src/kernel/profile.ts'
import { cancelledBy, faults, reestablishedBy } from './number-words.ts'

/**
 * Codes of the provinces of birth registration, the list of the statistics office before 1 July
 * 2025 (Decree 137/2015, art. 13). Closing a province does not close its code.
 */
export const NUMBER_PROVINCES = `01 02 04 06 08 10 11 12 14 15 17 19 20 22 24 25
26 27 30 31 33 34 35 36 37 38 40 42 44 45 46 48 49 51 52 54 56 58 60 62 64 66
67 68 70 72 74 75 77 79 80 82 83 84 86 87 89 91 92 93 94 95 96`.split(/\s+/)

/**
 * Countries of birth registration in the order of their codes 101 to 295. A transcription of the
 * annex to Circular 07/2016/TT-BCA, which gives Azerbaijan (113, 114) and Croatia (147, 148) twice.
 */
const COUNTRIES =
  `AFG EGY ALB DZA AND AGO GBR ATG AUT SAU ARG ARM AZE AZE IND BHS BHR POL BGD BRB BLR BLZ BEN
BTN BEL BOL BIH BWA PRT CIV BRA BRN BGR BFA BDI CPV ARE CMR KHM CAN CHL COL COM COG COD CRI HRV
HRV CUB DJI DMA DOM DNK TLS DEU ECU SLV ERI EST ETH FJI GAB GMB GHA GRD GEO GTM GNB GNQ GIN GUY
HTI NLD KOR USA HND HUN GRC ISL IDN IRN IRQ IRL ISR JAM JOR KAZ KEN KIR KWT CYP KGZ LAO LVA LSO
LBN LBR LBY LIE LTU LUX MKD MDG MWI MYS MDV MLI MLT MAR MHL MRT MUS MEX FSM MDA MCO MNG MNE MOZ
MMR NAM SSD ZAF NRU NOR NPL NZL NIC NER NGA RUS JPN OMN PAK PLW PAN PNG PRY PER FRA FIN PHL QAT
ROU RWA KNA LCA VCT WSM SMR STP CZE SEN SRB SYC SLE SGP SVK SVN SLB SOM LKA SDN SUR SWZ SYR TJK
TZA ESP TCD THA TUR SWE CHE TGO TON PRK TTO CHN CAF TUN TKM TUV AUS UGA UKR URY UZB VUT VAT VEN
ITA YEM ZMB ZWE`.split(/\s+/)
const FIRST_COUNTRY = 101

/** Officially issued numbers begin with 0, 1 or 2; those of synthetic nations with 9. */
const RESERVED = '9'
/** Synthetic births abroad: no province has the code 99. */
const RESERVED_ABROAD = '999'
const LENGTH = 12
const OLD_LENGTH = 9
const SERIALS = 1_000_000

/** What the first three digits say; absent where no number begins with them. */
const PLACES = new Map<string, { readonly place: string | null; readonly reserved: boolean }>([
  ...NUMBER_PROVINCES.map((code) => [`0${code}`, { place: code, reserved: false }] as const),
  ...COUNTRIES.map(
    (code, at) => [String(FIRST_COUNTRY + at), { place: code, reserved: false }] as const,
  ),
  ...NUMBER_PROVINCES.map(
    (code) => [`${RESERVED}${code}`, { place: code, reserved: true }] as const,
  ),
  [RESERVED_ABROAD, { place: null, reserved: true }],
])

const provinces = new Set(NUMBER_PROVINCES)
const DIGITS = /^\d+$/
const SEPARATORS = /[\s.\-\u00a0\u200b-\u200d\u2060\ufeff]+/g
const NOTHING: Implied = { sex: null, birthYear: null, place: null }

function parse(text: string, bornUntil = 9999): ParsedNumber {
  const number = text.length === LENGTH && DIGITS.test(text) ? text : text.replace(SEPARATORS, '')
  if (number === '') return { ok: false, fault: 'empty', perhaps: null }
  if (!DIGITS.test(number)) return { ok: false, fault: 'not-digits', perhaps: null }
  if (number.length === LENGTH) return parseCurrent(number, bornUntil)
  if (number.length === OLD_LENGTH) {
    return { ok: true, scheme: 'old-number', number, implied: NOTHING, demonstration: false }
  }
  return parseShort(number, bornUntil)
}

function parseCurrent(number: string, bornUntil: number): ParsedNumber {
  const first = PLACES.get(number.slice(0, 3))
  if (first === undefined) return { ok: false, fault: 'place', perhaps: null }
  const century = Number(number[3])
  const birthYear = 1900 + 100 * (century >> 1) + Number(number.slice(4, 6))
  if (birthYear > bornUntil) {
    const fault = birthYear - (birthYear % 100) > bornUntil ? 'century' : 'birth-year'
    return { ok: false, fault, perhaps: null }
  }
  const implied: Implied = {
    sex: century % 2 === 0 ? 'male' : 'female',
    birthYear,
    place: first.place,
  }
  return { ok: true, scheme: 'number', number, implied, demonstration: first.reserved }
}

/** Spreadsheets drop leading zeros: 1051240826 was 001051240826, 12345678 was 012345678. */
function parseShort(number: string, bornUntil: number): ParsedNumber {
  if (number.length === OLD_LENGTH - 1) {
    return { ok: false, fault: 'lost-leading-zero', perhaps: `0${number}` }
  }
  if (number.length > OLD_LENGTH && number.length < LENGTH) {
    const perhaps = number.padStart(LENGTH, '0')
    if (parseCurrent(perhaps, bornUntil).ok) {
      return { ok: false, fault: 'lost-leading-zero', perhaps }
    }
  }
  return { ok: false, fault: 'length', perhaps: null }
}

function prefixOf(place: string, demonstration: boolean): string {
  if (provinces.has(place)) return `${demonstration ? RESERVED : '0'}${place}`
  if (demonstration && /^[A-Z]{3}$/.test(place)) return RESERVED_ABROAD
  const country = COUNTRIES.indexOf(place)
  if (country === -1) throw new RangeError('no number is given for this place')
  return String(FIRST_COUNTRY + country)
}

/** Digit 4 tells sex and century: 0 and 1 the 1900s, 2 and 3 the 2000s, to 8 and 9, the 2300s. */
function compose({ place, sex, birthYear, serial, demonstration = false }: NumberParts): string {
  if (!Number.isInteger(birthYear) || birthYear < 1900 || birthYear > 2399) {
    throw new RangeError('numbers tell the years 1900 to 2399')
  }
  if (!Number.isInteger(serial) || serial < 0 || serial >= SERIALS) {
    throw new RangeError('a serial has six digits')
  }
  const century = 2 * (Math.floor(birthYear / 100) - 19) + (sex === 'male' ? 0 : 1)
  const year = String(birthYear % 100).padStart(2, '0')
  return `${prefixOf(place, demonstration)}${century}${year}${String(serial).padStart(6, '0')}`
}

/** Personal identification numbers, "số định danh cá nhân": Decree 137/2015, art. 13. */
export const number: NumberRules = {
  words: {
    vi: 'Số định danh cá nhân',
    en: 'Personal identification number',
    fr: 'Numéro d’identification personnel',
  },
  length: LENGTH,
  example: '901097375971',
  implies: ['sex', 'birth-year', 'place'],
  serials: SERIALS,
  parse,
  compose,
  placeOf: (provinceCode) => (provinces.has(provinceCode) ? provinceCode : null),
  group: (text) => text.replace(/(\d{3})(?=\d)/g, '$1 '),
  old: [
    {
      id: 'old-number',
      words: {
        vi: 'Số chứng minh nhân dân 9 số',
        en: '9-digit identity card number',
        fr: 'Numéro de carte à 9 chiffres',
      },
      pattern: /^\d{9}$/,
      validUntil: plainDay('2024-12-31'),
    },
  ],
  faults,
  reestablishedBy,
  cancelledBy,
}
