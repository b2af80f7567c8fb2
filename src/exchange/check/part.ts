import { Type } from 'typebox'
import { type Asker, type BatchedCall, batchedQuery, Refusal } from '../../kernel/index.ts'
import { EXCHANGE_LIMITS } from '../limits.ts'
import type { Agreement } from '../types.ts'
import { listUsage, takeBulk } from '../verify/store.ts'
import {
  addFailedPart,
  type FailedPart,
  type FreshPseudonyms,
  insertPart,
  insertPseudonyms,
  listPseudonyms,
} from './store.ts'

/** What is done of a part beside its input; `askMany` hands it through. */
export interface PartWork {
  readonly rows: number
  readonly notFound: number
  /** Ids of everybody compared. */
  readonly persons: readonly string[]
  readonly attributes: readonly string[]
  readonly failures: FailedPart
  readonly pseudonyms: FreshPseudonyms
  readonly sealKey: Buffer
  /** The part before is committed: what is done is always the beginning of the file. */
  readonly before: Promise<unknown>
  /** Pseudonyms that another stored meanwhile: these hold. */
  correct(stored: Awaited<ReturnType<typeof listPseudonyms>>): void
  /** Writes the results down, sealed. */
  seal(): void
}

export interface PartAsker extends Asker {
  readonly agreement: Agreement
  readonly decisionId: string
  /** A refusal: the file is not answered, and the event says why. */
  readonly work: PartWork | Refusal
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
  if (work instanceof Refusal) return work
  const { bulkPerDay: quota } = agreement
  const used = await listUsage(tx, [agreement.id], { day, bulk: true })
  const left = quota - (used.get(agreement.id)?.calls ?? 0)
  if (work.rows > left) return spent(quota, left)
  const part = { check: input.check, part: input.part, sealKey: work.sealKey }
  if (!(await insertPart(tx, part, now))) {
    throw new Error(`part ${input.part} of the check is written already: another run is under way`)
  }
  const { pseudonyms, failures } = work
  const areOurs = pseudonyms.ids.length === 0 || (await insertPseudonyms(tx, pseudonyms, now))
  if (!areOurs) work.correct(await listPseudonyms(tx, pseudonyms))
  await work.before
  // Said last: parts and lists side by side wait for these rows.
  const count = { agreementId: agreement.id, calls: work.rows, unconfirmed: work.notFound }
  if (!(await takeBulk(tx, count, { day, quota }))) throw spent(quota, 0)
  if (failures.times.length > 0) addFailedPart(tx, failures, day)
  work.seal()
  const [first, ...others] = work.persons
  // The attributes are those of all: named once, they are in the event.
  if (first !== undefined) context.concerns(first, work.attributes)
  for (const person of others) context.concerns(person)
  return true
}

const spent = (quota: number, left: number): Refusal =>
  new Refusal('quota.spent', { quota: String(quota), left: String(left) })

export const tooManyUnknown = (): Refusal =>
  new Refusal('batch.too-many-unknown', {
    most: `${EXCHANGE_LIMITS.unconfirmedShare_max * 100} %`,
  })
