import type { FieldFeatures } from '../types.ts'
import type { Packed } from './packed.ts'

/** Lists of words laid end to end: of list `n` those from `offsets[n]` to `offsets[n + 1]`. */
export interface WordLists {
  readonly words: Uint32Array
  readonly offsets: Uint32Array
}

interface Common extends FieldFeatures {
  /** Codes of values that say something nobody can read; they count as missing. */
  readonly unreadable: Uint32Array
}

export interface NameFeatures extends Common {
  readonly kind: 'full-name' | 'given-name' | 'surname'
  /** By code: which way of writing its meaning the value is. */
  readonly spelling: Uint32Array
  /** By spelling: its words as written, of `forms`. */
  readonly written: WordLists
  /** Words as written, in lower case; those that differ by habit only are one. */
  readonly forms: Packed
  /** By form: whether it bears a mark, so that another form contradicts it. */
  readonly marked: Uint32Array
  /** By meaning: its folded words, of `vocabulary`, in order. */
  readonly lists: WordLists
  readonly vocabulary: Packed
  /**
   * How many hold it: of whole names, by word, the names; of others, by meaning, the rows, and empty
   * where rows were not counted. What hardly anything holds is likely a slip of the pen.
   */
  readonly holders: Uint32Array
  /** From so many holders on it is common. */
  readonly commonFrom: number
  /** By meaning: its words without blanks. */
  readonly glued: Packed
  /**
   * Of whole names, by meaning: the bag of `glued`, the number of words, then the words, so that
   * comparing touches one cache line. A name of more words than have room has 0 for their number.
   */
  readonly records: Uint32Array
}

/** Words of a name beyond these say no more of whose it is. */
export const WORDS_MOST = 12

/** Numbers to a record of a name, and words that have room in it. */
export const RECORD = 8
export const RECORD_WORDS = 6

export interface DateFeatures extends Common {
  readonly kind: 'date'
  /** By code: yyyymmdd, a decimal digit to four bits; 00 for a part that is not known. */
  readonly digits: Uint32Array
}

/** Compared as one string: identifiers, codes, categories. */
export interface StringFeatures extends Common {
  readonly kind: 'identifier' | 'code' | 'category'
  /** By meaning. */
  readonly texts: Packed
  /** Of identifiers, by code: meaning and bag side by side, as most pairs need no more. */
  readonly bags: Uint32Array
}

export interface NumberFeatures extends Common {
  readonly kind: 'number'
  /** By meaning. */
  readonly numbers: Float64Array
  /** From the 5th to the 95th percentile: how far apart numbers of this field are. */
  readonly spread: number
}

/** Compared by its words: places and free text. */
export interface TextFeatures extends Common {
  readonly kind: 'place' | 'text'
  /** By meaning: its distinct words, of `vocabulary`, the rarest first. */
  readonly lists: WordLists
  /** By meaning: the first of its words as written. */
  readonly first: Uint32Array
  readonly vocabulary: Packed
  /** Words up to this number are those that one value alone holds. */
  readonly singles: number
  /** Words up to this number are so rare that they may be slips of others. */
  readonly rares: number
  /** By word: how much it tells, from how few values hold it. */
  readonly weights: Float64Array
  /** By meaning: the root of the sum of its words' squared weights. */
  readonly norms: Float64Array
  /** By meaning: its words without blanks, of `glued`; 0 when it is too long to compare so. */
  readonly gluedOf: Uint32Array
  readonly glued: Packed
  /** By meaning: a bag of its words, then the bag of its letters: both tell pairs apart at once. */
  readonly bags: Uint32Array
  /** By meaning: the text with single blanks, for people to read. */
  readonly texts: Packed
}

export type Features = NameFeatures | DateFeatures | StringFeatures | NumberFeatures | TextFeatures

/** Features as other folders hold them; there are none but those `featuresOf` made. */
export const asFeatures = (features: FieldFeatures): Features => features as Features
