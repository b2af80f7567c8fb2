import type { Comparer } from '../types.ts'
import { spellingJudge } from './compare-name.ts'
import { type Judge, levelsOf } from './levels.ts'
import { remembered } from './memo.ts'
import { HEAD, LENGTH } from './packed.ts'
import { editsOf, jaroWinklerOf } from './strings.ts'
import type { NameFeatures } from './types.ts'

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
  return remembered(vocabulary.count, (a, b) => {
    const lengthA = heads[a * HEAD + LENGTH] as number
    const lengthB = heads[b * HEAD + LENGTH] as number
    if (lengthA === 1 || lengthB === 1) {
      const alike = units[heads[a * HEAD] as number] === units[heads[b * HEAD] as number]
      return alike ? INITIAL_WORD : NO_WORD
    }
    if (Math.min(lengthA, lengthB) >= EDIT_LEAST && edits(a, b) === 1) return NEAR_WORD
    return similarity(a, b) >= NEAR_LEAST ? NEAR_WORD : NO_WORD
  })
}

/** Glued names this long may differ in two letters and still be meant as one. */
const TWO_EDITS_LEAST = 9
const ONE_EDIT_LEAST = 5

function gluedJudge(features: NameFeatures): Judge {
  const { glued, gluedOf } = features
  const edits = editsOf(glued, 2)
  return (a, b) => {
    const x = gluedOf[a] as number
    const y = gluedOf[b] as number
    if (x === y) return PARTS
    const shorter = Math.min(
      glued.heads[x * HEAD + LENGTH] as number,
      glued.heads[y * HEAD + LENGTH] as number,
    )
    if (shorter < ONE_EDIT_LEAST) return DIFFERENT
    return edits(x, y) <= (shorter >= TWO_EDITS_LEAST ? 2 : 1) ? NEAR : DIFFERENT
  }
}

/** Words of the two names that found each other, a bit a place; reused by every call. */
const found = { a: 0, b: 0, exact: 0, near: 0, initials: 0 }

/** Names are lists of words in any order: each word finds its like, then its nearest, then its initial. */
function alignment(features: NameFeatures): (a: number, b: number) => void {
  const { words, offsets } = features.lists
  const relation = wordJudge(features)
  return (a, b) => {
    const [fromA, fromB] = [offsets[a] as number, offsets[b] as number]
    const [countA, countB] = [
      (offsets[a + 1] as number) - fromA,
      (offsets[b + 1] as number) - fromB,
    ]
    let [takenA, takenB, exact, near, initials] = [0, 0, 0, 0, 0]
    for (let i = 0; i < countA; i++) {
      for (let j = 0; j < countB; j++) {
        if (words[fromA + i] !== words[fromB + j] || ((takenB >> j) & 1) === 1) continue
        takenA |= 1 << i
        takenB |= 1 << j
        exact++
        break
      }
    }
    for (let wanted = NEAR_WORD; wanted >= INITIAL_WORD; wanted--) {
      if (exact + near + initials === Math.min(countA, countB)) break
      for (let i = 0; i < countA; i++) {
        if (((takenA >> i) & 1) === 1) continue
        for (let j = 0; j < countB; j++) {
          if (((takenB >> j) & 1) === 1) continue
          if (relation(words[fromA + i] as number, words[fromB + j] as number) !== wanted) continue
          takenA |= 1 << i
          takenB |= 1 << j
          if (wanted === NEAR_WORD) near++
          else initials++
          break
        }
      }
    }
    found.a = takenA
    found.b = takenB
    found.exact = exact
    found.near = near
    found.initials = initials
  }
}

function judgeOf(features: NameFeatures): Judge {
  const { words, offsets } = features.lists
  const align = alignment(features)
  const ofGlued = gluedJudge(features)
  return (a, b) => {
    align(a, b)
    const countA = (offsets[a + 1] as number) - (offsets[a] as number)
    const countB = (offsets[b + 1] as number) - (offsets[b] as number)
    const shorter = Math.min(countA, countB)
    const { exact, near, initials } = found
    const matched = exact + near + initials
    if (matched === shorter && exact + near > 0) {
      if (near === 0 && matched >= 2) return PARTS
      if (near > 0 && (matched >= 2 || countA === countB)) return NEAR
    }
    const lasts = ((found.a >> (countA - 1)) & 1) + ((found.b >> (countB - 1)) & 1)
    // The joined names differ little only where most of their words do.
    if (matched > 0 || shorter === 1) {
      const glued = ofGlued(a, b)
      if (glued !== DIFFERENT) return glued
    }
    if (lasts === 2 && matched >= 2) return MOST
    if (words[(offsets[a + 1] as number) - 1] === words[(offsets[b + 1] as number) - 1]) return LAST
    if (lasts === 2) return LAST
    return (found.a & found.b & 1) === 1 ? FIRST : DIFFERENT
  }
}

/** Whole names in one column, whatever the order of their parts. */
export function fullNameComparer(features: NameFeatures): Comparer {
  const { meaning } = features
  const ofSpelling = spellingJudge(features)
  const judge = remembered(features.meanings, judgeOf(features))
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
