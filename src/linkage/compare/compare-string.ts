import type { Comparer, Level } from '../types.ts'
import { editsOf } from './edits.ts'
import { jaroWinklerOf } from './jaro-winkler.ts'
import { type Judge, levelsOf } from './levels.ts'
import { remembered } from './memo.ts'
import { HEAD, LENGTH } from './packed.ts'
import type { StringFeatures } from './types.ts'

function comparing(features: StringFeatures, levels: readonly Level[], judge: Judge): Comparer {
  const { meaning } = features
  return {
    levels,
    compare(left, right) {
      const a = meaning[left] as number
      const b = meaning[right] as number
      if (a === 0 || b === 0) return 0
      return a === b ? 1 : judge(a, b)
    },
  }
}

const IDENTIFIER = levelsOf(['exact', 'one-edit', 'two-edits', 'different'], ['exact'])
/** Shorter ones lie within others by chance. */
const CONTAINED_LEAST = 6

/** Whether the shorter begins or ends the longer: a country's or a branch's prefix was left out. */
function containedIn(features: StringFeatures): (a: number, b: number) => boolean {
  const { units, heads } = features.texts
  const holds = (inner: number, outer: number, length: number): boolean => {
    for (let at = 0; at < length; at++) {
      if (units[inner + at] !== units[outer + at]) return false
    }
    return true
  }
  return (a, b) => {
    const lengthA = heads[a * HEAD + LENGTH] as number
    const lengthB = heads[b * HEAD + LENGTH] as number
    const [short, long] = lengthA < lengthB ? [a, b] : [b, a]
    const length = Math.min(lengthA, lengthB)
    const difference = Math.abs(lengthA - lengthB)
    if (length < CONTAINED_LEAST || difference === 0) return false
    const inner = heads[short * HEAD] as number
    const outer = heads[long * HEAD] as number
    return holds(inner, outer, length) || holds(inner, outer + difference, length)
  }
}

/** Whether more bits are set than two edits account for. */
function exceedsTwo(bits: number): boolean {
  const less = bits & (bits - 1)
  return (less & (less - 1)) !== 0
}

export function identifierComparer(features: StringFeatures): Comparer {
  const { bags } = features
  const edits = editsOf(features.texts, 2)
  const isContained = containedIn(features)
  return {
    levels: IDENTIFIER,
    compare(left, right) {
      const a = bags[left * 2] as number
      const b = bags[right * 2] as number
      if (a === 0 || b === 0) return 0
      if (a === b) return 1
      const over = (bags[left * 2 + 1] as number) & ~(bags[right * 2 + 1] as number)
      const under = (bags[right * 2 + 1] as number) & ~(bags[left * 2 + 1] as number)
      if (!exceedsTwo(over) && !exceedsTwo(under)) {
        const distance = edits(a, b)
        if (distance <= 2) return distance === 1 ? 2 : 3
      }
      // What lies within another has no letter the other lacks.
      return (over === 0 || under === 0) && isContained(a, b) ? 3 : 4
    },
  }
}

const CODE = levelsOf(['exact', 'one-edit', 'prefix', 'different'], ['exact'])
/** Of one figure or two, one edit away is another code. */
const EDIT_LEAST = 3
/** The share of the shorter code that is its district's. */
const PREFIX_SHARE = 0.5

export function codeComparer(features: StringFeatures): Comparer {
  const { units, heads } = features.texts
  const edits = editsOf(features.texts, 1)
  return comparing(features, CODE, (a, b) => {
    const shorter = Math.min(heads[a * HEAD + LENGTH] as number, heads[b * HEAD + LENGTH] as number)
    if (shorter >= EDIT_LEAST && edits(a, b) === 1) return 2
    const length = Math.max(2, Math.ceil(shorter * PREFIX_SHARE))
    if (shorter < length) return 4
    const [fromA, fromB] = [heads[a * HEAD] as number, heads[b * HEAD] as number]
    for (let at = 0; at < length; at++) {
      if (units[fromA + at] !== units[fromB + at]) return 4
    }
    return 3
  })
}

const CATEGORY = levelsOf(['exact', 'close', 'different'], ['exact'])
const CLOSE_LEAST = 0.92

export function categoryComparer(features: StringFeatures): Comparer {
  const { heads } = features.texts
  const edits = editsOf(features.texts, 1)
  const similarity = jaroWinklerOf(features.texts, CLOSE_LEAST)
  const judge = (a: number, b: number): number => {
    const shorter = Math.min(heads[a * HEAD + LENGTH] as number, heads[b * HEAD + LENGTH] as number)
    // Of two letters, one edit away is another category.
    if (shorter < 3) return 3
    return edits(a, b) === 1 || similarity(a, b) >= CLOSE_LEAST ? 2 : 3
  }
  return comparing(features, CATEGORY, remembered(features.meanings, judge))
}
