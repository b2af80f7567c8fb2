import type { Database, Kernel, Tx } from '../../kernel/index.ts'
import { UnitDirectory } from './directory.ts'
import { countUnitLists, listSuccessions, listUnits } from './store.ts'

interface Known {
  readonly version: number
  readonly directory: UnitDirectory
  checked: number
}

/** Units change a few times a year; another process sees a new list within this time. */
const FRESH_ms = 1_000

const known = new WeakMap<Database, Known>()

interface In {
  readonly tx: Tx
  readonly kernel: Pick<Kernel, 'database' | 'profile'>
}

/**
 * The directory of units, read once and again when a list has been taken since. Not for a
 * transaction that changes units itself: it would see, and others keep, what may be rolled back.
 */
export async function unitsOf({ tx, kernel }: In): Promise<UnitDirectory> {
  const before = known.get(kernel.database)
  const now = performance.now()
  if (before !== undefined && now - before.checked < FRESH_ms) return before.directory
  const version = await countUnitLists(tx)
  if (before !== undefined && before.version === version) {
    before.checked = now
    return before.directory
  }
  const directory = await readUnits({ tx, kernel })
  known.set(kernel.database, { version, directory, checked: now })
  return directory
}

/** The directory as this transaction sees it, kept by nobody. */
export async function readUnits({
  tx,
  kernel,
}: Pick<In, 'tx'> & { kernel: Pick<Kernel, 'profile'> }) {
  const [rows, successions] = await Promise.all([listUnits(tx), listSuccessions(tx)])
  return new UnitDirectory(kernel.profile.units, rows, successions)
}

/** After a change of units has been committed: this process reads them anew at once. */
export function forgetUnits(kernel: Pick<Kernel, 'database'>): void {
  known.delete(kernel.database)
}
