import type { BlockKey, FieldFeatures } from '../types.ts'
import { HEAD, hashOf, hashOfUnits, LENGTH, type Packed, textOf } from './packed.ts'
import { soundOf } from './sound.ts'
import {
  asFeatures,
  type DateFeatures,
  type Features,
  type NameFeatures,
  type NumberFeatures,
  type StringFeatures,
  type TextFeatures,
} from './types.ts'

/**
 * Keys are hashes of 32 bits, not numbers in order: they cost no table. Two values that fall
 * together by chance are compared for nothing, once in billions.
 */
const spread = (key: number): number => {
  let mixed = Math.imul(key ^ (key >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0 || 1
}

/** The key of each meaning, 0 for none, carried over to the codes of values. */
function ofMeanings(
  { meaning, meanings }: FieldFeatures,
  id: string,
  keyOf: (meaning: number) => number,
): BlockKey {
  const byMeaning = new Uint32Array(meanings + 1)
  for (let at = 1; at <= meanings; at++) byMeaning[at] = keyOf(at)
  const keys = new Uint32Array(new SharedArrayBuffer(meaning.length * 4))
  for (let code = 0; code < keys.length; code++) {
    keys[code] = byMeaning[meaning[code] as number] as number
  }
  return { id, keys }
}

const exact = (features: Features): BlockKey => ({ id: 'exact', keys: features.meaning })

/** The first letters of strings that have as many. */
const start = (packed: Packed, code: number, length: number): number => {
  const from = packed.heads[code * HEAD] as number
  if ((packed.heads[code * HEAD + LENGTH] as number) < length) return 0
  return hashOfUnits(packed, from, from + length)
}

/** The same in whatever order the words come. */
const PAIR = 0x9e3779b1
const inOrder = (first: number, second: number): number =>
  spread(Math.imul(first, PAIR) ^ (second + 1))
const inAnyOrder = (a: number, b: number): number => inOrder(Math.min(a, b), Math.max(a, b))

function nameKeys(features: NameFeatures): readonly BlockKey[] {
  const { lists, glued, vocabulary } = features
  const { words, offsets } = lists
  const sounds = new Uint32Array(vocabulary.count + 1)
  for (let word = 1; word <= vocabulary.count; word++) {
    sounds[word] = spread(hashOf(soundOf(textOf(vocabulary, word))))
  }
  const first = (meaning: number) => words[offsets[meaning] as number] as number
  const last = (meaning: number) => words[(offsets[meaning + 1] as number) - 1] as number
  const of = (id: string, keyOf: (meaning: number) => number) => ofMeanings(features, id, keyOf)
  const fold = (meaning: number, add: (key: number, word: number) => number): number => {
    let key = 0
    for (let at = offsets[meaning] as number; at < (offsets[meaning + 1] as number); at++) {
      key = add(key, words[at] as number)
    }
    return spread(key)
  }
  const sound = of('sound', (meaning) =>
    fold(meaning, (key, word) => inOrder(key, sounds[word] as number)),
  )
  const keys = [
    exact(features),
    of('sorted-words', (meaning) => fold(meaning, (key, word) => (key + spread(word)) | 0)),
    of('first-3', (meaning) => start(glued, meaning, 3)),
    of('first-5', (meaning) => start(glued, meaning, 5)),
    sound,
  ]
  if (features.kind !== 'full-name') return keys
  return [
    ...keys,
    of('last-word', last),
    of('first-word', first),
    of('first-and-last', (meaning) => inOrder(first(meaning), last(meaning))),
    of('ends', (meaning) => inAnyOrder(first(meaning), last(meaning))),
    of('last-sound', (meaning) => sounds[last(meaning)] as number),
  ]
}

type DayKey = (year: number, month: number, day: number) => number

/** 0 for days that lack the parts of a key. */
const DAY_KEYS: Readonly<Record<string, DayKey>> = {
  year: (year) => year,
  'year-month': (year, month) => (month === 0 ? 0 : (year << 8) | month),
  'month-day': (_, month, day) => (month === 0 || day === 0 ? 0 : (month << 8) | day),
  'year-day': (year, _, day) => (day === 0 ? 0 : (year << 8) | day),
  'swap-proof': (year, month, day) =>
    month === 0 || day === 0
      ? 0
      : (year << 16) | (Math.min(month, day) << 8) | Math.max(month, day),
}

function dateKeys(features: DateFeatures): readonly BlockKey[] {
  const { digits } = features
  const of = ([id, keyOf]: readonly [string, DayKey]): BlockKey => {
    const keys = new Uint32Array(new SharedArrayBuffer(digits.length * 4))
    for (let code = 0; code < keys.length; code++) {
      const day = digits[code] as number
      const key = day === 0 ? 0 : keyOf(day >>> 16, (day >>> 8) & 0xff, day & 0xff)
      keys[code] = key === 0 ? 0 : spread(key)
    }
    return { id, keys }
  }
  return [exact(features), ...Object.entries(DAY_KEYS).map(of)]
}

/** Halves of shorter strings are shared by too many to be worth a rule. */
const HALVED_LEAST = 4

function stringKeys(features: StringFeatures): readonly BlockKey[] {
  if (features.kind === 'category') return [exact(features)]
  const { texts } = features
  const half = (id: string, isLast: boolean): BlockKey =>
    ofMeanings(features, id, (meaning) => {
      const from = texts.heads[meaning * HEAD] as number
      const length = texts.heads[meaning * HEAD + LENGTH] as number
      if (length < HALVED_LEAST) return 0
      const taken = Math.ceil(length / 2)
      return isLast
        ? hashOfUnits(texts, from + length - taken, from + length)
        : hashOfUnits(texts, from, from + taken)
    })
  return [exact(features), half('first-half', false), half('last-half', true)]
}

/** Numbers that agree to about a tenth fall together. */
const STEPS = 10

function numberKeys(features: NumberFeatures): readonly BlockKey[] {
  const rounded = ofMeanings(features, 'rounded', (meaning) => {
    const number = features.numbers[meaning] as number
    if (number === 0) return 1
    const step = Math.round(Math.log(Math.abs(number)) * STEPS)
    return spread(number < 0 ? ~step : step)
  })
  return [exact(features), rounded]
}

function textKeys(features: TextFeatures): readonly BlockKey[] {
  const { lists, first, glued, gluedOf, singles } = features
  const { words, offsets } = lists
  // A word that one value alone holds brings no pair; the rarest of the others do.
  const rare = (id: string, place: number): BlockKey =>
    ofMeanings(features, id, (meaning) => {
      const end = offsets[meaning + 1] as number
      let at = offsets[meaning] as number
      while (at < end && (words[at] as number) <= singles) at++
      return at + place < end ? (words[at + place] as number) : 0
    })
  const rarest =
    features.kind === 'text'
      ? [rare('rarest-word', 0), rare('second-rarest-word', 1), rare('third-rarest-word', 2)]
      : []
  return [
    exact(features),
    ...rarest,
    ofMeanings(features, 'first-word', (meaning) => first[meaning] as number),
    ofMeanings(features, 'first-5', (meaning) => start(glued, gluedOf[meaning] as number, 5)),
  ]
}

/** Transformations of a field's values worth trying as blocking keys; the first is its meaning. */
export function blockKeysOf(of: FieldFeatures): readonly BlockKey[] {
  const features = asFeatures(of)
  switch (features.kind) {
    case 'full-name':
    case 'given-name':
    case 'surname':
      return nameKeys(features)
    case 'date':
      return dateKeys(features)
    case 'identifier':
    case 'code':
    case 'category':
      return stringKeys(features)
    case 'number':
      return numberKeys(features)
    case 'place':
    case 'text':
      return textKeys(features)
  }
}
