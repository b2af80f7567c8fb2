import type { Comparer } from '../types.ts'
import { levelsOf } from './levels.ts'
import type { NumberFeatures } from './types.ts'

const LEVELS = levelsOf(['exact', 'within-1', 'within-5', 'within-20', 'different'], ['exact'])

/**
 * Differences are shares of the greater number, or of how far apart the field's numbers are where
 * that is less: a year of publication one off is one of thirty, not one of two thousand.
 */
export function numberComparer(features: NumberFeatures): Comparer {
  const { meaning, numbers, spread } = features
  const widest = spread > 0 ? spread : Number.POSITIVE_INFINITY
  return {
    levels: LEVELS,
    compare(left, right) {
      const a = meaning[left] as number
      const b = meaning[right] as number
      if (a === 0 || b === 0) return 0
      if (a === b) return 1
      const x = numbers[a] as number
      const y = numbers[b] as number
      const scale = Math.min(widest, Math.max(Math.abs(x), Math.abs(y)))
      const apart = Math.abs(x - y) / scale
      return apart <= 0.01 ? 2 : apart <= 0.05 ? 3 : apart <= 0.2 ? 4 : 5
    },
  }
}
