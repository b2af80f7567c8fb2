import { parentPort, workerData } from 'node:worker_threads'
import { type Ground, type Task, Workbench } from './tasks.ts'

const bench = new Workbench(workerData as Ground)

parentPort?.on('message', (task: Task) => {
  parentPort?.postMessage(bench.do(task))
})
