import type { Tx } from '../../kernel/index.ts'

/** Forgets the nonces of signatures that are dead at a moment, in seconds since 1970. */
export async function forgetNoncesUntil(tx: Tx, now_s: number): Promise<void> {
  await tx.query('select exchange.forget_nonces($1)', [now_s])
}
