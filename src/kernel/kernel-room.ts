import { jobsCommand } from './jobs-cli.ts'
import type { Kernel } from './kernel.ts'
import type { Room } from './room.ts'
import { forgetOld, makePartitions, pruneOutbox } from './store.ts'

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
      run: ({ database, now }: Kernel) => database.transaction((tx) => makePartitions(tx, now())),
    },
    {
      name: 'kernel.prune-outbox',
      every_ms: HOUR_ms,
      async run({ database }: Kernel) {
        await database.transaction(pruneOutbox)
      },
    },
    {
      name: 'kernel.forget-keys',
      every_ms: HOUR_ms,
      run: ({ database, now }: Kernel) => database.transaction((tx) => forgetOld(tx, now())),
    },
  ],
}
