import { Counter, Gauge } from 'prom-client'

/** How the log is doing; registered once for the whole process. */
export const metrics = {
  size: new Gauge({ name: 'goc_ledger_size', help: 'Lines of the log.' }),
  lag_s: new Gauge({
    name: 'goc_ledger_lag_seconds',
    help: 'Age of the oldest audit event without a line; a long writing transaction holds it back.',
  }),
  rounds: new Counter({ name: 'goc_ledger_rounds_total', help: 'Checkpoints signed.' }),
  leading: new Gauge({ name: 'goc_ledger_leading', help: '1 in the process that sequences.' }),
  damaged: new Gauge({
    name: 'goc_ledger_damaged',
    help: '1 while the log contradicts itself and nothing is signed.',
  }),
  witnessBehind: new Gauge({
    name: 'goc_ledger_witness_behind_lines',
    help: 'Lines a witness has not cosigned yet.',
    labelNames: ['witness'],
  }),
  witnessContradicts: new Gauge({
    name: 'goc_ledger_witness_contradicts',
    help: '1 when a witness has seen another log under our name: a rollback or a fork.',
    labelNames: ['witness'],
  }),
} as const
