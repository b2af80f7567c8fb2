import type { PlainDay, Tx } from '../../kernel/index.ts'

/** What was asked under one agreement on one day, online or as a list. */
export interface DayOfUsage {
  readonly agreementId: string
  readonly day: PlainDay
  readonly bulk: boolean
  readonly calls: number
  readonly unconfirmed: number
}

/** Days of usage from a day on, the oldest first. */
export async function listUsageByDay(
  tx: Tx,
  agreementIds: readonly string[],
  since: PlainDay,
): Promise<DayOfUsage[]> {
  const rows = await tx.query<DayOfUsage>(
    `select agreement_id as "agreementId", day::text as day, bulk, sum(calls)::int as calls,
       sum(unconfirmed)::int as unconfirmed
     from exchange.usage where agreement_id = any($1::uuid[]) and day >= $2
     group by 1, 2, 3 order by 2, 1, 3`,
    [agreementIds, since],
  )
  return rows
}
