import { Type } from 'typebox'
import {
  type CommandContext,
  command,
  isPlainDay,
  LIMITS,
  type PlainDay,
  Refusal,
  type Tx,
  uuidv7,
} from '../../kernel/index.ts'
import { compileAgreements, decide } from '../agency/agreement.ts'
import { listAgreements } from '../agency/store.ts'
import { LAW } from '../law.ts'
import type { Attribute } from '../types.ts'
import { rowsIn } from './estimate.ts'
import { readHeader } from './header.ts'
import {
  findJobOfFile,
  insertJob,
  insertJobApproval,
  listApprovers,
  listParts,
  lockJob,
  moveJob,
  storePart,
} from './store.ts'
import { JOB_LIMITS, type JobState, type LinkJob, partsOf, STOPPABLE, sizeOfPart } from './types.ts'

const closed = { additionalProperties: false } as const
export const JobId = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })
const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })
const NATION = ['nation']

/** The body of `POST /api/link-jobs`; the purpose stands in the header, as in every call. */
export const PlanBody = Type.Object(
  {
    columns: Type.Array(Type.String({ maxLength: LIMITS.nameChars }), {
      minItems: 1,
      maxItems: JOB_LIMITS.columns_max,
      description: 'api.job.columns',
    }),
    file: Type.Object(
      {
        sha256: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'api.job.sha256' }),
        bytes: Type.Integer({
          minimum: 1,
          maximum: JOB_LIMITS.file_bytes_max,
          description: 'api.job.bytes',
        }),
        rows: Type.Optional(
          Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: 'api.job.rows' }),
        ),
      },
      closed,
    ),
    as_of: Type.Optional(
      Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', description: 'api.job.as-of' }),
    ),
  },
  closed,
)

/** The agency a command is for; whoever is none may not do it. */
function agencyOf({ actor }: Pick<CommandContext, 'actor'>): string {
  if (actor.agencyId === null) throw new Refusal('actor.not-permitted', { operation: 'link-job' })
  return actor.agencyId
}

/** The agency's own job, locked; another's is not there. */
async function ownJob(context: CommandContext, id: string): Promise<LinkJob> {
  const job = await lockJob(context.tx, id)
  if (job === undefined || job.agencyId !== agencyOf(context)) {
    throw new Refusal('link-job.not-found')
  }
  return job
}

function requireState({ state }: LinkJob, ...wanted: readonly JobState[]): void {
  if (!wanted.includes(state)) throw new Refusal('link-job.state', { state })
}

/** The agreement a file with these columns may be checked under; refuses as a call would be. */
async function agreementFor(
  context: CommandContext,
  purpose: string,
  attributes: readonly Attribute[],
): Promise<string> {
  const agencyId = agencyOf(context)
  const agreements = compileAgreements(await listAgreements(context.tx, agencyId))
  const decision = decide(agreements, {
    agencyId,
    operation: 'check',
    purpose,
    attributes,
    predicates: [],
    day: context.today,
  })
  if (!decision.allowed) {
    const code = decision.reason === 'none' ? 'purpose.not-allowed' : 'agreement.not-in-force'
    throw new Refusal(code, { purpose })
  }
  if (decision.excess.length > 0) {
    throw new Refusal('attribute.in-excess', { attributes: decision.excess.join(', ') })
  }
  return decision.agreement.id
}

/** An agency announces a file. The same file again is the same job, as long as that one lives. */
export const planJob = command({
  name: 'link-job.plan',
  input: Type.Object(
    { purpose: Type.String({ minLength: 1, maxLength: 80 }), ...PlanBody.properties },
    closed,
  ),
  ...LAW.cleaning,
  async run({ purpose, columns, file, as_of: day }, context) {
    const { tx, now, today, emit } = context
    if (day !== undefined && !isPlainDay(day)) {
      throw new Refusal('request.invalid', { field: 'as_of', expected: 'a day' })
    }
    const asOf: PlainDay = day ?? today
    const { understood, unknown, attributes } = readHeader(columns)
    const agreementId = await agreementFor(context, purpose, attributes)
    const agencyId = agencyOf(context)
    const digest = file.sha256
    const before = await findJobOfFile(tx, agencyId, digest)
    if (before !== undefined) return sameJob(before, { purpose, asOf })
    const id = uuidv7()
    const rowsTold = file.rows ?? rowsIn(file.bytes, columns.length)
    const terms = { agencyId, agreementId, purpose, asOf, digest, bytes: file.bytes }
    const job = { ...terms, id, columns: understood, unknown, rowsTold, plannedAt: now }
    if (!(await insertJob(tx, job))) {
      const other = await findJobOfFile(tx, agencyId, digest)
      if (other !== undefined) return sameJob(other, { purpose, asOf })
    }
    emit('link-job.planned', id, { jobId: id })
    return { job: id, isNew: true }
  },
})

function sameJob(job: LinkJob, terms: Pick<LinkJob, 'purpose' | 'asOf'>) {
  if (job.purpose !== terms.purpose || job.asOf !== terms.asOf) {
    throw new Refusal('link-job.other-terms', { job: job.id })
  }
  return { job: job.id, isNew: false }
}

/** A part has been received and lies encrypted in its place. */
export const storePartOfJob = command({
  name: 'link-job.store-part',
  input: Type.Object(
    {
      job: JobId,
      part: Type.Integer({ minimum: 1 }),
      digest: Sha256,
      bytes: Type.Integer({ minimum: 1, maximum: JOB_LIMITS.part_bytes }),
    },
    closed,
  ),
  ...LAW.cleaning,
  async run({ job: id, part, digest, bytes }, context) {
    const job = await ownJob(context, id)
    requirePart(job, part, bytes)
    await storePart(context.tx, id, { part, digest, bytes })
    context.emit('link-job.part-stored', id, { jobId: id, part })
    return { part }
  },
})

/** Refuses a part that is not one of the file, or not as long as it must be. */
export function requirePart(job: LinkJob, part: number, bytes: number): void {
  requireState(job, 'planned')
  const parts = partsOf(job.bytes)
  if (part < 1 || part > parts) {
    throw new Refusal('link-job.part-wrong', { expected: `1 to ${parts}` })
  }
  const size = sizeOfPart(job.bytes, part)
  if (bytes !== size) throw new Refusal('link-job.part-wrong', { expected: `${size} bytes` })
}

/** Numbers of parts in short: 1-3, 7. */
export function spansOf(parts: readonly number[]): string {
  const spans: [number, number][] = []
  for (const part of parts) {
    const last = spans.at(-1)
    if (last !== undefined && last[1] === part - 1) last[1] = part
    else spans.push([part, part])
  }
  return spans.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ')
}

export const missingParts = async (tx: Tx, { id, bytes }: LinkJob): Promise<readonly number[]> => {
  const there = new Set((await listParts(tx, id)).map(({ part }) => part))
  return Array.from({ length: partsOf(bytes) }, (_, at) => at + 1).filter((n) => !there.has(n))
}

/** All parts are there: the worker looks at the file, and checks it or waits for two persons. */
export const startJob = command({
  name: 'link-job.start',
  input: Type.Object({ job: JobId }, closed),
  ...LAW.cleaning,
  async run({ job: id }, context) {
    const job = await ownJob(context, id)
    requireState(job, 'planned')
    const missing = await missingParts(context.tx, job)
    if (missing.length > 0) {
      throw new Refusal('link-job.incomplete', { parts: spansOf(missing).slice(0, 200) })
    }
    await moveJob(context.tx, id, { state: 'received' })
    context.emit('link-job.received', id, { jobId: id })
    return { job: id }
  },
})

export const cancelJob = command({
  name: 'link-job.cancel',
  input: Type.Object({ job: JobId }, closed),
  ...LAW.cleaning,
  async run({ job: id }, context) {
    const job = await ownJob(context, id)
    requireState(job, ...STOPPABLE)
    await moveJob(context.tx, id, { state: 'cancelled', endedAt: context.now })
    context.emit('link-job.cancelled', id, { jobId: id })
    return { job: id }
  },
})

/** A large list is checked once two different persons have agreed. */
export const approveJob = command({
  name: 'link-job.approve',
  input: Type.Object({ job: JobId }, closed),
  ...LAW.cleaning,
  async run({ job: id }, { tx, now, actor, emit, requireArea }) {
    requireArea(NATION)
    const job = await lockJob(tx, id)
    if (job === undefined) throw new Refusal('link-job.not-found')
    requireState(job, 'waiting')
    const approvers = await listApprovers(tx, id)
    if (approvers.includes(actor.id)) throw new Refusal('actor.same-person')
    await insertJobApproval(tx, id, { at: now, by: actor })
    const approvals = approvers.length + 1
    if (approvals >= JOB_LIMITS.approvers) await moveJob(tx, id, { state: 'queued' })
    emit('link-job.approved', id, { jobId: id })
    return { job: id, approvals, holds: approvals >= JOB_LIMITS.approvers }
  },
})

/** Most of a list is unknown: a person says why it goes on, and everybody it names can read that. */
export const continueJob = command({
  name: 'link-job.continue',
  input: Type.Object(
    { job: JobId, because: Type.String({ minLength: 3, maxLength: LIMITS.nameChars }) },
    closed,
  ),
  ...LAW.cleaning,
  async run({ job: id, because }, context) {
    const { tx, emit, requireArea } = context
    requireArea(NATION)
    const job = await lockJob(tx, id)
    if (job === undefined) throw new Refusal('link-job.not-found')
    requireState(job, 'stopped')
    context.note('because', because)
    await moveJob(tx, id, { state: 'queued', despite: because })
    emit('link-job.continued', id, { jobId: id })
    return { job: id }
  },
})
