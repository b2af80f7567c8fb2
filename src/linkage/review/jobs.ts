import { addMs, type Job, type Kernel } from '../../kernel/index.ts'
import { eraseClaims } from './store.ts'
import { REVIEW_LIMITS } from './types.ts'

const HOUR_ms = 3_600_000
const DAY_ms = 24 * HOUR_ms

/** Erases what rows said of people once nobody needs it to decide; levels and weights stay. */
export const forgetClaims: Job = {
  name: 'linkage.forget-claims',
  every_ms: HOUR_ms,
  async run(kernel: Kernel) {
    const now = kernel.now()
    await kernel.database.transaction((tx) =>
      eraseClaims(tx, {
        decided: addMs(now, -REVIEW_LIMITS.claimsDecided_days * DAY_ms),
        made: addMs(now, -REVIEW_LIMITS.claimsOpen_days * DAY_ms),
      }),
    )
  },
}
