import type { NameRules } from '../../kernel/index.ts'
import type { Column, FieldSpec } from '../types.ts'
import { dayReader, MISSING_DAY, UNREADABLE_DAY } from './dates.ts'
import { lettersAndDigits, saysNothing, tidy } from './fold.ts'
import { nameFeatures } from './name-features.ts'
import { readNumber } from './numbers.ts'
import { BAG, HEAD, Interner, type Packed, sharedFloats, sharedWords } from './packed.ts'
import { textFeatures } from './text-features.ts'
import type { DateFeatures, Features, NumberFeatures, StringFeatures } from './types.ts'

function dateFeatures(field: FieldSpec, values: readonly string[]): DateFeatures {
  const read = dayReader(field.format, values)
  const digits = new Uint32Array(new SharedArrayBuffer(values.length * 4))
  const meaning = new Uint32Array(new SharedArrayBuffer(values.length * 4))
  const known = new Map<number, number>()
  const unreadable: number[] = []
  for (const [code, value] of values.entries()) {
    const text = tidy(value)
    if (saysNothing(text, 'date')) continue
    const day = read(text)
    if (day === UNREADABLE_DAY) unreadable.push(code)
    if (day === MISSING_DAY || day === UNREADABLE_DAY) continue
    digits[code] = day
    let found = known.get(day)
    if (found === undefined) {
      found = known.size + 1
      known.set(day, found)
    }
    meaning[code] = found
  }
  return {
    kind: 'date',
    meaning,
    meanings: known.size,
    unreadable: sharedWords(unreadable),
    digits,
  }
}

/** A number that lost its leading zeros in a spreadsheet is the number. */
const LEADING_ZEROS = /^0+(?=\d+$)/

type StringKind = StringFeatures['kind']

function standardString(kind: StringKind, text: string): string {
  const plain = lettersAndDigits(text)
  return kind === 'category' ? plain : plain.replace(LEADING_ZEROS, '')
}

/** Nobody's number: 0000000, 999999999. */
const FILLED = /^(?:0{2,}|0|9{7,})$/

/** Ways of writing them that one column mixes. */
const SEXES_MOST = 40
/** Words for the sexes, so that M and Male agree; of no other category is anything known. */
const SEXES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    m: 'male',
    male: 'male',
    man: 'male',
    masculin: 'male',
    homme: 'male',
    nam: 'male',
    f: 'female',
    female: 'female',
    woman: 'female',
    feminin: 'female',
    femme: 'female',
    nu: 'female',
    w: 'female',
  }),
)

/** Whether a category is the sexes: nothing else is written in it. */
function isSexes(values: readonly string[]): boolean {
  if (values.length > SEXES_MOST) return false
  return values.every((value) => {
    const text = tidy(value)
    return saysNothing(text, 'category') || SEXES.has(lettersAndDigits(text))
  })
}

function stringFeatures(kind: StringKind, values: readonly string[]): StringFeatures {
  const meaning = new Uint32Array(new SharedArrayBuffer(values.length * 4))
  const interner = new Interner()
  const unreadable: number[] = []
  const isSex = kind === 'category' && isSexes(values)
  for (let code = 0; code < values.length; code++) {
    const text = tidy(values[code] as string)
    if (saysNothing(text, kind)) continue
    const plain = standardString(kind, text)
    if (plain === '' || (kind === 'identifier' && FILLED.test(plain))) unreadable.push(code)
    else meaning[code] = interner.codeOf(isSex ? (SEXES.get(plain) ?? plain) : plain)
  }
  const texts = interner.packed()
  return {
    kind,
    meaning,
    meanings: interner.count,
    unreadable: sharedWords(unreadable),
    texts,
    bags: kind === 'identifier' ? bagsOf(meaning, texts) : new Uint32Array(0),
  }
}

function bagsOf(meaning: Uint32Array, { heads }: Packed): Uint32Array {
  const bags = new Uint32Array(new SharedArrayBuffer(meaning.length * 8))
  for (let code = 0; code < meaning.length; code++) {
    bags[code * 2] = meaning[code] as number
    bags[code * 2 + 1] = heads[(meaning[code] as number) * HEAD + BAG] as number
  }
  return bags
}

function numberFeatures(values: readonly string[]): NumberFeatures {
  const meaning = new Uint32Array(new SharedArrayBuffer(values.length * 4))
  const known = new Map<number, number>()
  const unreadable: number[] = []
  for (const [code, value] of values.entries()) {
    const text = tidy(value)
    if (saysNothing(text, 'number')) continue
    const number = readNumber(text)
    if (number === null) {
      unreadable.push(code)
      continue
    }
    let found = known.get(number)
    if (found === undefined) {
      found = known.size + 1
      known.set(number, found)
    }
    meaning[code] = found
  }
  const numbers = [...known.keys()]
  const sorted = Float64Array.from(numbers).sort()
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  return {
    kind: 'number',
    meaning,
    meanings: known.size,
    unreadable: sharedWords(unreadable),
    numbers: sharedFloats([0, ...numbers]),
    spread: at(0.95) - at(0.05),
  }
}

/** How many rows of both files hold each value. */
function rowsOf({ values, left, right }: Column): Uint32Array {
  const rows = new Uint32Array(values.length)
  for (const side of left === right ? [left] : [left, right]) {
    for (const code of side) rows[code] = (rows[code] as number) + 1
  }
  return rows
}

/**
 * Standardises the distinct values of a field, once each, into what comparing needs. All arrays are
 * shared memory: cloned to a worker thread, the features are not copied. `names` are the rules of
 * the country whose people the files are about; null where none is named. Given a whole column,
 * names that hardly any row holds are known for slips of the pen.
 */
export function featuresOf(
  field: FieldSpec,
  column: Column | readonly string[],
  names: NameRules | null,
): Features {
  const values = 'left' in column ? column.values : column
  const rows = 'left' in column ? rowsOf(column) : null
  switch (field.kind) {
    case 'full-name':
    case 'given-name':
    case 'surname':
      return nameFeatures(field.kind, { values, rows }, names)
    case 'date':
      return dateFeatures(field, values)
    case 'identifier':
    case 'code':
    case 'category':
      return stringFeatures(field.kind, values)
    case 'number':
      return numberFeatures(values)
    case 'place':
    case 'text':
      return textFeatures(field.kind, values)
  }
}
