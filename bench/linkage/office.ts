import type { Dice } from './dice.ts'
import type { RateId } from './rates.ts'

/** What an office does to most of its rows. Habits of one office come together in its rows. */
export const HABITS = [
  'office.no-accents',
  'office.capitals',
  'office.legacy-encoding',
  'office.lost-letters',
  'office.decomposed',
  'office.other-tone-placement',
  'office.no-middle-names',
  'office.given-name-first',
  'office.first-of-january',
  'office.day-month-swapped',
  'office.loses-leading-zeros',
  'office.scans',
  'office.old-units',
  'office.own-unit',
  'office.no-numbers',
  'office.no-phones',
] as const satisfies readonly RateId[]
export type Habit = (typeof HABITS)[number]

export interface Clerk {
  readonly isCareless: boolean
  /** Types the own number where a row has none. */
  readonly givesOwnNumber: boolean
  /** Who the clerk is: a person of the batch. */
  readonly self: number
}

export interface Office {
  readonly habits: ReadonlySet<Habit>
  readonly clerks: readonly Clerk[]
  /** Somebody whose residence is where the office is. */
  readonly at: number
  /** Draws which of several ways a habit takes, such as which old encoding. */
  readonly variant: number
}

const CLERKS = 3
/** Persons to an office, roughly. */
const OFFICE_persons = 500

/** The offices of a batch of persons; each row is written in one of them. */
export function drawOffices(dice: Dice, persons: number): readonly Office[] {
  const { random } = dice
  const count = Math.max(1, Math.round(persons / OFFICE_persons))
  return Array.from({ length: count }, () => ({
    habits: new Set(HABITS.filter((habit) => dice.happens(habit))),
    clerks: Array.from({ length: CLERKS }, () => ({
      isCareless: dice.happens('clerk.careless'),
      givesOwnNumber: dice.happens('clerk.gives-own-number'),
      self: random.below(persons),
    })),
    at: random.below(persons),
    variant: random.below(3),
  }))
}

/** Where nobody has a habit and every clerk takes care. */
export const QUIET_OFFICE: Office = { habits: new Set(), clerks: [], at: 0, variant: 0 }

/** Whether a habit shows in the row that is written: the office's doing, whoever is the clerk. */
export const shows = (dice: Dice, { habits }: Office, habit: Habit): boolean =>
  habits.has(habit) && dice.errs('office.habit', 1)
