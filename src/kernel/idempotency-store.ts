import type { Tx } from './database.ts'

/** One use of an idempotency key: unique per actor. */
export interface KeyUsed {
  readonly actorId: string
  readonly key: string
  /** SHA-256 of the operation and its input. */
  readonly inputHash: Buffer
}

/** What was answered to a key, and to which input; undefined where it was never used. */
export async function findAnswer<Output>(
  tx: Tx,
  { actorId, key }: Pick<KeyUsed, 'actorId' | 'key'>,
): Promise<{ readonly inputHash: Buffer; readonly answer: Output } | undefined> {
  const [row] = await tx.prepared<{ inputHash: Buffer; answer: Output }>(
    'kernel.idempotency-find',
    `select input_hash as "inputHash", answer from kernel.idempotency where actor_id = $1 and key = $2`,
    [actorId, key],
  )
  return row
}

export interface Answered extends KeyUsed {
  readonly operation: string
  readonly answer: unknown
}

/** Keeps an answer with the commit, which fails when the key was used meanwhile. */
export function storeAnswer(tx: Tx, answered: Answered): void {
  const { actorId, key, operation, inputHash, answer } = answered
  tx.atCommit(
    'kernel.idempotency-store',
    `insert into kernel.idempotency (actor_id, key, operation, input_hash, answer)
     values ($1, $2, $3, $4, $5)`,
    [actorId, key, operation, inputHash, JSON.stringify(answer ?? null)],
  )
}
