import type { FieldFeatures } from '../types.ts'
import type { Packed } from './packed.ts'
import { textOf } from './packed.ts'
import { asFeatures, type Features, type NameFeatures, type WordLists } from './types.ts'

/** What a value says once standardised, as it was compared; null: it is missing or unreadable. */
export interface Explanation {
  readonly left: string | null
  readonly right: string | null
}

function joined(lists: WordLists, list: number, words: Packed): string {
  const own = lists.words.subarray(lists.offsets[list], lists.offsets[list + 1])
  return [...own].map((word) => textOf(words, word)).join(' ')
}

function nameText(features: NameFeatures, code: number, meaning: number): string {
  const folded = joined(features.lists, meaning, features.vocabulary)
  const written = joined(features.written, features.spelling[code] ?? 0, features.forms)
  return written === folded ? folded : `${written} (${folded})`
}

function dayText(digits: number): string {
  const text = digits.toString(16).padStart(8, '0')
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`
}

function standardised(features: Features, code: number): string | null {
  const meaning = features.meaning[code] ?? 0
  if (meaning === 0) return null
  switch (features.kind) {
    case 'full-name':
    case 'given-name':
    case 'surname':
      return nameText(features, code, meaning)
    case 'date':
      return dayText(features.digits[code] ?? 0)
    case 'number':
      return String(features.numbers[meaning] ?? 0)
    default:
      return textOf(features.texts, meaning)
  }
}

/** The standardised forms of two values side by side, for a person who reviews a pair. */
export function explain(of: FieldFeatures, left: number, right: number): Explanation {
  const features = asFeatures(of)
  return { left: standardised(features, left), right: standardised(features, right) }
}
