import type pg from 'pg'
import type { Tx } from '../kernel/index.ts'

/** What a statement of ours needs: the kernel's transactions have it, and so has `txOn`. */
export type Statements = Pick<Tx, 'query' | 'prepared'>

/** A connection of our own as the kernel's transactions are spoken to. */
export function txOn(client: pg.Client): Statements {
  return {
    async query<Row>(text: string, values: readonly unknown[] = []) {
      return (await client.query(text, [...values])).rows as Row[]
    },
    async prepared<Row>(name: string, text: string, values: readonly unknown[] = []) {
      return (await client.query({ name, text, values: [...values] })).rows as Row[]
    },
  }
}

/** One transaction on such a connection; the caller uses it for nothing else meanwhile. */
export async function transactionOn<T>(
  client: pg.Client,
  work: (tx: Statements) => Promise<T>,
): Promise<T> {
  await client.query('begin')
  try {
    const answer = await work(txOn(client))
    const { command } = await client.query('commit')
    // A COMMIT after a swallowed error answers ROLLBACK.
    if (command !== 'COMMIT') throw new Error('the transaction was rolled back')
    return answer
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

/** Reads of one moment on such a connection: what comes meanwhile must not look like a gap. */
export async function snapshotOn<T>(
  client: pg.Client,
  work: (tx: Statements) => Promise<T>,
): Promise<T> {
  await client.query('begin isolation level repeatable read, read only')
  try {
    return await work(txOn(client))
  } finally {
    await client.query('rollback').catch(() => {})
  }
}

/** Whether this connection holds a session lock, now that it has asked for it. */
export async function takeLead(client: pg.Client, lock: number): Promise<boolean> {
  const { rows } = await client.query<{ leads: boolean }>(
    'select pg_try_advisory_lock($1) as leads',
    [lock],
  )
  return rows[0]?.leads === true
}
