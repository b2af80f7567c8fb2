import { addDays, type Instant, type PlainDay, type Tx } from '../../kernel/index.ts'
import { EXCHANGE_LIMITS } from '../limits.ts'
import { type CountedReads, countReads, type Me } from './store.ts'

/** Twelve months of others' lines, the present one last. The person's own looks are not in it. */
export interface Overview {
  /** yyyy-mm with its count, the oldest first. */
  readonly months: readonly { readonly month: string; readonly count: number }[]
  readonly total: number
  /** Who, most lines first: the body, or the kind of actor where there is none. */
  readonly bodies: readonly Counted[]
  /** Codes of the profile's purposes, most lines first. */
  readonly purposes: readonly Counted[]
}

export interface Counted {
  readonly name: string
  readonly count: number
}

const MONTHS = 12

export async function overviewOf(tx: Tx, me: Me, timeZone: string): Promise<Overview> {
  const months = monthsUntil(me.today)
  // A day earlier than the first month begins anywhere on earth.
  const since = `${addDays(`${months[0]}-01` as PlainDay, -1)}T00:00:00.000Z` as Instant
  const by = { since, timeZone, limit: EXCHANGE_LIMITS.readsCounted }
  return overviewFrom(await countReads(tx, me, by), months)
}

/** The twelve months that end with the one of a day, the oldest first. */
export function monthsUntil(day: PlainDay): string[] {
  const last = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
  return Array.from({ length: MONTHS }, (_, at) => {
    const month = last - (MONTHS - 1 - at)
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
  })
}

export function overviewFrom(rows: readonly CountedReads[], months: readonly string[]): Overview {
  const within = rows.filter(({ month }) => months.includes(month))
  const sum = (some: readonly CountedReads[]) => some.reduce((all, { count }) => all + count, 0)
  return {
    months: months.map((month) => ({
      month,
      count: sum(within.filter((row) => row.month === month)),
    })),
    total: sum(within),
    bodies: counted(within, 'body'),
    purposes: counted(within, 'purpose'),
  }
}

function counted(rows: readonly CountedReads[], by: 'body' | 'purpose'): Counted[] {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const name = row[by]
    // Hidden and erased lines are counted and name nobody.
    if (name !== null) counts.set(name, (counts.get(name) ?? 0) + row.count)
  }
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
}
