/**
 * Reads a day as people type it, day first: 1/3/2020, 01-03-2020, 01.03.2020, 3/2020, 2020, and
 * 2020-03-01. Answers yyyy-mm-dd (or yyyy-mm, yyyy), or null when it is no day of the calendar.
 */
export function readDay(text: string): string | null {
  const parts = text.trim().split(/[\s/.-]+/)
  if (parts.length > 3 || parts.some((part) => !/^\d{1,4}$/.test(part))) return null
  if ((parts[0]?.length ?? 0) < 4) parts.reverse()
  const [y = '', m, d] = parts
  if (y.length !== 4 || Number(y) < 1) return null
  if (m === undefined) return y
  if (m.length > 2 || Number(m) < 1 || Number(m) > 12) return null
  if (d === undefined) return `${y}-${m.padStart(2, '0')}`
  const day = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
  const real = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(real.getTime()) && real.toISOString().slice(0, 10) === day ? day : null
}

/** A day for a field, dd/mm/yyyy in every language; the other way round from `readDay`. */
export function writeDay(day: string | null | undefined): string {
  return day ? day.split('-').reverse().join('/') : ''
}
