import type pg from 'pg'
import type { Tx } from './database.ts'
import { LIMITS } from './limits.ts'
import type { Instant } from './time.ts'

/** Makes the partitions of the months to come. */
export async function makePartitions(tx: Tx, now: Instant): Promise<void> {
  await tx.query('select kernel.make_partitions($1, $2)', [LIMITS.auditMonthsAhead, now])
}

/** Drops the months of facts that everybody has taken long ago; answers how many. */
export async function pruneOutbox(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ dropped: number }>('select kernel.prune_outbox($1) as dropped', [
    LIMITS.outboxDays,
  ])
  return row?.dropped ?? 0
}

const SESSION_days = 30

/** Forgets answers to keys, deliveries that were made, and sessions, once they are old. */
export async function forgetOld(tx: Tx, now: Instant): Promise<void> {
  const { idempotencyDays: days } = LIMITS
  for (const [text, kept_days] of [
    [
      'delete from kernel.idempotency where recorded_at < $1::timestamptz - make_interval(days => $2)',
      days,
    ],
    [
      'delete from kernel.delivery where done_at < $1::timestamptz - make_interval(days => $2)',
      days,
    ],
    [
      'delete from kernel.session where expires_at < $1::timestamptz - make_interval(days => $2)',
      SESSION_days,
    ],
  ] as const) {
    await tx.query(text, [now, kept_days])
  }
}

/** Throws when the database does not answer. */
export async function askReady(tx: Tx): Promise<void> {
  await tx.query('select 1')
}

/** Which nation a database holds, once it holds one. */
export interface NationRow {
  readonly profile: string
  readonly demonstration: boolean
}

export async function findNationRow(client: pg.Client): Promise<NationRow | undefined> {
  const { rows } = await client.query<NationRow>('select profile, demonstration from kernel.nation')
  return rows[0]
}

export async function insertNationRow(client: pg.Client, nation: NationRow): Promise<void> {
  await client.query('insert into kernel.nation (profile, demonstration) values ($1, $2)', [
    nation.profile,
    nation.demonstration,
  ])
}
