import { epochOf, type Job, type Kernel } from '../../kernel/index.ts'
import { forgetNoncesUntil } from './nonce-store.ts'

/** Empties the bucket of nonces whose signatures are dead. */
export const forgetNonces: Job = {
  name: 'exchange.forget-nonces',
  every_ms: 60_000,
  async run(kernel: Kernel) {
    const now_s = Math.floor(epochOf(kernel.now()) / 1000)
    await kernel.database.transaction((tx) => forgetNoncesUntil(tx, now_s))
  },
}
