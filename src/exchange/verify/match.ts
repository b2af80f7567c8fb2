import { ageOn, agrees, type Kernel, type PartialDay, type PlainDay } from '../../kernel/index.ts'
import { type Attribute, IDENTIFIERS, type Identifier, type Predicate } from '../types.ts'

/** What is said of one attribute of somebody confirmed; never the register's own value. */
export type Verdict = 'match' | 'close' | 'no_match' | 'not_held'

/** An administrative unit as it is compared: by code, by dated id or by name. */
export interface HeldUnit {
  readonly id: string
  readonly code: string
  readonly name: string
}

/** What the register believes of one person on one day, as far as it may be compared. */
export interface Held {
  readonly name: string | null
  readonly birthdate: PartialDay | null
  readonly sex: string | null
  /** The unit of birth and those above it, the lowest first. */
  readonly birthPlace: readonly HeldUnit[]
  readonly nationalities: readonly string[]
  readonly ethnicity: string | null
  readonly maritalStatus: string | null
  /** The unit of permanent residence and those above it, the lowest first. */
  readonly residence: readonly HeldUnit[]
  readonly address: string | null
  readonly oldNumbers: readonly string[]
  readonly alive: boolean
}

/** What a caller says of the person; a list only for nationalities. */
export type Claims = Readonly<Partial<Record<Attribute, string | readonly string[]>>>

/** One value claimed. */
export interface Claim {
  readonly attribute: Attribute
  readonly claim: string | readonly string[]
}

/** How two values are compared, and what may be said of it. */
export interface MatchRules {
  readonly names: Kernel['profile']['names']
  /** Whether the agreement lets `close` be said; without it a close value is `no_match`. */
  readonly close: boolean
}

/** Compares one claimed value with what is held. */
export function verdictOf({ attribute, claim }: Claim, held: Held, rules: MatchRules): Verdict {
  const verdict = COMPARERS[attribute](typeof claim === 'string' ? claim : [...claim], held, rules)
  return verdict === 'close' && !rules.close ? 'no_match' : verdict
}

type Comparer = (claim: string | string[], held: Held, rules: MatchRules) => Verdict

const text = (claim: string | string[]): string => (typeof claim === 'string' ? claim : '')
const sameText = (a: string, b: string): boolean => plain(a) === plain(b)
const plain = (value: string): string =>
  value.normalize('NFC').trim().replace(/\s+/g, ' ').toLocaleLowerCase('und')
const exactly = (claim: string | string[], value: string | null): Verdict =>
  value === null ? 'not_held' : text(claim) === value ? 'match' : 'no_match'

const COMPARERS: Readonly<Record<Attribute, Comparer>> = {
  name: (claim, held, rules) => compareName(text(claim), held.name, rules),
  given_name: (claim, held, rules) =>
    compareName(text(claim), held.name && rules.names.split(held.name).given, rules),
  family_name: (claim, held, rules) =>
    compareName(text(claim), held.name && rules.names.split(held.name).family, rules),
  birthdate: (claim, held) => compareDay(text(claim), held.birthdate),
  sex: (claim, held) => exactly(claim, held.sex),
  birth_place: (claim, held) => compareUnit(text(claim), held.birthPlace),
  nationalities: (claim, held) => compareSets([claim].flat(), held.nationalities),
  ethnicity: (claim, held) => exactly(claim, held.ethnicity),
  marital_status: (claim, held) => exactly(claim, held.maritalStatus),
  resident_state: (claim, held) => compareUnit(text(claim), held.residence.slice(-1)),
  resident_city: (claim, held) => compareUnit(text(claim), held.residence.slice(0, 1)),
  resident_address: (claim, held) =>
    held.address === null ? 'not_held' : sameText(text(claim), held.address) ? 'match' : 'no_match',
  old_number: (claim, held) => compareSets([claim].flat(), held.oldNumbers),
}

function compareName(claim: string, held: string | null, { names }: MatchRules): Verdict {
  if (held === null || held === '') return 'not_held'
  if (claim === held) return 'match'
  switch (names.compare(claim, held)) {
    case 'same':
    case 'tone-placement':
      return 'match'
    case 'folded':
      return 'close'
    default:
      return 'no_match'
  }
}

/** A day known less precisely on one side agrees as far as it goes: that is close, not a match. */
function compareDay(claim: string, held: PartialDay | null): Verdict {
  if (held === null) return 'not_held'
  if (claim === held) return 'match'
  return agrees(claim as PartialDay, held) ? 'close' : 'no_match'
}

function compareUnit(claim: string, held: readonly HeldUnit[]): Verdict {
  if (held.length === 0) return 'not_held'
  const same = held.some((unit) => isUnit(claim, unit))
  return same ? 'match' : 'no_match'
}

const isUnit = (claim: string, unit: HeldUnit): boolean =>
  claim === unit.code || claim === unit.id || sameText(claim, unit.name)

function compareSets(claim: readonly string[], held: readonly string[]): Verdict {
  if (held.length === 0) return 'not_held'
  return claim.length > 0 && claim.every((value) => held.includes(value)) ? 'match' : 'no_match'
}

/**
 * Whether the person is the one meant. `all`: every identifying claim agrees, at least two are
 * given (a request online). `two`: at least two agree (a row of a file, whose columns are what they
 * are). In both the name or the birth date is among those that agree, and where `close` may be said
 * at least one is an exact match: a number with neither name nor date is never a person.
 */
export function isIdentified(
  verdicts: ReadonlyMap<Identifier, Verdict>,
  rule: 'all' | 'two',
): boolean {
  const agreeing = [...verdicts].filter(([, verdict]) => verdict === 'match' || verdict === 'close')
  if (agreeing.length < 2 || (rule === 'all' && agreeing.length < verdicts.size)) return false
  const names = agreeing.map(([name]) => name)
  if (!names.includes('name') && !names.includes('birthdate')) return false
  return agreeing.some(([, verdict]) => verdict === 'match')
}

/** The verdicts of the identifying claims alone, among those of all claims. */
export function identifierVerdicts(
  identify: Claims,
  attributes: Readonly<Record<string, Verdict>>,
): ReadonlyMap<Identifier, Verdict> {
  const verdicts = new Map<Identifier, Verdict>()
  for (const name of IDENTIFIERS) {
    const verdict = attributes[name]
    if (identify[name] !== undefined && verdict !== undefined) verdicts.set(name, verdict)
  }
  return verdicts
}

/** A question answered yes or no; `not_held` where the register cannot tell. */
export function answerOf(
  { predicate, asked }: { readonly predicate: Predicate; readonly asked: string | true },
  held: Held,
  day: PlainDay,
): boolean | 'not_held' {
  if (predicate === 'alive') return held.alive
  if (predicate === 'resides_in') {
    if (held.residence.length === 0) return 'not_held'
    return held.residence.some((unit) => asked === unit.code || asked === unit.id)
  }
  if (held.birthdate === null) return 'not_held'
  const age = Number(predicate.slice('age_over_'.length))
  const { least, most } = ageOn(held.birthdate, day)
  // ISO/IEC 18013-5 section 7.2.5: "age over NN" is true from the NNth birthday on.
  if (least >= age) return true
  return most < age ? false : 'not_held'
}
