import { Type } from 'typebox'
import { type Asker, type BatchedCall, batchedQuery, Refusal } from '../../kernel/index.ts'
import { EXCHANGE_LIMITS } from '../limits.ts'
import type { Agreement } from '../types.ts'
import { addFailures, type Failure, listUsage, takeBulk } from '../verify/store.ts'
import { type FreshPseudonyms, insertPart, insertPseudonyms, listPseudonyms } from './store.ts'

/** What is done of a part beside its input; `askMany` hands it through. */
export interface PartWork {
  readonly rows: number
  readonly notFound: number
  /** Ids of everybody compared. */
  readonly persons: readonly string[]
  readonly attributes: readonly string[]
  readonly failures: readonly Failure[]
  readonly pseudonyms: FreshPseudonyms
  readonly sealKey: Buffer
  /** Pseudonyms that another stored meanwhile: these hold. */
  correct(stored: Awaited<ReturnType<typeof listPseudonyms>>): void
  /** Writes the results down, sealed. */
  seal(): void
  /** What can be done while the database works: the next part is put together. */
  meanwhile(): Promise<void>
}

export interface PartAsker extends Asker {
  readonly agreement: Agreement
  readonly decisionId: string
  /** Null: the file is not answered, and the event says why. */
  readonly work: PartWork | null
}

/**
 * A part of a file: one transaction and one event that names everybody compared. The rows come from
 * the operator's own machine and were read and matched there. Part 0 is the whole file, refused.
 */
export const checkPart = batchedQuery({
  name: 'check',
  input: Type.Object(
    { check: Type.String({ pattern: '^[0-9a-f-]{36}$' }), part: Type.Integer({ minimum: 0 }) },
    { additionalProperties: false },
  ),
  async runMany(calls) {
    const outcomes: (true | Refusal)[] = []
    for (const call of calls) outcomes.push(await answerPart(call))
    return outcomes
  },
})

type Call = BatchedCall<{ check: string; part: number }>

async function answerPart({ input, caller, context }: Call): Promise<true | Refusal> {
  const { agreement, decisionId, work } = caller as PartAsker
  const { tx, today: day, now } = context
  context.note('check', input.check)
  context.note('part', String(input.part))
  context.note('decision', decisionId)
  if (work === null) return tooManyUnknown()
  const { bulkPerDay: quota } = agreement
  const count = { agreementId: agreement.id, calls: work.rows, unconfirmed: work.notFound }
  // Said first, as nothing else may be written where it refuses.
  if (!(await takeBulk(tx, count, { day, quota }))) {
    const used = await listUsage(tx, [agreement.id], { day, bulk: true })
    const left = quota - (used.get(agreement.id)?.calls ?? 0)
    return new Refusal('quota.spent', { quota: String(quota), left: String(left) })
  }
  const part = { check: input.check, part: input.part, sealKey: work.sealKey }
  if (!(await insertPart(tx, part, now))) {
    throw new Error(`part ${input.part} of the check is written already: another run is under way`)
  }
  const { pseudonyms, failures } = work
  const storing = pseudonyms.ids.length === 0 || insertPseudonyms(tx, pseudonyms, now)
  const [areOurs] = await Promise.all([storing, work.meanwhile()])
  if (!areOurs) work.correct(await listPseudonyms(tx, pseudonyms))
  if (failures.length > 0) {
    addFailures(tx, failures, { day, window_days: EXCHANGE_LIMITS.attemptsWindow_days })
  }
  work.seal()
  const [first, ...others] = work.persons
  // The attributes are those of all: named once, they are in the event.
  if (first !== undefined) context.concerns(first, work.attributes)
  for (const person of others) context.concerns(person)
  return true
}

export const tooManyUnknown = (): Refusal =>
  new Refusal('batch.too-many-unknown', {
    most: `${EXCHANGE_LIMITS.unconfirmedShare_max * 100} %`,
  })
