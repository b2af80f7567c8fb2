import type { Room } from '../kernel/index.ts'

/** Agencies, agreements, verification, receipts and who-read-my-data. */
export const room: Room = { name: 'exchange', migrations: null }
