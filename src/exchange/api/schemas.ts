import { Type } from 'typebox'
import { REFUSALS } from '../../kernel/index.ts'
import { BatchInput } from '../verify/batch.ts'
import { VerifyInput } from '../verify/claims.ts'

const closed = { additionalProperties: false } as const

const NotConfirmed = Type.Object(
  { result: Type.Literal('not_confirmed') },
  { ...closed, description: 'api.answer.not-confirmed' },
)
const Confirmed = Type.Object(
  {
    result: Type.Literal('confirmed'),
    pseudonym: Type.String({
      pattern: '^[A-Za-z0-9_-]{22}$',
      description: 'api.answer.pseudonym',
    }),
    attributes: Type.Record(Type.String(), Type.Enum(['match', 'close', 'no_match', 'not_held']), {
      description: 'api.answer.attributes',
    }),
    predicates: Type.Record(Type.String(), Type.Union([Type.Boolean(), Type.Literal('not_held')]), {
      description: 'api.answer.predicates',
    }),
  },
  { ...closed, description: 'api.answer.confirmed' },
)
const Ref = { ref: Type.String({ description: 'api.field.ref' }) }
const Invalid = Type.Object(
  { ...Ref, result: Type.Literal('invalid'), field: Type.String() },
  { ...closed, description: 'api.answer.invalid' },
)
const AttemptsSpent = Type.Object(
  { ...Ref, result: Type.Literal('attempts_spent') },
  { ...closed, description: 'api.answer.attempts-spent' },
)

export const VerifyAnswerSchema = Type.Union([NotConfirmed, Confirmed])
export const BatchAnswerSchema = Type.Object(
  {
    rows: Type.Array(
      Type.Union([
        Type.Object({ ...Ref, ...NotConfirmed.properties }, closed),
        Type.Object({ ...Ref, ...Confirmed.properties }, closed),
        Invalid,
        AttemptsSpent,
      ]),
    ),
  },
  closed,
)

/** RFC 9457, with our stable code. */
export const ProblemSchema = Type.Object(
  {
    type: Type.String(),
    code: Type.Enum(Object.keys(REFUSALS)),
    status: Type.Integer(),
    title: Type.String(),
    detail: Type.String(),
    details: Type.Optional(Type.Record(Type.String(), Type.String())),
  },
  { description: 'api.answer.problem' },
)

/** Headers every signed call carries, beside `signature` and `signature-input`. */
export const SignedHeaders = Type.Object({
  'goc-purpose': Type.String({ maxLength: 200, description: 'api.header.purpose' }),
  'goc-case': Type.Optional(Type.String({ maxLength: 200, description: 'api.header.case' })),
  'goc-operator': Type.Optional(
    Type.String({ maxLength: 200, description: 'api.header.operator' }),
  ),
  'content-digest': Type.String({ description: 'api.header.digest' }),
})

export const SECURITY = [{ httpMessageSignature: [] }]
const answers = (schema: object) => ({
  200: {
    description: 'api.answer.ok',
    headers: { 'goc-receipt': { type: 'string', description: 'api.header.receipt' } },
    content: { 'application/json': { schema } },
  },
  '4xx': {
    description: 'api.answer.problem',
    content: { 'application/problem+json': { schema: ProblemSchema } },
  },
})

export const VERIFY_DOCUMENTED = {
  operationId: 'verify',
  summary: 'api.verify.summary',
  description: 'api.verify.description',
  security: SECURITY,
  headers: SignedHeaders,
  body: VerifyInput,
  response: answers(VerifyAnswerSchema),
}

export const BATCH_DOCUMENTED = {
  operationId: 'verifyBatch',
  summary: 'api.batch.summary',
  description: 'api.batch.description',
  consumes: ['application/json', 'application/x-ndjson'],
  security: SECURITY,
  headers: SignedHeaders,
  body: BatchInput,
  response: answers(BatchAnswerSchema),
}
