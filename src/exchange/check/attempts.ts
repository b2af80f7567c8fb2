import { EXCHANGE_LIMITS } from '../limits.ts'

/** Failed attempts at one number or one person: before this file, and in it. */
export interface Failed {
  readonly day: number
  readonly window: number
}

/**
 * What attempts are counted at: the key of a number as it is claimed, or, less than 0, a person who
 * was found, as `personSubject` makes it.
 */
export type Subject = number
export const personSubject = (person: number): Subject => -1 - person
export const personOfSubject = (subject: Subject): number => -1 - subject

/** What the agency has failed at before, by MAC as hex. */
export type Priors = ReadonlyMap<string, Failed>

const { attemptsPerDay, attemptsPerWindow } = EXCHANGE_LIMITS
const isOver = ({ day, window }: Failed, more: number): boolean =>
  day + more >= attemptsPerDay || window + more >= attemptsPerWindow
const NEVER: Failed = { day: 0, window: 0 }

/**
 * Counts failed attempts of a file in the order of its rows, at numbers as they are claimed and at
 * persons who were found without one: neither may be guessed by asking often.
 */
export class AttemptCounter {
  readonly #priors: Priors
  readonly #macOf: (subject: Subject) => string
  readonly #counts = new Map<Subject, number>()
  readonly #isAnyOver: boolean

  constructor(priors: Priors, macOf: (subject: Subject) => string) {
    this.#priors = priors
    this.#macOf = macOf
    this.#isAnyOver = [...priors.values()].some((one) => isOver(one, 0))
  }

  /** Whether nothing more is said of this subject today. */
  isSpent(subject: Subject): boolean {
    const count = this.#counts.get(subject) ?? 0
    // A MAC costs more than all else of a row: it is made only where it can matter.
    if (count === 0 && !this.#isAnyOver) return false
    return isOver(this.#priorOf(subject), count)
  }

  fail(subject: Subject): void {
    this.#counts.set(subject, (this.#counts.get(subject) ?? 0) + 1)
  }

  #priorOf(subject: Subject): Failed {
    if (this.#priors.size === 0) return NEVER
    return this.#priors.get(this.#macOf(subject)) ?? NEVER
  }
}
