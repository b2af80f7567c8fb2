import type { Static, TObject } from 'typebox'
import { type AuditRow, auditRow } from './audit.ts'
import { writeAudit } from './audit-store.ts'
import { auditRefusal } from './command.ts'
import {
  type Caller,
  type Context,
  type Declaration,
  entryOf,
  refusedBy,
  Shape,
  Undertaking,
} from './context.ts'
import type { Tx } from './database.ts'
import type { Kernel } from './kernel.ts'
import { Refusal } from './refusal.ts'

export interface QueryDeclaration<Input extends TObject, Output> extends Declaration<Input> {
  /** Codes of the purposes it may be asked for. No purpose, no answer. */
  readonly purposes: readonly string[]
  run(input: Static<Input>, context: Context): Promise<Output>
}

/** A read of personal data: the audit event is written in the transaction that reads. */
export interface Query<Input extends TObject = TObject, Output = unknown> {
  readonly name: string
  readonly declaration: QueryDeclaration<Input, Output>
  readonly shape: Shape<Input>
}

export function query<Input extends TObject, Output>(
  declaration: QueryDeclaration<Input, Output>,
): Query<Input, Output> {
  return { name: declaration.name, declaration, shape: new Shape(declaration.input) }
}

/** A caller who says what for, and under which law (the purpose's own where nothing is said). */
export interface Asker extends Caller {
  readonly purpose: string
}

/** Asks once: purpose, shape, permission, then one transaction of the reads and their event. */
export async function ask<Input extends TObject, Output>(
  query: Query<Input, Output>,
  input: unknown,
  asker: Asker,
): Promise<Output> {
  const { declaration } = query
  const caller = withLegalBasis(asker)
  let undertaking: Undertaking | undefined
  try {
    requirePurpose(declaration.purposes, caller)
    const parsed = query.shape.parse(input)
    return await caller.kernel.database.transaction(async (tx) => {
      undertaking = new Undertaking(tx, caller, declaration)
      const answer = await declaration.run(parsed, undertaking)
      writeAudit(tx, [undertaking.event(caller.purpose, caller.legalBasis)])
      return answer
    })
  } catch (error) {
    if (error instanceof Refusal) {
      await auditRefusal({ caller, operation: query.name, refusal: error, undertaking })
    }
    throw error
  }
}

function withLegalBasis(asker: Asker): Asker & { readonly legalBasis: string } {
  const { purposes } = asker.kernel.profile
  const purpose = purposes.find(({ code }) => code === asker.purpose)
  return { ...asker, legalBasis: asker.legalBasis ?? purpose?.legalBases[0] ?? '' }
}

function requirePurpose(purposes: readonly string[], caller: Asker): void {
  if (!purposes.includes(caller.purpose)) {
    throw new Refusal('purpose.not-allowed', { purpose: caller.purpose })
  }
}

export interface BatchedDeclaration<Input extends TObject, Output> extends Declaration<Input> {
  /** Answers every call, in order, from shared statements; a refusal concerns its call alone. */
  runMany(
    calls: readonly BatchedCall<Static<Input>>[],
    shared: { readonly tx: Tx; readonly kernel: Kernel },
  ): Promise<readonly (Output | Refusal)[]>
}

export interface BatchedCall<Input> {
  readonly input: Input
  readonly context: Context
  readonly caller: Asker
}

/** A read whose calls may share a transaction while each keeps its own event and refusal. */
export interface BatchedQuery<Input extends TObject, Output> {
  readonly name: string
  readonly declaration: BatchedDeclaration<Input, Output>
  readonly shape: Shape<Input>
}

export function batchedQuery<Input extends TObject, Output>(
  declaration: BatchedDeclaration<Input, Output>,
): BatchedQuery<Input, Output> {
  return { name: declaration.name, declaration, shape: new Shape(declaration.input) }
}

/** What one call of a shared transaction came to, with the event that was written for it. */
export type Outcome<Output> =
  | { readonly answer: Output; readonly event: AuditRow }
  | { readonly refusal: Refusal; readonly event: AuditRow }

/** Asks for many callers in one transaction. Purposes are the agreement's affair, in `runMany`. */
export async function askMany<Input extends TObject, Output>(
  query: BatchedQuery<Input, Output>,
  asked: readonly { readonly input: unknown; readonly asker: Asker }[],
): Promise<readonly Outcome<Output>[]> {
  const [first] = asked
  if (first === undefined) return []
  const { kernel } = first.asker
  return kernel.database.transaction(async (tx) => {
    const begun = asked.map(({ input, asker }) => begin(query, tx, { input, asker }))
    const calls = begun.filter((one) => 'context' in one)
    const answers = await query.declaration.runMany(calls, { tx, kernel })
    let answered = 0
    const outcomes = begun.map((one): Outcome<Output> => {
      if ('refusal' in one) return { refusal: one.refusal, event: one.event }
      const answer = answers[answered++] as Output | Refusal
      const { purpose, legalBasis } = one.caller
      if (answer instanceof Refusal) {
        return { refusal: answer, event: one.context.event(purpose, legalBasis ?? '', answer) }
      }
      return { answer, event: one.context.event(purpose, legalBasis ?? '') }
    })
    writeAudit(
      tx,
      outcomes.map((outcome) => outcome.event),
    )
    return outcomes
  })
}

/** A call that passed shape and permission, or the refusal it came to at once. */
type Begun<Input> =
  | {
      readonly input: Input
      readonly caller: ReturnType<typeof withLegalBasis>
      readonly context: Undertaking
    }
  | { readonly refusal: Refusal; readonly event: AuditRow }

function begin<Input extends TObject, Output>(
  query: BatchedQuery<Input, Output>,
  tx: Tx,
  { input, asker }: { readonly input: unknown; readonly asker: Asker },
): Begun<Static<Input>> {
  const caller = withLegalBasis(asker)
  try {
    const parsed = query.shape.parse(input)
    return { input: parsed, caller, context: new Undertaking(tx, caller, query.declaration) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const entry = entryOf(caller, query.name, caller.kernel.now())
    return { refusal: error, event: auditRow({ ...entry, ...refusedBy(error) }) }
  }
}
