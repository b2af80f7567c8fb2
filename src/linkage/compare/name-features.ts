import type { NameRules } from '../../kernel/index.ts'
import { holdersOf, ListInterner } from './lists.ts'
import { bearsMarks, MISSING_NAME, nameReader, spellingKeys, UNREADABLE_NAME } from './names.ts'
import { BAG, HEAD, type Packed, Packer, sharedWords } from './packed.ts'
import { type NameFeatures, RECORD, RECORD_WORDS, type WordLists } from './types.ts'

/** Distinct values and, where they were counted, the rows that hold each. */
export interface Counted {
  readonly values: readonly string[]
  readonly rows: Uint32Array | null
}

/** Standardises names: what they say once folded, and beside it how they were written. */
export function nameFeatures(
  kind: NameFeatures['kind'],
  { values, rows }: Counted,
  names: NameRules | null,
): NameFeatures {
  const isFull = kind === 'full-name'
  const read = nameReader(isFull, names)
  const keyOf = spellingKeys(names)
  const meaning = new Uint32Array(new SharedArrayBuffer(values.length * 4))
  const spelling = new Uint32Array(new SharedArrayBuffer(values.length * 4))
  const meant = new ListInterner()
  const written = new ListInterner()
  const glued = new Packer()
  const marked: number[] = [0]
  const unreadable: number[] = []
  for (const [code, value] of values.entries()) {
    const name = read(value)
    if (name === MISSING_NAME) continue
    if (name === UNREADABLE_NAME) {
      unreadable.push(code)
      continue
    }
    const before = meant.count
    const found = meant.codeOf(name.folded)
    if (found > before) glued.add(name.folded.join(''))
    meaning[code] = found
    const words = name.written.map((word, at) => keyOf(word, name.folded[at] ?? ''))
    spelling[code] = written.codeOf(words)
    for (const [at, word] of words.entries()) {
      const form = written.words.codeOf(word)
      if (form === marked.length) marked.push(bearsMarks(name.written[at] ?? '') ? 1 : 0)
    }
  }
  const [lists, texts] = [meant.lists(), glued.packed()]
  const holders = isFull
    ? sharedWords(holdersOf(lists, meant.words.count))
    : rowsOf(meaning, meant.count, rows)
  const all = rows?.reduce((sum, count) => sum + count, 0) ?? 0
  return {
    kind,
    meaning,
    meanings: meant.count,
    unreadable: sharedWords(unreadable),
    spelling,
    written: written.lists(),
    forms: written.words.packed(),
    marked: sharedWords(marked),
    lists,
    vocabulary: meant.words.packed(),
    holders,
    commonFrom: commonFrom(isFull ? meant.count : all),
    glued: texts,
    records: isFull ? recordsOf(lists, texts) : new Uint32Array(0),
  }
}

function recordsOf({ words, offsets }: WordLists, glued: Packed): Uint32Array {
  const records = new Uint32Array(new SharedArrayBuffer((glued.count + 1) * RECORD * 4))
  for (let list = 1; list <= glued.count; list++) {
    const from = offsets[list] ?? 0
    const count = (offsets[list + 1] ?? 0) - from
    records[list * RECORD] = glued.heads[list * HEAD + BAG] ?? 0
    if (count > RECORD_WORDS) continue
    records[list * RECORD + 1] = count
    records.set(words.subarray(from, from + count), list * RECORD + 2)
  }
  return records
}

/** A name is common from so many holders on, and from such a share of all. */
const COMMON_LEAST = 3
const COMMON_SHARE = 0.0005

const commonFrom = (all: number): number => Math.max(COMMON_LEAST, COMMON_SHARE * all)

/** Rows by meaning, from rows by value. */
function rowsOf(meaning: Uint32Array, meanings: number, rows: Uint32Array | null): Uint32Array {
  if (rows === null) return new Uint32Array(0)
  const holders = new Uint32Array(new SharedArrayBuffer((meanings + 1) * 4))
  for (let code = 0; code < meaning.length; code++) {
    const at = meaning[code] as number
    holders[at] = (holders[at] as number) + (rows[code] as number)
  }
  return holders
}
