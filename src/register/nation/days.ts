/**
 * Days as whole numbers, counted as PostgreSQL counts them: day 0 is 2000-01-01. The generator
 * reckons millions of days; text is made only where a value is written.
 */
export const FOREVER = 0x7fffffff

/** 1900-01-01; nobody of a synthetic nation was born earlier. */
export const FIRST_YEAR = 1900
const LAST_YEAR = 2199

const yearStarts = new Int32Array(LAST_YEAR - FIRST_YEAR + 2)
for (let year = FIRST_YEAR; year <= LAST_YEAR + 1; year++) {
  yearStarts[year - FIRST_YEAR] = daysFromCivil(year, 1, 1)
}

/** The day's number in the proleptic Gregorian calendar. */
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  // 730425: days from 0000-03-01 to 2000-01-01.
  return era * 146_097 + dayOfEra - 730_425
}

/** First day of a year. */
export function yearStart(year: number): number {
  return yearStarts[year - FIRST_YEAR] as number
}

/** The year a day falls in. */
export function yearOf(day: number): number {
  let year = 2000 + Math.floor(day / 365.2425)
  while (yearStart(year) > day) year--
  while (yearStart(year + 1) <= day) year++
  return year
}

/** The day `years` after: 29 February gives 1 March in an ordinary year. */
export function addYears(day: number, years: number): number {
  const year = yearOf(day)
  const months = monthOf(day, year)
  return daysFromCivil(year + years, months.month, months.day)
}

function monthOf(day: number, year: number): { month: number; day: number } {
  const leap = yearStart(year + 1) - yearStart(year) === 366
  const starts = leap ? LEAP_MONTHS : MONTHS
  const ofYear = day - yearStart(year)
  let month = Math.min(11, Math.floor(ofYear / 29))
  while ((starts[month] as number) > ofYear) month--
  return { month: month + 1, day: ofYear - (starts[month] as number) + 1 }
}

/** First day of the month a day falls in. */
export function monthStart(day: number): number {
  return day - monthOf(day, yearOf(day)).day + 1
}

const MONTHS = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
const LEAP_MONTHS = [0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335]

/** Completed years from one day to another. */
export function yearsBetween(from: number, to: number): number {
  const years = yearOf(to) - yearOf(from)
  return addYears(from, years) > to ? years - 1 : years
}

/** Reads 'yyyy-mm-dd'. */
export function dayOf(text: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (match === null) throw new RangeError(`'${text}' is not a day`)
  return daysFromCivil(Number(match[1]), Number(match[2]), Number(match[3]))
}

/** Writes 'yyyy-mm-dd'. */
export function dayText(day: number): string {
  const year = yearOf(day)
  const { month, day: ofMonth } = monthOf(day, year)
  return `${year}-${two(month)}-${two(ofMonth)}`
}

function two(value: number): string {
  return value < 10 ? `0${value}` : `${value}`
}
