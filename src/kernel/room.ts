import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import type { Command } from './command.ts'
import type { Lang } from './formats.ts'
import type { Kernel } from './kernel.ts'
import type { Profile } from './profile.ts'
import type { Query } from './query.ts'
import type { Job } from './worker.ts'

/** Who a page of the menu is for; each section has its own navigation. */
export type Section = 'portal' | 'desk' | 'agency' | 'inspect' | 'programme'

export interface MenuItem {
  readonly section: Section
  readonly path: string
  /** Key of the words in the room's own locales. */
  readonly text: string
  readonly order: number
  /** Shown to those only who may do this. */
  readonly operation?: string
  /** Name of a picture of the web room, for the bar at the foot of a citizen's phone. */
  readonly icon?: string
}

/** Who typed the command: words to them, and their Ctrl-C. */
export interface Terminal {
  /** Aborted by Ctrl-C: long work stops at a safe place and says how to go on. */
  readonly signal: AbortSignal
  /** One line for people, or with --json one object for programs. */
  print(line: string): void
  /** Rewrites the line of progress on a terminal; in a file, a line now and then. */
  progress(line: string): void
}

/** What a subcommand works with: the program, and what only the operator's own machine may do. */
export interface Operator extends Terminal {
  readonly kernel: Kernel
  /** A connection as the owner of the database, for bulk loads and upgrades; the caller ends it. */
  owner(): Promise<pg.Client>
}

/** What a subcommand without a nation works with. */
export interface Workshop extends Terminal {
  readonly language: Lang
  /** All countries the program knows, whether or not there is a nation of them. */
  readonly profiles: readonly Profile[]
}

/** How large a demonstration is to be. */
export interface DemonstrationPlan {
  readonly persons: number
  readonly seed: string
}

/** A subcommand of `goc`. */
export interface CliCommand {
  /** What is typed after `goc`, for example `import persons`. */
  readonly name: string
  /** The one line `goc help` shows, for example `FILE --as-of DAY   take persons from a CSV file`. */
  readonly usage: string
  /** Answers the exit status: 0 done, 1 refused, 2 wrong usage. */
  run(args: readonly string[], operator: Operator): Promise<number>
}

/** A subcommand that works on files alone: it needs neither a database nor a nation. */
export interface Tool {
  readonly name: string
  readonly usage: string
  /** Exit status as of a `CliCommand`. */
  run(args: readonly string[], workshop: Workshop): Promise<number>
}

/** One room of the house: everything the program needs to know of it. */
export interface Room {
  readonly name: string
  /** Folder of the checksummed `0001-….sql` files; the room's tables are the schema of its name. */
  readonly migrations: URL | null
  /** Columns the app role may update, by table: nothing else is ever overwritten. */
  readonly updates?: Readonly<Record<string, readonly string[]>>
  /** Tables the app role may delete from: only what is not a record (nonces, queues). */
  readonly deletes?: readonly string[]
  /** Grants to the other roles, as SQL. */
  readonly privileges?: readonly string[]
  readonly commands?: readonly Command[]
  readonly queries?: readonly Query[]
  readonly routes?: (app: FastifyInstance, kernel: Kernel) => void
  readonly menu?: readonly MenuItem[]
  readonly jobs?: readonly Job[]
  readonly cli?: readonly CliCommand[]
  readonly tools?: readonly Tool[]
  /** Adds the room's part of a demonstration nation, after the rooms before it; safe to repeat. */
  readonly demonstrate?: (operator: Operator, plan: DemonstrationPlan) => Promise<void>
  /** Folder of vi.json, en.json and fr.json. */
  readonly locales?: URL
}
