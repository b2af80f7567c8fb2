import { parentPort, workerData } from 'node:worker_threads'
import { type Ground, type Task, Workbench } from './tasks.ts'

const bench = new Workbench(workerData as Ground)

parentPort?.on('message', (task: Task) => {
  const answer =
    task.task === 'sample'
      ? bench.sample(task)
      : task.task === 'train'
        ? bench.train(task)
        : bench.score(task)
  parentPort?.postMessage(answer)
})
