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

interface Attempts {
  readonly mac: string
  day: number
  window: number
}

const { attemptsPerDay, attemptsPerWindow } = EXCHANGE_LIMITS
const isOver = ({ day, window }: Failed): boolean =>
  day >= attemptsPerDay || window >= attemptsPerWindow

/**
 * Counts failed attempts of a file in the order of its rows, at numbers as they are claimed and at
 * persons who were found without one: neither may be guessed by asking often.
 */
export class AttemptCounter {
  readonly #priors: Priors
  readonly #macOf: (subject: Subject) => string
  readonly #seen = new Map<Subject, Attempts>()
  readonly #anyOver: boolean

  constructor(priors: Priors, macOf: (subject: Subject) => string) {
    this.#priors = priors
    this.#macOf = macOf
    this.#anyOver = [...priors.values()].some(isOver)
  }

  /** Whether nothing more is said of this subject today. */
  isSpent(subject: Subject): boolean {
    const seen = this.#seen.get(subject)
    if (seen !== undefined) return isOver(seen)
    // A MAC costs more than all else of a row: most agencies have spent nothing.
    return this.#anyOver && isOver(this.#of(subject))
  }

  /** Counts a failure; the MAC it is stored by. */
  fail(subject: Subject): string {
    const attempts = this.#of(subject)
    attempts.day++
    attempts.window++
    return attempts.mac
  }

  #of(subject: Subject): Attempts {
    let attempts = this.#seen.get(subject)
    if (attempts === undefined) {
      const mac = this.#macOf(subject)
      const { day, window } = this.#priors.get(mac) ?? { day: 0, window: 0 }
      attempts = { mac, day, window }
      this.#seen.set(subject, attempts)
    }
    return attempts
  }
}
