import type { Comparer } from '../types.ts'
import { levelsOf } from './levels.ts'
import type { DateFeatures } from './types.ts'

const LEVELS = levelsOf(
  ['exact', 'swapped', 'one-digit', 'partial', 'two-parts', 'year', 'different'],
  ['exact'],
)
const [EXACT, SWAPPED, ONE_DIGIT, PARTIAL, TWO_PARTS, YEAR, DIFFERENT] = [1, 2, 3, 4, 5, 6, 7]

const MONTH_AND_DAY = 0xffff
const MONTH = 0xff00
const DAY = 0xff

const isPartial = (digits: number): boolean => (digits & DAY) === 0 || (digits & MONTH) === 0

/** The parts that both know; a day without its year is not consistent with anything. */
function ofPartial(a: number, b: number): number {
  const differing = a ^ b
  if (differing >>> 16 !== 0) return DIFFERENT
  const month = (a & MONTH) === 0 || (b & MONTH) === 0 || (differing & MONTH) === 0
  const day = (a & DAY) === 0 || (b & DAY) === 0 || (differing & DAY) === 0
  return month && day ? PARTIAL : YEAR
}

/** Whether two days differ in one digit, or in two neighbours that changed places. */
function isOneSlip(differing: number, a: number, b: number): boolean {
  const low = (31 - Math.clz32(differing & -differing)) >> 2
  const high = (31 - Math.clz32(differing)) >> 2
  if (high === low) return true
  if (high !== low + 1) return false
  const shift = low * 4
  const [first, second] = [(a >>> shift) & 15, (a >>> (shift + 4)) & 15]
  return first === ((b >>> (shift + 4)) & 15) && second === ((b >>> shift) & 15)
}

function levelOf(a: number, b: number): number {
  const differing = a ^ b
  if (differing === 0) return EXACT
  if (isPartial(a) || isPartial(b)) return ofPartial(a, b)
  const sameYear = differing >>> 16 === 0
  if (sameYear && (a & MONTH) >>> 8 === (b & DAY) && (a & DAY) === (b & MONTH) >>> 8) {
    return SWAPPED
  }
  if (isOneSlip(differing, a, b)) return ONE_DIGIT
  if (sameYear) return (differing & MONTH) === 0 || (differing & DAY) === 0 ? TWO_PARTS : YEAR
  return (differing & MONTH_AND_DAY) === 0 ? TWO_PARTS : DIFFERENT
}

export function dateComparer(features: DateFeatures): Comparer {
  const { digits } = features
  return {
    levels: LEVELS,
    compare(left, right) {
      const a = digits[left] as number
      const b = digits[right] as number
      return a === 0 || b === 0 ? 0 : levelOf(a, b)
    },
  }
}
