/** Fields × levels that still fit one number exactly. */
const LARGEST = Number.MAX_SAFE_INTEGER

/** Writes the levels of all fields of a pair as one number, and reads them back. */
export interface PatternCode {
  readonly radix: readonly number[]
  readonly place: readonly number[]
}

/** @throws RangeError when there are more fields and levels than one number tells apart. */
export function patternCode(levelsOfFields: readonly number[]): PatternCode {
  const place: number[] = []
  let size = 1
  for (const levels of levelsOfFields) {
    place.push(size)
    size *= levels
  }
  if (size > LARGEST) throw new RangeError(`${levelsOfFields.length} fields are too many`)
  return { radix: levelsOfFields, place }
}

export const levelOf = ({ radix, place }: PatternCode, pattern: number, field: number): number =>
  Math.floor(pattern / (place[field] ?? 1)) % (radix[field] ?? 1)

/** Pairs of the same levels, counted. */
export interface Pattern {
  readonly code: number
  readonly levels: Uint8Array
  count: number
}

export function countPatterns(code: PatternCode, patterns: Float64Array): readonly Pattern[] {
  const counted = new Map<number, Pattern>()
  for (const pattern of patterns) {
    const known = counted.get(pattern)
    if (known !== undefined) {
      known.count++
      continue
    }
    const levels = Uint8Array.from(code.radix, (_, field) => levelOf(code, pattern, field))
    counted.set(pattern, { code: pattern, levels, count: 1 })
  }
  return [...counted.values()]
}
