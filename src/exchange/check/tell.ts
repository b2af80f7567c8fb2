import {
  bearerOf,
  type Evidence,
  type FieldTold,
  FLAG,
  type Matched,
  OUTCOMES,
  type Scene,
  STATUSES,
  type Status,
  statusOf,
  View,
} from '../../linkage/index.ts'
import type { Agreement } from '../types.ts'
import { type AttemptCounter, personSubject, type Subject } from './attempts.ts'
import { fileBit, type ToldCause, toldBit } from './causes.ts'
import type { Column } from './columns.ts'
import type { Standard } from './standard.ts'
import { verdictCode } from './value.ts'

/** Marks of the record that was found, as results tell them. */
export const FLAGS = ['deceased', 'missing', 'merged', 'not-in-force', 'abroad'] as const
export type Flag = (typeof FLAGS)[number]
const flagBit = (flag: Flag): number => 2 ** FLAGS.indexOf(flag)

export const statusCode = (status: Status): number => STATUSES.indexOf(status)

/** What is told of each row, and what it costs. */
export interface Told {
  /** By row: place in `STATUSES`. */
  readonly status: Uint8Array
  /** By column and row: place in `VERDICTS`. */
  readonly verdicts: ReadonlyMap<Column, Uint8Array>
  /** By row: bits of `TOLD_CAUSES`. */
  readonly causes: Uint32Array
  /** By row: bits of `FLAGS`. */
  readonly flags: Uint8Array
  /** By row: the person whose number is given where it may be, and 1; 0: none. */
  readonly given: Uint32Array
  /** By row: 1 where the row wholly agrees, so that the pseudonym is given too. */
  readonly whole: Uint8Array
  /** By row: whoever was compared and is named by the event, beside the close ones; and 1. */
  readonly concerned: Uint32Array
  /** By row: 1 where a probability is told. */
  readonly hasChance: Uint8Array
  /** By row: 1 where it is a failed attempt. */
  readonly failed: Uint8Array
  /** What failures of a row are counted by: the numbers as claimed, and whoever was found. */
  subjectsOf(row: number): readonly Subject[]
}

export interface TellPlan {
  readonly standard: Standard
  readonly scene: Scene
  readonly matched: Matched
  readonly agreement: Agreement
  readonly attempts: AttemptCounter
  /** Whether the agreement covers a person. */
  isWithin(person: number): boolean
  /** Rows before this one were told in an earlier run, and their failures are counted already. */
  readonly from: number
}

/** Decides what each row is told, in the order of the file. */
export function tellRows(plan: TellPlan): Told {
  const teller = new Teller(plan)
  for (let row = 0; row < plan.standard.table.rows; row++) teller.tell(row)
  return teller
}

const TOLD_OF: Readonly<Record<string, FieldTold>> = {
  same: 'match',
  folded: 'close',
  partial: 'close',
  contradicting: 'no_match',
  near: 'no_match',
  part: 'no_match',
  slip: 'no_match',
  foreign: 'no_match',
  differs: 'no_match',
}

const DIFFERS: Readonly<Partial<Record<Column, ToldCause>>> = {
  number: 'number-differs',
  old_number: 'old-number-differs',
  name: 'name-differs',
  birthdate: 'birth-date-differs',
  sex: 'sex-differs',
  resident_city: 'residence-differs',
}
/** Columns that stand beside the number: one of them must agree wholly. */
const BESIDE: ReadonlySet<Column> = new Set(['name', 'birthdate', 'resident_city', 'old_number'])

function causeOf(column: Column, verdict: FieldTold): ToldCause | null {
  if (verdict === 'no_match') return DIFFERS[column] ?? null
  if (verdict !== 'close') return null
  return column === 'name' ? 'name-close' : 'birth-date-close'
}

const TOO_FEW = fileBit('too-few-fields')

class Teller implements Told {
  readonly status: Uint8Array
  readonly verdicts: ReadonlyMap<Column, Uint8Array>
  readonly causes: Uint32Array
  readonly flags: Uint8Array
  readonly given: Uint32Array
  readonly whole: Uint8Array
  readonly concerned: Uint32Array
  readonly hasChance: Uint8Array
  readonly failed: Uint8Array
  readonly #plan: TellPlan
  readonly #view: View
  readonly #asksAlive: boolean
  readonly #asksHome: boolean
  /** Of the row at hand: columns that say something, what is told of each, and of which beside the number. */
  readonly #columns: Column[] = []
  readonly #told: FieldTold[] = []
  readonly #besides: FieldTold[] = []

  constructor(plan: TellPlan) {
    const { rows } = plan.standard.table
    this.#plan = plan
    this.#view = new View(plan.scene)
    this.status = new Uint8Array(rows)
    this.verdicts = plan.standard.verdicts
    this.causes = new Uint32Array(rows)
    this.flags = new Uint8Array(rows)
    this.given = new Uint32Array(rows)
    this.whole = new Uint8Array(rows)
    this.concerned = new Uint32Array(rows)
    this.hasChance = new Uint8Array(rows)
    this.failed = new Uint8Array(rows)
    const { attributes, predicates } = plan.agreement
    this.#asksAlive = predicates.includes('alive')
    this.#asksHome = predicates.includes('resides_in') || attributes.includes('resident_city')
  }

  tell(row: number): void {
    const { standard, matched } = this.#plan
    const outcome = OUTCOMES[matched.outcome[row] as number]
    if (outcome === 'unreadable' || outcome === undefined) {
      const isRead = standard.table.fault[row] === 0
      if (isRead) standard.causes[row] = (standard.causes[row] as number) | TOO_FEW
      this.#settle(row, 'unreadable', [])
      return
    }
    const person = (matched.person[row] as number) - 1
    const isFound = outcome !== 'not_found' && this.#plan.isWithin(person)
    const repeats = matched.repeats[row] !== 0
    this.concerned[row] = isFound ? person + 1 : this.#bearer(row)
    this.hasChance[row] = isFound ? 1 : 0
    const subjects = this.subjectsOf(row)
    if (subjects.some((subject) => this.#plan.attempts.isSpent(subject))) {
      this.hasChance[row] = 0
      this.#settle(row, 'not_found', ['attempts-spent'])
      return
    }
    if (!isFound) {
      // Who is outside the agreement is as if not there: that rows meet in them is not told either.
      const says = outcome === 'not_found' && repeats
      this.#settle(row, says ? 'duplicate' : 'not_found', [says ? 'repeated' : 'not-confirmed'])
      if (!says) this.#fail(row, subjects)
      return
    }
    if (outcome === 'identified') {
      this.#identified(row, person, { repeats, subjects })
      return
    }
    const cause = outcome === 'probable' ? 'not-certain' : 'several-persons'
    const status = repeats ? 'duplicate' : outcome
    this.#settle(row, status, repeats ? [cause, 'repeated'] : [cause])
    this.#fail(row, subjects)
  }

  #identified(
    row: number,
    person: number,
    { repeats, subjects }: { repeats: boolean; subjects: readonly Subject[] },
  ): void {
    const { matched } = this.#plan
    const evidence = this.#view.of(row, person, matched.alone[row] === 1)
    this.#compare(row, person, evidence)
    const status = statusOf(this.#told, this.#besides)
    const causes: ToldCause[] = repeats ? ['repeated'] : []
    if (status === 'probable') causes.push('not-certain')
    else {
      for (const [at, column] of this.#columns.entries()) {
        const verdict = this.#told[at] as FieldTold
        this.#setVerdict(row, { column, verdict })
        const cause = causeOf(column, verdict)
        if (cause !== null) causes.push(cause)
      }
      this.#mark(row, person, { evidence, causes })
      this.given[row] = person + 1
    }
    this.#settle(row, repeats ? 'duplicate' : status, causes)
    this.whole[row] = status === 'verified' ? 1 : 0
    if (status !== 'verified') this.#fail(row, subjects)
  }

  /** Puts what is told of each column that says something into lists that each row uses again. */
  #compare(row: number, person: number, evidence: Evidence): void {
    const { claims, people } = this.#plan.scene
    this.#columns.length = 0
    this.#told.length = 0
    this.#besides.length = 0
    const isSameBirth = claims.birth[row] === people.birth[person]
    if (claims.name[row] !== 0) this.#put('name', evidence.name)
    if (claims.birth[row] !== 0) this.#put('birthdate', isSameBirth ? 'same' : evidence.birth)
    if (claims.sex[row] !== 0) this.#put('sex', evidence.sex)
    if (claims.unit[row] !== 0) this.#put('resident_city', evidence.place)
    const [ofNumber, ofOld] = claims.oldNumbers
    if ((ofOld?.[row] ?? 0) !== 0) this.#put('old_number', evidence.oldNumber)
    if ((ofNumber?.[row] ?? 0) !== 0) this.#put('number', evidence.oldNumber)
    else if (claims.number[row] !== 0) {
      this.#put('number', evidence.number === 'earlier' ? 'same' : evidence.number)
    }
  }

  /** `close` is told only where the agreement lets it. */
  #put(column: Column, found: string): void {
    if (!this.verdicts.has(column)) return
    const verdict = found === 'none' ? 'not_held' : (TOLD_OF[found] ?? 'no_match')
    const told = verdict === 'close' && !this.#plan.agreement.close ? 'no_match' : verdict
    this.#columns.push(column)
    this.#told.push(told)
    if (BESIDE.has(column)) this.#besides.push(told)
  }

  #setVerdict(
    row: number,
    { column, verdict }: { readonly column: Column; readonly verdict: FieldTold },
  ): void {
    const verdicts = this.verdicts.get(column)
    if (verdicts === undefined) return
    // Of a number that agrees, how it had to be read is more than that it does.
    const isRead = column === 'number' && verdict === 'match' && verdicts[row] !== 0
    if (!isRead) verdicts[row] = verdictCode(verdict)
  }

  /** What the register knows of the record, as far as the agreement asks for it. */
  #mark(
    row: number,
    person: number,
    { evidence, causes }: { evidence: Evidence; causes: ToldCause[] },
  ): void {
    const { people, claims } = this.#plan.scene
    const flags = people.flags[person] as number
    const mark = (flag: Flag, cause: ToldCause) => {
      this.flags[row] = (this.flags[row] as number) | flagBit(flag)
      causes.push(cause)
    }
    if (this.#asksAlive && (flags & FLAG.deceased) !== 0) mark('deceased', 'deceased')
    if (this.#asksAlive && (flags & FLAG.missing) !== 0) mark('missing', 'missing-person')
    if (this.#asksHome && (flags & FLAG.abroad) !== 0) mark('abroad', 'abroad')
    if (evidence.number !== 'earlier') return
    const bearer = people.byNumber.find(claims.number[row] as number)
    if (people.survivors.has(bearer)) mark('merged', 'merged')
    else mark('not-in-force', 'number-replaced')
    const verdicts = this.verdicts.get('number')
    if (verdicts !== undefined) verdicts[row] = verdictCode('old')
  }

  #settle(row: number, status: Status, causes: readonly ToldCause[]): void {
    this.status[row] = statusCode(status)
    this.causes[row] = causes.reduce((bits, cause) => bits | toldBit(cause), 0)
  }

  #fail(row: number, subjects: readonly Subject[]): void {
    if (row < this.#plan.from) return
    this.failed[row] = 1
    for (const subject of subjects) this.#plan.attempts.fail(subject)
  }

  subjectsOf(row: number): readonly Subject[] {
    const { claims } = this.#plan.scene
    const subjects: Subject[] = []
    if (claims.number[row] !== 0) subjects.push(claims.number[row] as number)
    for (const keys of claims.oldNumbers) {
      if (keys[row] !== 0) subjects.push(keys[row] as number)
    }
    if (this.hasChance[row] === 1) {
      subjects.push(personSubject((this.concerned[row] as number) - 1))
    }
    return subjects
  }

  /** Whoever bears the row's number was asked about, although nothing is told. */
  #bearer(row: number): number {
    const { claims, people } = this.#plan.scene
    const bearer = bearerOf(people, claims.number[row] as number)
    return bearer === undefined ? 0 : bearer + 1
  }
}
