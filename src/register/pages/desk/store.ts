import { type Instant, type Kernel, startOf, type Tx, todayOf } from '../../../kernel/index.ts'

/** How often an officer did a thing today, and when last. */
export interface Done {
  readonly operation: string
  readonly count: number
  readonly last: Instant
}

/**
 * What an officer has recorded today, without saying of whom. Today and no longer: it is counted from
 * the answers kept for repeats, which are pruned after 90 days. The history of work is the audit log.
 */
export async function listDoneToday(
  tx: Tx,
  kernel: Pick<Kernel, 'now' | 'profile'>,
  actorId: string,
): Promise<Done[]> {
  return tx.query<Done>(
    `select operation, count(*)::int as count, max(recorded_at) as last from kernel.idempotency
     where actor_id = $1 and recorded_at >= $2
     group by operation order by max(recorded_at) desc`,
    [actorId, startOf(todayOf(kernel), kernel.profile.timeZone)],
  )
}

/** Whether something was already done with a key: it is what a form that comes twice asks. */
export async function wasDone(
  tx: Tx,
  { actorId, key }: { readonly actorId: string; readonly key: string },
): Promise<boolean> {
  const rows = await tx.query('select from kernel.idempotency where actor_id = $1 and key = $2', [
    actorId,
    key,
  ])
  return rows.length > 0
}
