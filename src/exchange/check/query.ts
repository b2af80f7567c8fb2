import { Type } from 'typebox'
import { type Asker, type BatchedCall, batchedQuery, Refusal } from '../../kernel/index.ts'
import type { Agreement, Attribute } from '../types.ts'
import { type Asked, type Authenticated, look, settle } from '../verify/authenticate.ts'
import type { Claimed } from '../verify/claims.ts'
import { settingOf } from '../verify/setting.ts'
import { findByOldNumbers, listUsage, takeBulk } from '../verify/store.ts'
import type { Told } from './outcome.ts'
import type { ReadRow } from './row.ts'

/** What a part of a file is checked with, beside its input; `askMany` hands it through. */
export interface CheckAsker extends Asker {
  readonly agencyId: string
  readonly agreement: Agreement
  readonly decisionId: string
  readonly rows: readonly ReadRow[]
}

/**
 * A part of a file: one transaction and one event that names everybody compared. The rows come from
 * the operator's own machine and were read there; how far the file is, is the job's affair.
 */
export const checkPart = batchedQuery({
  name: 'check',
  input: Type.Object(
    { check: Type.String({ pattern: '^[0-9a-f-]{36}$' }), part: Type.Integer({ minimum: 1 }) },
    { additionalProperties: false },
  ),
  async runMany(calls) {
    const outcomes: (readonly Told[] | Refusal)[] = []
    for (const call of calls) outcomes.push(await answerPart(call))
    return outcomes
  },
})

type Call = BatchedCall<{ check: string; part: number }>

async function answerPart({ input, caller, context }: Call): Promise<readonly Told[] | Refusal> {
  const { agreement, decisionId, rows } = caller as CheckAsker
  const { tx, kernel, today: day, now } = context
  context.note('check', input.check)
  context.note('part', String(input.part))
  context.note('decision', decisionId)
  const used = await listUsage(tx, [agreement.id], { day, bulk: true })
  const left = agreement.bulkPerDay - (used.get(agreement.id)?.calls ?? 0)
  if (rows.length > left) {
    return new Refusal('quota.spent', { quota: String(agreement.bulkPerDay), left: String(left) })
  }
  const asked = await askedBy(caller as CheckAsker, context)
  // A file has the columns it has: two that agree suffice, and what differs is said.
  const setting = { tx, kernel, day, now, rule: 'two' as const, ...(await settingOf(kernel, tx)) }
  const looked = await look(
    setting,
    asked.map(({ one }) => one),
  )
  const settled = await settle(setting, looked)
  const told: Told[] = rows.map(() => ({ is: 'unconfirmed' }))
  for (const [index, { at, one }] of asked.entries()) {
    const answer = settled[index] as Authenticated
    if (!('spent' in answer) && answer.personId !== null) {
      context.concerns(answer.personId, one.claimed.attributes)
    }
    const before = told[at]
    if (before !== undefined && before.is !== 'confirmed') told[at] = toldBy(answer)
  }
  const unconfirmed = told.filter((one) => one.is === 'unconfirmed').length
  const count = { agreementId: agreement.id, calls: rows.length, unconfirmed }
  if (!(await takeBulk(tx, count, { day, quota: agreement.bulkPerDay }))) {
    return new Refusal('quota.spent', { quota: String(agreement.bulkPerDay) })
  }
  return told
}

interface AskedAt {
  readonly at: number
  readonly one: Asked & { readonly personId?: string }
}

/** A row with an old number is asked of everybody who bore it: provinces gave some of them twice. */
async function askedBy(
  { agencyId, agreement, rows }: CheckAsker,
  { tx }: Call['context'],
): Promise<readonly AskedAt[]> {
  const old = rows.flatMap(({ number }) => (number?.isOld === true ? [number.digits] : []))
  const bearers = old.length === 0 ? new Map() : await findByOldNumbers(tx, old)
  return rows.flatMap((row, at): AskedAt[] => {
    const claimed = claimedBy(row, agreement)
    const one = { agencyId, agreement, claimed }
    if (row.number?.isOld !== true) return [{ at, one }]
    const persons: readonly string[] = bearers.get(row.number.digits) ?? []
    if (persons.length === 0) return [{ at, one }]
    return persons.map((personId) => ({ at, one: { ...one, personId } }))
  })
}

function claimedBy({ number, claims }: ReadRow, agreement: Agreement): Claimed {
  const asksAlive = agreement.predicates.includes('alive')
  return {
    number: number?.digits ?? '',
    identify: claims,
    claims,
    attributes: Object.keys(claims) as Attribute[],
    predicates: asksAlive ? ['alive'] : [],
    asked: asksAlive ? { alive: true } : {},
  }
}

function toldBy(answer: Authenticated): Told {
  if ('spent' in answer) return { is: 'spent' }
  const { judgement, pseudonym } = answer
  if (!judgement.confirmed || pseudonym === null) return { is: 'unconfirmed' }
  const { alive } = judgement.predicates
  return {
    is: 'confirmed',
    attributes: judgement.attributes,
    alive: typeof alive === 'boolean' ? alive : null,
    pseudonym: pseudonym.toString('base64url'),
  }
}
