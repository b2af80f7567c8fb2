import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { Database } from './database.ts'
import type { Keys } from './keys.ts'
import type { Profile } from './profile.ts'
import type { Instant } from './time.ts'

/** What every room is handed: the house around it. */
export interface Kernel {
  readonly database: Database
  readonly profile: Profile
  readonly config: Config
  readonly keys: Keys
  readonly log: Logger
  /** True in a demonstration nation: everyone in it is invented. */
  readonly demonstration: boolean
  /** The present moment; tests move it. */
  now(): Instant
}
