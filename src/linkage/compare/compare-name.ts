import type { Comparer } from '../types.ts'
import { editsOf } from './edits.ts'
import { jaroWinklerOf, mayReach } from './jaro-winkler.ts'
import { type Judge, levelsOf } from './levels.ts'
import { remembered } from './memo.ts'
import { variantsOf } from './nicknames.ts'
import { BAG, HEAD, LENGTH } from './packed.ts'
import type { NameFeatures } from './types.ts'

const LEVELS = levelsOf(
  [
    ...['exact', 'folded', 'contradicting', 'parts', 'initial'],
    ...['slip', 'near', 'similar', 'different'],
  ],
  ['exact', 'folded'],
)
const [EXACT, FOLDED, CONTRADICTING, PARTS, INITIAL, SLIP, NEAR, SIMILAR, DIFFERENT] = [
  1, 2, 3, 4, 5, 6, 7, 8, 9,
]
const NEAR_LEAST = 0.92
const SIMILAR_LEAST = 0.8
/** One edit in fewer letters makes another name. */
const EDIT_LEAST = 3
/** A spelling that another has so many times the holders of is taken for a slip. */
const SLIP_RATIO = 128

/** Whether one of two near names is held by so few that the other may have been meant. */
export function mayBeSlip(features: NameFeatures, a: number, b: number): boolean {
  const { holders, commonFrom } = features
  if (holders.length === 0) return false
  const less = Math.min(holders[a] as number, holders[b] as number)
  const more = Math.max(holders[a] as number, holders[b] as number)
  return less < commonFrom || less * SLIP_RATIO <= more
}

/**
 * The level of two names that fold alike. Words without any mark may be either; two words that
 * both bear marks, and not the same, are two names: Hoà and Hoa may be one, Hoà and Hoá are not.
 */
export function spellingJudge(features: NameFeatures): Judge {
  const { spelling, written, marked } = features
  return (left, right) => {
    const a = spelling[left] as number
    const b = spelling[right] as number
    if (a === b) return EXACT
    const from = written.offsets[a] as number
    const other = written.offsets[b] as number
    const count = (written.offsets[a + 1] as number) - from
    if ((written.offsets[b + 1] as number) - other !== count) return FOLDED
    for (let at = 0; at < count; at++) {
      const word = written.words[from + at] as number
      const against = written.words[other + at] as number
      if (word !== against && marked[word] === 1 && marked[against] === 1) return CONTRADICTING
    }
    return FOLDED
  }
}

/** Whether all words of the shorter are words of the longer, in any order, or their initials. */
function partsJudge(features: NameFeatures): Judge {
  const { words, offsets } = features.lists
  const { units, heads } = features.vocabulary
  const isInitial = (a: number, b: number): boolean =>
    ((heads[a * HEAD + LENGTH] as number) === 1 || (heads[b * HEAD + LENGTH] as number) === 1) &&
    units[heads[a * HEAD] as number] === units[heads[b * HEAD] as number]
  return (a, b) => {
    const [fromA, toA] = [offsets[a] as number, offsets[a + 1] as number]
    const [fromB, toB] = [offsets[b] as number, offsets[b + 1] as number]
    const [from, to, first, last] =
      toA - fromA <= toB - fromB ? [fromA, toA, fromB, toB] : [fromB, toB, fromA, toA]
    let taken = 0
    let initials = 0
    for (let at = from; at < to; at++) {
      let found = -1
      for (let place = first; place < last && found < 0; place++) {
        if (((taken >> (place - first)) & 1) === 0 && words[at] === words[place]) found = place
      }
      for (let place = first; place < last && found < 0; place++) {
        if (((taken >> (place - first)) & 1) !== 0) continue
        if (!isInitial(words[at] as number, words[place] as number)) continue
        found = place
        initials++
      }
      if (found < 0) return DIFFERENT
      taken |= 1 << (found - first)
    }
    return initials > 0 ? INITIAL : PARTS
  }
}

/** Given names and family names. */
export function nameComparer(features: NameFeatures): Comparer {
  const { meaning, glued } = features
  const { heads } = glued
  const ofSpelling = spellingJudge(features)
  const ofParts = partsJudge(features)
  const edits = editsOf(glued, 1)
  const mayBeSimilar = mayReach(glued, SIMILAR_LEAST)
  const similarity = jaroWinklerOf(glued, SIMILAR_LEAST)
  // Bill is near William though no letter says so; of family names nobody has such forms.
  const forms = features.kind === 'given-name' ? variantsOf(glued) : null
  const hasForms = forms?.hasForms ?? new Uint8Array(glued.count + 1)
  const judge = remembered(features.meanings, (a, b) => {
    const parts = ofParts(a, b)
    if (parts !== DIFFERENT) return parts
    const distance = edits(a, b)
    if (distance === 0) return PARTS
    const shorter = Math.min(heads[a * HEAD + LENGTH] as number, heads[b * HEAD + LENGTH] as number)
    const close = similarity(a, b)
    const isNear = (distance === 1 && shorter >= EDIT_LEAST) || close >= NEAR_LEAST
    if (isNear) return mayBeSlip(features, a, b) ? SLIP : NEAR
    if (forms?.areForms(a, b)) return NEAR
    return close >= SIMILAR_LEAST ? SIMILAR : DIFFERENT
  })
  return {
    levels: LEVELS,
    compare(left, right) {
      const a = meaning[left] as number
      const b = meaning[right] as number
      if (a === 0 || b === 0) return 0
      if (a === b) return ofSpelling(left, right)
      const [bagA, bagB] = [heads[a * HEAD + BAG] as number, heads[b * HEAD + BAG] as number]
      // Parts of a name have none but its letters.
      const mayBePart = (bagA & ~bagB) === 0 || (bagB & ~bagA) === 0
      if (mayBePart || mayBeSimilar(a, b)) return judge(a, b)
      return ((hasForms[a] as number) & (hasForms[b] as number)) === 1 ? judge(a, b) : DIFFERENT
    },
  }
}
