import { Type } from 'typebox'
import { type BatchedCall, batchedQuery, LIMITS, Refusal } from '../../kernel/index.ts'
import { EXCHANGE_LIMITS } from '../limits.ts'
import type { Agreement, Attribute, Predicate } from '../types.ts'
import { type Authenticated, look, settle } from './authenticate.ts'
import { nonceOf, requireAgreement, type SignedAsker } from './call.ts'
import { type Claimed, readClaims, VerifyInput } from './claims.ts'
import { settingOf } from './setting.ts'
import { claimNonces, listUsage, takeBulk } from './store.ts'
import { answerFrom, NOT_CONFIRMED, type VerifyAnswer } from './verify.ts'

const BatchRow = Type.Object(
  {
    ref: Type.String({ minLength: 1, maxLength: 100, description: 'api.field.ref' }),
    ...VerifyInput.properties,
  },
  { additionalProperties: false },
)

/** The body of `POST /api/verify/batch`; as NDJSON, one row a line. */
export const BatchInput = Type.Object(
  { rows: Type.Array(BatchRow, { minItems: 1, maxItems: LIMITS.batchRows }) },
  { additionalProperties: false },
)

/** Rows whose claims cannot be compared, or whose number was tried too often, say so; both can be
 * said of any number, borne or not. */
export type BatchAnswerRow = { readonly ref: string } & (
  | VerifyAnswer
  | { readonly result: 'invalid'; readonly field: string }
  | { readonly result: 'attempts_spent' }
)

export interface BatchAnswer {
  readonly rows: readonly BatchAnswerRow[]
}

interface Row {
  readonly ref: string
  readonly claimed: Claimed | Refusal
}

type Call = BatchedCall<{ rows: (VerifyInput & { ref: string })[] }>

/**
 * `POST /api/verify/batch`: many persons in one transaction and one event, whose Merkle root over
 * the subjects gives each of them the line and shows nobody the others.
 */
export const verifyBatch = batchedQuery({
  name: 'verify.batch',
  input: BatchInput,
  async runMany(calls, { tx }) {
    const fresh = await claimNonces(
      tx,
      calls.map(({ caller }) => nonceOf((caller as SignedAsker).call)),
    )
    const outcomes: (BatchAnswer | Refusal)[] = []
    // One after the other: a batch is large enough to fill its statements alone.
    for (const [index, call] of calls.entries()) {
      outcomes.push(
        fresh[index] === true ? await answerBatch(call) : new Refusal('signature.replayed'),
      )
    }
    return outcomes
  },
})

async function answerBatch(call: Call): Promise<BatchAnswer | Refusal> {
  const { context } = call
  const { tx, kernel, today: day, now } = context
  const rows = call.input.rows.map((row) => readRow(row, kernel))
  const agreement = agreementFor(call, rows)
  if (agreement instanceof Refusal) return agreement

  const used = await listUsage(tx, [agreement.id], { day, bulk: true })
  const left = agreement.bulkPerDay - (used.get(agreement.id)?.calls ?? 0)
  if (rows.length > left) {
    return new Refusal('quota.spent', { quota: String(agreement.bulkPerDay), left: String(left) })
  }
  const setting = { tx, kernel, day, now, rule: 'all' as const, ...(await settingOf(kernel, tx)) }
  const { agencyId } = agreement
  const asked = rows.flatMap(({ claimed }) =>
    claimed instanceof Refusal ? [] : [{ agencyId, agreement, claimed }],
  )
  const settled = await settle(setting, await look(setting, asked))
  const answers = answerRows(rows, settled)
  const unconfirmed = answers.filter(({ result }) => result === NOT_CONFIRMED.result).length
  const attributes = new Set(asked.flatMap(({ claimed }) => namesIn(claimed)))
  for (const one of settled) {
    if (!('spent' in one) && one.personId !== null) context.concerns(one.personId, [...attributes])
  }
  // What was left before may be taken by a list that was under way at the same time.
  const count = { agreementId: agreement.id, calls: rows.length, unconfirmed }
  if (!(await takeBulk(tx, count, { day, quota: agreement.bulkPerDay }))) {
    return new Refusal('quota.spent', { quota: String(agreement.bulkPerDay) })
  }
  const share = unconfirmed / rows.length
  const { unconfirmedRows_min, unconfirmedShare_max } = EXCHANGE_LIMITS
  if (rows.length >= unconfirmedRows_min && share > unconfirmedShare_max) {
    // Neither a cleaning nor a search: somebody looks at the list before it is asked again.
    return new Refusal('batch.too-many-unknown', { most: `${unconfirmedShare_max * 100} %` })
  }
  return { rows: answers }
}

function readRow(row: VerifyInput & { ref: string }, kernel: Parameters<typeof settingOf>[0]): Row {
  const { ref, ...input } = row
  try {
    return { ref, claimed: readClaims(input, kernel.profile) }
  } catch (error) {
    if (error instanceof Refusal) return { ref, claimed: error }
    throw error
  }
}

const namesIn = (claimed: Claimed): readonly (Attribute | Predicate)[] => [
  ...claimed.attributes,
  ...claimed.predicates,
]

/** One agreement has to cover what every row asks. */
function agreementFor({ caller, context }: Call, rows: readonly Row[]): Agreement | Refusal {
  const { call } = caller as SignedAsker
  context.note('request', call.signature.requestDigest.toString('hex'))
  if (call.operator !== undefined) context.note('operator', call.operator)
  const attributes = new Set<Attribute>()
  const predicates = new Set<Predicate>()
  for (const { claimed } of rows) {
    if (claimed instanceof Refusal) continue
    for (const name of claimed.attributes) attributes.add(name)
    for (const name of claimed.predicates) predicates.add(name)
  }
  try {
    const { agreement, decisionId } = requireAgreement(call, {
      operation: 'verify.batch',
      attributes: [...attributes],
      predicates: [...predicates],
      day: context.today,
    })
    context.note('decision', decisionId)
    context.note('rows', String(rows.length))
    return agreement
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

function answerRows(
  rows: readonly Row[],
  settled: readonly Authenticated[],
): readonly BatchAnswerRow[] {
  let taken = 0
  return rows.map(({ ref, claimed }): BatchAnswerRow => {
    if (claimed instanceof Refusal) {
      return { ref, result: 'invalid', field: claimed.details.field ?? 'row' }
    }
    const one = settled[taken++] as Authenticated
    return 'spent' in one ? { ref, result: 'attempts_spent' } : { ref, ...answerFrom(one) }
  })
}
