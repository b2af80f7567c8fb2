import {
  addDays,
  type Calendar,
  type Holiday,
  type PlainDay,
  plainDay,
  type Weekday,
  type Words,
  weekdayOf,
} from '../../src/kernel/profile.ts'

/** Offices rest on Friday and Saturday. */
const weekend: readonly Weekday[] = [5, 6]
const words = (vi: string, en: string, fr: string): Words => ({ vi, en, fr })

const THAW = words('Tết Băng tan', 'Thaw Day', 'Jour du dégel')
const FOUNDING = words('Ngày Lập quốc', 'Founding Day', 'Jour de la fondation')
const MIDSUMMER = words('Hạ chí', 'Midsummer', 'Solstice d’été')
const HARVEST = words('Lễ Thu hoạch', 'Harvest Home', 'Fête des moissons')
const LONG_NIGHT = words('Đêm dài', 'Long Night', 'Longue nuit')

/** The n-th of a weekday in a month. */
function nth(month: string, weekday: Weekday, n: number): PlainDay {
  const first = plainDay(`${month}-01`)
  return addDays(first, ((weekday - weekdayOf(first) + 7) % 7) + 7 * (n - 1))
}

/** A holiday on a day of rest is not made up for. */
const holidays = (year: number): readonly Holiday[] => [
  { day: nth(`${year}-03`, 7, 2), words: THAW },
  { day: plainDay(`${year}-05-01`), words: FOUNDING },
  { day: plainDay(`${year}-06-21`), words: MIDSUMMER },
  { day: plainDay(`${year}-06-22`), words: MIDSUMMER },
  { day: nth(`${year}-10`, 1, 1), words: HARVEST },
  { day: plainDay(`${year}-12-21`), words: LONG_NIGHT },
]

export const calendar: Calendar = {
  weekend,
  holidays,
  swaps: [{ off: plainDay('2026-06-23'), worked: plainDay('2026-06-27') }],
  source: words(
    'Luật Ngày nghỉ 1961',
    'Days of Rest Act 1961',
    'Loi de 1961 sur les jours de repos',
  ),
}
