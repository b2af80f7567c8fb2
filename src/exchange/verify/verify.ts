import {
  type BatchedCall,
  batchedQuery,
  type PlainDay,
  Refusal,
  type Tx,
} from '../../kernel/index.ts'
import type { Agreement } from '../types.ts'
import { type Authenticated, type Looked, look, settle } from './authenticate.ts'
import { nonceOf, requireAgreement, type SignedAsker } from './call.ts'
import { type Claimed, readClaims, VerifyInput } from './claims.ts'
import type { Verdict } from './match.ts'
import { settingOf } from './setting.ts'
import { addUsage, claimNonces, listUsage, nextSlot, type Usage, type UsageAdded } from './store.ts'

/** What an agency is told. Who is not confirmed, for whatever reason, has the one constant answer. */
export type VerifyAnswer =
  | { readonly result: 'not_confirmed' }
  | {
      readonly result: 'confirmed'
      readonly pseudonym: string
      readonly attributes: Readonly<Record<string, Verdict>>
      readonly predicates: Readonly<Record<string, boolean | 'not_held'>>
    }

export const NOT_CONFIRMED: VerifyAnswer = { result: 'not_confirmed' }

interface Ready {
  /** Its place among the calls of this round. */
  readonly at: number
  readonly call: BatchedCall<VerifyInput>
  readonly claimed: Claimed
  readonly agreement: Agreement
}

/**
 * `POST /api/verify`: calls that come together share the transaction and its statements, while each
 * keeps its own agreement, event, refusal and count of attempts.
 */
export const verify = batchedQuery({
  name: 'verify',
  input: VerifyInput,
  async runMany(calls, { tx, kernel }) {
    const [first] = calls
    if (first === undefined) return []
    const { today: day, now } = first.context
    const outcomes: (VerifyAnswer | Refusal)[] = calls.map(() => NOT_CONFIRMED)
    const ready: Ready[] = []
    for (const [at, call] of calls.entries()) {
      const prepared = prepare(call, at)
      if (prepared instanceof Refusal) outcomes[at] = prepared
      else ready.push(prepared)
    }
    const setting = { tx, kernel, day, now, rule: 'all' as const, ...(await settingOf(kernel, tx)) }
    const agreements = [...new Set(ready.map((one) => one.agreement.id))]
    const [fresh, used, looked] = await Promise.all([
      claimNonces(tx, calls.map(nonceOfCall)),
      listUsage(tx, agreements, { day, bulk: false }),
      look(setting, ready.map(askedOf)),
    ])
    // Whom a replayed or unpaid call asks about is neither judged nor counted.
    const left = callsLeft(ready, used)
    const taken: { readonly one: Ready; readonly seen: Looked }[] = []
    for (const [index, one] of ready.entries()) {
      const seen = looked[index]
      if (fresh[one.at] !== true || seen === undefined) continue
      const refusal = takeCall(one, left)
      if (refusal === undefined) taken.push({ one, seen })
      else outcomes[one.at] = refusal
    }
    const settled = await settle(
      setting,
      taken.map(({ seen }) => seen),
    )
    const counts = new Counts()
    for (const [index, { one }] of taken.entries()) {
      const answer = answerTo(one, settled[index] as Authenticated)
      outcomes[one.at] = answer
      counts.add(one.agreement.id, answer === NOT_CONFIRMED)
    }
    counts.store(tx, day)
    return outcomes.map((outcome, at) =>
      fresh[at] === true ? outcome : new Refusal('signature.replayed'),
    )
  },
})

const nonceOfCall = ({ caller }: BatchedCall<VerifyInput>) => nonceOf((caller as SignedAsker).call)
const askedOf = ({ call, claimed, agreement }: Ready) => ({
  agencyId: (call.caller as SignedAsker).call.client.agency.id,
  claimed,
  agreement,
})

/** What can be decided before anything is read. */
function prepare(call: BatchedCall<VerifyInput>, at: number): Ready | Refusal {
  const { call: signed } = call.caller as SignedAsker
  const { context } = call
  context.note('request', signed.signature.requestDigest.toString('hex'))
  if (signed.operator !== undefined) context.note('operator', signed.operator)
  try {
    const claimed = readClaims(call.input, context.kernel.profile)
    const { attributes, predicates } = claimed
    const wished = { operation: 'verify', attributes, predicates, day: context.today } as const
    const { agreement, decisionId } = requireAgreement(signed, wished)
    context.note('decision', decisionId)
    return { at, call, claimed, agreement }
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** Calls left today, by agreement. */
function callsLeft(ready: readonly Ready[], used: ReadonlyMap<string, Usage>): Map<string, number> {
  return new Map(
    ready.map(({ agreement: { id, onlinePerDay } }) => [
      id,
      onlinePerDay - (used.get(id)?.calls ?? 0),
    ]),
  )
}

function takeCall({ agreement }: Ready, left: Map<string, number>): Refusal | undefined {
  const calls = left.get(agreement.id) ?? 0
  if (calls <= 0) return new Refusal('quota.spent', { quota: String(agreement.onlinePerDay) })
  left.set(agreement.id, calls - 1)
  return undefined
}

/** What is told of somebody who was judged. */
export function answerFrom(settled: Exclude<Authenticated, { spent: true }>): VerifyAnswer {
  const { judgement, pseudonym } = settled
  if (!judgement.confirmed || pseudonym === null) return NOT_CONFIRMED
  const { attributes, predicates } = judgement
  return {
    result: 'confirmed',
    pseudonym: pseudonym.toString('base64url'),
    attributes,
    predicates,
  }
}

/** The answer to a call, and what its event says of the person. */
function answerTo({ call, claimed }: Ready, settled: Authenticated): VerifyAnswer | Refusal {
  const { context } = call
  if ('spent' in settled) return new Refusal('attempts.spent')
  const answer = answerFrom(settled)
  const { personId } = settled
  if (answer === NOT_CONFIRMED) {
    context.flag('not-confirmed')
    // The record was compared and nothing told: whose number it is will see that it was tried.
    if (personId !== null) context.concerns(personId)
  } else if (personId !== null) {
    context.concerns(personId, [...claimed.attributes, ...claimed.predicates])
  }
  return answer
}

/** The calls of one round, by agreement. */
class Counts {
  readonly #counts = new Map<string, UsageAdded>()

  add(agreementId: string, isUnconfirmed: boolean): void {
    const { calls = 0, unconfirmed = 0 } = this.#counts.get(agreementId) ?? {}
    this.#counts.set(agreementId, {
      agreementId,
      calls: calls + 1,
      unconfirmed: unconfirmed + (isUnconfirmed ? 1 : 0),
    })
  }

  store(tx: Tx, day: PlainDay): void {
    if (this.#counts.size === 0) return
    addUsage(tx, [...this.#counts.values()], { day, slot: nextSlot() })
  }
}
