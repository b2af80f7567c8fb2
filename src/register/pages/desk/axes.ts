import {
  addDays,
  addMs,
  isPlainDay,
  type Kernel,
  type PlainDay,
  startOf,
  todayOf,
} from '../../../kernel/index.ts'
import { readDay, writeDay } from '../../../web/index.ts'

/** The two days a record is seen by, as an address says them. */
export interface Axes {
  /** True on this day. */
  readonly valid: PlainDay
  /** As known by the end of this day. */
  readonly known: PlainDay
  readonly today: PlainDay
  /** What was typed, where it was no day. */
  readonly wrong: { readonly valid?: string; readonly known?: string }
  /** The same for a query; nothing is said of what is as today. */
  readonly input: { readonly day?: string; readonly known?: string }
  /** The same for an address. */
  readonly said: { readonly valid?: string; readonly known?: string }
}

/** Reads both days; one that is empty or wrong is today, and nothing is known later than today. */
export function readAxes(
  query: { readonly valid?: unknown; readonly known?: unknown },
  kernel: Pick<Kernel, 'now' | 'profile'>,
): Axes {
  const today = todayOf(kernel)
  const [valid, known] = [read(query.valid), read(query.known)]
  const wrong = {
    ...(valid.wrong !== undefined && { valid: valid.wrong }),
    ...(known.wrong !== undefined && { known: known.wrong }),
  }
  const seen = valid.day ?? today
  const until = known.day === undefined || known.day > today ? today : known.day
  const isNow = until === today
  const end = addMs(startOf(addDays(until, 1), kernel.profile.timeZone), -1)
  return {
    valid: seen,
    known: until,
    today,
    wrong,
    input: { ...(seen !== today && { day: seen }), ...(!isNow && { known: end }) },
    said: {
      ...(seen !== today && { valid: writeDay(seen) }),
      ...(!isNow && { known: writeDay(until) }),
    },
  }
}

function read(text: unknown): { readonly day?: PlainDay; readonly wrong?: string } {
  if (typeof text !== 'string' || text.trim() === '') return {}
  const day = readDay(text)
  return day !== null && isPlainDay(day) ? { day } : { wrong: text.slice(0, 20) }
}
