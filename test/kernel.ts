import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { readConfig } from '../src/kernel/config.ts'
import {
  type Actor,
  type Grant,
  type Instant,
  type Kernel,
  openDatabase,
  openKeys,
  type PlainDay,
  type Room,
  uuidv7,
} from '../src/kernel/index.ts'
import type { Profile } from '../src/kernel/profile.ts'
import { type TestDatabase, testDatabase } from './harness.ts'

/** A kernel on a real database of its own, whose clock and statements a test can move and cut. */
export interface TestKernel extends Kernel {
  readonly testDatabase: TestDatabase
  /** Sets the clock. */
  setNow(moment: string): void
  /** From now on the n-th statement (from 0) of each transaction throws; null: none does. */
  cutAt(n: number | null): void
  /** Statements, with the commit, since `cutAt` was last called. */
  statements(): number
  /** Runs SQL as the owner, to look and to tamper. */
  owner<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>
  /** Rows of a table, as the owner sees them. */
  count(table: string): Promise<number>
  close(): Promise<void>
}

/** A statement was cut: what a lost connection or a full disk looks like to the code above. */
export class Cut extends Error {}

export interface TestKernelOptions {
  readonly profile: Profile
  readonly rooms?: readonly Room[]
  readonly now?: string
}

export async function testKernel(options: TestKernelOptions): Promise<TestKernel> {
  const database = await testDatabase(options.rooms === undefined ? {} : { rooms: options.rooms })
  const folder = mkdtempSync(path.join(os.tmpdir(), 'goc-test-kernel-'))
  let now = options.now ?? '2026-10-16T03:00:00.000Z'
  let cut: number | null = null
  let seen = 0
  const owner = new pg.Pool({ ...database.owner, max: 2 })
  const ask = async <Row>(text: string, values: readonly unknown[] = []) =>
    (await owner.query(text, values as unknown[])).rows as Row[]
  const opened = openDatabase({ ...database.app }, () => {
    if (seen++ === cut) throw new Cut('cut by the test')
  })
  return {
    testDatabase: database,
    database: opened,
    profile: options.profile,
    demonstration: true,
    config: readConfig({ GOC_DATA: folder, PORT: '0', GOC_LOG: 'silent' }),
    keys: openKeys(path.join(folder, 'keys')),
    log: pino({ level: 'silent' }),
    now: () => now as Instant,
    setNow(moment) {
      now = moment
    },
    cutAt(n) {
      cut = n
      seen = 0
    },
    statements: () => seen,
    owner: ask,
    async count(table) {
      const [row] = await ask<{ n: number }>(`select count(*)::int as n from ${table}`)
      return row?.n ?? 0
    },
    async close() {
      await opened.end()
      await owner.end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** An actor that exists nowhere but here; grants as `[role, unit]`. */
export function anActor(
  grants: readonly (readonly [role: string, unit: string])[],
  more: Partial<Actor> = {},
): Actor {
  return {
    id: uuidv7(),
    kind: 'officer',
    name: 'Tester',
    body: 'Office',
    unit: null,
    personId: null,
    agencyId: null,
    level: 3,
    grants: grants.map(
      ([role, unit]): Grant => ({ role, unit, from: '2000-01-01' as PlainDay, to: null }),
    ),
    ...more,
  }
}
