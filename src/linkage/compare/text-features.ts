import { saysNothing, tidy, wordsOf } from './fold.ts'
import { holdersOf, ListInterner } from './lists.ts'
import { Interner, sharedFloats, sharedWords, textOf } from './packed.ts'
import type { TextFeatures } from './types.ts'

/** Words of a text beyond these are not compared. */
const WORDS_MOST = 100
/** A text up to this long is also compared letter by letter. */
const GLUED_MOST = 64

/** Standardises places and free text: words, weighed by how few values hold them. */
export function textFeatures(kind: TextFeatures['kind'], values: readonly string[]): TextFeatures {
  const meaning = new Uint32Array(new SharedArrayBuffer(values.length * 4))
  const meant = new ListInterner()
  const glued = new Interner()
  const gluedOf: number[] = [0]
  const unreadable: number[] = []
  for (const [code, value] of values.entries()) {
    const text = tidy(value)
    if (saysNothing(text, false)) continue
    const words = wordsOf(text).slice(0, WORDS_MOST)
    if (words.length === 0) {
      unreadable.push(code)
      continue
    }
    const plain = kind === 'place' ? words.map(withoutZeros) : words
    const found = meant.codeOf(plain)
    if (found === gluedOf.length) {
      const whole = plain.join('')
      gluedOf.push(whole.length <= GLUED_MOST ? glued.codeOf(whole) : 0)
    }
    meaning[code] = found
  }
  return {
    kind,
    meaning,
    meanings: meant.count,
    unreadable: sharedWords(unreadable),
    gluedOf: sharedWords(gluedOf),
    glued: glued.packed(),
    texts: meant.texts(),
    ...weighed(meant),
  }
}

/** A place may be a code that lost its leading zeros. */
const withoutZeros = (word: string): string => word.replace(/^0+(?=\d+$)/, '')

type Weighed = Pick<
  TextFeatures,
  'lists' | 'first' | 'vocabulary' | 'singles' | 'weights' | 'norms'
>

/** Numbers words by rarity, so that a list in the order of numbers begins with its rarest. */
function weighed(meant: ListInterner): Weighed {
  const raw = meant.lists()
  const holders = holdersOf(raw, meant.words.count)
  const byRarity = Array.from(holders.keys())
    .slice(1)
    .sort((a, b) => (holders[a] ?? 0) - (holders[b] ?? 0) || a - b)
  const number = new Uint32Array(holders.length)
  const weights = [0]
  for (const [at, word] of byRarity.entries()) {
    number[word] = at + 1
    weights.push(Math.log(1 + meant.count / (holders[word] ?? 1)))
  }
  const ordered = new Interner()
  const texts = meant.words.packed()
  for (const word of byRarity) ordered.codeOf(textOf(texts, word))
  const words: number[] = []
  const offsets: number[] = [0, 0]
  const norms: number[] = [0]
  const first: number[] = [0]
  for (let list = 1; list <= meant.count; list++) {
    const own = new Set<number>()
    for (let at = raw.offsets[list] ?? 0; at < (raw.offsets[list + 1] ?? 0); at++) {
      own.add(number[raw.words[at] ?? 0] ?? 0)
    }
    first.push(own.values().next().value ?? 0)
    let squares = 0
    for (const word of [...own].sort((a, b) => a - b)) {
      words.push(word)
      squares += (weights[word] ?? 0) ** 2
    }
    offsets.push(words.length)
    norms.push(Math.sqrt(squares))
  }
  return {
    lists: { words: sharedWords(words), offsets: sharedWords(offsets) },
    first: sharedWords(first),
    vocabulary: ordered.packed(),
    singles: holders.reduce((sum, count) => sum + (count === 1 ? 1 : 0), 0),
    weights: sharedFloats(weights),
    norms: sharedFloats(norms),
  }
}
