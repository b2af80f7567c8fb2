import { Worker } from 'node:worker_threads'
import { TableFault } from './fault.ts'
import type { Answers, Message, Task } from './worker.ts'

const PROGRAM = new URL('./worker.ts', import.meta.url)

/** Threads that read; each takes the next task when it is free. End them, whatever happens. */
export class Threads {
  readonly #most: number
  readonly #signal: AbortSignal | undefined
  readonly #workers: Worker[] = []
  readonly #idle: Worker[] = []
  readonly #waiting: ((worker: Worker) => void)[] = []

  constructor(most: number, signal: AbortSignal | undefined) {
    this.#most = Math.max(1, most)
    this.#signal = signal
  }

  /**
   * @throws TableFault that the task threw; the signal's reason when it is told to stop. Then the
   *   threads are of no more use.
   */
  async do<T extends Task>(
    task: T,
    onBytes: (bytes: number) => void = () => {},
  ): Promise<Answers[T['task']]> {
    const worker = await this.#free()
    this.#signal?.throwIfAborted()
    const answer = await answerOf(worker, { task, onBytes, signal: this.#signal })
    const next = this.#waiting.shift()
    if (next === undefined) this.#idle.push(worker)
    else next(worker)
    return answer as Answers[T['task']]
  }

  async #free(): Promise<Worker> {
    const idle = this.#idle.pop()
    if (idle !== undefined) return idle
    if (this.#workers.length >= this.#most) return new Promise((free) => this.#waiting.push(free))
    const worker = new Worker(PROGRAM)
    this.#workers.push(worker)
    return worker
  }

  async end(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()))
  }
}

interface Asked {
  readonly task: Task
  readonly onBytes: (bytes: number) => void
  readonly signal: AbortSignal | undefined
}

function answerOf(worker: Worker, { task, onBytes, signal }: Asked): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  const stop = () => reject(signal?.reason)
  const ended = (status: number) => reject(new Error(`a reading thread ended with ${status}`))
  const hear = (message: Message) => {
    if ('bytesRead' in message) onBytes(message.bytesRead)
    else if ('answer' in message) resolve(message.answer)
    else if ('fault' in message) reject(message.fault)
    else reject(new TableFault(message.table.code, message.table.details))
  }
  worker.on('message', hear)
  worker.once('error', reject)
  worker.once('exit', ended)
  signal?.addEventListener('abort', stop, { once: true })
  worker.postMessage(task)
  return promise.finally(() => {
    worker.off('message', hear)
    worker.off('error', reject)
    worker.off('exit', ended)
    signal?.removeEventListener('abort', stop)
  })
}
