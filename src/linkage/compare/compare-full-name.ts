import type { Comparer } from '../types.ts'
import { popcount } from './bits.ts'
import { mayBeSlip, spellingJudge } from './compare-name.ts'
import { editsOf } from './edits.ts'
import { jaroWinklerOf } from './jaro-winkler.ts'
import { type Judge, levelsOf } from './levels.ts'
import { remembered } from './memo.ts'
import { variantsOf } from './nicknames.ts'
import { BAG, HEAD, LENGTH } from './packed.ts'
import { type NameFeatures, RECORD, WORDS_MOST } from './types.ts'

const LEVELS = levelsOf(
  [
    ...['exact', 'folded', 'contradicting', 'same-words', 'slip', 'shortened', 'near'],
    ...['most', 'last', 'first', 'different'],
  ],
  ['exact', 'folded'],
)
const [SAME_WORDS, SLIP, SHORTENED, NEAR, MOST, LAST, FIRST, DIFFERENT] = [4, 5, 6, 7, 8, 9, 10, 11]

/** How two words of names relate when they are not the same. */
const NO_WORD = 0
const INITIAL_WORD = 1
/** Near, and both are words of many names: Lan and Lam. */
const NEAR_WORD = 2
/** Near, and one is a word of hardly any other name: Ngutễn and Nguyễn. */
const SLIP_WORD = 3

/** One edit makes another word of two letters, and two edits one of fewer than six. */
const EDIT_LEAST = 3
const TWO_EDITS_WORD_LEAST = 6
const TWO_EDITS_SIMILARITY = 0.9

function wordJudge(features: NameFeatures): Judge {
  const { vocabulary } = features
  const { units, heads } = vocabulary
  const edits = editsOf(vocabulary, 2)
  const similarity = jaroWinklerOf(vocabulary, TWO_EDITS_SIMILARITY)
  const lengthOf = (word: number): number => heads[word * HEAD + LENGTH] as number
  const bagOf = (word: number): number => heads[word * HEAD + BAG] as number
  const initial = (a: number, b: number): number =>
    units[heads[a * HEAD] as number] === units[heads[b * HEAD] as number] ? INITIAL_WORD : NO_WORD
  const { hasForms, areForms } = variantsOf(vocabulary)
  const near = remembered(vocabulary.count, (a, b) => {
    if (areForms(a, b)) return NEAR_WORD
    const distance = edits(a, b)
    if (distance > 2 || Math.max(lengthOf(a), lengthOf(b)) < EDIT_LEAST) return NO_WORD
    if (distance === 2) {
      if (Math.min(lengthOf(a), lengthOf(b)) < TWO_EDITS_WORD_LEAST) return NO_WORD
      if (similarity(a, b) < TWO_EDITS_SIMILARITY) return NO_WORD
    }
    return mayBeSlip(features, a, b) ? SLIP_WORD : NEAR_WORD
  })
  // Beside each other, so that they stay in the nearest cache.
  const bags = Int32Array.from({ length: vocabulary.count + 1 }, (_, word) => bagOf(word))
  return (a, b) => {
    const [bagA, bagB] = [bags[a] as number, bags[b] as number]
    if ((bagA & (bagA - 1)) === 0 || (bagB & (bagB - 1)) === 0) {
      if (lengthOf(a) === 1 || lengthOf(b) === 1) return initial(a, b)
    }
    const over = bagA & ~bagB
    const under = bagB & ~bagA
    if (popcount(over) <= 2 && popcount(under) <= 2) return near(a, b)
    return ((hasForms[a] as number) & (hasForms[b] as number)) === 1 ? near(a, b) : NO_WORD
  }
}

/** Words of two names that found each other, a bit a place; reused by every call. */
const found = { a: 0, b: 0, exact: 0, slips: 0, near: 0, initials: 0 }

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
  let takenA = 0
  let takenB = 0
  let exact = 0
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
  found.slips = 0
  found.near = 0
  found.initials = 0
}

/** How each word left over relates to each of the other name, a row of these to a word. */
const relations = new Uint8Array(WORDS_MOST * WORDS_MOST)

/** The kinds of relation there are between words left over, a bit each. */
function relate(relation: Judge): number {
  const { words, fromA, countA, fromB, countB } = names
  let kinds = 0
  for (let i = 0; i < countA; i++) {
    if (((found.a >> i) & 1) === 1) continue
    const word = words[fromA + i] as number
    for (let j = 0; j < countB; j++) {
      if (((found.b >> j) & 1) === 1) continue
      const kind = relation(word, words[fromB + j] as number)
      relations[i * WORDS_MOST + j] = kind
      kinds |= 1 << kind
    }
  }
  return kinds
}

/** Words left over find one that they relate to as wanted. */
function findNear(wanted: number): void {
  const { countA, countB } = names
  for (let i = 0; i < countA; i++) {
    if (((found.a >> i) & 1) === 1) continue
    for (let j = 0; j < countB; j++) {
      if (((found.b >> j) & 1) === 1 || relations[i * WORDS_MOST + j] !== wanted) continue
      found.a |= 1 << i
      found.b |= 1 << j
      if (wanted === SLIP_WORD) found.slips++
      else if (wanted === NEAR_WORD) found.near++
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

/** Words left over find their nearest, and what is then left its initial. */
function align(relation: Judge): void {
  if (found.exact === Math.min(names.countA, names.countB)) return
  const kinds = relate(relation)
  for (let wanted = SLIP_WORD; wanted >= INITIAL_WORD; wanted--) {
    if (((kinds >> wanted) & 1) === 1) findNear(wanted)
  }
}

/** The level of names all of whose words, or all the shorter's, found each other; else 0. */
function ofMatched(): number {
  const { exact, slips, near, initials } = found
  const { countA, countB } = names
  if (exact + slips + near + initials < Math.min(countA, countB) || exact + slips === 0) return 0
  if (countA === countB) {
    if (initials > 0) return near === 0 ? SHORTENED : MOST
    return near > 0 ? NEAR : slips > 0 ? SLIP : SAME_WORDS
  }
  return near === 0 && exact + slips + initials >= 2 ? SHORTENED : 0
}

function ofEnds(): number {
  const { countA, countB } = names
  const lasts = ((found.a >> (countA - 1)) & 1) + ((found.b >> (countB - 1)) & 1)
  const matched = found.exact + found.slips + found.near + found.initials
  if (lasts === 2) return matched >= 2 ? MOST : LAST
  return (found.a & found.b & 1) === 1 ? FIRST : DIFFERENT
}

/** Letters one of two names may have over the other and still be it, mistyped twice. */
const SLIPS_MOST = 2
/** Where no word is equal, names are looked at closer only if their letters are nearly the same. */
const APART_MOST = 4
/** Joined names this long may differ in two letters and still be meant as one. */
const TWO_EDITS_LEAST = 9
const ONE_EDIT_LEAST = 5

function judgeOf(features: NameFeatures): Judge {
  const { records, glued } = features
  const relation = wordJudge(features)
  const edits = editsOf(glued, 2)
  return (a, b) => {
    locate(features, a, b)
    const [bagA, bagB] = [records[a * RECORD] as number, records[b * RECORD] as number]
    const [overA, overB] = [popcount(bagA & ~bagB), popcount(bagB & ~bagA)]
    findEqual()
    if (found.exact === 0 && overA + overB > APART_MOST && overA > 0 && overB > 0) return DIFFERENT
    align(relation)
    const level = ofMatched()
    const isAnagram = overA === 0 && overB === 0
    if (
      level === SAME_WORDS ||
      (level === SLIP && !isAnagram) ||
      overA > SLIPS_MOST ||
      overB > SLIPS_MOST
    ) {
      return level === 0 ? ofEnds() : level
    }
    // Blanks are lost, or stand a letter too early.
    const distance = edits(a, b)
    if (distance === 0) return SAME_WORDS
    if (level !== 0) return level
    const [headA, headB] = [glued.heads[a * HEAD + LENGTH], glued.heads[b * HEAD + LENGTH]]
    const shorter = Math.min(headA as number, headB as number)
    if (distance === 1 && shorter >= ONE_EDIT_LEAST) return SLIP
    if (distance > 2 || shorter < TWO_EDITS_LEAST) return ofEnds()
    // Of as many words each, two letters that make another last word make another name.
    const isLast = (found.a >> (names.countA - 1)) & (found.b >> (names.countB - 1)) & 1
    return names.countA !== names.countB || isLast === 1 ? NEAR : ofEnds()
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
