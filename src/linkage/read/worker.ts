import { parentPort } from 'node:worker_threads'
import { type Packed, remap } from './encode.ts'
import { TableFault } from './fault.ts'
import { mergePacked } from './merge.ts'
import { type Taken, type TakeTask, takeFile } from './take.ts'

/** Makes one dictionary of two and rewrites the codes of the fields that use it. */
export interface MergeTask {
  readonly task: 'merge'
  readonly left: Packed
  readonly right: Packed
  readonly leftCodes: readonly Uint32Array[]
  readonly rightCodes: readonly Uint32Array[]
}

export type Task = TakeTask | MergeTask
export interface Answers {
  readonly take: Taken
  readonly merge: Packed
}

/** What a thread says: how far it is, or how it ended. */
export type Message =
  | { readonly bytesRead: number }
  | { readonly answer: Answers[keyof Answers] }
  | {
      readonly table: { readonly code: TableFault['code']; readonly details: TableFault['details'] }
    }
  | { readonly fault: unknown }

const tell = (message: Message): void => parentPort?.postMessage(message)

parentPort?.on('message', async (task: Task) => {
  try {
    tell({ answer: task.task === 'take' ? await take(task) : merge(task) })
  } catch (error) {
    if (error instanceof TableFault) tell({ table: { code: error.code, details: error.details } })
    else tell({ fault: error })
  }
})

const take = (task: TakeTask) => takeFile(task, (bytesRead) => tell({ bytesRead }))

function merge(task: MergeTask): Packed {
  const { packed, left, right } = mergePacked(task.left, task.right)
  for (const codes of task.leftCodes) remap(codes, left)
  for (const codes of task.rightCodes) remap(codes, right)
  return packed
}
