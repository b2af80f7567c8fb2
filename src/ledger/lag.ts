import type { Statements } from './client-tx.ts'
import { metrics } from './metrics.ts'
import { findOldestWaiting, getPosition, type Position } from './store.ts'

/** The milliseconds a UUID version 7 begins with (RFC 9562 section 5.7). */
const timeOf = (eventId: string): number =>
  Number.parseInt(eventId.replaceAll('-', '').slice(0, 12), 16)

/**
 * How long the oldest audit event has waited for its line, in seconds; 0 when none waits. Any
 * process may measure it, the one that sequences or not.
 */
export async function measureLag(tx: Statements, at?: Position): Promise<number> {
  const position = at ?? (await getPosition(tx))
  const oldest = await findOldestWaiting(tx, position)
  const lag_s = oldest === undefined ? 0 : Math.max(0, (Date.now() - timeOf(oldest)) / 1000)
  metrics.size.set(position.size)
  metrics.lag_s.set(lag_s)
  return lag_s
}
