/** Blanks and apostrophes that divide thousands. */
const GROUPING = /(?<=\d)[ \u00a0\u202f'’](?=\d{3}(?!\d))/g
const NUMBER = /[-+−]?\s*(?:\d[\d.,]*|[.,]\d+)(?:e[-+]?\d+)?/i
const DURATION = /^(?:(\d+):)?(\d{1,3}):(\d\d)(?:\.\d+)?$/

/**
 * A number as people write it: 1,234.50 and 1.234,50, with a currency or a unit beside it; 3:45 is
 * a number of seconds. Null when there is none.
 */
export function readNumber(text: string): number | null {
  const duration = DURATION.exec(text)
  if (duration !== null) {
    const [hours, minutes, seconds] = [duration[1] ?? 0, duration[2], duration[3]]
    return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  }
  const found = NUMBER.exec(text.replace(GROUPING, ''))
  if (found === null) return null
  const figures = found[0].replace(/[\s+]/g, '').replace('−', '-')
  const number = Number(withPoint(figures.replace(/[.,]+$/, '')))
  return Number.isFinite(number) ? number : null
}

/** The last of two kinds of sign is the decimal one; commas before three figures divide them. */
function withPoint(figures: string): string {
  const point = figures.lastIndexOf('.')
  const comma = figures.lastIndexOf(',')
  if (point !== -1 && comma !== -1) {
    return point > comma
      ? figures.replaceAll(',', '')
      : figures.replaceAll('.', '').replace(',', '.')
  }
  if (comma !== -1) {
    return /^-?\d{1,3}(?:,\d{3})+$/.test(figures)
      ? figures.replaceAll(',', '')
      : figures.replace(',', '.')
  }
  return (figures.match(/\./g) ?? []).length > 1 ? figures.replaceAll('.', '') : figures
}
