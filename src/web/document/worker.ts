import { parentPort } from 'node:worker_threads'
import type { PaperOrder } from '../document.ts'
import { drawPdf } from './draw.ts'

parentPort?.on('message', async (order: PaperOrder) => {
  parentPort?.postMessage(await drawPdf(order))
})
