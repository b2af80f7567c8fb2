import type { Comparer } from '../types.ts'
import { popcount } from './bits.ts'
import { boundedEditsOf, editsOf } from './edits.ts'
import { isFigure, sameFigures } from './figures.ts'
import { jaroWinklerOf } from './jaro-winkler.ts'
import { type Judge, levelsOf } from './levels.ts'
import { remembered } from './memo.ts'
import { BAG, HEAD, LENGTH, lengthOf } from './packed.ts'
import type { TextFeatures } from './types.ts'

const NEAR_LEAST = 0.9
/** Words of each side, the rarest first, that look for a near one where they found no equal. */
const SOFT_MOST = 8
const NEAR_WORTH = 0.9
/** One edit in fewer letters makes another word. */
const EDIT_LEAST = 4
/** Letters that a near word may lack of the other. */
const LACKING_MOST = 2

const restA = new Uint32Array(SOFT_MOST)
const restB = new Uint32Array(SOFT_MOST)
/** How many of each side are left. */
const left = { a: 0, b: 0 }

/** Whether two words are one but for a slip; with other figures they are other words. */
function nearWords({ vocabulary }: TextFeatures): (a: number, b: number) => boolean {
  const { heads, count } = vocabulary
  const haveSameFigures = sameFigures(vocabulary)
  const edits = editsOf(vocabulary, 1)
  const similarity = jaroWinklerOf(vocabulary, NEAR_LEAST)
  const near = remembered(count, (a, b) => {
    const shorter = Math.min(heads[a * HEAD + LENGTH] as number, heads[b * HEAD + LENGTH] as number)
    if (shorter < EDIT_LEAST || !haveSameFigures(a, b)) return 0
    return edits(a, b) === 1 || similarity(a, b) >= NEAR_LEAST ? 1 : 0
  })
  return (a, b) => {
    const [bagA, bagB] = [heads[a * HEAD + BAG] as number, heads[b * HEAD + BAG] as number]
    if (popcount(bagA & ~bagB) > LACKING_MOST || popcount(bagB & ~bagA) > LACKING_MOST) return false
    return near(a, b) === 1
  }
}

/** Squared weights of the words two texts share; the rarest of the others are left over. */
function sharedOf({ lists, weights }: TextFeatures): (a: number, b: number) => number {
  const { words, offsets } = lists
  return (a, b) => {
    let i = offsets[a] as number
    let j = offsets[b] as number
    const endA = offsets[a + 1] as number
    const endB = offsets[b + 1] as number
    let [shared, leftA, leftB] = [0, 0, 0]
    while (i < endA || j < endB) {
      const x = i < endA ? (words[i] as number) : NONE
      const y = j < endB ? (words[j] as number) : NONE
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
    left.a = leftA
    left.b = leftB
    return shared
  }
}
const NONE = 0xffffffff

/**
 * Cosine of two texts' words, each as heavy as it is rare. Of the words left over, those that
 * hardly any text holds may be slips: near words count nearly as equal.
 */
function cosineOf(features: TextFeatures): (a: number, b: number) => number {
  const { weights, norms, rares } = features
  const shared = sharedOf(features)
  const isNear = nearWords(features)
  const nearOf = (): number => {
    let worth = 0
    for (let p = 0; p < left.a; p++) {
      const x = restA[p] as number
      for (let q = 0; q < left.b; q++) {
        const y = restB[q] as number
        if (x > rares && y > rares) break
        if (y === 0 || !isNear(x, y)) continue
        worth += NEAR_WORTH * (weights[x] as number) * (weights[y] as number)
        restB[q] = 0
        break
      }
    }
    return worth
  }
  return (a, b) => {
    const equal = shared(a, b)
    return (equal + nearOf()) / ((norms[a] as number) * (norms[b] as number))
  }
}

/** The share of letters that two texts may differ in and still be like each other. */
const EDITED_MOST = 0.2

/** 1 for the same letters, less by the share of letters edited; 0 where more than a fifth are. */
function letterSimilarity({ glued, gluedOf }: TextFeatures): (a: number, b: number) => number {
  const { heads } = glued
  const edits = boundedEditsOf(glued)
  const haveSameFigures = sameFigures(glued)
  return (a, b) => {
    const x = gluedOf[a] as number
    const y = gluedOf[b] as number
    if (x === 0 || y === 0) return 0
    const longer = Math.max(heads[x * HEAD + LENGTH] as number, heads[y * HEAD + LENGTH] as number)
    const most = Math.floor(longer * EDITED_MOST)
    const distance = edits(x, y, most)
    return distance > most || !haveSameFigures(x, y) ? 0 : 1 - distance / longer
  }
}

/** Where no word is shared, texts are looked at closer only if their letters are nearly the same. */
const APART_MOST = 6
const PLACES_APART_MOST = 4

function comparing(features: TextFeatures, levels: Comparer['levels'], judge: Judge): Comparer {
  const { meaning, bags } = features
  const known = remembered(features.meanings, judge)
  const different = levels.length - 1
  const apart = features.kind === 'place' ? PLACES_APART_MOST : APART_MOST
  return {
    levels,
    compare(left, right) {
      const a = meaning[left] as number
      const b = meaning[right] as number
      if (a === 0 || b === 0) return 0
      if (a === b) return 1
      if (((bags[a * 2] as number) & (bags[b * 2] as number)) === 0) {
        const [lettersA, lettersB] = [bags[a * 2 + 1] as number, bags[b * 2 + 1] as number]
        if (popcount(lettersA ^ lettersB) > apart) return different
      }
      return known(a, b)
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
const TWO_EDITS_LEAST = 9
const CODE_LEAST = 4

export function placeComparer(features: TextFeatures): Comparer {
  const cosine = cosineOf(features)
  const { glued, gluedOf } = features
  const { heads, units } = glued
  const edits = editsOf(glued, 2)
  const similarity = jaroWinklerOf(glued, CLOSE_LEAST)
  const haveSameFigures = sameFigures(glued)
  const isCode = (code: number): boolean =>
    code !== 0 && isFigure(units[heads[code * HEAD] as number] as number)
  return comparing(features, PLACE, (a, b) => {
    const x = gluedOf[a] as number
    const y = gluedOf[b] as number
    if (x === y && x !== 0) return 2
    // A code of five figures may be mistyped; Quận 3 is not Quận 1.
    if (isCode(x) && isCode(y)) return edits(x, y) === 1 && lengthOf(glued, x) >= CODE_LEAST ? 2 : 4
    const hasLetters = x !== 0 && y !== 0 && haveSameFigures(x, y)
    if (hasLetters) {
      const distance = edits(x, y)
      const shorter = Math.min(
        heads[x * HEAD + LENGTH] as number,
        heads[y * HEAD + LENGTH] as number,
      )
      if (distance === 1 || (distance === 2 && shorter >= TWO_EDITS_LEAST)) return 2
    }
    // Of Beaconsfield and Beaconsfield Upper, one is no slip of the other.
    if (cosine(a, b) >= OVERLAP_LEAST) return 3
    return hasLetters && similarity(x, y) >= CLOSE_LEAST ? 2 : 4
  })
}
