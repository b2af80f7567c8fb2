import { Random } from '../../src/register/nation/random.ts'
import { Dice, type Tally } from './dice.ts'
import { drawOffices, type Office, QUIET_OFFICE } from './office.ts'
import { CARELESS_FACTOR, type Severity } from './rates.ts'

/** Persons made together, who may be taken for each other. */
export interface People {
  readonly count: number
  /** What a file writes of a person, without the row's id. */
  write(person: number, writer: Writer): string
  /** Values of `Setting.strata`. */
  strata(person: number): string
}

/** Where and by whom a row is written. */
export interface Writer {
  readonly dice: Dice
  readonly office: Office
  /** The person whose own number the clerk gives where one is missing; -1: the clerk does not. */
  readonly ownNumberOf: number
}

export interface Drawing {
  readonly seed: number
  readonly severity: Severity
  readonly tally: Tally
}

/** Persons of one kind and the columns that files have of them. */
export interface Setting {
  readonly columns: readonly string[]
  readonly strata: readonly string[]
  readonly batches: number
  people(batch: number, drawing: Drawing): People
}

/** A row, without its id. */
export interface Row {
  readonly text: string
  /** How many things went wrong in it. */
  readonly errors: number
}

const RIGHT_STREAM = 1_000_003
const LEFT_STREAM = 2_000_003

/** What two files hold of a batch of persons. */
export class Batch {
  readonly people: People
  /** Draws for the right file, or for the one file there is. */
  readonly dice: Dice
  private readonly leftDice: Dice
  private readonly offices: readonly Office[]

  constructor(setting: Setting, index: number, drawing: Drawing) {
    const { seed, severity, tally } = drawing
    this.people = setting.people(index, drawing)
    this.dice = new Dice(new Random(seed ^ RIGHT_STREAM, index), severity, tally)
    this.leftDice = new Dice(new Random(seed ^ LEFT_STREAM, index), 'register', tally)
    this.offices = drawOffices(this.dice, this.people.count)
  }

  /** The row of a file that is kept well. */
  left(person: number): Row {
    return this.row(person, { dice: this.leftDice, office: QUIET_OFFICE, ownNumberOf: -1 })
  }

  /** A row written in one of the offices; another each time. */
  right(person: number): Row {
    const { dice } = this
    const office = dice.pick(this.offices)
    const clerk = dice.pick(office.clerks)
    dice.factor = clerk.isCareless ? CARELESS_FACTOR : 1
    const ownNumberOf = clerk.givesOwnNumber ? clerk.self : -1
    return this.row(person, { dice, office, ownNumberOf })
  }

  private row(person: number, writer: Writer): Row {
    writer.dice.errors = 0
    const text = this.people.write(person, writer)
    return { text, errors: writer.dice.errors }
  }
}

/** A field of a CSV row, RFC 4180. */
export const field = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
