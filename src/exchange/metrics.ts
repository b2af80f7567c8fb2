import { Counter, Histogram } from 'prom-client'

/** How the exchange is used; registered once for the whole process. */
export const metrics = {
  calls: new Counter({
    name: 'goc_exchange_calls_total',
    help: 'Signed calls answered, by operation and outcome: a refusal by its code.',
    labelNames: ['operation', 'outcome'],
  }),
  rows: new Counter({
    name: 'goc_exchange_batch_rows_total',
    help: 'Rows of batches answered.',
  }),
  round: new Histogram({
    name: 'goc_exchange_round_calls',
    help: 'Calls that shared a transaction.',
    buckets: [1, 2, 4, 8, 16, 32, 64],
  }),
  unsigned: new Counter({
    name: 'goc_exchange_unsigned_total',
    help: 'Requests refused before anybody known had called, by code.',
    labelNames: ['code'],
  }),
} as const
