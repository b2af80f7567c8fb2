import { Worker } from 'node:worker_threads'
import type { Answers, Ground, Task } from './tasks.ts'

const PROGRAM = new URL('./worker.ts', import.meta.url)

/** Threads that work on the same two files; each takes the next task when it is free. */
export class Crew {
  readonly threads: number
  readonly #workers: readonly Worker[]
  readonly #idle: Worker[]
  readonly #waiting: ((worker: Worker) => void)[] = []

  constructor(ground: Ground, threads: number) {
    this.threads = threads
    this.#workers = Array.from(
      { length: threads },
      () => new Worker(PROGRAM, { workerData: ground }),
    )
    this.#idle = [...this.#workers]
  }

  /** @throws whatever the task threw; the crew is of no use afterwards. */
  async do<T extends Task>(task: T): Promise<Answers[T['task']]> {
    const worker =
      this.#idle.pop() ?? (await new Promise<Worker>((free) => this.#waiting.push(free)))
    try {
      return await answerOf(worker, task)
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#idle.push(worker)
      else next(worker)
    }
  }

  /** One task a thread, each with its share. */
  async all<T extends Task>(taskOf: (index: number, of: number) => T) {
    const of = this.threads
    return await Promise.all(Array.from({ length: of }, (_, index) => this.do(taskOf(index, of))))
  }

  /** Ends the threads at once, whatever they do. */
  async end(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()))
  }
}

function answerOf<T extends Task>(worker: Worker, task: T): Promise<Answers[T['task']]> {
  return new Promise((resolve, reject) => {
    const ended = (code: number) => reject(new Error(`a thread of linkage ended with ${code}`))
    worker.once('exit', ended)
    worker.once('error', reject)
    worker.once('message', (answer: Answers[T['task']]) => {
      worker.off('exit', ended)
      worker.off('error', reject)
      resolve(answer)
    })
    worker.postMessage(task)
  })
}
