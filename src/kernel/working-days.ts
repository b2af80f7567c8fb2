import { dayOfEpoch, epochDay, type PlainDay, type Weekday, weekdayOf } from './time.ts'
import type { Words } from './words.ts'

/** A day nobody works, whatever weekday it is. */
export interface Holiday {
  readonly day: PlainDay
  readonly words: Words
}

/** A working day officially exchanged for a day of rest. */
export interface Swap {
  readonly off: PlainDay
  readonly worked: PlainDay
}

/** What working days are counted by. */
export interface WorkingCalendar {
  /** Days of weekly rest. */
  readonly weekend: readonly Weekday[]
  /** Public holidays of a calendar year, days in lieu included. */
  holidays(year: number): readonly Holiday[]
  /** Exchanges announced by the government. */
  readonly swaps: readonly Swap[]
}

const DAYS_MOST = 10_000

/** Days off and worked days of one calendar, by day of the epoch; filled a year at a time. */
interface Known {
  readonly years: Set<number>
  readonly off: Set<number>
  readonly worked: Set<number>
}

const calendars = new WeakMap<WorkingCalendar, Known>()

function knownOf(calendar: WorkingCalendar): Known {
  let known = calendars.get(calendar)
  if (known === undefined) {
    known = {
      years: new Set(),
      off: new Set(calendar.swaps.map(({ off }) => epochDay(off))),
      worked: new Set(calendar.swaps.map(({ worked }) => epochDay(worked))),
    }
    calendars.set(calendar, known)
  }
  return known
}

function isWorking(epoch: number, calendar: WorkingCalendar): boolean {
  const known = knownOf(calendar)
  if (known.worked.has(epoch)) return true
  const day = dayOfEpoch(epoch)
  const year = Number(day.slice(0, 4))
  if (!known.years.has(year)) {
    for (const holiday of calendar.holidays(year)) known.off.add(epochDay(holiday.day))
    known.years.add(year)
  }
  return !known.off.has(epoch) && !calendar.weekend.includes(weekdayOf(day))
}

/** Whether offices work on a day: neither weekly rest nor holiday, or officially worked instead. */
export function isWorkingDay(day: PlainDay, calendar: WorkingCalendar): boolean {
  return isWorking(epochDay(day), calendar)
}

/**
 * The n-th working day after a day, which itself is not counted (Civil Code 2015, art. 147); with
 * n = 0 the day itself when it is worked, else the next that is.
 *
 * @throws RangeError when n is not a whole number from 0 to 10,000: a bug of the caller.
 */
export function addWorkingDays(day: PlainDay, n: number, calendar: WorkingCalendar): PlainDay {
  if (!Number.isInteger(n) || n < 0 || n > DAYS_MOST) throw new RangeError(`${n} working days`)
  let epoch = epochDay(day)
  while (n === 0 && !isWorking(epoch, calendar)) epoch++
  for (let left = n; left > 0; ) {
    epoch++
    if (isWorking(epoch, calendar)) left--
  }
  return dayOfEpoch(epoch)
}

/** Working days after `from` up to and including `to`; negative when `to` is earlier. */
export function workingDaysBetween(
  from: PlainDay,
  to: PlainDay,
  calendar: WorkingCalendar,
): number {
  if (to < from) return -workingDaysBetween(to, from, calendar)
  let count = 0
  for (let epoch = epochDay(from) + 1; epoch <= epochDay(to); epoch++) {
    if (isWorking(epoch, calendar)) count++
  }
  return count
}
