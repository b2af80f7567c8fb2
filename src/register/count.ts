import type { Tx } from '../kernel/index.ts'

/** How many records there are, merged duplicates among them. */
export async function countPersons(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ persons: number }>(
    'select count(*) as persons from register.person',
  )
  return row?.persons ?? 0
}
