import { createHash, type KeyObject, verify } from 'node:crypto'

/** What the header `goc-receipt` holds; bytes are in base64. Keep it: it binds the log. */
export interface Receipt {
  readonly v: 1
  readonly origin: string
  /** The event in the log, and the leaf it must have there. */
  readonly event: string
  readonly leaf: string
  /** SHA-256 of the request's signature base, and of the bytes of the answer. */
  readonly request: string
  readonly answer: string
  /** Seconds since 1970 by which the log must hold the leaf. */
  readonly by: number
  readonly key: string
  readonly size: number
  readonly index: number
  readonly path: readonly string[]
  readonly signature: string
}

/** Why a receipt proves nothing. */
export type ReceiptFault =
  | 'missing'
  | 'malformed'
  | 'another-request'
  | 'another-answer'
  | 'key-unknown'
  | 'path-wrong'
  | 'signature-wrong'

export class ReceiptRefused extends Error {
  readonly fault: ReceiptFault
  constructor(fault: ReceiptFault) {
    super(`the receipt proves nothing: ${fault}`)
    this.name = 'ReceiptRefused'
    this.fault = fault
  }
}

export interface Exchanged {
  readonly requestDigest: Uint8Array
  /** The bytes of the answer as received. */
  readonly answer: Uint8Array
  /** The nation's receipt keys by their ids, known beforehand. */
  readonly keys: ReadonlyMap<string, KeyObject>
}

const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const digest = createHash('sha256')
  for (const part of parts) digest.update(part)
  return digest.digest()
}

/**
 * Checks the receipt of an answer: that it names this request and these bytes, and that its leaf
 * lies under the signed root (RFC 6962 section 2.1.1).
 * @throws ReceiptRefused
 */
export function checkReceipt(header: string | null, exchanged: Exchanged): Receipt {
  if (header === null) throw new ReceiptRefused('missing')
  const receipt = parseReceipt(header)
  const { origin, event, leaf, request, answer, by, size, index } = receipt
  if (!sameBytes(request, exchanged.requestDigest)) throw new ReceiptRefused('another-request')
  if (!sameBytes(answer, sha256(exchanged.answer))) throw new ReceiptRefused('another-answer')
  const key = exchanged.keys.get(receipt.key)
  if (key === undefined) throw new ReceiptRefused('key-unknown')

  const text = `goc receipt v1\n${origin}\n${event}\n${leaf}\n${request}\n${answer}\n${by}\n`
  const root = rootFrom(sha256(Buffer.of(0), Buffer.from(text)), receipt)
  const signed = Buffer.from(`goc receipts v1\n${origin}\n${size}\n${root.toString('base64')}\n`)
  if (index >= size || !verify(null, signed, key, Buffer.from(receipt.signature, 'base64'))) {
    throw new ReceiptRefused('signature-wrong')
  }
  return receipt
}

const sameBytes = (text: string, bytes: Uint8Array): boolean =>
  text === Buffer.from(bytes).toString('base64')

function rootFrom(leaf: Buffer, { index, size, path }: Receipt): Buffer {
  const hashes = path.map((text) => Buffer.from(text, 'base64'))
  if (hashes.some((one) => one.length !== 32)) throw new ReceiptRefused('malformed')
  let whole = leaf
  let taken = 0
  let at = index
  // A node without a sibling rises a level as it is.
  for (let last = size - 1; last > 0; at = at >>> 1, last = last >>> 1) {
    if (at === last && at % 2 === 0) continue
    const sibling = hashes[taken++]
    if (sibling === undefined) throw new ReceiptRefused('path-wrong')
    whole =
      at % 2 === 1 ? sha256(Buffer.of(1), sibling, whole) : sha256(Buffer.of(1), whole, sibling)
  }
  if (taken !== hashes.length) throw new ReceiptRefused('path-wrong')
  return whole
}

const TEXTS = ['origin', 'event', 'leaf', 'request', 'answer', 'key', 'signature'] as const
const COUNTS = ['by', 'size', 'index'] as const

function parseReceipt(header: string): Receipt {
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(header, 'base64url').toString())
  } catch {
    throw new ReceiptRefused('malformed')
  }
  const receipt = value as Receipt
  const wellFormed =
    typeof value === 'object' &&
    value !== null &&
    receipt.v === 1 &&
    // A line break inside a field could make one text read as another.
    TEXTS.every((name) => typeof receipt[name] === 'string' && !receipt[name].includes('\n')) &&
    COUNTS.every((name) => Number.isSafeInteger(receipt[name]) && receipt[name] >= 0) &&
    receipt.size <= 2 ** 20 &&
    Array.isArray(receipt.path) &&
    receipt.path.every((hash) => typeof hash === 'string')
  if (!wellFormed) throw new ReceiptRefused('malformed')
  return receipt
}
