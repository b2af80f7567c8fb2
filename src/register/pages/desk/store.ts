import type { Instant, Tx } from '../../../kernel/index.ts'

/** How often an officer did a thing, and when last. */
export interface Done {
  readonly operation: string
  readonly count: number
  readonly last: Instant
}

/** What an officer has recorded since a moment, without saying of whom. */
export async function listDone(tx: Tx, actorId: string, since: Instant): Promise<Done[]> {
  return tx.query<Done>(
    `select operation, count(*) as count, max(recorded_at) as last from kernel.idempotency
     where actor_id = $1 and recorded_at >= $2
     group by operation order by max(recorded_at) desc`,
    [actorId, since],
  )
}
