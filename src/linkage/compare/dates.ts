/** Reads days, or what is known of them, from the ways people write them. */

type Part = 'y' | 'm' | 'd'
/** Answers of a reader that are no day. */
export const MISSING_DAY = 0
export const UNREADABLE_DAY = -1

/** yyyymmdd, a decimal digit to four bits: days compare digit by digit without being taken apart. */
export function digitsOf(year: number, month: number, day: number): number {
  let digits = 0
  const decimal = year * 10000 + month * 100 + day
  for (let at = 0, rest = decimal; at < 8; at++, rest = Math.floor(rest / 10)) {
    digits |= (rest % 10) << (4 * at)
  }
  return digits >>> 0
}

/** Two-digit years up to this are of this century. */
const PIVOT = 30
const LEAST_YEAR = 1000
const MONTHS: ReadonlyMap<string, number> = new Map(
  [
    'jan janv enero gennaio januar jänner ene gen',
    'feb fev fév févr fevr febrero',
    'mar mär märz mars marzo maart mrt mrz',
    'apr avr avril abril abr aprile',
    'may mai mayo mei maggio mag',
    'jun juin junio giugno giu',
    'jul juil juillet julio luglio lug',
    'aug août aout agosto ago augustus',
    'sep sept set settembre septembre',
    'oct okt oktober octobre ottobre ott',
    'nov novembre',
    'dec déc dez dezember décembre dicembre dic diciembre',
  ].flatMap((words, at) => words.split(' ').map((word) => [word, at + 1] as const)),
)

function monthNamed(word: string): number {
  const lower = word.toLowerCase()
  return MONTHS.get(lower) ?? MONTHS.get(lower.slice(0, 3)) ?? 0
}

/** 0 where the parts say nothing, -1 where they can be no day of a calendar, nor a slip in one. */
function assemble(year: number, month: number, day: number): number {
  if (year === 0 && month === 0 && day === 0) return MISSING_DAY
  if (year < LEAST_YEAR || year > 9999 || month > 99 || day > 99) return UNREADABLE_DAY
  // Month 13 stays: what was meant is one digit, or a swap of day and month, away.
  return digitsOf(year, month, day)
}

const fullYear = (year: number, figures: number): number =>
  figures > 2 || year === 0 ? year : year + (year <= PIVOT ? 2000 : 1900)

/** Figures in order, as `y-m-d` or `03/07/1984`; an empty part between separators is 0. */
function parted(figures: readonly string[], order: readonly Part[]): number {
  const parts = { y: 0, m: 0, d: 0 }
  let wide = 4
  for (const [at, text] of figures.entries()) {
    const part = order[at]
    if (part === undefined) return UNREADABLE_DAY
    if (part === 'y') wide = text.length
    parts[part] = text === '' ? 0 : Number(text)
  }
  return assemble(fullYear(parts.y, wide), parts.m, parts.d)
}

/** The order of a format's parts, and how many figures each has where nothing divides them. */
interface Format {
  readonly order: readonly Part[]
  readonly widths: readonly number[]
  readonly divided: boolean
}

export function readFormat(format: string): Format {
  const lower = format.toLowerCase().replaceAll('%', '')
  const runs = [...lower.matchAll(/y+|m+|d+/g)].map((run) => run[0])
  return {
    order: runs.map((run) => run[0] as Part),
    widths: runs.map((run) => run.length),
    divided: /[ymd][^ymd]+[ymd]/.test(lower),
  }
}

function undivided(text: string, format: Format): number {
  const width = format.widths.reduce((sum, each) => sum + each, 0)
  // A number that began with 0 in another program.
  const padded = text.length === width - 1 && format.order[0] !== 'y' ? `0${text}` : text
  if (padded.length !== width) {
    if (format.order[0] === 'y' && (text.length === 4 || text.length === 7)) {
      return yearOf(text.slice(0, 4))
    }
    return UNREADABLE_DAY
  }
  let from = 0
  const figures = format.widths.map((each) => {
    from += each
    return padded.slice(from - each, from)
  })
  return parted(figures, format.order)
}

function yearOf(text: string): number {
  const year = Number(text)
  return year >= 1800 && year <= 2100 ? digitsOf(year, 0, 0) : UNREADABLE_DAY
}

/** Without a time of day and what else follows a day. */
const TIME = /[t ]+\d{1,2}:\d\d.*$/i

function figuresOf(text: string): string[] {
  const clean = text.replace(TIME, '')
  if (!/\p{L}/u.test(clean)) {
    // Between separators nothing is a part that is not known: 1990--, 1990//.
    return clean.split(/[^\d]/)
  }
  const figures: string[] = []
  for (const [word] of clean.matchAll(/\d+|\p{L}+/gu)) {
    if (/\d/.test(word)) figures.push(word)
    else if (monthNamed(word) > 0) figures.push(`m${monthNamed(word)}`)
  }
  return figures
}

/** 12 Jan 1980 and Jan 12, 1980: the month is the part that has a name. */
function withNamedMonth(figures: readonly string[]): number {
  const month = Number(figures.find((figure) => figure.startsWith('m'))?.slice(1))
  const others = figures.filter((figure) => !figure.startsWith('m'))
  if (others.length > 2) return UNREADABLE_DAY
  // One figure beside a month may be its day, and then there is no year.
  if (others.length === 1 && Number(others[0]) <= 31) return UNREADABLE_DAY
  const year = others.find((figure) => figure.length === 4) ?? others[1] ?? others[0] ?? ''
  const day = others.find((figure) => figure !== year) ?? '0'
  return assemble(fullYear(Number(year), year.length), month, Number(day))
}

const YEAR_FIRST: readonly Part[] = ['y', 'm', 'd']
const DAY_FIRST: readonly Part[] = ['d', 'm', 'y']
const MONTH_FIRST: readonly Part[] = ['m', 'd', 'y']

/** How many days are tried to tell 03/07 from 07/03. */
const SAMPLE = 20_000

/** Whether the day or the month stands first where the year is last: what exceeds 12 tells. */
function lastYearOrder(values: readonly string[]): readonly Part[] {
  let dayFirst = 0
  let monthFirst = 0
  const step = Math.max(1, Math.floor(values.length / SAMPLE))
  for (let at = 0; at < values.length; at += step) {
    const found = /^\s*(\d{1,2})\D(\d{1,2})\D\d{2,4}/.exec(values[at] ?? '')
    if (found === null) continue
    if (Number(found[1]) > 12) dayFirst++
    if (Number(found[2]) > 12) monthFirst++
  }
  return monthFirst > dayFirst ? MONTH_FIRST : DAY_FIRST
}

/** One run of figures in no format given. */
function run(text: string, last: readonly Part[]): number {
  if (text.length === 4) return yearOf(text)
  if (text.length === 6) {
    const whole = parted([text.slice(0, 4), text.slice(4)], YEAR_FIRST)
    return yearOf(text.slice(0, 4)) > 0 && Number(text.slice(4)) <= 12 ? whole : UNREADABLE_DAY
  }
  if (text.length !== 8) return UNREADABLE_DAY
  if (yearOf(text.slice(0, 4)) > 0) {
    return parted([text.slice(0, 4), text.slice(4, 6), text.slice(6)], YEAR_FIRST)
  }
  return parted([text.slice(0, 2), text.slice(2, 4), text.slice(4)], last)
}

function divided(figures: readonly string[], last: readonly Part[]): number {
  const [first = '', second = '', third = ''] = figures
  if (figures.length === 2) {
    if (first.length === 4) return parted([first, second], ['y', 'm'])
    return second.length === 4 ? parted([first, second], ['m', 'y']) : UNREADABLE_DAY
  }
  if (figures.length !== 3) return UNREADABLE_DAY
  if (first.length >= 3 || (third.length < 3 && Number(first) > 31)) {
    return parted(figures, YEAR_FIRST)
  }
  if (first === '' && third.length < 3) return parted(figures, YEAR_FIRST)
  return parted(figures, last)
}

/**
 * A reader of the days of one field: their digits, `MISSING_DAY` or `UNREADABLE_DAY`. Without a
 * format the year is where four figures are, and the field itself tells day from month.
 */
export function dayReader(
  format: string | null,
  values: readonly string[],
): (text: string) => number {
  const given = format === null ? null : readFormat(format)
  const last = lastYearOrder(values)
  return (text) => {
    const figures = figuresOf(text)
    if (figures.some((figure) => figure.startsWith('m'))) return withNamedMonth(figures)
    if (figures.every((figure) => figure === '')) return UNREADABLE_DAY
    const [only = ''] = figures
    if (figures.length === 1) {
      return given !== null && !given.divided ? undivided(only, given) : run(only, last)
    }
    if (given === null) return divided(figures, last)
    if (figures.length === 2) return divided(figures, last)
    // A day written year first says so itself, whatever the format.
    return given.order[0] !== 'y' && only.length === 4
      ? parted(figures, YEAR_FIRST)
      : parted(figures, given.order)
  }
}
