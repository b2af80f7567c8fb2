import type { Comparer, FieldFeatures } from '../types.ts'
import { dateComparer } from './compare-date.ts'
import { fullNameComparer } from './compare-full-name.ts'
import { nameComparer } from './compare-name.ts'
import { numberComparer } from './compare-number.ts'
import { categoryComparer, codeComparer, identifierComparer } from './compare-string.ts'
import { placeComparer, textComparer } from './compare-text.ts'
import { asFeatures } from './types.ts'

/** What compares two values of a field by their codes. One to a thread: it remembers pairs. */
export function comparerOf(of: FieldFeatures): Comparer {
  const features = asFeatures(of)
  switch (features.kind) {
    case 'full-name':
      return fullNameComparer(features)
    case 'given-name':
    case 'surname':
      return nameComparer(features)
    case 'date':
      return dateComparer(features)
    case 'identifier':
      return identifierComparer(features)
    case 'code':
      return codeComparer(features)
    case 'category':
      return categoryComparer(features)
    case 'number':
      return numberComparer(features)
    case 'place':
      return placeComparer(features)
    case 'text':
      return textComparer(features)
  }
}
