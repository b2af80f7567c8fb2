/**
 * Every rate of the labelled generator, in one table. A rate is the chance from 0 to 1 that the
 * thing happens where it can: to a person, an office, a clerk, a row or a field of a row. The
 * first column is a file that is kept well, such as a register; the other three are severities.
 *
 * None was measured on anybody's file. They are there to be unlike each other: what is tuned to one
 * column is to be judged on another.
 */
export const SEVERITIES = ['register', 'clean', 'typical', 'dirty'] as const
export type Severity = (typeof SEVERITIES)[number]

type Row = readonly [register: number, clean: number, typical: number, dirty: number]

const always = (rate: number): Row => [rate, rate, rate, rate]

export const RATES = {
  // Who there is, and who is in the files. Of the left file the severity of the right one counts.
  'left.absent': [0.01, 0.02, 0.05, 0.08],
  'right.repeated': [0, 0.004, 0.03, 0.08],
  /** In a file that is searched for repeated persons. */
  'file.repeated': [0, 0.1, 0.2, 0.35],
  'people.first-of-january': always(0.03),
  'people.namesake-nearby': always(0.004),
  'people.sibling-middle': always(0.3),
  'people.twin-middle': always(0.8),
  'people.junior': always(0.05),
  'people.twins': always(0.012),

  // Offices have habits; a habit shows in most rows of the office, not in all.
  'office.habit': [0, 0.95, 0.9, 0.85],
  'office.no-accents': [0, 0.03, 0.12, 0.22],
  'office.capitals': [0, 0.08, 0.15, 0.2],
  'office.legacy-encoding': [0, 0.005, 0.02, 0.06],
  'office.lost-letters': [0, 0, 0.003, 0.012],
  'office.decomposed': [0, 0.02, 0.06, 0.08],
  'office.other-tone-placement': [0, 0.3, 0.3, 0.3],
  'office.no-middle-names': [0, 0.002, 0.015, 0.05],
  'office.given-name-first': [0, 0.002, 0.012, 0.03],
  'office.first-of-january': [0, 0.005, 0.03, 0.08],
  'office.day-month-swapped': [0, 0.002, 0.01, 0.03],
  'office.loses-leading-zeros': [0, 0.03, 0.08, 0.15],
  'office.scans': [0, 0.02, 0.06, 0.12],
  'office.old-units': [0, 0.1, 0.25, 0.4],
  'office.own-unit': [0, 0.003, 0.02, 0.05],
  'office.no-numbers': [0, 0.005, 0.03, 0.08],
  'office.no-phones': [0, 0.05, 0.15, 0.25],
  'clerk.careless': [0, 0.05, 0.1, 0.15],
  'clerk.gives-own-number': [0, 0.003, 0.01, 0.02],
  /** Of a row without a number, at a clerk who gives the clerk's own. */
  'clerk.own-number': [0, 0.4, 0.4, 0.5],

  // Names of any country.
  'name.missing': [0, 0.0003, 0.002, 0.006],
  'name.typing': [0.001, 0.008, 0.025, 0.07],
  'name.scanned': [0, 0.08, 0.14, 0.22],
  'name.blanks': [0, 0.004, 0.01, 0.02],
  'name.other-member': [0.0001, 0.0004, 0.0015, 0.004],

  // Vietnamese names.
  'name.no-accents': [0, 0.01, 0.05, 0.12],
  'name.bare-word': [0.0005, 0.003, 0.01, 0.025],
  'name.wrong-tone': [0.0007, 0.003, 0.009, 0.02],
  'name.telex-residue': [0, 0.001, 0.005, 0.015],
  'name.look-alike-letter': [0, 0.005, 0.015, 0.03],
  'name.middle-dropped': [0.0003, 0.005, 0.02, 0.055],
  'name.middle-initial': [0, 0.0005, 0.003, 0.01],
  'name.given-first': [0, 0.0005, 0.003, 0.01],
  'name.honorific': [0, 0.001, 0.004, 0.01],
  'name.sound-swap': [0.0005, 0.002, 0.008, 0.02],
  'name.i-for-y': [0.001, 0.01, 0.03, 0.05],
  'name.family-doubled': [0, 0.001, 0.003, 0.006],
  'name.other-given': [0.0002, 0.001, 0.004, 0.01],
  'name.cut': [0, 0.0005, 0.002, 0.006],

  // Names of the second, invented country.
  'given.nickname': [0.002, 0.02, 0.06, 0.1],
  'given.initial': [0, 0.004, 0.02, 0.05],
  'given.missing': [0, 0.002, 0.01, 0.04],
  'given.spelling': [0.002, 0.008, 0.02, 0.05],
  'surname.spelling': [0.002, 0.008, 0.02, 0.05],
  'surname.missing': [0, 0.0005, 0.003, 0.015],
  'surname.of-marriage': [0.01, 0.03, 0.06, 0.09],
  'names.swapped': [0, 0.001, 0.006, 0.015],

  'date.missing': [0, 0.001, 0.008, 0.03],
  'date.year-only': [0, 0.003, 0.012, 0.035],
  'date.first-of-january': [0, 0.002, 0.008, 0.02],
  'date.zeros': [0, 0.0005, 0.003, 0.01],
  'date.day-month-swapped': [0.0002, 0.001, 0.004, 0.012],
  'date.digit': [0.0007, 0.003, 0.012, 0.035],
  'date.day-off': [0.0003, 0.001, 0.004, 0.01],
  'date.year-off': [0.0005, 0.002, 0.006, 0.015],
  'date.century': [0, 0.0001, 0.0005, 0.002],
  'date.default': [0, 0.0001, 0.0008, 0.003],

  'sex.missing': [0, 0.005, 0.03, 0.1],
  'sex.wrong': [0.0002, 0.001, 0.004, 0.01],

  'number.missing': [0, 0.02, 0.08, 0.2],
  'number.old': [0, 0.04, 0.12, 0.22],
  'number.digit': [0, 0.002, 0.008, 0.02],
  'number.transposed': [0, 0.0007, 0.003, 0.008],
  'number.of-relative': [0, 0.0015, 0.006, 0.015],
  'number.of-namesake': [0, 0.0003, 0.0015, 0.004],
  'number.placeholder': [0, 0.0005, 0.003, 0.01],
  'number.separated': [0, 0.002, 0.01, 0.02],

  'place.missing': [0, 0.01, 0.05, 0.12],
  'place.moved-near': [0.004, 0.02, 0.06, 0.1],
  'place.moved-far': [0.003, 0.015, 0.05, 0.08],
  'place.digit': [0, 0.001, 0.004, 0.012],

  'address.abbreviated': [0.05, 0.1, 0.3, 0.4],
  'address.no-number': [0, 0.003, 0.015, 0.04],
  'address.typing': [0.002, 0.01, 0.04, 0.09],
  'postcode.missing': [0, 0.005, 0.03, 0.1],
  'postcode.wrong': [0.001, 0.006, 0.02, 0.05],
  'city.missing': [0, 0.002, 0.01, 0.05],
  'city.typing': [0, 0.005, 0.015, 0.04],
  'phone.missing': [0.15, 0.15, 0.25, 0.4],
  'phone.changed': [0.03, 0.06, 0.15, 0.25],
  'phone.of-household': [0.05, 0.08, 0.12, 0.15],
} as const satisfies Record<string, Row>

export type RateId = keyof typeof RATES
export const RATE_IDS = Object.keys(RATES) as readonly RateId[]

/** A careless clerk's row goes wrong so many times as often. Habits and coverage are not the clerk's. */
export const CARELESS_FACTOR = 4

/** The column of a severity, by the position of the rate in `RATE_IDS`. */
export function ratesOf(severity: Severity): Float64Array {
  const column = SEVERITIES.indexOf(severity)
  return Float64Array.from(RATE_IDS, (id) => RATES[id][column] ?? 0)
}
