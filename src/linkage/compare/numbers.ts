/** A number as people write it: 1,234.50 and 1.234,50, with a currency before or after. */
export function readNumber(text: string): number | null {
  const found = /[-+−]?\s*\d[\d.,'\u00a0 ]*(?:e[-+]?\d+)?/i.exec(text)
  if (found === null) return null
  const figures = found[0].replace(/[\u00a0' +]/g, '').replace('−', '-')
  const number = Number(withPoint(figures.replace(/[.,]+$/, '')))
  return Number.isFinite(number) ? number : null
}

/** The last of two kinds of sign is the decimal one; one kind before three figures divides them. */
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
