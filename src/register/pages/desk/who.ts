import type { FastifyRequest } from 'fastify'
import { type Actor, type Kernel, mayDo, Refusal, requireActor } from '../../../kernel/index.ts'

/** Whoever works at the desk: may search for people. Others are refused, also by an empty page. */
export function requireOfficer(request: FastifyRequest, kernel: Kernel): Actor {
  const actor = requireActor(request)
  const operation = 'person.search'
  const isStaff = actor.kind === 'officer' || actor.kind === 'operator'
  if (!isStaff || !mayDo(kernel, actor, operation))
    throw new Refusal('actor.not-permitted', { operation })
  return actor
}

/** Which of some operations an officer may do; refuses, before anything is read, where it is none. */
export function allowedOf(
  request: FastifyRequest,
  kernel: Kernel,
  operations: readonly string[],
): readonly string[] {
  const actor = requireOfficer(request, kernel)
  const found = operations.filter((operation) => mayDo(kernel, actor, operation))
  if (found.length === 0) {
    throw new Refusal('actor.not-permitted', { operation: operations[0] ?? '' })
  }
  return found
}
