import pg from 'pg'
import type { Foundation } from './house.ts'
import type { Kernel, Operator } from './kernel/index.ts'

const REDRAW_ms = 100
const LINE_IN_FILE_ms = 5_000

/** The operator at a terminal, or in a file: progress is redrawn in the one, sparse in the other. */
export function operatorOf(foundation: Foundation, kernel: Kernel): Operator {
  const aborted = new AbortController()
  process.once('SIGINT', () => aborted.abort())
  process.once('SIGTERM', () => aborted.abort())
  const terminal = process.stderr.isTTY === true
  let drawn = 0
  let shown = false
  return {
    kernel,
    signal: aborted.signal,
    async owner() {
      const client = new pg.Client(foundation.connection())
      await client.connect()
      return client
    },
    print(line) {
      if (shown) process.stderr.write(terminal ? '\r\u001b[K' : '')
      shown = false
      process.stdout.write(`${line}\n`)
    },
    progress(line) {
      const now = Date.now()
      if (now - drawn < (terminal ? REDRAW_ms : LINE_IN_FILE_ms)) return
      drawn = now
      shown = true
      process.stderr.write(terminal ? `\r\u001b[K${line}` : `${line}\n`)
    },
  }
}
