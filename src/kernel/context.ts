import type { Static, TObject } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import type { Actor, Grant, Level } from './actor.ts'
import { type AuditEntry, type AuditRow, auditRow } from './audit.ts'
import { authorise, findGrantFor } from './authorise.ts'
import type { Tx } from './database.ts'
import type { Kernel } from './kernel.ts'
import { Refusal } from './refusal.ts'
import { findUnkeepable, keepable } from './text.ts'
import { dayOf, type Instant, type PlainDay } from './time.ts'

/** The two things an applicant must have told the officer; both are typed, never looked up. */
export interface Mark {
  readonly number: string
  readonly bornOn: string
}

/** The case in which a record outside one's own area is opened; the citizen sees it flagged. */
export interface CaseOfOpening extends Mark {
  readonly reference: string
  readonly reason: string
}

/** How a caller comes to an operation. */
export interface Caller {
  readonly kernel: Kernel
  readonly actor: Actor
  readonly case?: CaseOfOpening
  /** The caller's own file number, where there is no such case. */
  readonly reference?: string
  /** Code of the purpose; a command has its own. */
  readonly purpose?: string
  readonly legalBasis?: string
}

/** What is declared of any operation, command or query. */
export interface Declaration<Input extends TObject> {
  readonly name: string
  readonly input: Input
  /** Least authentication level of the actor; 1 where nothing is said. */
  readonly level?: Level
}

/** What an operation works with. */
export interface Context {
  readonly tx: Tx
  readonly kernel: Kernel
  readonly actor: Actor
  readonly now: Instant
  readonly today: PlainDay
  /** Names a person this is about, and the attributes read or changed: the citizen sees both. */
  concerns(personId: string, attributes?: readonly string[]): void
  /**
   * Refuses unless a grant of the actor covers the record. `area` lists the record's unit and all
   * above it, up to 'nation'. Outside, a caller with a case passes when the number and the birth
   * date typed there are the record's (`mark`), and the citizen sees the event flagged.
   */
  requireArea(area: readonly string[], mark?: Mark): void
  /** Marks the event, for the citizen and the inspector: `outside-area`, `break-glass`, … */
  flag(word: string): void
  /** Adds to the event what the operation must answer for; nothing of the person's data. */
  note(name: string, value: string): void
  /** Hides the event from its subject until a day, for an investigation; it is counted. */
  hideUntil(day: PlainDay): void
}

/** Checks one input shape; the compiled validator is made once. */
export class Shape<Input extends TObject> {
  readonly #validator: Validator<Record<string, never>, Input>
  constructor(input: Input) {
    this.#validator = Compile(input) as unknown as Validator<Record<string, never>, Input>
  }
  /** The input as declared; refuses naming the field and what is expected of it. */
  parse(input: unknown): Static<Input> {
    if (this.#validator.Check(input)) {
      const field = findUnkeepable(input)
      if (field === undefined) return input as Static<Input>
      throw new Refusal('request.invalid', { field, expected: 'Unicode without NUL' })
    }
    const [error] = this.#validator.Errors(input)
    throw new Refusal('request.invalid', {
      field: fieldOf(error) || 'body',
      expected: error?.message ?? 'another shape',
    })
  }
}

function fieldOf(error: { instancePath?: string; params?: unknown } | undefined): string {
  const path = (error?.instancePath ?? '').slice(1).replaceAll('/', '.')
  const params = (error?.params ?? {}) as Record<string, unknown>
  const extra = params.requiredProperties ?? params.additionalProperties
  const name = Array.isArray(extra) ? String(extra[0]) : ''
  return [path, name].filter((part) => part !== '').join('.')
}

/** One operation under way: collects what its audit event will say. */
export class Undertaking implements Context {
  readonly tx: Tx
  readonly kernel: Kernel
  readonly actor: Actor
  readonly now: Instant
  readonly today: PlainDay
  readonly #caller: Caller
  readonly #operation: string
  readonly #grants: readonly Grant[]
  readonly #subjects = new Set<string>()
  readonly #attributes = new Set<string>()
  readonly #flags = new Set<string>()
  readonly #notes = new Map<string, string>()
  #grant: Grant | undefined
  #hiddenUntil: PlainDay | undefined

  constructor(tx: Tx, caller: Caller, operation: { name: string; level?: Level }) {
    this.tx = tx
    this.#caller = caller
    this.kernel = caller.kernel
    this.actor = caller.actor
    this.now = caller.kernel.now()
    this.today = dayOf(this.now, caller.kernel.profile.timeZone)
    this.#operation = operation.name
    this.#grants = authorise(
      caller.actor,
      { operation: operation.name, level: operation.level ?? 1, today: this.today },
      caller.kernel.profile,
    )
    this.#grant = this.#grants[0]
  }

  // Arrow functions: an operation takes its context apart, `run(input, { tx, concerns })`.
  concerns = (personId: string, attributes: readonly string[] = []): void => {
    this.#subjects.add(personId)
    for (const attribute of attributes) this.#attributes.add(attribute)
  }

  requireArea = (area: readonly string[], mark?: Mark): void => {
    const grant = findGrantFor(this.#grants, area)
    if (grant !== undefined) {
      this.#grant = grant
      return
    }
    const typed = this.#caller.case
    if (typed === undefined || mark === undefined) {
      throw new Refusal('actor.out-of-area', { operation: this.#operation })
    }
    this.flag('outside-area')
    this.note('reason', typed.reason)
    if (typed.number !== mark.number || typed.bornOn !== mark.bornOn) {
      throw new Refusal('case.not-matching', { operation: this.#operation })
    }
  }

  flag = (word: string): void => {
    this.#flags.add(word)
  }

  note(name: string, value: string): void {
    this.#notes.set(name, keepable(value))
  }

  hideUntil = (day: PlainDay): void => {
    this.#hiddenUntil = day
  }

  /** The event of what was done, or of the refusal. */
  event(purpose: string, legalBasis: string, refusal?: Refusal): AuditRow {
    return auditRow({
      ...entryOf(this.#caller, this.#operation, this.now),
      ...(refusal !== undefined && refusedBy(refusal)),
      unit: this.#grant?.unit ?? this.actor.unit,
      role: this.#grant?.role ?? null,
      purpose,
      legalBasis,
      attributes: [...this.#attributes].sort(),
      subjects: [...this.#subjects],
      flags: [...this.#flags].sort(),
      ...(this.#notes.size > 0 && { notes: Object.fromEntries(this.#notes) }),
      ...(this.#hiddenUntil !== undefined && { hiddenUntil: this.#hiddenUntil }),
    })
  }
}

/** The event of an operation that did not even begin: nothing is known but who and what. */
export function entryOf(caller: Caller, operation: string, at: Instant): AuditEntry {
  const reference = caller.case?.reference ?? caller.reference
  return {
    operation,
    at,
    actor: caller.actor,
    unit: caller.actor.unit,
    role: null,
    purpose: caller.purpose ?? '',
    legalBasis: caller.legalBasis ?? '',
    outcome: 'done',
    attributes: [],
    subjects: [],
    ...(reference !== undefined && { case: keepable(reference) }),
  }
}

/** What a refusal adds to its event. */
export const refusedBy = ({ code }: Refusal): Pick<AuditEntry, 'outcome' | 'code'> => ({
  outcome: 'refused',
  code,
})
