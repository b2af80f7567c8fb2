import { addMs, type Tx } from '../../kernel/index.ts'
import { countPersons } from '../../register/index.ts'
import { spansOf } from './commands.ts'
import { estimateOf } from './estimate.ts'
import { listApprovers, listParts } from './store.ts'
import { JOB_LIMITS, type LinkJob, partsOf } from './types.ts'

const DAY_ms = 86_400_000

/** A job as its agency's program sees it. */
export async function jobView(tx: Tx, job: LinkJob) {
  const parts = await listParts(tx, job.id)
  const approvers = await listApprovers(tx, job.id)
  const rows = job.rows ?? job.rowsTold
  const estimate = estimateOf(rows, await countPersons(tx))
  const since = job.endedAt ?? job.plannedAt
  return {
    job: job.id,
    state: job.state,
    reason: job.reason,
    purpose: job.purpose,
    agreement: job.agreementId,
    as_of: job.asOf,
    file: { sha256: job.digest, bytes: job.bytes },
    columns: { understood: job.columns, unknown: job.unknown },
    rows: { count: rows, counted: job.rows !== null },
    estimate: { pairs: estimate.pairs, seconds: estimate.seconds },
    approvals: {
      needed: estimate.needsApproval ? JOB_LIMITS.approvers : 0,
      given: approvers.length,
    },
    parts: {
      bytes: JOB_LIMITS.part_bytes,
      count: partsOf(job.bytes),
      received: spansOf(parts.map(({ part }) => part)),
    },
    progress: { rows: job.rowsDone, share: job.state === 'done' ? 1 : job.rowsDone / rows },
    destroyed_by: addMs(since, JOB_LIMITS.kept_days * DAY_ms),
  }
}
