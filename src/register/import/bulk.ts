import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Database, Kernel, Tx } from '../../kernel/index.ts'
import type { TableRows } from './encode.ts'

/** A transaction on a connection of its own that also takes rows by COPY. */
export interface BulkTx extends Tx {
  copy(rows: TableRows): Promise<void>
  /** What the one who opened the connection hands to the command: more than an input may hold. */
  readonly handed: unknown
}

export const isBulk = (tx: Tx): tx is BulkTx => 'copy' in tx

/** A kernel whose commands may COPY. */
export interface Bulk {
  readonly kernel: Kernel
  /** For the next command. */
  hand(work: unknown): void
}

interface PutOff {
  readonly name: string
  readonly text: string
  readonly values: unknown[]
}

class BulkTransaction implements BulkTx {
  readonly #client: pg.Client
  readonly #putOff: PutOff[] = []
  readonly handed: unknown

  constructor(client: pg.Client, handed: unknown) {
    this.#client = client
    this.handed = handed
  }

  async query<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.#client.query(text, values as unknown[])).rows as Row[]
  }

  async prepared<Row>(name: string, text: string, values: readonly unknown[] = []) {
    return (await this.#client.query({ name, text, values: values as unknown[] })).rows as Row[]
  }

  atCommit(name: string, text: string, values: readonly unknown[]): void {
    this.#putOff.push({ name, text, values: values as unknown[] })
  }

  copy({ statement, bytes }: TableRows): Promise<void> {
    return new Promise((resolve, reject) => {
      const stream = this.#client.query(copyFrom(statement))
      stream.on('error', reject)
      stream.on('finish', () => resolve())
      stream.end(bytes)
    })
  }

  async passPutOff(): Promise<void> {
    for (const statement of this.#putOff) await this.#client.query(statement)
  }
}

/**
 * The kernel on one connection of its own that is not pipelined, so that commands done with it may
 * COPY. One command at a time.
 */
export function openBulk(kernel: Kernel, client: pg.Client): Bulk {
  let handed: unknown
  const database: Database = {
    async transaction(work) {
      const tx = new BulkTransaction(client, handed)
      await client.query('begin')
      try {
        const answer = await work(tx)
        await tx.passPutOff()
        const { command } = await client.query('commit')
        if (command !== 'COMMIT') throw new Error('the transaction was rolled back')
        return answer
      } catch (error) {
        // The connection may be gone: what went wrong first is what is told.
        await client.query('rollback').catch(() => {})
        throw error
      }
    },
    connect: () => kernel.database.connect(),
    end: async () => {},
  }
  return {
    kernel: { ...kernel, database },
    hand(work) {
      handed = work
    },
  }
}
