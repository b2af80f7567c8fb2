import { hash } from 'node:crypto'
import {
  epochOf,
  type Kernel,
  type Outcome,
  problem,
  refusalWords,
  type Translator,
} from '../../kernel/index.ts'
import { ledgerOrigin } from '../../ledger/index.ts'
import { EXCHANGE_LIMITS } from '../limits.ts'
import { metrics } from '../metrics.ts'
import { receiptHeader, sealReceipts } from './receipt.ts'

/** An answer as it leaves: its bytes, and the receipt over them. */
export interface Sealed {
  readonly status: number
  readonly type: string
  readonly body: string
  /** The header `goc-receipt`. */
  readonly receipt: string
}

/** What an outcome is sealed with. */
export interface ToSeal {
  /** For those who count. */
  readonly operation: string
  readonly requestDigest: Uint8Array
  /** The reader's words, for a refusal. */
  readonly t: Translator
  /** The bytes of an answer; JSON where nothing else is said. */
  readonly write?: (answer: unknown) => { readonly type: string; readonly text: string }
}

const json = (answer: unknown) => ({ type: 'application/json', text: JSON.stringify(answer) })

/** Seals the answers and refusals of one round under one signature. */
export async function seal(
  kernel: Kernel,
  round: readonly { readonly outcome: Outcome<unknown>; readonly by: ToSeal }[],
): Promise<readonly Sealed[]> {
  const written = round.map(({ outcome, by }) => {
    if ('answer' in outcome) return { status: 200, ...(by.write ?? json)(outcome.answer) }
    const { refusal } = outcome
    const text = JSON.stringify(problem(refusal, refusalWords(by.t, refusal)))
    return { status: refusal.status, type: 'application/problem+json', text }
  })
  const inLogBy_s = Math.floor(epochOf(kernel.now()) / 1000) + EXCHANGE_LIMITS.inLogWithin_s
  const receipts = sealReceipts(
    round.map(({ outcome, by }, index) => ({
      eventId: outcome.event.eventId,
      leaf: outcome.event.leaf,
      requestDigest: by.requestDigest,
      answerDigest: hash('sha256', written[index]?.text ?? '', 'buffer'),
      inLogBy_s,
    })),
    { origin: await ledgerOrigin(kernel), key: kernel.keys.active('receipt') },
  )
  for (const { outcome, by } of round) {
    const word = 'refusal' in outcome ? outcome.refusal.code : 'answered'
    metrics.calls.inc({ operation: by.operation, outcome: word })
  }
  return written.map(({ status, type, text }, index) => ({
    status,
    type,
    body: text,
    receipt: receiptHeader(receipts[index] as (typeof receipts)[number]),
  }))
}
