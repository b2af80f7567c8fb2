import { type TObject, Type } from 'typebox'
import { ProblemSchema, SECURITY, SignedHeaders } from '../api/schemas.ts'
import { PlanBody } from './commands.ts'
import { JOB_STATES } from './types.ts'

const Job = Type.Object(
  {
    job: Type.String({ description: 'api.job.id' }),
    state: Type.Enum([...JOB_STATES], { description: 'api.job.state' }),
    reason: Type.Union([Type.String(), Type.Null()], { description: 'api.job.reason' }),
    agreement: Type.String({ description: 'api.job.agreement' }),
    columns: Type.Object({
      understood: Type.Array(Type.String(), { description: 'api.job.understood' }),
      unknown: Type.Array(Type.String(), { description: 'api.job.unknown' }),
    }),
    rows: Type.Object({
      count: Type.Integer({ description: 'api.job.count' }),
      counted: Type.Boolean({ description: 'api.job.counted' }),
    }),
    estimate: Type.Object({
      pairs: Type.Integer({ description: 'api.job.pairs' }),
      seconds: Type.Integer({ description: 'api.job.seconds' }),
    }),
    approvals: Type.Object({
      needed: Type.Integer({ description: 'api.job.needed' }),
      given: Type.Integer({ description: 'api.job.given' }),
    }),
    parts: Type.Object({
      bytes: Type.Integer({ description: 'api.job.part-bytes' }),
      count: Type.Integer({ description: 'api.job.part-count' }),
      received: Type.String({ description: 'api.job.received' }),
    }),
    progress: Type.Object({
      rows: Type.Integer({ description: 'api.job.rows-done' }),
      share: Type.Number({ description: 'api.job.share' }),
    }),
    destroyed_by: Type.String({ description: 'api.job.destroyed' }),
  },
  { description: 'api.job.view' },
)

const problem = {
  '4xx': {
    description: 'api.answer.problem',
    content: { 'application/problem+json': { schema: ProblemSchema } },
  },
}
const answersWith = (type: string, schema: object) => ({
  200: { description: 'api.answer.job', content: { [type]: { schema } } },
  ...problem,
})

interface Documented {
  readonly body?: TObject
  readonly consumes?: readonly string[]
  readonly response: object
}

const documented = (id: string, word: string, more: Documented) => ({
  operationId: id,
  summary: `api.job.${word}.summary`,
  description: `api.job.${word}.description`,
  security: SECURITY,
  headers: SignedHeaders,
  ...more,
})

const view = { response: answersWith('application/json', Job) }

/** The calls about files, as the reference describes them. */
export const JOB_DOCUMENTED = {
  plan: documented('planLinkJob', 'plan', { body: PlanBody, ...view }),
  get: documented('getLinkJob', 'get', view),
  part: documented('putLinkJobPart', 'part', {
    consumes: ['application/octet-stream'],
    response: { 204: { description: 'api.answer.stored' }, ...problem },
  }),
  start: documented('startLinkJob', 'start', view),
  cancel: documented('cancelLinkJob', 'cancel', view),
  results: documented('getLinkJobResults', 'results', {
    response: answersWith('application/x-ndjson', Type.Object({})),
  }),
  manifest: documented('getLinkJobManifest', 'manifest', {
    response: answersWith('application/json', Type.Object({})),
  }),
}
