import type { Room } from '../kernel/index.ts'
import { proveCommand, verifyCommand } from './cli.ts'
import { agreeToErasure, requestErasure } from './erasure.ts'
import { openEvent } from './open-event.ts'
import { ledgerRoutes } from './routes.ts'

/** What only the sequencer may write, and the eraser blank; the app role reads. */
const PRIVILEGES = [
  'revoke insert on ledger.sequencer, ledger.audit_leaf, ledger.tile, ledger.checkpoint, ledger.cosignature from goc_app',
  'grant usage on schema kernel, ledger to goc_sequencer, goc_eraser',
  'grant select (event_id, xid, body, salt, leaf) on kernel.audit_event to goc_sequencer',
  'grant select on all tables in schema ledger to goc_sequencer',
  'grant insert on ledger.audit_leaf, ledger.tile, ledger.checkpoint, ledger.cosignature to goc_sequencer',
  'grant update (width, data) on ledger.tile to goc_sequencer',
  'grant update (size, xid, event_id, moved_at) on ledger.sequencer to goc_sequencer',
  'grant select (event_id), update (body, salt) on kernel.audit_event to goc_eraser',
  'grant select on ledger.erasure, ledger.audit_leaf to goc_eraser',
  // Without inheritance: the app erases only where it says so, in the one two-person command.
  'grant goc_eraser to goc_app with inherit false, set true',
]

/** The tamper-evident log over the kernel's audit events. */
export const room: Room = {
  name: 'ledger',
  migrations: new URL('./migrations/', import.meta.url),
  updates: { erasure: ['approved_by', 'approved_at'] },
  privileges: PRIVILEGES,
  commands: [requestErasure, agreeToErasure],
  queries: [openEvent],
  routes: ledgerRoutes,
  cli: [verifyCommand, proveCommand],
  locales: new URL('./locales/', import.meta.url),
}
