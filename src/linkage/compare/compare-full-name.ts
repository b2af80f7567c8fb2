import type { Comparer } from '../types.ts'
import { spellingJudge } from './compare-name.ts'
import { type Judge, levelsOf } from './levels.ts'
import { remembered } from './memo.ts'
import { BAG, HEAD, LENGTH } from './packed.ts'
import { editsOf, jaroWinklerOf, popcount } from './strings.ts'
import { type NameFeatures, RECORD } from './types.ts'

const LEVELS = levelsOf(
  [
    ...['exact', 'folded', 'contradicting', 'parts', 'near'],
    ...['most', 'last', 'first', 'different'],
  ],
  ['exact', 'folded'],
)
const [PARTS, NEAR, MOST, LAST, FIRST, DIFFERENT] = [4, 5, 6, 7, 8, 9]

/** How two words of names relate when they are not the same. */
const NO_WORD = 0
const INITIAL_WORD = 1
const NEAR_WORD = 2
const NEAR_LEAST = 0.9
const EDIT_LEAST = 3

function wordJudge(features: NameFeatures): Judge {
  const { vocabulary } = features
  const { units, heads } = vocabulary
  const edits = editsOf(vocabulary, 1)
  const similarity = jaroWinklerOf(vocabulary, NEAR_LEAST)
  const near = remembered(vocabulary.count, (a, b) => {
    const shorter = Math.min(heads[a * HEAD + LENGTH] as number, heads[b * HEAD + LENGTH] as number)
    if (shorter >= EDIT_LEAST && edits(a, b) === 1) return NEAR_WORD
    return similarity(a, b) >= NEAR_LEAST ? NEAR_WORD : NO_WORD
  })
  return (a, b) => {
    if ((heads[a * HEAD + LENGTH] as number) === 1 || (heads[b * HEAD + LENGTH] as number) === 1) {
      const alike = units[heads[a * HEAD] as number] === units[heads[b * HEAD] as number]
      return alike ? INITIAL_WORD : NO_WORD
    }
    const [bagA, bagB] = [heads[a * HEAD + BAG] as number, heads[b * HEAD + BAG] as number]
    const [overA, overB] = [bagA & ~bagB, bagB & ~bagA]
    // Three letters that the other lacks are beyond any near word of usual length.
    return popcount(overA) > 2 || popcount(overB) > 2 ? NO_WORD : near(a, b)
  }
}

/** Glued names this long may differ in two letters and still be meant as one. */
const TWO_EDITS_LEAST = 9
const ONE_EDIT_LEAST = 5

function gluedJudge({ glued }: NameFeatures): Judge {
  const { heads } = glued
  const edits = editsOf(glued, 2)
  return (a, b) => {
    const distance = edits(a, b)
    if (distance === 0) return PARTS
    const shorter = Math.min(heads[a * HEAD + LENGTH] as number, heads[b * HEAD + LENGTH] as number)
    const most = shorter >= TWO_EDITS_LEAST ? 2 : shorter >= ONE_EDIT_LEAST ? 1 : 0
    return distance <= most ? NEAR : DIFFERENT
  }
}

/** Words of two names that found each other, a bit a place; reused by every call. */
const found = { a: 0, b: 0, exact: 0, near: 0, initials: 0 }

interface Names {
  words: Uint32Array
  fromA: number
  countA: number
  fromB: number
  countB: number
}

/** Where the words of two names stand; reused by every call. */
const names: Names = { words: new Uint32Array(0), fromA: 0, countA: 0, fromB: 0, countB: 0 }

function findEqual(): void {
  const { words, fromA, countA, fromB, countB } = names
  let [takenA, takenB, exact] = [0, 0, 0]
  for (let i = 0; i < countA; i++) {
    const word = words[fromA + i] as number
    for (let j = 0; j < countB; j++) {
      if (word !== (words[fromB + j] as number) || ((takenB >> j) & 1) === 1) continue
      takenA |= 1 << i
      takenB |= 1 << j
      exact++
      break
    }
  }
  found.a = takenA
  found.b = takenB
  found.exact = exact
  found.near = 0
  found.initials = 0
}

/** Words left over find their nearest, and what is then left its initial. */
function findNear(relation: Judge, wanted: number): void {
  const { words, fromA, countA, fromB, countB } = names
  for (let i = 0; i < countA; i++) {
    if (((found.a >> i) & 1) === 1) continue
    const word = words[fromA + i] as number
    for (let j = 0; j < countB; j++) {
      if (((found.b >> j) & 1) === 1) continue
      if (relation(word, words[fromB + j] as number) !== wanted) continue
      found.a |= 1 << i
      found.b |= 1 << j
      if (wanted === NEAR_WORD) found.near++
      else found.initials++
      break
    }
  }
}

/** From records where both names have room there, else from the lists. */
function locate({ records, lists }: NameFeatures, a: number, b: number): void {
  const countA = records[a * RECORD + 1] as number
  const countB = records[b * RECORD + 1] as number
  if (countA > 0 && countB > 0) {
    names.words = records
    names.fromA = a * RECORD + 2
    names.fromB = b * RECORD + 2
    names.countA = countA
    names.countB = countB
    return
  }
  names.words = lists.words
  names.fromA = lists.offsets[a] as number
  names.fromB = lists.offsets[b] as number
  names.countA = (lists.offsets[a + 1] as number) - names.fromA
  names.countB = (lists.offsets[b + 1] as number) - names.fromB
}

/** Letters one of two names may have over the other and still be it, mistyped twice. */
const SLIPS_MOST = 2
/** Where no word is equal, names are looked at closer only if their letters are nearly the same. */
const APART_MOST = 4

function judgeOf(features: NameFeatures): Judge {
  const { records } = features
  const relation = wordJudge(features)
  const ofGlued = gluedJudge(features)
  return (a, b) => {
    locate(features, a, b)
    findEqual()
    const { words, fromA, countA, fromB, countB } = names
    const [bagA, bagB] = [records[a * RECORD] as number, records[b * RECORD] as number]
    const [overA, overB] = [popcount(bagA & ~bagB), popcount(bagB & ~bagA)]
    if (found.exact === 0 && overA + overB > APART_MOST && overA > 0 && overB > 0) return DIFFERENT
    const shorter = Math.min(countA, countB)
    if (found.exact < shorter) findNear(relation, NEAR_WORD)
    if (found.exact + found.near < shorter) findNear(relation, INITIAL_WORD)
    const { exact, near } = found
    const matched = exact + near + found.initials
    if (matched === shorter && exact + near > 0) {
      if (near === 0 && matched >= 2) return PARTS
      if (near > 0 && (matched >= 2 || countA === countB)) return NEAR
    }
    if (overA <= SLIPS_MOST && overB <= SLIPS_MOST) {
      const glued = ofGlued(a, b)
      if (glued !== DIFFERENT) return glued
    }
    const lasts = ((found.a >> (countA - 1)) & 1) + ((found.b >> (countB - 1)) & 1)
    if (lasts === 2) return matched >= 2 ? MOST : LAST
    if (words[fromA + countA - 1] === words[fromB + countB - 1]) return LAST
    return (found.a & found.b & 1) === 1 ? FIRST : DIFFERENT
  }
}

/** Whole names in one column, whatever the order of their parts. */
export function fullNameComparer(features: NameFeatures): Comparer {
  const { meaning } = features
  const ofSpelling = spellingJudge(features)
  // Pairs of whole names hardly come again: what is remembered is pairs of their words.
  const judge = judgeOf(features)
  return {
    levels: LEVELS,
    compare(left, right) {
      const a = meaning[left] as number
      const b = meaning[right] as number
      if (a === 0 || b === 0) return 0
      return a === b ? ofSpelling(left, right) : judge(a, b)
    },
  }
}
