import type { Duplex } from 'node:stream'
import pg from 'pg'
import { LIMITS } from './limits.ts'

/** What a statement runs in: one transaction, opened by the kernel alone. */
export interface Tx {
  /** Runs one statement and gives its rows. */
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>
  /** The same as a named prepared statement, for hot paths: one name, one text, for ever. */
  prepared<Row>(name: string, text: string, values?: readonly unknown[]): Promise<Row[]>
  /**
   * Puts off a statement whose rows nobody needs: it travels with COMMIT, in one round trip. When
   * it fails, the transaction fails.
   */
  atCommit(name: string, text: string, values: readonly unknown[]): void
}

/** Called before each statement of a transaction; a test makes the n-th one throw here. */
export type StatementHook = (text: string) => void

export interface Database {
  /** Opens one transaction; commits when `work` is fulfilled, rolls back when it throws. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** A connection of its own that is not pipelined, for COPY and LISTEN; the caller ends it. */
  connect(): Promise<pg.Client>
  end(): Promise<void>
}

// int8 as a number: every count and sequence of ours stays far below 2^53.
pg.types.setTypeParser(20, Number)
// Days and ranges stay text: a birthday has no time zone, and Date would give it one.
for (const oid of [1082, 1114, 3912]) pg.types.setTypeParser(oid, (text: string) => text)
// A moment is an `Instant`, whatever zone the session writes it in.
pg.types.setTypeParser(1184, (text: string) =>
  text.endsWith('infinity') ? text : new Date(text).toISOString(),
)

/** Opens the program's pool. Statements are pipelined: the driver sends without waiting. */
export function openDatabase(config: pg.ClientConfig, onStatement?: StatementHook): Database {
  const settings: pg.ClientConfig = {
    ...config,
    statement_timeout: LIMITS.statement_ms,
    application_name: config.application_name ?? 'goc',
  }
  const pool = new pg.Pool({
    ...settings,
    pipeline: true,
    max: LIMITS.poolConnections,
    idleTimeoutMillis: 0,
  } as pg.PoolConfig)
  // An idle connection that dies (a restarted server) must not take the process with it.
  pool.on('error', () => {})
  // Nor one at work: its statements fail, and with them whoever waits for them.
  pool.on('connect', (client) => client.on('error', () => {}))
  return {
    transaction: (work) => transaction(pool, work, onStatement),
    async connect() {
      const client = new pg.Client({ ...config, application_name: 'goc-copy' })
      client.on('error', () => {})
      await client.connect()
      return client
    },
    end: () => pool.end(),
  }
}

async function transaction<T>(
  pool: pg.Pool,
  work: (tx: Tx) => Promise<T>,
  onStatement?: StatementHook,
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    const tx = new Transaction(client, onStatement)
    let answer: T
    try {
      answer = await work(tx)
      tx.passPutOff()
    } catch (error) {
      await tx.rollback()
      throw error
    }
    await tx.commit()
    return answer
  } catch (error) {
    if (isConnectionError(error)) broken = error as Error
    throw error
  } finally {
    client.release(broken)
  }
}

class Transaction implements Tx {
  readonly #client: pg.PoolClient
  readonly #stream: Duplex
  readonly #onStatement: StatementHook | undefined
  readonly #putOff: pg.QueryConfig[] = []
  #begun = false

  constructor(client: pg.PoolClient, onStatement?: StatementHook) {
    this.#client = client
    this.#stream = (client as unknown as { connection: { stream: Duplex } }).connection.stream
    this.#onStatement = onStatement
  }

  async query<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    this.#onStatement?.(text)
    return (await this.#send({ text, values: values as unknown[] })).rows as Row[]
  }

  async prepared<Row>(name: string, text: string, values: readonly unknown[] = []) {
    this.#onStatement?.(text)
    return (await this.#send({ name, text, values: values as unknown[] })).rows as Row[]
  }

  atCommit(name: string, text: string, values: readonly unknown[]): void {
    this.#putOff.push({ name, text, values: values as unknown[] })
  }

  /** Lets the hook see what was put off, and the commit, while a rollback is still possible. */
  passPutOff(): void {
    for (const { text } of this.#putOff) this.#onStatement?.(text)
    this.#onStatement?.('commit')
  }

  async commit(): Promise<void> {
    const [only, ...others] = this.#putOff
    if (!this.#begun && others.length === 0) {
      // One statement is a transaction by itself, and none is none.
      if (only !== undefined) await this.#write(only)
      return
    }
    const sent = this.#putOff.map((query) => this.#send(query))
    const committed = this.#write('commit')
    const settled = await Promise.allSettled([...sent, committed])
    for (const one of settled) if (one.status === 'rejected') throw one.reason
    // A COMMIT after a swallowed error answers ROLLBACK; saying "done" then would lose the work.
    if ((await committed).command !== 'COMMIT') throw new Error('the transaction was rolled back')
  }

  async rollback(): Promise<void> {
    if (this.#begun) await this.#write('rollback')
  }

  /** BEGIN is not waited for: it travels with the first statement, which fails if it does. */
  #send(query: pg.QueryConfig): Promise<pg.QueryResult> {
    if (!this.#begun) {
      this.#begun = true
      this.#write('begin').catch(() => {})
    }
    return this.#write(query)
  }

  /** What is sent in one turn leaves in one write: a system call costs more than a statement. */
  #write(query: string | pg.QueryConfig): Promise<pg.QueryResult> {
    if (this.#stream.writableCorked === 0) {
      this.#stream.cork()
      process.nextTick(() => this.#stream.uncork())
    }
    return this.#client.query(query)
  }
}

function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (!('code' in error) || typeof error.code !== 'string') {
    return /connection|terminated|socket/i.test(error.message)
  }
  return /^(08|57P|ECONN|EPIPE)/.test(error.code)
}

/** The name of the constraint or the SQLSTATE of a database error, to turn it into a refusal. */
export function violated(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  if ('constraint' in error && typeof error.constraint === 'string') return error.constraint
  return typeof error.code === 'string' ? error.code : undefined
}
