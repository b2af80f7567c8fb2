import type { BlockKey, FieldFeatures } from '../types.ts'
import { lengthOf, type Packed, textOf } from './packed.ts'
import { soundOf } from './sound.ts'
import {
  asFeatures,
  type DateFeatures,
  type Features,
  type NameFeatures,
  type NumberFeatures,
  type StringFeatures,
  type TextFeatures,
  type WordLists,
} from './types.ts'

/** The key of each meaning, carried over to the codes of values; equal texts are one key. */
function keyOfMeanings(
  features: Features,
  id: string,
  textOfMeaning: (meaning: number) => string,
): BlockKey {
  const known = new Map<string, number>()
  const byMeaning = new Uint32Array(features.meanings + 1)
  for (let meaning = 1; meaning <= features.meanings; meaning++) {
    const text = textOfMeaning(meaning)
    if (text === '') continue
    let key = known.get(text)
    if (key === undefined) {
      key = known.size + 1
      known.set(text, key)
    }
    byMeaning[meaning] = key
  }
  return { id, keys: spread(features.meaning, byMeaning) }
}

function spread(meaning: Uint32Array, byMeaning: Uint32Array): Uint32Array {
  const keys = new Uint32Array(new SharedArrayBuffer(meaning.length * 4))
  for (let code = 0; code < keys.length; code++) {
    keys[code] = byMeaning[meaning[code] as number] as number
  }
  return keys
}

const exact = (features: Features): BlockKey => ({ id: 'exact', keys: features.meaning })

const wordsOfList = (lists: WordLists, list: number): Uint32Array =>
  lists.words.subarray(lists.offsets[list], lists.offsets[list + 1])

/** All strings of a vocabulary, read once. */
function textsOf(packed: Packed): readonly string[] {
  return Array.from({ length: packed.count + 1 }, (_, code) => textOf(packed, code))
}

function nameKeys(features: NameFeatures): readonly BlockKey[] {
  const { lists, glued, gluedOf } = features
  const texts = textsOf(features.vocabulary)
  const sounds = texts.map((text) => (text === '' ? '' : soundOf(text)))
  const of = (id: string, text: (words: Uint32Array, meaning: number) => string): BlockKey =>
    keyOfMeanings(features, id, (meaning) => text(wordsOfList(lists, meaning), meaning))
  const word = (code: number | undefined): string => texts[code ?? 0] ?? ''
  const start = (meaning: number, length: number): string => {
    const code = gluedOf[meaning] ?? 0
    return lengthOf(glued, code) < length ? '' : textOf(glued, code).slice(0, length)
  }
  const keys = [
    exact(features),
    of('sorted-words', (words) => [...words].sort((a, b) => a - b).join(' ')),
    of('first-3', (_, meaning) => start(meaning, 3)),
    of('first-5', (_, meaning) => start(meaning, 5)),
    of('sound', (words) => [...words].map((code) => sounds[code] ?? '').join(' ')),
  ]
  if (features.kind !== 'full-name') return keys
  return [
    ...keys,
    of('first-word', (words) => word(words[0])),
    of('last-word', (words) => word(words.at(-1))),
    of('first-and-last', (words) => `${word(words[0])} ${word(words.at(-1))}`),
    of('last-sound', (words) => sounds[words.at(-1) ?? 0] ?? ''),
    of('ends-sorted', (words) => [word(words[0]), word(words.at(-1))].sort().join(' ')),
  ]
}

const part = (digits: number, shift: number, mask: number): number => (digits >>> shift) & mask

function dateKeys(features: DateFeatures): readonly BlockKey[] {
  const of = (
    id: string,
    keyOf: (year: number, month: number, day: number) => number,
  ): BlockKey => {
    const keys = new Uint32Array(new SharedArrayBuffer(features.digits.length * 4))
    const known = new Map<number, number>()
    for (const [code, digits] of features.digits.entries()) {
      const key = keyOf(part(digits, 16, 0xffff), part(digits, 8, 0xff), part(digits, 0, 0xff))
      if (digits === 0 || key === 0) continue
      if (!known.has(key)) known.set(key, known.size + 1)
      keys[code] = known.get(key) ?? 0
    }
    return { id, keys }
  }
  return [
    exact(features),
    of('year', (year) => year),
    of('year-month', (year, month) => (month === 0 ? 0 : (year << 8) | month)),
    of('month-day', (_, month, day) => (month === 0 || day === 0 ? 0 : (month << 8) | day)),
    of('year-day', (year, _, day) => (day === 0 ? 0 : (year << 8) | day)),
    of('swap-proof', (year, month, day) => {
      if (month === 0 || day === 0) return 0
      return ((year << 16) | (Math.min(month, day) << 8) | Math.max(month, day)) >>> 0
    }),
  ]
}

/** Halves of shorter strings are shared by too many to be worth a rule. */
const HALVED_LEAST = 4

function stringKeys(features: StringFeatures): readonly BlockKey[] {
  if (features.kind === 'category') return [exact(features)]
  const { texts } = features
  const half = (id: string, take: (text: string, half: number) => string): BlockKey =>
    keyOfMeanings(features, id, (meaning) => {
      const length = lengthOf(texts, meaning)
      return length < HALVED_LEAST ? '' : take(textOf(texts, meaning), Math.ceil(length / 2))
    })
  return [
    exact(features),
    half('first-half', (text, length) => text.slice(0, length)),
    half('last-half', (text, length) => text.slice(-length)),
  ]
}

/** Numbers that agree to about a tenth fall together. */
const STEPS = 10

function numberKeys(features: NumberFeatures): readonly BlockKey[] {
  const rounded = keyOfMeanings(features, 'rounded', (meaning) => {
    const number = features.numbers[meaning] ?? 0
    if (number === 0) return '0'
    const step = Math.round(Math.log(Math.abs(number)) * STEPS)
    return `${number < 0 ? '-' : ''}${step}`
  })
  return [exact(features), rounded]
}

function textKeys(features: TextFeatures): readonly BlockKey[] {
  const { lists, first, glued, gluedOf } = features
  const of = (id: string, word: (meaning: number) => number): BlockKey =>
    keyOfMeanings(features, id, (meaning) => {
      const code = word(meaning)
      return code === 0 ? '' : String(code)
    })
  // Words that one value alone holds bring no pair; the rarest others do.
  const rare = (meaning: number, place: number): number => {
    const words = wordsOfList(lists, meaning)
    const from = words.findIndex((code) => code > features.singles)
    return from === -1 ? 0 : (words[from + place] ?? 0)
  }
  const keys = [exact(features)]
  if (features.kind === 'text') {
    keys.push(
      of('rarest-word', (meaning) => rare(meaning, 0)),
      of('second-rarest-word', (meaning) => rare(meaning, 1)),
      of('third-rarest-word', (meaning) => rare(meaning, 2)),
    )
  }
  keys.push(
    of('first-word', (meaning) => first[meaning] ?? 0),
    keyOfMeanings(features, 'first-5', (meaning) => {
      const code = gluedOf[meaning] ?? 0
      return lengthOf(glued, code) < 5 ? '' : textOf(glued, code).slice(0, 5)
    }),
  )
  return keys
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
