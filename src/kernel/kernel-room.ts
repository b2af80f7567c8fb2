import { jobsCommand } from './jobs-cli.ts'
import type { Kernel } from './kernel.ts'
import { LIMITS } from './limits.ts'
import type { Room } from './room.ts'

const HOUR_ms = 3_600_000

/** The kernel as a room: its tables, and what keeps them in order. */
export const room: Room = {
  name: 'kernel',
  migrations: new URL('./migrations/', import.meta.url),
  updates: {
    actor: ['closed_at'],
    role_grant: ['ended_at'],
    session: ['ended_at', 'idle_until'],
    subscriber: ['xid', 'fact_id', 'moved_at'],
    delivery: ['attempts', 'next_at', 'error', 'done_at'],
    job_run: ['ran_at'],
  },
  deletes: ['idempotency', 'session', 'delivery'],
  cli: [jobsCommand],
  jobs: [
    {
      name: 'kernel.partitions',
      every_ms: HOUR_ms,
      async run(kernel: Kernel) {
        await kernel.database.transaction((tx) =>
          tx.query('select kernel.make_partitions($1, $2)', [
            LIMITS.auditMonthsAhead,
            kernel.now(),
          ]),
        )
      },
    },
    {
      name: 'kernel.forget-keys',
      every_ms: HOUR_ms,
      async run(kernel: Kernel) {
        await kernel.database.transaction(async (tx) => {
          await tx.query(
            'delete from kernel.idempotency where recorded_at < $1::timestamptz - make_interval(days => $2)',
            [kernel.now(), LIMITS.idempotencyDays],
          )
          await tx.query(
            'delete from kernel.delivery where done_at < $1::timestamptz - make_interval(days => $2)',
            [kernel.now(), LIMITS.idempotencyDays],
          )
          await tx.query(
            `delete from kernel.session where expires_at < $1::timestamptz - interval '30 days'`,
            [kernel.now()],
          )
        })
      },
    },
  ],
}
