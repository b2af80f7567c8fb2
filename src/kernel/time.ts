import { Refusal } from './refusal.ts'

declare const brand: unique symbol

/** A calendar day, `yyyy-mm-dd`. Never a Date: a birthday has no time zone. Sorts as text. */
export type PlainDay = string & { readonly [brand]: 'PlainDay' }

/** A day of which month or day may be unknown: `yyyy`, `yyyy-mm` or `yyyy-mm-dd`. */
export type PartialDay = string & { readonly [brand]: 'PlainDay' | 'PartialDay' }

/** A moment in UTC with milliseconds, `2026-10-16T03:04:05.678Z`. Sorts as text. */
export type Instant = string & { readonly [brand]: 'Instant' }

/** Monday is 1 and Sunday is 7, as in ISO 8601. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const ZERO = 48
const DASH = 45
const DAY_ms = 86_400_000

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0)
}

/** The number written by the digits from `start` to `end`, or -1 where another sign stands. */
function digits(text: string, start: number, end: number): number {
  let value = 0
  for (let at = start; at < end; at++) {
    const digit = text.charCodeAt(at) - ZERO
    if (!(digit >= 0 && digit <= 9)) return -1
    value = value * 10 + digit
  }
  return value
}

export function isPartialDay(text: string): text is PartialDay {
  const year = digits(text, 0, 4)
  if (year < 1) return false
  if (text.length === 4) return true
  const month = digits(text, 5, 7)
  if (text.charCodeAt(4) !== DASH || month < 1 || month > 12) return false
  if (text.length === 7) return true
  const day = digits(text, 8, 10)
  if (text.length !== 10 || text.charCodeAt(7) !== DASH) return false
  return day >= 1 && day <= daysInMonth(year, month)
}

export function isPlainDay(text: string): text is PlainDay {
  return text.length === 10 && isPartialDay(text)
}

/** @throws Refusal `request.invalid` unless the text is a day of the calendar. */
export function plainDay(text: string): PlainDay {
  if (!isPlainDay(text)) throw new Refusal('request.invalid', { expected: 'yyyy-mm-dd' })
  return text
}

/** @throws Refusal `request.invalid` unless the text is a year, month or day of the calendar. */
export function partialDay(text: string): PartialDay {
  if (!isPartialDay(text)) {
    throw new Refusal('request.invalid', { expected: 'yyyy, yyyy-mm, yyyy-mm-dd' })
  }
  return text
}

const WRITTEN =
  /^(?:(\d{1,2})[/.-])?(?:(\d{1,2})[/.-])?(\d{4})$|^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})$/

/**
 * A day as people and files write it, day before month: 16/10/2026, 1.5.1997, 10/2026, 1997,
 * 2026-10-16, 16102026. Zeros stand for what is not known: 00/00/1997 is the year 1997. Null when
 * it is no day of the calendar.
 */
export function readDay(text: string): PartialDay | null {
  if (isPartialDay(text)) return text
  // The commonest spelling first: an import reads millions.
  const turned = `${text.slice(6)}-${text.slice(3, 5)}-${text.slice(0, 2)}`
  if (/^..[/.-]..[/.-]/.test(text) && isPlainDay(turned)) return turned
  const trimmed = text.trim()
  const eight = /^\d{8}$/.test(trimmed)
    ? `${trimmed.slice(0, 2)}/${trimmed.slice(2, 4)}/${trimmed.slice(4)}`
    : trimmed
  const found = WRITTEN.exec(eight)
  if (found === null) return isPartialDay(trimmed) ? trimmed : null
  const [, first, second, lastYear, firstYear, month = second ?? first ?? '0', last] = found
  const day = Number(last ?? (second === undefined ? 0 : first))
  const parts = [firstYear ?? lastYear, pad(Number(month), 2), pad(day, 2)]
  if (day === 0) parts.pop()
  if (day === 0 && Number(month) === 0) parts.pop()
  const read = parts.join('-')
  return isPartialDay(read) ? read : null
}

const INSTANT = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/

export function isInstant(text: string): text is Instant {
  return INSTANT.test(text) && isPlainDay(text.slice(0, 10))
}

/** @throws Refusal `request.invalid` unless the text is a moment in UTC with milliseconds. */
export function instant(text: string): Instant {
  if (!isInstant(text))
    throw new Refusal('request.invalid', { expected: 'yyyy-mm-ddThh:mm:ss.sssZ' })
  return text
}

/** The moment so many milliseconds after 1970-01-01T00:00:00Z. */
export const instantOf = (epoch_ms: number): Instant => new Date(epoch_ms).toISOString() as Instant

export const epochOf = (moment: Instant): number => Date.parse(moment)

/** The moment so many milliseconds later, or earlier when negative. */
export const addMs = (moment: Instant, ms: number): Instant => instantOf(Date.parse(moment) + ms)

const pad = (value: number, width: number): string => String(value).padStart(width, '0')

/** Days since 1970-01-01. Counts from 1 March so that the leap day ends the counted year. */
export function epochDay(day: PlainDay): number {
  const month = digits(day, 5, 7)
  const year = digits(day, 0, 4) - (month <= 2 ? 1 : 0)
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + digits(day, 8, 10) - 1
  const leaps = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400)
  return year * 365 + leaps + ofYear - 719_468
}

/** The inverse of `epochDay`. */
export function dayOfEpoch(days: number): PlainDay {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const ofEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) /
      365,
  )
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * ofYear + 2) / 153)
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return dayFrom(year, month, ofYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1)
}

/** The day of these numbers; a day past the month's end becomes the month's last. */
function dayFrom(year: number, month: number, day: number): PlainDay {
  if (year < 1 || year > 9999) throw new Refusal('request.invalid', { year: '0001-9999' })
  const last = Math.min(day, daysInMonth(year, month))
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(last, 2)}` as PlainDay
}

export const addDays = (day: PlainDay, days: number): PlainDay => dayOfEpoch(epochDay(day) + days)

/**
 * The same day of another month, or that month's last day where it has no such day: so periods
 * counted in months and years end under the Civil Code 2015, art. 148.
 */
export function addMonths(day: PlainDay, months: number): PlainDay {
  const index = digits(day, 0, 4) * 12 + digits(day, 5, 7) - 1 + months
  return dayFrom(Math.floor(index / 12), (((index % 12) + 12) % 12) + 1, digits(day, 8, 10))
}

export const addYears = (day: PlainDay, years: number): PlainDay => addMonths(day, years * 12)

/** Days from the one to the other; negative when `to` is earlier. */
export const daysBetween = (from: PlainDay, to: PlainDay): number => epochDay(to) - epochDay(from)

export function weekdayOf(day: PlainDay): Weekday {
  return (((((epochDay(day) + 3) % 7) + 7) % 7) + 1) as Weekday
}

/** For sorting: by the earliest day each may be, the less precise first. */
export const compare = (a: PartialDay, b: PartialDay): -1 | 0 | 1 => (a < b ? -1 : a > b ? 1 : 0)

/** The first day it may be. */
export function earliest(day: PartialDay): PlainDay {
  if (day.length === 4) return `${day}-01-01` as PlainDay
  return (day.length === 7 ? `${day}-01` : day) as PlainDay
}

/** The last day it may be. */
export function latest(day: PartialDay): PlainDay {
  if (day.length === 4) return `${day}-12-31` as PlainDay
  if (day.length === 7) return `${day}-${daysInMonth(yearOf(day), digits(day, 5, 7))}` as PlainDay
  return day as PlainDay
}

export const yearOf = (day: PartialDay): number => digits(day, 0, 4)

/** Whether both say the same as far as both say anything: 1997 agrees with 1997-05-03. */
export const agrees = (a: PartialDay, b: PartialDay): boolean => a.startsWith(b) || b.startsWith(a)

export interface AgeRange {
  readonly least: number
  readonly most: number
}

/**
 * Completed years of life on a day, a range where the birth day is partial. Age n is reached on
 * `addYears(born, n)`. Both are negative when every possible birth day is later than `day`.
 */
export function ageOn(born: PartialDay, day: PlainDay): AgeRange {
  const most = yearsBetween(earliest(born), day)
  const least = born.length === 10 ? most : yearsBetween(latest(born), day)
  return { least: most >= 0 && least < 0 ? 0 : least, most }
}

function yearsBetween(from: PlainDay, to: PlainDay): number {
  const years = digits(to, 0, 4) - digits(from, 0, 4)
  const anniversary =
    from.slice(5) === '02-29' && !isLeap(digits(to, 0, 4)) ? '02-28' : from.slice(5)
  return to.slice(5) >= anniversary ? years : years - 1
}

const zones = new Map<string, Intl.DateTimeFormat>()

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = zones.get(timeZone)
  if (clock === undefined) {
    // Swedish writes days and times as ISO 8601 does.
    clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
    zones.set(timeZone, clock)
  }
  return clock
}

/** The wall clock of a zone, `yyyy-mm-dd hh:mm:ss`; early years come without their zeros. */
const wallClock = (moment: Instant, timeZone: string): string =>
  clockOf(timeZone).format(Date.parse(moment)).padStart(19, '0')

/** The calendar day that a moment falls on in a time zone such as `Asia/Ho_Chi_Minh`. */
export const dayOf = (moment: Instant, timeZone: string): PlainDay =>
  wallClock(moment, timeZone).slice(0, 10) as PlainDay

/** What day it is in a nation: `kernel` is enough. */
export const todayOf = (nation: {
  now(): Instant
  readonly profile: { readonly timeZone: string }
}): PlainDay => dayOf(nation.now(), nation.profile.timeZone)

/** The moment at which a day begins in a time zone. */
export function startOf(day: PlainDay, timeZone: string): Instant {
  const target = epochDay(day) * DAY_ms
  let guess = target
  // The second round settles days on which the clocks are changed.
  for (let round = 0; round < 2; round++) {
    const wall = wallClock(instantOf(guess), timeZone)
    guess += target - Date.parse(`${wall.replace(' ', 'T')}Z`)
  }
  return instantOf(guess)
}
