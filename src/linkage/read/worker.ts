import { parentPort } from 'node:worker_threads'
import { TableFault } from './fault.ts'
import { type Taken, type TakeTask, takeFile } from './take.ts'

/** What a thread says: how far it is, or how it ended. */
export type Message =
  | { readonly bytesRead: number }
  | { readonly taken: Taken }
  | {
      readonly table: { readonly code: TableFault['code']; readonly details: TableFault['details'] }
    }
  | { readonly fault: unknown }

const tell = (message: Message): void => parentPort?.postMessage(message)

parentPort?.once('message', async (task: TakeTask) => {
  try {
    tell({ taken: await takeFile(task, (bytesRead) => tell({ bytesRead })) })
  } catch (error) {
    const table = faultOf(error)
    if (table === null) tell({ fault: error })
    else tell({ table: { code: table.code, details: table.details } })
  }
})

function faultOf(error: unknown): TableFault | null {
  if (error instanceof TableFault) return error
  // What V8 says when there is no memory for an array.
  const isMemory =
    error instanceof RangeError && /allocation failed|array length/i.test(error.message)
  return isMemory ? new TableFault('table.too-large') : null
}
