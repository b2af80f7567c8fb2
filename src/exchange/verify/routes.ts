import { setTimeout } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { askMany, type Kernel, LIMITS, type Outcome, share } from '../../kernel/index.ts'
import { BATCH_DOCUMENTED, VERIFY_DOCUMENTED } from '../api/schemas.ts'
import { EXCHANGE_LIMITS } from '../limits.ts'
import { metrics } from '../metrics.ts'
import { type Sealed, seal, type ToSeal } from '../receipt/seal.ts'
import { type BatchAnswer, verifyBatch } from './batch.ts'
import { isNdjson, keepBytes, NDJSON, readBody, tooLarge } from './body.ts'
import { askerOf, type SignedAsker } from './call.ts'
import type { keepCaller } from './caller.ts'
import { Gate } from './gate.ts'
import { NOT_CONFIRMED, verify } from './verify.ts'

/** Who calls, by the signature of the request. */
type Caller = ReturnType<typeof keepCaller>

interface Waiting {
  readonly input: unknown
  readonly asker: SignedAsker
  readonly by: ToSeal
}

/** Routes an agency's program calls; every answer carries a receipt. */
export function verifyRoutes(app: FastifyInstance, kernel: Kernel, caller: Caller): void {
  const gate = new Gate()

  const sealRound = (round: readonly Waiting[], outcomes: readonly Outcome<unknown>[]) =>
    seal(
      kernel,
      outcomes.map((outcome, index) => ({ outcome, by: (round[index] as Waiting).by })),
    )
  const together = share<Waiting, Sealed & { readonly unconfirmed: boolean }>(
    async (round) => {
      metrics.round.observe(round.length)
      const outcomes = await askMany(verify, round)
      const sealed = await sealRound(round, outcomes)
      return sealed.map((one, index) => {
        const outcome = outcomes[index]
        const unconfirmed =
          outcome !== undefined && 'answer' in outcome && outcome.answer === NOT_CONFIRMED
        return { ...one, unconfirmed }
      })
    },
    { most: LIMITS.sharedCalls, atOnce: EXCHANGE_LIMITS.sharedRounds },
  )

  const batchTogether = share<Waiting, Sealed>(
    async (round) => sealRound(round, await askMany(verifyBatch, round)),
    // Each batch fills a transaction of its own.
    { most: 1, atOnce: LIMITS.sharedTransactions },
  )
  keepBytes(app)

  app.post('/api/verify', { schema: VERIFY_DOCUMENTED }, async (request, reply) => {
    const began_ms = performance.now()
    const call = await caller(request)
    const input = readBody(request)
    const asker = askerOf(kernel, call)
    const by = { operation: 'verify', requestDigest: call.signature.requestDigest, t: request.t }
    const answer = await gate.through(keysOf(kernel, call.client.agency.id, input), () =>
      together({ input, asker, by }),
    )
    if (answer.unconfirmed) await untilFloor(began_ms)
    return send(reply, answer)
  })

  app.post(
    '/api/verify/batch',
    { bodyLimit: LIMITS.batchBodyBytes, schema: BATCH_DOCUMENTED },
    async (request, reply) => {
      const began_ms = performance.now()
      const call = await caller(request)
      const input = readBody(request)
      const by = {
        operation: 'verify.batch',
        requestDigest: call.signature.requestDigest,
        t: request.t,
        ...(isNdjson(request) && { write: writeNdjson }),
      }
      const rows = rowsIn(input)
      // Said at once: the shape's own check would look at every row to say it.
      if (rows.length > LIMITS.batchRows) throw tooLarge()
      const keys = rows.flatMap((row) => keysOf(kernel, call.client.agency.id, row))
      const asker = askerOf(kernel, call)
      const answer = await gate.through([...new Set(keys)], () =>
        batchTogether({ input, asker, by }),
      )
      metrics.rows.inc(rows.length)
      await untilFloor(began_ms)
      return send(reply, answer)
    },
  )
}

/** Nothing is checked yet. */
function rowsIn(input: unknown): readonly unknown[] {
  const { rows } = (input ?? {}) as { rows?: unknown }
  return Array.isArray(rows) ? rows : []
}

function writeNdjson(answer: unknown) {
  const { rows } = answer as BatchAnswer
  return { type: NDJSON, text: rows.map((row) => `${JSON.stringify(row)}\n`).join('') }
}

/** The number is not checked yet: whatever was sent, equal numbers have equal keys. */
function keysOf(kernel: Kernel, agencyId: string, body: unknown): readonly string[] {
  const { identify } = (body ?? {}) as { identify?: { personal_administrative_number?: unknown } }
  const number = identify?.personal_administrative_number
  if (typeof number !== 'string') return []
  const parsed = kernel.profile.number.parse(number)
  return parsed.ok ? [`${agencyId} ${parsed.number}`] : []
}

/** Answers no sooner than the next multiple of the floor: what a failure cost cannot be timed. */
async function untilFloor(began_ms: number): Promise<void> {
  const floor = EXCHANGE_LIMITS.failureFloor_ms
  const taken = performance.now() - began_ms
  await setTimeout(Math.ceil(taken / floor) * floor - taken)
}

function send(reply: FastifyReply, { status, type, body, receipt }: Sealed) {
  return reply.code(status).type(type).header('goc-receipt', receipt).send(body)
}
