import { randomBytes } from 'node:crypto'
import type { Kernel } from '../kernel/index.ts'
import { findOrigin, makeOrigin } from './store.ts'

const known = new WeakMap<Kernel, Promise<string>>()

/**
 * The name this nation's log signs under, for ever: the address it had when it was first used, and
 * eight digits, so that a nation made anew is another log and not this one set back.
 */
export function ledgerOrigin(kernel: Kernel): Promise<string> {
  let origin = known.get(kernel)
  if (origin === undefined) {
    origin = kernel.database.transaction(async (tx) => {
      const made = `${new URL(kernel.config.url).host}/ledger/${randomBytes(4).toString('hex')}`
      return (await findOrigin(tx)) ?? makeOrigin(tx, made)
    })
    known.set(kernel, origin)
    // A database that was away for a moment must not be remembered as an answer.
    origin.catch(() => known.delete(kernel))
  }
  return origin
}
