import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { type Actor, epochOf, type Instant, type Kernel, LIMITS } from '../../../kernel/index.ts'

/** What is sealed: each use has a key of its own, so that one cannot stand for the other. */
type Use = 'search' | 'case'

const IV_bytes = 12
const TAG_bytes = 16
/** As long as a session lasts at most. */
export const SEALED_ms = LIMITS.sessionHours * 3_600_000

interface Sealed {
  readonly value: unknown
  readonly until: number
}

type Keeper = Pick<Kernel, 'keys' | 'now'>

/**
 * What an officer typed, for an address or a cookie: proxies and the browser's history see letters
 * that tell nothing (AES-256-GCM), and nobody but this officer can use them, for some hours.
 */
export function seal(kernel: Keeper, who: { actor: Actor; use: Use }, value: unknown): string {
  const iv = randomBytes(IV_bytes)
  const cipher = createCipheriv('aes-256-gcm', keyOf(kernel, who), iv)
  const sealed: Sealed = { value, until: epochOf(kernel.now()) + SEALED_ms }
  const text = Buffer.concat([cipher.update(JSON.stringify(sealed)), cipher.final()])
  return Buffer.concat([iv, text, cipher.getAuthTag()]).toString('base64url')
}

/** What was sealed; null for what was not, not for this officer, or too long ago. */
export function unseal(kernel: Keeper, who: { actor: Actor; use: Use }, text: string): unknown {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.length <= IV_bytes + TAG_bytes) return null
  const iv = bytes.subarray(0, IV_bytes)
  const decipher = createDecipheriv('aes-256-gcm', keyOf(kernel, who), iv)
  decipher.setAuthTag(bytes.subarray(-TAG_bytes))
  try {
    const inside = decipher.update(bytes.subarray(IV_bytes, -TAG_bytes))
    const { value, until } = JSON.parse(
      Buffer.concat([inside, decipher.final()]).toString('utf8'),
    ) as Sealed
    return until < epochOf(kernel.now() as Instant) ? null : value
  } catch {
    return null
  }
}

function keyOf({ keys }: Keeper, { actor, use }: { actor: Actor; use: Use }): Buffer {
  return createHmac('sha256', keys.secret('cookie')).update(`seal ${use} ${actor.id}`).digest()
}
