import type { Database, Kernel, Tx } from '../../kernel/index.ts'
import { todayOf } from '../../kernel/index.ts'
import { unitsOf } from '../../register/index.ts'
import type { UnitsAbove } from './held.ts'
import { findDummy } from './store.ts'

const NOBODY = '00000000-0000-0000-0000-000000000000'
const dummies = new WeakMap<Database, string>()

/** What every authentication needs and few statements have to fetch. */
export async function settingOf(
  kernel: Kernel,
  tx: Tx,
): Promise<{ readonly unitsAbove: UnitsAbove; readonly dummy: string }> {
  const day = todayOf(kernel)
  const [units, dummy] = await Promise.all([unitsOf({ tx, kernel }), dummyOf(kernel, tx)])
  return { dummy, unitsAbove: (id) => units.unitsAbove(id, day) }
}

async function dummyOf(kernel: Kernel, tx: Tx): Promise<string> {
  const known = dummies.get(kernel.database)
  if (known !== undefined) return known
  const found = await findDummy(tx)
  // An empty register is not remembered: it will not stay empty.
  if (found !== undefined) dummies.set(kernel.database, found)
  return found ?? NOBODY
}
