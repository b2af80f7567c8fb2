import pg from 'pg'
import type { Foundation } from './house.ts'
import type { Kernel, Operator, Terminal } from './kernel/index.ts'

const REDRAW_ms = 100
const LINE_IN_FILE_ms = 5_000

/** At a terminal progress is redrawn, in a file it is sparse. */
export function terminalOf(): Terminal {
  const aborted = new AbortController()
  process.once('SIGINT', () => aborted.abort())
  process.once('SIGTERM', () => aborted.abort())
  const terminal = process.stderr.isTTY === true
  let drawn = 0
  let shown = false
  return {
    signal: aborted.signal,
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

/** The operator of a nation. */
export function operatorOf(foundation: Foundation, kernel: Kernel): Operator {
  return {
    ...terminalOf(),
    kernel,
    async owner() {
      const client = new pg.Client(foundation.connection())
      await client.connect()
      return client
    },
  }
}
