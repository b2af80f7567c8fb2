/**
 * All that the program knows of a country. A profile imports this file and nothing else of ours;
 * the core asks a profile and never names a country.
 */
import type { Lang } from './formats.ts'
import type { Population, Sex } from './population.ts'
import type { PlainDay } from './time.ts'
import type { Coded, Words } from './words.ts'
import type { WorkingCalendar } from './working-days.ts'

export { nationalities } from './countries.ts'
export type { Lang } from './formats.ts'
export type * from './population.ts'
export { addDays, dayOfEpoch, type PlainDay, plainDay, type Weekday, weekdayOf } from './time.ts'
export { type Coded, entitle, type Words, wordsOf } from './words.ts'
export type { Holiday, Swap, WorkingCalendar } from './working-days.ts'

/** Why something is refused and what to do about it. */
export interface Fault {
  readonly reason: Words
  readonly remedy: Words
}

export type NumberFault =
  | 'empty'
  | 'not-digits'
  | 'length'
  | 'lost-leading-zero'
  | 'place'
  | 'century'
  | 'birth-year'
  | 'check-digit'

/**
 * What a number says of its bearer on the day it was composed: a free test for contradictions,
 * never a source of truth. Null: the number does not say.
 */
export interface Implied {
  readonly sex: Sex | null
  readonly birthYear: number | null
  /** Code of a province of the generation numbers refer to, or ISO 3166 alpha-3 of a country. */
  readonly place: string | null
}

export type ParsedNumber =
  | {
      readonly ok: true
      /** `number`, or the id of an old-number scheme. */
      readonly scheme: string
      /** Digits only: as it is stored and compared. */
      readonly number: string
      readonly implied: Implied
      /** From the range reserved for synthetic nations; no real person bears it. */
      readonly demonstration: boolean
    }
  | {
      readonly ok: false
      readonly fault: NumberFault
      /** What may have been meant, where one reading alone is well formed. */
      readonly perhaps: string | null
    }

export interface NumberParts {
  /** As in `Implied.place`. */
  readonly place: string
  readonly sex: Sex
  readonly birthYear: number
  /** From 0 up to, not including, `NumberRules.serials`. */
  readonly serial: number
  readonly demonstration?: boolean
}

/** An earlier kind of number that the register still finds people by. */
export interface OldNumberScheme {
  /** Also the `kind` of the register's fact, such as `old-number`. */
  readonly id: string
  readonly words: Words
  readonly pattern: RegExp
  /** The last day it was valid as a proof of identity. */
  readonly validUntil: PlainDay
}

export interface NumberRules {
  readonly words: Words
  /** How many digits; also what a page's field accepts. */
  readonly length: number
  readonly example: string
  /** The parts that `Implied` may hold; also the facts whose change re-establishes a number. */
  readonly implies: readonly ('sex' | 'birth-year' | 'place')[]
  /** How many serials there are for one place, sex and birth year. */
  readonly serials: number
  /**
   * Reads a number, current or old, as people write it: with blanks, dots or hyphens. With
   * `bornUntil`, usually this year, a number that implies a later birth is a fault.
   */
  parse(text: string, bornUntil?: number): ParsedNumber
  /** @throws RangeError when a part is outside what numbers can say: a bug of the caller. */
  compose(parts: NumberParts): string
  /** The place that numbers given for births registered in this province carry; null: none do. */
  placeOf(provinceCode: string): string | null
  /** As people read it aloud: `079 097 375 971`. */
  group(number: string): string
  readonly old: readonly OldNumberScheme[]
  readonly faults: Readonly<Record<NumberFault, Fault>>
  /** Grounds on which a number is replaced by a new one, and on which it is cancelled. */
  readonly reestablishedBy: readonly Coded[]
  readonly cancelledBy: readonly Coded[]
}

/**
 * How close two names are:
 * - `same`: the same canonical text, case aside;
 * - `tone-placement`: the same but for spelling habits that carry no meaning (hoà, hòa);
 * - `folded`: the same once diacritics are dropped, and one of them was written without any;
 * - `contradicting`: the same once folded, yet both carry diacritics and they differ;
 * - `different`: none of these.
 */
export type NameLevel = 'same' | 'tone-placement' | 'folded' | 'contradicting' | 'different'

export type NameFault = 'empty' | 'too-long' | 'unreadable' | 'digits' | 'signs'

/** What had to be repaired before a name could be read; causes of errors in an agency's file. */
export type NameRepair =
  | 'legacy-encoding'
  | 'decomposed'
  | 'look-alike-letter'
  | 'invisible'
  | 'blanks'
  | 'capitals'
  | 'typing-residue'
  | 'honorific'

/** A name by its parts, each '' where the name has none. */
export interface NameParts {
  readonly family: string
  readonly middle: string
  readonly given: string
}

export interface NameRules {
  /**
   * As the register stores it: NFC, single blanks, no invisible signs, no look-alike letters,
   * legacy encodings converted, one-case names in title case. Answers an unreadable name unchanged.
   */
  canonical(text: string): string
  /** Tokens for search and linkage, in the order written: lower case ASCII, no diacritics. */
  fold(text: string): readonly string[]
  compare(a: string, b: string): NameLevel
  /** What keeps a text from being a person's name; null when it is one. */
  fault(text: string): NameFault | null
  /** Repairs that `fold` and `canonical` make, none for a clean name. */
  repairs(text: string): readonly NameRepair[]
  split(name: string): NameParts
  /** The order of reading and writing; also of the columns of a form. */
  readonly order: readonly (keyof NameParts)[]
  /** Folded tokens so common that one alone is no search: common family names. */
  readonly common: ReadonlySet<string>
  readonly faults: Readonly<Record<NameFault, Fault>>
  readonly repairWords: Readonly<Record<NameRepair, Words>>
}

export interface UnitLevel {
  readonly id: string
  readonly words: Words
  /** Official codes of this level. */
  readonly code: RegExp
  /** Codes of invented units, which no official list uses. */
  readonly demonstrationCode: RegExp
}

export interface UnitKind {
  readonly id: string
  readonly level: string
  /** As official lists write it, in the nation's first language: 'Phường'. */
  readonly official: string
  /** The kind before or after a name: 'Phường {name}', '{name} Ward'. */
  readonly title: Words
}

/**
 * What is true of a unit from a day to a day. Rows of one unit share `code` and `since`, the day
 * its present extent began: together they are its id, `code@since`. A new name or kind makes a new
 * row of the same unit; a new extent makes a new unit.
 */
export interface UnitFact {
  readonly code: string
  readonly since: PlainDay
  readonly level: string
  readonly name: string
  /** Id of a `UnitKind`. */
  readonly kind: string
  /** Code of the unit above, valid on the same days; null at the highest level. */
  readonly parent: string | null
  readonly from: PlainDay
  /** The first day it is no longer true; null: it still is. */
  readonly to: PlainDay | null
  /** On the last row of a unit that ended: codes, valid on day `to`, it went into. */
  readonly successors?: readonly string[]
}

/** The levels a nation had from a day on, the highest first. */
export interface UnitGeneration {
  readonly from: PlainDay
  readonly to: PlainDay | null
  readonly levels: readonly string[]
}

export interface UnitRules {
  readonly levels: readonly UnitLevel[]
  readonly kinds: readonly UnitKind[]
  /** The oldest first. What happened earlier refers to the oldest. */
  readonly generations: readonly UnitGeneration[]
  /** The highest level, of every generation: facts an official list must agree with. */
  readonly builtIn: readonly UnitFact[]
  /** Invented lower units for a nation made without the official list, in reserved codes. */
  demonstration(): readonly UnitFact[]
}

export interface Calendar extends WorkingCalendar {
  /** Where the rules of holidays are written. */
  readonly source: Words
}

/** The lists a fact's value is chosen from. */
export type CodeListName =
  | 'sex'
  | 'ethnicity'
  | 'religion'
  | 'nationality'
  | 'marital-status'
  | 'relation-to-head'
  | 'blood-group'

export interface Role {
  readonly words: Words
  /** Names of the commands and queries it permits; `*` is all of them. */
  readonly operations: readonly string[]
}

/** Ages of the law, in completed years. */
export interface Ages {
  readonly adult: number
  readonly marriage: Readonly<Record<Sex, number>>
  /** A parent is at least so much older than a child, and a mother at most so much. */
  readonly parentLeast: number
  readonly motherMost: number
  /** Nobody is older: a birth date beyond it is an error of writing. */
  readonly oldest: number
  /** Below it a representative acts alone. */
  readonly actsThroughRepresentative: number
  /** From this age a card is compulsory; it is replaced at each of `cardReplaced`. */
  readonly cardCompulsory: number
  readonly cardReplaced: readonly number[]
}

/** A purpose of reading or changing a record, in words that end "your record was opened …". */
export interface Purpose extends Coded {
  /** Codes of `Profile.legalBases` it may rest on; the first where none is stated. */
  readonly legalBases: readonly string[]
}

/** An article of law as it is cited to the citizen. */
export interface LegalBasis extends Coded {}

/** Words at the head of what the state issues. */
export interface StateWords {
  readonly name: Words
  readonly motto: Words | null
  /** The body that keeps the register. */
  readonly registerOffice: Words
  /** The nation's adjective-free short name, for sentences. */
  readonly country: Words
}

/** A country. `profiles/<id>/index.ts` exports it as `profile`. */
export interface Profile {
  readonly id: string
  /** The first is what a reader is given who has said nothing. */
  readonly languages: readonly Lang[]
  /** IANA name of the zone in which days begin and end. */
  readonly timeZone: string
  /** ISO 3166 alpha-3, or a user-assigned code for an invented country. */
  readonly country: string
  readonly state: StateWords
  readonly number: NumberRules
  readonly names: NameRules
  readonly units: UnitRules
  readonly calendar: Calendar
  readonly codes: Readonly<Record<CodeListName, readonly Coded[]>>
  readonly ages: Ages
  readonly roles: Readonly<Record<string, Role>>
  readonly purposes: readonly Purpose[]
  readonly legalBases: readonly LegalBasis[]
  readonly population: Population
}
