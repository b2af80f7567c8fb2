import { saysNothing, tidy, wordsOf } from './fold.ts'
import { placeWords, textWords } from './habits.ts'
import { holdersOf, ListInterner } from './lists.ts'
import {
  BAG,
  HEAD,
  Interner,
  type Packed,
  Packer,
  sharedFloats,
  sharedWords,
  textOf,
} from './packed.ts'
import type { TextFeatures, WordLists } from './types.ts'

/** Words of a text beyond these are not compared. */
const WORDS_MOST = 100
/** A text up to this long is also compared letter by letter. */
const GLUED_MOST = 64

/** A word is rare when fewer texts hold it, or a lesser share of all. */
const RARE_BELOW = 3
const RARE_SHARE = 0.0005

/** Standardises places and free text: words, weighed by how few values hold them. */
export function textFeatures(kind: TextFeatures['kind'], values: readonly string[]): TextFeatures {
  const meaning = new Uint32Array(new SharedArrayBuffer(values.length * 4))
  const meant = new ListInterner()
  const glued = new Interner()
  const texts = new Packer()
  const gluedOf: number[] = [0]
  const unreadable: number[] = []
  for (const [code, value] of values.entries()) {
    const text = tidy(value)
    if (saysNothing(text, kind)) continue
    const all = kind === 'place' ? placeWords(text) : wordsOf(text)
    const words = (kind === 'place' ? all : textWords(all)).slice(0, WORDS_MOST)
    if (words.length === 0) {
      unreadable.push(code)
      continue
    }
    const found = meant.codeOf(words)
    if (found === gluedOf.length) {
      texts.add(words.join(' '))
      // Letters as written: with blanks lost, nobody abbreviates.
      const whole = all.join('')
      gluedOf.push(whole.length <= GLUED_MOST ? glued.codeOf(whole) : 0)
    }
    meaning[code] = found
  }
  const [words, letters] = [weighed(meant), glued.packed()]
  return {
    kind,
    meaning,
    meanings: meant.count,
    unreadable: sharedWords(unreadable),
    gluedOf: sharedWords(gluedOf),
    glued: letters,
    texts: texts.packed(),
    bags: bagsOf(words.lists, gluedOf, letters),
    ...words,
  }
}

/** Two words a text; all letters of a text too long to be compared by them. */
function bagsOf({ words, offsets }: WordLists, gluedOf: readonly number[], glued: Packed) {
  const bags = new Uint32Array(new SharedArrayBuffer(gluedOf.length * 8))
  for (let list = 1; list < gluedOf.length; list++) {
    let bag = 0
    for (let at = offsets[list] as number; at < (offsets[list + 1] as number); at++) {
      bag |= 1 << (Math.imul(words[at] as number, 0x9e3779b1) >>> 27)
    }
    const letters = gluedOf[list] ?? 0
    bags[list * 2] = bag
    bags[list * 2 + 1] = letters === 0 ? 0xffffffff : (glued.heads[letters * HEAD + BAG] as number)
  }
  return bags
}

type Weighed = Pick<
  TextFeatures,
  'lists' | 'first' | 'vocabulary' | 'singles' | 'rares' | 'weights' | 'norms'
>

/** Numbers words by rarity, so that a list in the order of numbers begins with its rarest. */
function weighed(meant: ListInterner): Weighed {
  const raw = meant.lists()
  const holders = holdersOf(raw, meant.words.count)
  const heldBy = (isMeant: (count: number) => boolean): number =>
    holders.reduce((sum, count) => sum + (isMeant(count) ? 1 : 0), 0)
  const rareBelow = Math.max(RARE_BELOW, RARE_SHARE * meant.count)
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
  const vocabulary = meant.words.packed()
  for (const word of byRarity) ordered.codeOf(textOf(vocabulary, word))
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
    singles: heldBy((count) => count === 1),
    rares: heldBy((count) => count > 0 && count < rareBelow),
    weights: sharedFloats(weights),
    norms: sharedFloats(norms),
  }
}
