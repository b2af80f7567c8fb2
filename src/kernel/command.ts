import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Static, TObject } from 'typebox'
import { auditRow } from './audit.ts'
import { writeAudit } from './audit-store.ts'
import {
  type Caller,
  type Context,
  type Declaration,
  entryOf,
  refusedBy,
  Shape,
  Undertaking,
} from './context.ts'
import { type Tx, violated } from './database.ts'
import { findAnswer, type KeyUsed, storeAnswer } from './idempotency-store.ts'
import { type Fact, storeFacts } from './outbox-store.ts'
import { Refusal } from './refusal.ts'
import { isKeepable } from './text.ts'

export interface CommandContext extends Context {
  /**
   * Tells the other rooms, in this transaction. `orderingKey` is what order is kept by: as a rule
   * the person's id. The payload carries no personal data beyond ids.
   */
  emit(fact: string, orderingKey: string, payload: Readonly<Record<string, unknown>>): void
}

export interface CommandDeclaration<Input extends TObject, Output> extends Declaration<Input> {
  /** Code of the purpose, in the profile's words. */
  readonly purpose: string
  /** The article the change rests on, as the profile cites it. */
  readonly legalBasis: string
  run(input: Static<Input>, context: CommandContext): Promise<Output>
}

/** A write. `Output` is plain JSON: it is kept as the answer to a repeat. */
export interface Command<Input extends TObject = TObject, Output = unknown> {
  readonly name: string
  readonly declaration: CommandDeclaration<Input, Output>
  readonly shape: Shape<Input>
}

export function command<Input extends TObject, Output>(
  declaration: CommandDeclaration<Input, Output>,
): Command<Input, Output> {
  return { name: declaration.name, declaration, shape: new Shape(declaration.input) }
}

export interface CommandCaller extends Caller {
  /** The idempotency key: unique per actor, kept 90 days with the answer. */
  readonly key: string
}

/**
 * Does a command once: shape, permission, then one transaction of the work, its audit event, its
 * facts and its answer. The same key again gives the same answer; with another input it is refused.
 */
export async function execute<Input extends TObject, Output>(
  command: Command<Input, Output>,
  input: unknown,
  caller: CommandCaller,
): Promise<Output> {
  const { purpose, legalBasis } = command.declaration
  const by: CommandCaller = { ...caller, purpose, legalBasis }
  const isKey = by.key.length >= 1 && by.key.length <= 200 && isKeepable(by.key)
  if (!isKey) throw new Refusal('idempotency.key-missing')
  let undertaking: Undertaking | undefined
  const work = async (tx: Tx, parsed: Static<Input>, used: KeyUsed): Promise<Output> => {
    undertaking = new Undertaking(tx, by, command.declaration)
    const before = await answerOf<Output>(tx, used)
    if (before !== undefined) return before.answer
    const facts: Fact[] = []
    const context: CommandContext = Object.assign(undertaking, {
      emit(name: string, orderingKey: string, payload: Readonly<Record<string, unknown>>) {
        facts.push({ name, orderingKey, payload })
      },
    })
    const answer = await command.declaration.run(parsed, context)
    const event = undertaking.event(purpose, legalBasis)
    writeAudit(tx, [event])
    storeFacts(tx, event.eventId, facts)
    storeAnswer(tx, { ...used, operation: command.name, answer })
    return answer
  }
  try {
    const parsed = command.shape.parse(input)
    const inputHash = hash('sha256', canonicalize([command.name, parsed]) as string, 'buffer')
    const used = { actorId: by.actor.id, key: by.key, inputHash }
    const { database } = by.kernel
    try {
      return await twice(() => database.transaction((tx) => work(tx, parsed, used)))
    } catch (error) {
      // Two repeats raced: whatever the later one ran into (its key, a name that is taken, a change
      // of the same rows), the other one's answer is the answer. Who may not do it gets none.
      const isRefused = error instanceof Refusal || violated(error) !== undefined
      if (!isRefused || undertaking === undefined) throw error
      const before = await database.transaction((tx) => answerOf<Output>(tx, used))
      if (before === undefined) throw error
      return before.answer
    }
  } catch (error) {
    if (error instanceof Refusal) {
      await auditRefusal({ caller: by, operation: command.name, refusal: error, undertaking })
    }
    throw error
  }
}

/** SQLSTATEs of a deadlock, and of a transaction that could not be put in an order with another. */
const UNDONE = new Set(['40P01', '40001'])

/**
 * What a deadlock undid is done once more, now that the other one is through. Who is overtaken
 * twice is refused, and may try again.
 */
async function twice<T>(work: () => Promise<T>): Promise<T> {
  for (let isLast = false; ; isLast = true) {
    try {
      return await work()
    } catch (error) {
      if (!UNDONE.has(violated(error) ?? '')) throw error
      if (isLast) throw new Refusal('fact.changed-meanwhile')
    }
  }
}

/** The answer already given to this use of a key; refuses a key that was used for something else. */
async function answerOf<Output>(tx: Tx, used: KeyUsed): Promise<{ answer: Output } | undefined> {
  const before = await findAnswer<Output>(tx, used)
  if (before !== undefined && !before.inputHash.equals(used.inputHash)) {
    throw new Refusal('idempotency.key-reused')
  }
  return before
}

/** What was refused to whom. */
export interface Refused {
  readonly caller: Caller
  readonly operation: string
  readonly refusal: Refusal
  /** Undefined when it did not even begin. */
  readonly undertaking: Undertaking | undefined
}

/** A refusal is an event too: who was turned away from whom is what an inspector looks for. */
export async function auditRefusal(refused: Refused): Promise<void> {
  const { caller, operation, refusal, undertaking } = refused
  const row =
    undertaking?.event(caller.purpose ?? '', caller.legalBasis ?? '', refusal) ??
    auditRow({ ...entryOf(caller, operation, caller.kernel.now()), ...refusedBy(refusal) })
  await caller.kernel.database.transaction(async (tx) => writeAudit(tx, [row]))
}
