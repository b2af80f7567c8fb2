import {
  addDays,
  type Calendar,
  type Holiday,
  type PlainDay,
  plainDay,
  type Swap,
  type Weekday,
  type Words,
  weekdayOf,
} from '../../src/kernel/profile.ts'
import { lunarDay } from './lunar.ts'

const words = (vi: string, en: string, fr: string): Words => ({ vi, en, fr })

const NEW_YEAR = words('Tết Dương lịch', 'New Year’s Day', 'Jour de l’an')
const TET = words('Tết Nguyên đán', 'Lunar New Year', 'Nouvel An lunaire')
const HUNG_KINGS = words(
  'Giỗ Tổ Hùng Vương',
  'Commemoration of the Hùng Kings',
  'Commémoration des rois Hùng',
)
const VICTORY = words('Ngày Chiến thắng', 'Day of Victory', 'Jour de la Victoire')
const LABOUR = words('Ngày Quốc tế Lao động', 'Labour Day', 'Fête du Travail')
const NATIONAL = words('Quốc khánh', 'National Day', 'Fête nationale')
const CULTURE = words('Ngày Văn hóa Việt Nam', 'Culture Day', 'Journée de la culture')
const IN_LIEU = words('Nghỉ bù', 'Day in lieu', 'Jour de compensation')

const weekend: readonly Weekday[] = [6, 7]
const TET_DAYS = 5
/** Days of Tết before the first of the lunar year, in the notices of each year since 2020. */
const TET_BEFORE = 2
/** The Labour Code 2019 came into force on 1 January 2021 and gave National Day a second day. */
const SECOND_NATIONAL_DAY_FROM = 2021
/** Resolution 28/2026/QH16, in force from 1 July 2026. */
const CULTURE_DAY_FROM = 2026

/**
 * The second day of National Day, before or after 2 September: the choice that has joined it to a
 * weekend in every notice since 2021.
 */
function besideNationalDay(day: PlainDay): PlainDay {
  const weekday = weekdayOf(day)
  return addDays(day, weekday === 1 || weekday === 4 || weekday === 7 ? 1 : -1)
}

/** Labour Code 2019, art. 112 (1). */
function statutory(year: number): readonly Holiday[] {
  const on = (monthDay: string): PlainDay => plainDay(`${year}-${monthDay}`)
  const tet = addDays(lunarDay(year, 1, 1), -TET_BEFORE)
  const national = on('09-02')
  return [
    { day: on('01-01'), words: NEW_YEAR },
    ...Array.from({ length: TET_DAYS }, (_, at) => ({ day: addDays(tet, at), words: TET })),
    { day: lunarDay(year, 3, 10), words: HUNG_KINGS },
    { day: on('04-30'), words: VICTORY },
    { day: on('05-01'), words: LABOUR },
    { day: national, words: NATIONAL },
    ...(year >= SECOND_NATIONAL_DAY_FROM
      ? [{ day: besideNationalDay(national), words: NATIONAL }]
      : []),
  ]
}

/** Art. 111 (3): a holiday on a day of weekly rest is taken on the next working day. */
function holidays(year: number): readonly Holiday[] {
  const found = [...statutory(year)].sort((a, b) => (a.day < b.day ? -1 : 1))
  const off = new Set(found.map(({ day }) => day))
  for (const { day } of [...found]) {
    if (!weekend.includes(weekdayOf(day))) continue
    let next = addDays(day, 1)
    while (off.has(next) || weekend.includes(weekdayOf(next))) next = addDays(next, 1)
    off.add(next)
    found.push({ day: next, words: IN_LIEU })
  }
  // Not in art. 112, so art. 111 (3) does not give another day for it.
  if (year >= CULTURE_DAY_FROM) found.push({ day: plainDay(`${year}-11-24`), words: CULTURE })
  return found.sort((a, b) => (a.day < b.day ? -1 : 1))
}

/** Exchanges that the Government announced for its offices. */
const swaps: readonly Swap[] = [
  { off: plainDay('2024-04-29'), worked: plainDay('2024-05-04') },
  { off: plainDay('2025-05-02'), worked: plainDay('2025-04-26') },
  { off: plainDay('2026-01-02'), worked: plainDay('2026-01-10') },
  { off: plainDay('2026-08-31'), worked: plainDay('2026-08-22') },
]

/**
 * Holidays of the State's offices. The law leaves the five days of Tết and the second day of
 * National Day to a yearly notice; years without one are counted as the notices so far chose.
 */
export const calendar: Calendar = {
  weekend,
  holidays,
  swaps,
  source: words(
    'Bộ luật Lao động 2019, điều 111 và 112; Nghị quyết 28/2026/QH16',
    'Labour Code 2019, articles 111 and 112; Resolution 28/2026/QH16',
    'Code du travail 2019, articles 111 et 112 ; résolution 28/2026/QH16',
  ),
}
