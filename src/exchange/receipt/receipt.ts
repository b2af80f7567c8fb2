import { sign } from 'node:crypto'
import type { SigningKey } from '../../kernel/index.ts'
import { leafHash, nodeHash } from '../../ledger/index.ts'

/** What one answer is vouched for by. */
export interface ReceiptFacts {
  readonly eventId: string
  /** The leaf the event will have in the log, 32 bytes. */
  readonly leaf: Uint8Array
  /** SHA-256 of the signature base of the request. */
  readonly requestDigest: Uint8Array
  /** SHA-256 of the bytes of the answer. */
  readonly answerDigest: Uint8Array
  /** Seconds since 1970 by which the log must hold the leaf; later is an alarm. */
  readonly inLogBy_s: number
}

/** A receipt as it travels in the header `goc-receipt`: this JSON in base64url; bytes in base64. */
export interface Receipt {
  readonly v: 1
  readonly origin: string
  readonly event: string
  readonly leaf: string
  readonly request: string
  readonly answer: string
  readonly by: number
  /** Id of the key that signed. */
  readonly key: string
  readonly size: number
  readonly index: number
  readonly path: readonly string[]
  readonly signature: string
}

/** Who signs: the nation's name in the log and its receipt key. */
export interface ReceiptSigner {
  readonly origin: string
  readonly key: SigningKey
}

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')

/**
 * The receipts of answers given together: one Ed25519 signature over the root of a Merkle tree
 * (RFC 6962 section 2.1) of their texts, and to each its path. Lines, not JSON, are what is hashed,
 * so that no two writers can disagree on the bytes.
 */
export function sealReceipts(
  facts: readonly ReceiptFacts[],
  { origin, key }: ReceiptSigner,
): readonly Receipt[] {
  const bodies = facts.map((fact) => ({
    origin,
    event: fact.eventId,
    leaf: base64(fact.leaf),
    request: base64(fact.requestDigest),
    answer: base64(fact.answerDigest),
    by: fact.inLogBy_s,
  }))
  const levels = treeOf(bodies.map((body) => leafHash(Buffer.from(receiptText(body)))))
  const root = base64(levels.at(-1)?.[0] ?? Buffer.alloc(0))
  const size = facts.length
  const signature = sign(null, Buffer.from(rootText(origin, size, root)), key.privateKey)
  const signed = signature.toString('base64')
  return bodies.map((body, index) => ({
    v: 1 as const,
    ...body,
    key: key.id,
    size,
    index,
    path: pathOf(levels, index),
    signature: signed,
  }))
}

/** The text whose RFC 6962 leaf hash stands in the tree of a batch of receipts. */
export function receiptText(
  body: Omit<Receipt, 'v' | 'key' | 'size' | 'index' | 'path' | 'signature'>,
) {
  const { origin, event, leaf, request, answer, by } = body
  return `goc receipt v1\n${origin}\n${event}\n${leaf}\n${request}\n${answer}\n${by}\n`
}

/** The text that is signed for a whole batch. */
export const rootText = (origin: string, size: number, root: string): string =>
  `goc receipts v1\n${origin}\n${size}\n${root}\n`

/** All levels, leaves first; a node without a sibling rises as it is, which is RFC 6962's split. */
function treeOf(leaves: readonly Uint8Array[]): readonly (readonly Uint8Array[])[] {
  const levels = [leaves]
  for (let level = leaves; level.length > 1; ) {
    const above: Uint8Array[] = []
    for (let at = 0; at < level.length; at += 2) {
      const left = level[at] as Uint8Array
      const right = level[at + 1]
      above.push(right === undefined ? left : nodeHash(left, right))
    }
    levels.push(above)
    level = above
  }
  return levels
}

function pathOf(levels: readonly (readonly Uint8Array[])[], index: number): readonly string[] {
  const path: string[] = []
  let at = index
  for (const level of levels) {
    const sibling = level[at ^ 1]
    if (sibling !== undefined) path.push(base64(sibling))
    at >>= 1
  }
  return path
}

/** The header `goc-receipt`. */
export const receiptHeader = (receipt: Receipt): string =>
  Buffer.from(JSON.stringify(receipt)).toString('base64url')
