import { Type } from 'typebox'
import { command, Refusal } from '../../kernel/index.ts'
import { LAW } from '../law.ts'
import { JobId } from './commands.ts'
import { lockJob, moveJob } from './store.ts'
import { JOB_STATES, type JobState, OVER, type SignedManifest } from './types.ts'

const closed = { additionalProperties: false } as const

/** Where the worker may bring a job from a state. */
const NEXT: Readonly<Partial<Record<JobState, readonly JobState[]>>> = {
  received: ['waiting', 'queued', 'failed'],
  queued: ['running', 'failed'],
  running: ['done', 'stopped', 'failed'],
}

/** The worker's own: a job has come to another state. */
export const settleJob = command({
  name: 'link-job.settle',
  input: Type.Object(
    {
      job: JobId,
      state: Type.Enum([...JOB_STATES]),
      reason: Type.Optional(Type.String({ maxLength: 80 })),
      rows: Type.Optional(Type.Integer({ minimum: 0 })),
      resultParts: Type.Optional(Type.Integer({ minimum: 0 })),
      manifest: Type.Optional(Type.Unknown()),
    },
    closed,
  ),
  ...LAW.cleaning,
  async run({ job: id, state, manifest, reason, rows, resultParts }, { tx, now, emit }) {
    const job = await lockJob(tx, id)
    if (job === undefined) throw new Refusal('link-job.not-found')
    if (NEXT[job.state]?.includes(state) !== true) {
      throw new Refusal('link-job.state', { state: job.state })
    }
    await moveJob(tx, id, {
      state,
      ...(reason !== undefined && { reason }),
      ...(rows !== undefined && { rows }),
      ...(resultParts !== undefined && { resultParts }),
      ...(manifest !== undefined && { manifest: manifest as SignedManifest }),
      ...(OVER.includes(state) && { endedAt: now }),
    })
    emit(`link-job.${state}`, id, { jobId: id })
    return { job: id, state }
  },
})

/** The worker's own: key and files of a job are about to be destroyed; the event proves when. */
export const shredJob = command({
  name: 'link-job.shred',
  input: Type.Object({ job: JobId }, closed),
  ...LAW.cleaning,
  async run({ job: id }, { tx, emit }) {
    const job = await lockJob(tx, id)
    if (job === undefined) throw new Refusal('link-job.not-found')
    if (![...OVER, 'planned', 'waiting'].includes(job.state)) {
      throw new Refusal('link-job.state', { state: job.state })
    }
    await moveJob(tx, id, { state: 'shredded', reason: job.reason })
    emit('link-job.shredded', id, { jobId: id })
    return { job: id }
  },
})
