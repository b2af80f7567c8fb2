import { Worker } from 'node:worker_threads'
import { TableFault } from './fault.ts'
import type { Taken, TakeTask } from './take.ts'
import type { Message } from './worker.ts'

const PROGRAM = new URL('./worker.ts', import.meta.url)

/**
 * Takes a file in a thread of its own, which ends with it.
 *
 * @throws TableFault that was found; the signal's reason when it is told to stop
 */
export async function takeInThread(
  task: TakeTask,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Taken> {
  signal.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<Taken>()
  const worker = new Worker(PROGRAM)
  const stop = () => reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  worker.on('error', reject)
  worker.on('exit', (status) => reject(new Error(`a reading thread ended with ${status}`)))
  worker.on('message', (message: Message) => {
    if ('bytesRead' in message) onBytes(message.bytesRead)
    else if ('taken' in message) resolve(message.taken)
    else if ('fault' in message) reject(message.fault)
    else reject(new TableFault(message.table.code, message.table.details))
  })
  worker.postMessage(task)
  try {
    return await promise
  } finally {
    signal.removeEventListener('abort', stop)
    await worker.terminate()
  }
}
