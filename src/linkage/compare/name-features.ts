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

/** A word as written: its own number, and that of what it folds to. */
interface Word {
  readonly folded: string
  readonly meant: number
  readonly form: number
}

/** Numbers for the words of one field. */
class Words {
  readonly meant = new ListInterner()
  readonly written = new ListInterner()
  /** By form: 1 when it bears marks. */
  readonly marked: number[] = [0]
  readonly #known = new Map<string, Word>()
  readonly #keyOf: (written: string, folded: string) => string

  constructor(names: NameRules | null) {
    this.#keyOf = spellingKeys(names)
  }

  of(written: string, folded: string): Word {
    let word = this.#known.get(written)
    if (word === undefined || word.folded !== folded) {
      word = { folded, meant: this.meant.words.codeOf(folded), form: this.formOf(written, folded) }
      this.#known.set(written, word)
    }
    return word
  }

  formOf(written: string, folded: string): number {
    const form = this.written.words.codeOf(this.#keyOf(written, folded))
    if (form === this.marked.length) this.marked.push(bearsMarks(written) ? 1 : 0)
    return form
  }
}

/** Standardises names: what they say once folded, and beside it how they were written. */
export function nameFeatures(
  kind: NameFeatures['kind'],
  { values, rows }: Counted,
  names: NameRules | null,
): NameFeatures {
  const isFull = kind === 'full-name'
  const read = nameReader(kind, names)
  const words = new Words(names)
  const { meant, written, marked } = words
  const meaning = new Uint32Array(new SharedArrayBuffer(values.length * 4))
  const spelling = new Uint32Array(new SharedArrayBuffer(values.length * 4))
  const glued = new Packer()
  const unreadable: number[] = []
  const known: number[] = []
  const forms: number[] = []
  for (let code = 0; code < values.length; code++) {
    const name = read(values[code] as string)
    if (name === MISSING_NAME) continue
    if (name === UNREADABLE_NAME) {
      unreadable.push(code)
      continue
    }
    known.length = 0
    forms.length = 0
    const isAligned = name.written.length === name.folded.length
    for (let at = 0; at < name.folded.length; at++) {
      const folded = name.folded[at] as string
      const word = words.of(isAligned ? (name.written[at] as string) : folded, folded)
      known.push(word.meant)
      forms.push(word.form)
    }
    if (!isAligned) {
      const whole = name.written.join(' ')
      forms.splice(0, forms.length, words.formOf(whole, whole))
    }
    const before = meant.count
    const found = meant.codeOfWords(known)
    if (found > before) glued.add(name.folded.join(''))
    meaning[code] = found
    spelling[code] = written.codeOfWords(forms)
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
