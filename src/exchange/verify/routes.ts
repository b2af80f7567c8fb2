import { setTimeout } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { askMany, type Kernel, LIMITS, share } from '../../kernel/index.ts'
import { keepDirectory } from '../agency/directory.ts'
import { EXCHANGE_LIMITS } from '../limits.ts'
import { type Sealed, seal, type ToSeal } from '../receipt/seal.ts'
import { numberMac } from './authenticate.ts'
import { askerOf, type SignedAsker } from './call.ts'
import type { VerifyInput } from './claims.ts'
import { readSignedCall } from './edge.ts'
import { Gate } from './gate.ts'
import { NOT_CONFIRMED, verify } from './verify.ts'

interface Waiting {
  readonly input: unknown
  readonly asker: SignedAsker
  readonly by: ToSeal
}

/** Routes an agency's program calls; every answer carries a receipt. */
export function verifyRoutes(app: FastifyInstance, kernel: Kernel): void {
  const keeper = keepDirectory(kernel)
  const gate = new Gate()
  app.addHook('onClose', () => keeper.close())

  const together = share<Waiting, Sealed & { readonly unconfirmed: boolean }>(
    async (round) => {
      const outcomes = await askMany(verify, round)
      const sealed = seal(
        kernel,
        outcomes.map((outcome, index) => ({ outcome, by: (round[index] as Waiting).by })),
      )
      return sealed.map((one, index) => {
        const outcome = outcomes[index]
        const unconfirmed =
          outcome !== undefined && 'answer' in outcome && outcome.answer === NOT_CONFIRMED
        return { ...one, unconfirmed }
      })
    },
    { most: LIMITS.sharedCalls, atOnce: LIMITS.sharedTransactions },
  )

  app.post<{ Body: VerifyInput }>('/api/verify', async (request, reply) => {
    const began_ms = performance.now()
    const call = readSignedCall(request, kernel, await keeper.current())
    const asker = askerOf(kernel, call)
    const by = { requestDigest: call.signature.requestDigest, t: request.t }
    const answer = await gate.through(keysOf(kernel, call.client.agency.id, request.body), () =>
      together({ input: request.body, asker, by }),
    )
    if (answer.unconfirmed) await untilFloor(began_ms)
    return send(reply, answer)
  })
}

/** The number is not checked yet: whatever was sent, equal numbers have equal keys. */
function keysOf(kernel: Kernel, agencyId: string, body: unknown): readonly string[] {
  const { identify } = (body ?? {}) as { identify?: { personal_administrative_number?: unknown } }
  const number = identify?.personal_administrative_number
  if (typeof number !== 'string') return []
  const parsed = kernel.profile.number.parse(number)
  return parsed.ok ? [numberMac(kernel, agencyId, parsed.number)] : []
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
