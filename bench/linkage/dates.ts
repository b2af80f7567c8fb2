import type { Dice } from './dice.ts'
import { type Office, shows } from './office.ts'
import { wrongDigit } from './typing.ts'

const DEFAULT = '1900-01-01'
const two = (value: number): string => String(value).padStart(2, '0')

/**
 * A birth date, 'yyyy', 'yyyy-mm' or 'yyyy-mm-dd', as an office wrote it; '' where it did not. What
 * a clerk types may be no day of any calendar.
 */
export function writeDate(dice: Dice, office: Office, born: string): string {
  if (dice.errs('date.missing')) return ''
  if (dice.errs('date.default')) return DEFAULT
  const year = born.slice(0, 4)
  if (born.length === 4) {
    if (shows(dice, office, 'office.first-of-january')) return `${year}-01-01`
    return dice.errs('date.zeros') ? `${year}-00-00` : born
  }
  if (born.length === 7) return dice.errs('date.year-only') ? year : `${born}-01`
  if (shows(dice, office, 'office.first-of-january')) return `${year}-01-01`
  if (dice.errs('date.year-only')) return year
  if (dice.errs('date.first-of-january')) return `${year}-01-01`
  if (dice.errs('date.zeros')) return `${year}-00-00`
  return slipped(dice, office, born)
}

function slipped(dice: Dice, office: Office, born: string): string {
  let [year = '', month = '', day = ''] = born.split('-')
  const mayBeSwapped = Number(day) <= 12 && day !== month
  const isSwapped =
    mayBeSwapped &&
    (shows(dice, office, 'office.day-month-swapped') || dice.errs('date.day-month-swapped'))
  if (isSwapped) [month, day] = [day, month]
  if (dice.errs('date.day-off')) day = two(1 + dice.random.below(28))
  // A lunar year begins late: the West's year is often the next one.
  if (dice.errs('date.year-off'))
    year = String(Number(year) + (dice.random.below(3) === 0 ? -1 : 1))
  if (dice.errs('date.century')) year = `${year.startsWith('19') ? '20' : '19'}${year.slice(2)}`
  const written = `${year}-${month}-${day}`
  return dice.errs('date.digit')
    ? year.slice(0, 2) + wrongDigit(dice.random, written.slice(2))
    : written
}
