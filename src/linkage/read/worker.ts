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
    if (error instanceof TableFault) tell({ table: { code: error.code, details: error.details } })
    else tell({ fault: error })
  }
})
