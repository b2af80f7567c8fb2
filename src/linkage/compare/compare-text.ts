import type { Comparer } from '../types.ts'
import { type Judge, levelsOf } from './levels.ts'
import { remembered } from './memo.ts'
import { HEAD, LENGTH } from './packed.ts'
import { editsOf, jaroWinklerOf } from './strings.ts'
import type { TextFeatures } from './types.ts'

const NEAR_LEAST = 0.9
/** Words of each side, the rarest first, that look for a near one where they found no equal. */
const SOFT_MOST = 8
const NEAR_WORTH = 0.9

const restA = new Uint32Array(SOFT_MOST)
const restB = new Uint32Array(SOFT_MOST)

function nearWords(features: TextFeatures): Judge {
  const { heads, count } = features.vocabulary
  const edits = editsOf(features.vocabulary, 1)
  const similarity = jaroWinklerOf(features.vocabulary, NEAR_LEAST)
  return remembered(count, (a, b) => {
    const shorter = Math.min(heads[a * HEAD + LENGTH] as number, heads[b * HEAD + LENGTH] as number)
    if (shorter < 3) return 0
    const first = features.vocabulary.units[heads[a * HEAD] as number] as number
    // Figures one apart are other figures: house 12 and house 13, model 450 and 460.
    if (first < 58) return 0
    return (shorter > 3 && edits(a, b) === 1) || similarity(a, b) >= NEAR_LEAST ? 1 : 0
  })
}

/** Cosine of two texts' words, each as heavy as it is rare; near words count nearly as equal. */
function cosineOf(features: TextFeatures): (a: number, b: number) => number {
  const { lists, weights, norms } = features
  const { words, offsets } = lists
  const isNear = nearWords(features)
  return (a, b) => {
    let i = offsets[a] as number
    let j = offsets[b] as number
    const endA = offsets[a + 1] as number
    const endB = offsets[b + 1] as number
    let [shared, leftA, leftB] = [0, 0, 0]
    while (i < endA || j < endB) {
      const x = i < endA ? (words[i] as number) : Number.POSITIVE_INFINITY
      const y = j < endB ? (words[j] as number) : Number.POSITIVE_INFINITY
      if (x === y) {
        shared += (weights[x] as number) ** 2
        i++
        j++
      } else if (x < y) {
        if (leftA < SOFT_MOST) restA[leftA++] = x
        i++
      } else {
        if (leftB < SOFT_MOST) restB[leftB++] = y
        j++
      }
    }
    for (let p = 0; p < leftA; p++) {
      for (let q = 0; q < leftB; q++) {
        const [x, y] = [restA[p] as number, restB[q] as number]
        if (y === 0 || isNear(x, y) === 0) continue
        shared += NEAR_WORTH * (weights[x] as number) * (weights[y] as number)
        restB[q] = 0
        break
      }
    }
    return shared / ((norms[a] as number) * (norms[b] as number))
  }
}

/** 1 for the same letters, less by the share of letters edited; 0 where more than a fifth are. */
function letterSimilarity(features: TextFeatures): (a: number, b: number) => number {
  const { glued, gluedOf } = features
  const edits = editsOf(glued, 12)
  return (a, b) => {
    const x = gluedOf[a] as number
    const y = gluedOf[b] as number
    if (x === 0 || y === 0) return 0
    const longer = Math.max(
      glued.heads[x * HEAD + LENGTH] as number,
      glued.heads[y * HEAD + LENGTH] as number,
    )
    const similar = 1 - edits(x, y) / longer
    return similar < 0.8 ? 0 : similar
  }
}

function comparing(features: TextFeatures, levels: Comparer['levels'], judge: Judge): Comparer {
  const { meaning } = features
  const known = remembered(features.meanings, judge)
  return {
    levels,
    compare(left, right) {
      const a = meaning[left] as number
      const b = meaning[right] as number
      if (a === 0 || b === 0) return 0
      return a === b ? 1 : known(a, b)
    },
  }
}

const TEXT = levelsOf(
  ['exact', 'same-words', 'above-80', 'above-60', 'above-40', 'above-20', 'different'],
  ['exact'],
)

/** Titles, addresses, occupations, names of products. */
export function textComparer(features: TextFeatures): Comparer {
  const cosine = cosineOf(features)
  const letters = letterSimilarity(features)
  return comparing(features, TEXT, (a, b) => {
    const similar = Math.max(cosine(a, b), letters(a, b))
    if (similar >= 0.98) return 2
    if (similar >= 0.8) return 3
    if (similar >= 0.6) return 4
    if (similar >= 0.4) return 5
    return similar >= 0.2 ? 6 : 7
  })
}

const PLACE = levelsOf(['exact', 'close', 'overlap', 'different'], ['exact'])
const CLOSE_LEAST = 0.92
const OVERLAP_LEAST = 0.4

export function placeComparer(features: TextFeatures): Comparer {
  const cosine = cosineOf(features)
  const { glued, gluedOf } = features
  const edits = editsOf(glued, 1)
  const similarity = jaroWinklerOf(glued, CLOSE_LEAST)
  return comparing(features, PLACE, (a, b) => {
    const x = gluedOf[a] as number
    const y = gluedOf[b] as number
    if (x === y && x !== 0) return 2
    if (x !== 0 && y !== 0) {
      const first = glued.units[glued.heads[x * HEAD] as number] as number
      // A code with one figure other is another place, mistyped or not.
      if (first < 58) return edits(x, y) === 1 ? 2 : 4
      if (edits(x, y) === 1 || similarity(x, y) >= CLOSE_LEAST) return 2
    }
    return cosine(a, b) >= OVERLAP_LEAST ? 3 : 4
  })
}
