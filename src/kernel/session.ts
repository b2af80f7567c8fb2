import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor, Level } from './actor.ts'
import { findSession, insertSession, renewSession, storeSessionEnd } from './actor-store.ts'
import { auditRow } from './audit.ts'
import { writeAudit } from './audit-store.ts'
import { entryOf } from './context.ts'
import type { Kernel } from './kernel.ts'
import { LIMITS } from './limits.ts'
import { addMs } from './time.ts'

const COOKIE = 'goc_session'
const HOUR_ms = 3_600_000
const MINUTE_ms = 60_000
const RENEW_ms = 5 * MINUTE_ms

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

/**
 * The one seam through which a request becomes someone: the session in its cookie. Answers nobody
 * when there is none, or it has ended.
 */
export async function actorOf(request: FastifyRequest, kernel: Kernel): Promise<Actor | null> {
  const token = request.cookies[COOKIE]
  if (token === undefined || token.length > 100) return null
  return kernel.database.transaction(async (tx) => {
    const now = kernel.now()
    const live = await findSession(tx, hashOf(token), now)
    if (live === undefined) return null
    const until = addMs(now, LIMITS.sessionIdle_min * MINUTE_ms)
    // Not at every page: a session is moved on once a few minutes of it are gone.
    if (live.idleUntil < addMs(until, -RENEW_ms)) {
      renewSession(tx, hashOf(token), until)
    }
    return live.actor
  })
}

/** Opens a session and puts its token into a cookie; only the token's hash is stored. */
export async function openSession(
  kernel: Kernel,
  signedIn: { readonly actor: Actor; readonly level: Level },
  reply: FastifyReply,
): Promise<void> {
  const token = randomBytes(32).toString('base64url')
  const now = kernel.now()
  const { actor, level } = signedIn
  await kernel.database.transaction(async (tx) => {
    await insertSession(tx, {
      tokenHash: hashOf(token),
      actorId: actor.id,
      level,
      madeAt: now,
      expiresAt: addMs(now, LIMITS.sessionHours * HOUR_ms),
      idleUntil: addMs(now, LIMITS.sessionIdle_min * MINUTE_ms),
    })
    writeAudit(tx, [sessionEvent(kernel, actor, 'session.open')])
  })
  reply.setCookie(COOKIE, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: kernel.config.secureCookies,
    maxAge: LIMITS.sessionHours * 3_600,
  })
}

export async function endSession(
  kernel: Kernel,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const token = request.cookies[COOKIE]
  const actor = await actorOf(request, kernel)
  if (token !== undefined && actor !== null) {
    await kernel.database.transaction(async (tx) => {
      await storeSessionEnd(tx, hashOf(token), kernel.now())
      writeAudit(tx, [sessionEvent(kernel, actor, 'session.end')])
    })
  }
  reply.clearCookie(COOKIE, { path: '/' })
}

function sessionEvent(kernel: Kernel, actor: Actor, operation: string) {
  const entry = entryOf({ kernel, actor, purpose: 'sign-in' }, operation, kernel.now())
  return auditRow({ ...entry, subjects: actor.personId === null ? [] : [actor.personId] })
}

/**
 * The token a form carries so that no other site can send it: bound to the session, and written
 * anew each time under a random mask, since pages are compressed and a constant secret in them
 * could be guessed from their sizes (BREACH).
 */
export function csrfToken(request: FastifyRequest, kernel: Kernel): string {
  const secret = csrfSecret(request, kernel)
  const mask = randomBytes(secret.length)
  return Buffer.concat([mask, xor(secret, mask)]).toString('base64url')
}

export function isCsrfToken(request: FastifyRequest, kernel: Kernel, token: unknown): boolean {
  if (typeof token !== 'string') return false
  const secret = csrfSecret(request, kernel)
  const given = Buffer.from(token, 'base64url')
  if (given.length !== 2 * secret.length) return false
  const mask = given.subarray(0, secret.length)
  return timingSafeEqual(xor(given.subarray(secret.length), mask), secret)
}

function csrfSecret(request: FastifyRequest, kernel: Kernel): Buffer {
  const session = request.cookies[COOKIE] ?? ''
  return createHmac('sha256', kernel.keys.secret('cookie')).update(session).digest()
}

const xor = (a: Buffer, b: Buffer): Buffer => Buffer.from(a.map((byte, at) => byte ^ (b[at] ?? 0)))
