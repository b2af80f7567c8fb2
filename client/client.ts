import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { checkReceipt, type Receipt } from './receipt.ts'
import { signRequest } from './sign.ts'
import type {
  BatchAnswerRow,
  BatchRow,
  CallContext,
  Problem,
  VerifyAnswer,
  VerifyRequest,
} from './types.ts'

export interface GocOptions {
  /** Where the register answers, for example `https://goc.example`. */
  readonly origin: string
  readonly keyId: string
  /** An Ed25519 private key, or its PKCS#8 PEM. */
  readonly privateKey: KeyObject | string
  /**
   * The nation's receipt keys by their ids, as 32 raw bytes in base64. Pin them: keys fetched from
   * the server they are to check prove nothing against that server.
   */
  readonly receiptKeys: Readonly<Record<string, string>>
  readonly language?: 'vi' | 'en' | 'fr'
  readonly timeout_ms?: number
  /** Another transport, for a proxy or a test. */
  readonly fetch?: typeof fetch
}

/** An answer with what proves it: keep the receipt as long as the answer matters. */
export interface Verified {
  readonly answer: VerifyAnswer
  readonly receipt: Receipt
}

export interface VerifiedBatch {
  readonly rows: readonly BatchAnswerRow[]
  readonly receipt: Receipt
}

/** The register refused; `problem.code` says why and never changes its meaning. */
export class Refused extends Error {
  readonly problem: Problem
  /**
   * Proves that the register refused this very request. Null where it did not know who asked (a
   * wrong signature, say), or where something on the way answered in its place.
   */
  readonly receipt: Receipt | null
  constructor(problem: Problem, receipt: Receipt | null = null) {
    super(`${problem.code}: ${problem.title}`)
    this.name = 'Refused'
    this.problem = problem
    this.receipt = receipt
  }
}

/**
 * Talks to the register on behalf of one agency: signs every request, checks the receipt of every
 * answer and refusal, and throws `Refused`, `ReceiptRefused` or what `fetch` throws.
 *
 * @example
 * const goc = new Goc({ origin, keyId, privateKey, receiptKeys })
 * const { answer } = await goc.verify(
 *   { identify: { personal_administrative_number: number, name, birthdate } },
 *   { purpose: 'account-opening', case: 'HS-2026/17' },
 * )
 */
export class Goc {
  readonly #options: GocOptions
  readonly #privateKey: KeyObject
  readonly #receiptKeys: ReadonlyMap<string, KeyObject>

  constructor(options: GocOptions) {
    this.#options = options
    this.#privateKey =
      typeof options.privateKey === 'string'
        ? createPrivateKey(options.privateKey)
        : options.privateKey
    this.#receiptKeys = new Map(
      Object.entries(options.receiptKeys).map(([id, raw]) => [id, publicKey(raw)]),
    )
  }

  /** Authenticates one person's data. */
  async verify(request: VerifyRequest, context: CallContext): Promise<Verified> {
    const { body, receipt } = await this.call('/api/verify', request, context)
    return { answer: body as VerifyAnswer, receipt }
  }

  /** Authenticates many persons' data in one event and one receipt; rows come back in order. */
  async verifyBatch(rows: readonly BatchRow[], context: CallContext): Promise<VerifiedBatch> {
    const { body, receipt } = await this.call('/api/verify/batch', { rows }, context)
    return { rows: (body as { rows: readonly BatchAnswerRow[] }).rows, receipt }
  }

  /** Any signed POST of JSON; the receipt is checked before the body is believed. */
  async call(
    path: string,
    payload: unknown,
    context: CallContext,
  ): Promise<{ body: unknown; receipt: Receipt }> {
    const url = new URL(path, this.#options.origin)
    const body = Buffer.from(JSON.stringify(payload))
    const { headers, requestDigest } = signRequest(
      { method: 'POST', url, headers: contextHeaders(context), body },
      { keyId: this.#options.keyId, privateKey: this.#privateKey },
    )
    const send = this.#options.fetch ?? fetch
    const response = await send(url, {
      method: 'POST',
      headers: {
        ...headers,
        accept: 'application/json, application/problem+json',
        ...(this.#options.language && { 'accept-language': this.#options.language }),
      },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(this.#options.timeout_ms ?? 30_000),
    })
    const answer = Buffer.from(await response.arrayBuffer())
    const header = response.headers.get('goc-receipt')
    const exchanged = { requestDigest, answer, keys: this.#receiptKeys }
    // Who is not known is refused without an event, and so without a receipt.
    if (!response.ok && header === null) throw new Refused(problemOf(response, answer))
    const receipt = checkReceipt(header, exchanged)
    if (!response.ok) throw new Refused(problemOf(response, answer), receipt)
    return { body: JSON.parse(answer.toString()), receipt }
  }
}

function contextHeaders(context: CallContext): Readonly<Record<string, string>> {
  return {
    'content-type': 'application/json',
    'goc-purpose': context.purpose,
    ...(context.case !== undefined && { 'goc-case': context.case }),
    ...(context.operator !== undefined && { 'goc-operator': context.operator }),
  }
}

const publicKey = (raw: string): KeyObject =>
  createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(raw, 'base64').toString('base64url') },
    format: 'jwk',
  })

function problemOf(response: Response, answer: Buffer): Problem {
  try {
    const problem = JSON.parse(answer.toString()) as Problem
    if (typeof problem.code === 'string') return problem
  } catch {
    // Not the register's words: a proxy on the way, perhaps.
  }
  const { status, statusText } = response
  return { type: 'about:blank', code: 'http', status, title: statusText, detail: '' }
}
