/**
 * What a row of a file comes to beside a register of unique persons. Every rule stands here, and
 * asks for nothing but what is compared: the same rules judge a file, a request and a review.
 */

/** Number of the row against the candidate's. */
export type NumberEvidence =
  /** The row has none that can be read, or the candidate has none. */
  | 'none'
  | 'same'
  /** One that the candidate had before, or that a merged record had. */
  | 'earlier'
  /** A digit, or two that changed places, away. */
  | 'slip'
  /** Somebody else's of the register. */
  | 'foreign'
  /** Nobody's that is known. */
  | 'differs'

/** `near`: letters apart; `part`: words dropped or shortened; `contradicting`: other accents. */
export type NameEvidence =
  | 'none'
  | 'same'
  | 'folded'
  | 'contradicting'
  | 'near'
  | 'part'
  | 'differs'

/** `slip`: a digit wrong, or day and month changed places; `part`: two of year, month and day. */
export type BirthEvidence = 'none' | 'same' | 'partial' | 'slip' | 'part' | 'differs'

/** What a row and a person have in common. */
export interface Evidence {
  readonly number: NumberEvidence
  /** The digits of the row's number tell another sex or birth year than the row does. */
  readonly contradicts: boolean
  readonly oldNumber: 'none' | 'same' | 'slip' | 'differs'
  readonly name: NameEvidence
  readonly birth: BirthEvidence
  readonly sex: 'none' | 'same' | 'differs'
  readonly place: 'none' | 'same' | 'differs'
  /** Nobody else of the register, and no other row of the file, has this name, birth, sex and place. */
  readonly alone: boolean
}

/** By what a row is known to be a person: one name for each module, as errors are told by module. */
export const MODULES = [
  'number-exact',
  'number',
  'old-number',
  'place',
  'number-slip',
  'place-near',
] as const
export type Module = (typeof MODULES)[number]

const isName = ({ name }: Evidence): boolean => name === 'same' || name === 'folded'
const isNearName = ({ name }: Evidence): boolean => name === 'near' || name === 'part'
/** Consistent, or one slip from it. */
const isBirth = ({ birth }: Evidence): boolean =>
  birth === 'same' || birth === 'partial' || birth === 'slip'

interface Rule {
  readonly module: Module
  readonly holds: (evidence: Evidence) => boolean
}

/**
 * What identifies, the strongest first. No rule rests on the number alone, for every large file holds
 * numbers of a parent, of a namesake or of whoever typed them; none on name and birth alone, for a
 * nation has many of one name born on one day.
 */
const RULES: readonly Rule[] = [
  {
    module: 'number-exact',
    holds: (e) => hasNumber(e) && isName(e) && (e.birth === 'same' || e.birth === 'partial'),
  },
  {
    // A number that contradicts its own row may be a namesake's: then the place must agree.
    module: 'number',
    holds: (e) =>
      hasNumber(e) &&
      ((isName(e) && (e.birth === 'slip' || (e.birth === 'part' && isUncontested(e)))) ||
        (isName(e) && isUncontested(e) && e.place === 'same') ||
        (e.name === 'none' && e.birth === 'same' && e.place === 'same') ||
        (isNearName(e) && e.birth === 'same') ||
        (isNearName(e) && isUncontested(e) && (isBirth(e) || isBirthPartAtPlace(e))) ||
        (e.name === 'contradicting' && e.birth === 'same')),
  },
  {
    // Provinces gave some older numbers twice: never to two of one name and birth.
    module: 'old-number',
    holds: (e) =>
      e.oldNumber === 'same' &&
      ((isName(e) && (isBirth(e) || (e.birth === 'part' && e.sex !== 'differs'))) ||
        (isName(e) && e.birth === 'none' && e.place === 'same') ||
        (isNearName(e) && (e.birth === 'same' || (isBirth(e) && e.place === 'same')))),
  },
  {
    module: 'place',
    holds: (e) =>
      e.place === 'same' &&
      isName(e) &&
      e.birth === 'same' &&
      e.sex !== 'differs' &&
      e.alone &&
      !isOwnNumber(e),
  },
  {
    // Nobody else's number is a digit away from this person's and born on the day of this name.
    module: 'number-slip',
    holds: (e) =>
      (e.number === 'slip' || e.oldNumber === 'slip') &&
      e.sex !== 'differs' &&
      isName(e) &&
      (e.birth === 'same' || (isBirth(e) && e.place === 'same')),
  },
  {
    // A slip in the name alone; the score must leave no other in question.
    module: 'place-near',
    holds: (e) =>
      e.place === 'same' &&
      isNearName(e) &&
      e.birth === 'same' &&
      e.sex === 'same' &&
      !isOwnNumber(e),
  },
]

/** A number that nobody else bears and that fits its row may be that of a person not registered. */
const isOwnNumber = ({ number, contradicts }: Evidence): boolean =>
  number === 'differs' && !contradicts
const isBirthPartAtPlace = ({ birth, place }: Evidence): boolean =>
  birth === 'part' && place === 'same'
const hasNumber = ({ number }: Evidence): boolean => number === 'same' || number === 'earlier'
const isUncontested = ({ contradicts, sex }: Evidence): boolean => !contradicts && sex !== 'differs'

/**
 * Whether a row may be this person at all: neither another's name nor another's birth date, as far as
 * both are known. Of a number that agrees while name and date do not, nothing is told.
 */
export const couldBe = ({ name, birth }: Evidence): boolean =>
  (name !== 'differs' && name !== 'none') || (birth !== 'differs' && birth !== 'none')

/** The rule by which a row is this person; null: none does, however probable it is. */
export function identify(evidence: Evidence): Module | null {
  return RULES.find(({ holds }) => holds(evidence))?.module ?? null
}

/** How the best candidate of a row stands beside the others. */
export interface Standing {
  /** Of the best: chance that it is the row's person, all candidates and nobody considered. */
  readonly probability: number
  /** The same of the next best; 0: there is none. */
  readonly next: number
  readonly module: Module | null
  /** Other persons whom a rule identifies the row as, too. */
  readonly rivals: number
}

export type Outcome = 'identified' | 'probable' | 'ambiguous' | 'not_found'

/** Less probable than this, nobody is told. */
export const PROBABLE_least = 0.5
/** A next best this close to the best, in odds, leaves it open who of them it is. */
const CLOSE_odds = 4
/** Somebody identified by a rule is doubted only when another is this probable. */
const RIVAL_least = 0.05
/** Rules that rest on no number want the score to be as sure as they are. */
const SURE_least = 0.999

const SURE: ReadonlySet<Module> = new Set(['number-exact', 'old-number', 'number'])

/** What a row comes to, given its best candidate and the others. */
export function decide({ probability, next, module, rivals }: Standing): Outcome {
  if (module !== null && rivals > 0) return 'ambiguous'
  if (module !== null && next < RIVAL_least) {
    if (SURE.has(module) || probability >= SURE_least) return 'identified'
  }
  if (next * CLOSE_odds >= probability && probability + next >= PROBABLE_least) return 'ambiguous'
  return probability >= PROBABLE_least ? 'probable' : 'not_found'
}

/** Chances that each of some candidates is a row's person, from log2 of the odds of each alone. */
export function posteriors(odds: readonly number[]): readonly number[] {
  // The register holds each person once, so a row is one of them or none: the parts sum to 1.
  const most = Math.max(0, ...odds)
  const parts = odds.map((one) => 2 ** (one - most))
  const sum = parts.reduce((a, b) => a + b, 2 ** -most)
  return parts.map((part) => part / sum)
}

export const STATUSES = [
  'verified',
  'mismatch',
  'probable',
  'ambiguous',
  'duplicate',
  'not_found',
  'unreadable',
] as const
export type Status = (typeof STATUSES)[number]

/** What is told of a field of somebody identified; never the register's own value. */
export type FieldTold = 'match' | 'close' | 'no_match' | 'not_held'

/**
 * What somebody identified comes to by what is told of each field: verified where nothing differs
 * and one field beside the number agrees wholly. A number alone with a name and a date that are only
 * close is never verified.
 */
export function statusOf(
  told: readonly FieldTold[],
  beside: readonly FieldTold[],
): 'verified' | 'mismatch' | 'probable' {
  if (told.includes('no_match') || beside.includes('no_match')) return 'mismatch'
  return beside.includes('match') ? 'verified' : 'probable'
}
