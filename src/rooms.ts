import { room as exchange } from './exchange/index.ts'
import type { Room } from './kernel/index.ts'
import { room as kernel } from './kernel/kernel-room.ts'
import { room as ledger } from './ledger/index.ts'
import { room as linkage } from './linkage/index.ts'
import { room as register } from './register/index.ts'
import { room as web } from './web/index.ts'

/** The rooms of the house, in the order of their migrations: app, worker and goc read only this. */
export const ROOMS: readonly Room[] = [kernel, web, ledger, register, linkage, exchange]
