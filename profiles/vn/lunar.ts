import { dayOfEpoch, type PlainDay } from '../../src/kernel/profile.ts'

/**
 * The lunisolar calendar of Việt Nam: months begin on the day of the new moon at UTC+7 (Decision
 * 121-CP of 1967), the eleventh month holds the winter solstice, and of thirteen months between two
 * such months the first without a principal solar term is a leap month. Astronomy after J. Meeus,
 * Astronomical Algorithms, ch. 25 and 49: new moons within half a minute, 1900 to 2100.
 */

/** Hours east of Greenwich, as a part of a day. */
const ZONE = 7 / 24
/** Terrestrial less universal time, as a part of a day: 65 s, within 20 s for 1970 to 2060. */
const DELTA_T = 65 / 86_400
const JULIAN_1970 = 2_440_588
const LUNATION = 29.530588861

const sine = (degrees: number): number => Math.sin((degrees * Math.PI) / 180)

/** Coefficient, multiples of the Sun's anomaly, the Moon's anomaly, and the Moon's latitude. */
const NEW_MOON: readonly (readonly [number, number, number, number])[] = [
  [-0.4072, 0, 1, 0],
  [0.17241, 1, 0, 0],
  [0.01608, 0, 2, 0],
  [0.01039, 0, 0, 2],
  [0.00739, -1, 1, 0],
  [-0.00514, 1, 1, 0],
  [0.00208, 2, 0, 0],
  [-0.00111, 0, 1, -2],
  [-0.00057, 0, 1, 2],
  [0.00056, 1, 2, 0],
  [-0.00042, 0, 3, 0],
  [0.00042, 1, 0, 2],
  [0.00038, 1, 0, -2],
  [-0.00024, -1, 2, 0],
  [-0.00007, 2, 1, 0],
  [0.00004, 0, 2, -2],
  [0.00004, 3, 0, 0],
  [0.00003, 1, 1, -2],
  [0.00003, 0, 2, 2],
  [-0.00003, 1, 1, 2],
  [0.00003, -1, 1, 2],
]

/** The pull of planets: coefficient, phase in 2000, its change a lunation. */
const PLANETS: readonly (readonly [number, number, number])[] = [
  [0.000325, 299.77, 0.107408],
  [0.000165, 251.88, 0.016321],
  [0.000164, 251.83, 26.651886],
  [0.000126, 349.42, 36.412478],
  [0.00011, 84.66, 18.206239],
]

/** The Julian day number of the day, in Việt Nam, of the k-th new moon after January 2000. */
function newMoonDay(k: number): number {
  const t = k / 1236.85
  const sun = 2.5534 + 29.1053567 * k - 0.0000014 * t * t
  const moon = 201.5643 + 385.81693528 * k + 0.0107582 * t * t
  const latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t * t
  const node = 124.7746 - 1.56375588 * k + 0.0020672 * t * t
  const eccentricity = 1 - 0.002516 * t - 0.0000074 * t * t
  let moment = 2_451_550.09766 + LUNATION * k + 0.00015437 * t * t - 0.00017 * sine(node)
  for (const [size, ofSun, ofMoon, ofLatitude] of NEW_MOON) {
    moment +=
      size *
      eccentricity ** Math.abs(ofSun) *
      sine(ofSun * sun + ofMoon * moon + ofLatitude * latitude)
  }
  for (const [size, phase, change] of PLANETS) moment += size * sine(phase + change * k)
  return Math.floor(moment - DELTA_T + ZONE + 0.5)
}

/** Which twelfth of its yearly way the Sun is in when a day begins in Việt Nam; 9 from solstice. */
function solarTerm(julianDay: number): number {
  const t = (julianDay - 0.5 - ZONE + DELTA_T - 2_451_545) / 36_525
  const anomaly = 357.52911 + 35_999.05029 * t - 0.0001537 * t * t
  const longitude =
    280.46646 +
    36_000.76983 * t +
    0.0003032 * t * t +
    (1.914602 - 0.004817 * t) * sine(anomaly) +
    0.019993 * sine(2 * anomaly) +
    0.000289 * sine(3 * anomaly) -
    0.00569 -
    0.00478 * sine(125.04 - 1934.136 * t)
  return Math.floor((((longitude % 360) + 360) % 360) / 30)
}

/** Index of the new moon that begins the eleventh month in the given solar year. */
function eleventhMonth(year: number): number {
  const k = Math.floor((year + 1 - 2000) * 12.3685)
  let last = k + 1
  // The last new moon on which the solstice has not passed when the day begins.
  while (newMoonDay(last) > julianOf(year, 12, 31)) last--
  return solarTerm(newMoonDay(last)) >= 9 ? last - 1 : last
}

const julianOf = (year: number, month: number, day: number): number =>
  Math.floor(Date.UTC(year, month - 1, day) / 86_400_000) + JULIAN_1970

/** Position of the leap month after the eleventh, 0 when the year has none. */
function leapAfter(first: number, next: number): number {
  if (next - first < 13) return 0
  for (let at = 1; at < 13; at++) {
    if (solarTerm(newMoonDay(first + at)) === solarTerm(newMoonDay(first + at + 1))) return at
  }
  return 0
}

/**
 * The day of a lunar date in the months 1 to 10 of the lunar year that begins in `year`; of a
 * month and its leap month, the first.
 */
export function lunarDay(year: number, month: number, day: number): PlainDay {
  const eleventh = eleventhMonth(year - 1)
  const leap = leapAfter(eleventh, eleventhMonth(year))
  const position = month + 1
  const k = eleventh + position + (leap > 0 && leap <= position ? 1 : 0)
  return dayOfEpoch(newMoonDay(k) + day - 1 - JULIAN_1970)
}
