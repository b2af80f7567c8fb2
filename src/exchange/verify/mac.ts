import { hash } from 'node:crypto'
import type { Kernel, Keys } from '../../kernel/index.ts'

const BLOCK_bytes = 64
const pads = new WeakMap<Keys, { readonly inner: Buffer; readonly outer: Buffer }>()

/**
 * The number as attempts are counted by it: half an HMAC-SHA256 (RFC 2104), not to be turned back
 * without the secret. Made of two one-shot hashes over prepared pads: a tenth of the time of
 * `createHmac`.
 */
export function numberMac(kernel: Kernel, agencyId: string, number: string): string {
  const { inner, outer } = padsOf(kernel.keys)
  const text = Buffer.from(`${agencyId} ${number}`)
  const within = hash('sha256', Buffer.concat([inner, text]), 'buffer')
  return hash('sha256', Buffer.concat([outer, within])).slice(0, 32)
}

function padsOf(keys: Keys) {
  let known = pads.get(keys)
  if (known === undefined) {
    const key = Buffer.alloc(BLOCK_bytes)
    keys.secret('guess-counter').copy(key)
    known = {
      inner: key.map((byte) => byte ^ 0x36) as Buffer,
      outer: key.map((byte) => byte ^ 0x5c) as Buffer,
    }
    pads.set(keys, known)
  }
  return known
}
