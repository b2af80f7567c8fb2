import type { NameRules } from '../../kernel/index.ts'
import { ListInterner } from './lists.ts'
import { bearsMarks, MISSING_NAME, nameReader, spellingKeys, UNREADABLE_NAME } from './names.ts'
import { Interner, sharedWords } from './packed.ts'
import type { NameFeatures } from './types.ts'

/** Standardises names: what they say once folded, and beside it how they were written. */
export function nameFeatures(
  kind: NameFeatures['kind'],
  values: readonly string[],
  names: NameRules | null,
): NameFeatures {
  const read = nameReader(kind === 'full-name', names)
  const keyOf = spellingKeys(names)
  const meaning = new Uint32Array(new SharedArrayBuffer(values.length * 4))
  const spelling = new Uint32Array(new SharedArrayBuffer(values.length * 4))
  const meant = new ListInterner()
  const written = new ListInterner()
  const glued = new Interner()
  const gluedOf: number[] = [0]
  const marked: number[] = [0]
  const unreadable: number[] = []
  for (const [code, value] of values.entries()) {
    const name = read(value)
    if (name === MISSING_NAME) continue
    if (name === UNREADABLE_NAME) {
      unreadable.push(code)
      continue
    }
    const found = meant.codeOf(name.folded)
    if (found === gluedOf.length) gluedOf.push(glued.codeOf(name.folded.join('')))
    meaning[code] = found
    const words = name.written.map((word, at) => keyOf(word, name.folded[at] ?? ''))
    spelling[code] = written.codeOf(words)
    for (const [at, word] of words.entries()) {
      const form = written.words.codeOf(word)
      if (form === marked.length) marked.push(bearsMarks(name.written[at] ?? '') ? 1 : 0)
    }
  }
  return {
    kind,
    meaning,
    meanings: meant.count,
    unreadable: sharedWords(unreadable),
    spelling,
    written: written.lists(),
    forms: written.words.packed(),
    marked: sharedWords(marked),
    lists: meant.lists(),
    vocabulary: meant.words.packed(),
    gluedOf: sharedWords(gluedOf),
    glued: glued.packed(),
  }
}
