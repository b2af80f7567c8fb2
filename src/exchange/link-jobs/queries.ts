import { Type } from 'typebox'
import { query, Refusal } from '../../kernel/index.ts'
import { LAW } from '../law.ts'
import { JobId } from './commands.ts'
import { findJob, type ListedJob, listJobs } from './store.ts'
import { JOB_LIMITS, type LinkJob } from './types.ts'

const closed = { additionalProperties: false } as const

/** An agency fetches its results; whom they are about, the events of the check have named. */
export const readJobResults = query({
  name: 'link-job.results',
  input: Type.Object({ job: JobId }, closed),
  purposes: [LAW.cleaning.purpose],
  async run({ job: id }, context): Promise<LinkJob> {
    const { tx, actor } = context
    const job = await findJob(tx, id)
    if (job === undefined || job.agencyId !== actor.agencyId) {
      throw new Refusal('link-job.not-found')
    }
    if (job.state !== 'done') throw new Refusal('link-job.state', { state: job.state })
    context.note('job', id)
    return job
  },
})

/** Every agency's jobs, for those who agree to them; there is nothing of anybody in it. */
export const listLinkJobs = query({
  name: 'link-job.list',
  input: Type.Object({}, closed),
  purposes: [LAW.sharing.purpose],
  async run(_, { tx, requireArea }): Promise<readonly ListedJob[]> {
    requireArea(['nation'])
    return listJobs(tx, JOB_LIMITS.listed)
  },
})
