import type { FastifyInstance } from 'fastify'
import { buildApp } from './app.ts'
import { greetingLines } from './greeting.ts'
import { type Foundation, jobsOf, openFoundation } from './house.ts'
import type { Config } from './kernel/config.ts'
import type { Kernel } from './kernel/index.ts'
import { StartRefused } from './kernel/postgres.ts'
import { startWorker } from './kernel/worker.ts'
import { startLedger } from './ledger/index.ts'
import { openNation } from './nation.ts'
import { ROOMS } from './rooms.ts'

/** Which parts of the program this process is. */
export interface Parts {
  readonly app: boolean
}

/** The program: database, nation, pages, work behind them; until it is told to stop. */
export async function start(config: Config, parts: Parts): Promise<number> {
  const foundation = await openFoundation(config, !parts.app)
  let kernel: Kernel | undefined
  let app: FastifyInstance | undefined
  try {
    kernel = await openNation(foundation)
    const works = config.worker || !parts.app
    const worker = works ? startWorker(kernel, jobsOf(ROOMS)) : undefined
    const ledger = works ? startLedger(kernel, foundation.connection('goc_sequencer')) : undefined
    try {
      if (parts.app) app = await listen(kernel, foundation)
      await ended(foundation)
    } finally {
      await app?.close()
      await ledger?.stop()
      await worker?.stop()
    }
    return 0
  } finally {
    await kernel?.database.end()
    await foundation.close()
  }
}

async function listen(kernel: Kernel, foundation: Foundation): Promise<FastifyInstance> {
  const { config } = kernel
  const app = await buildApp(kernel)
  try {
    await app.listen({ port: config.port, host: config.host })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE')
      throw new StartRefused('port-taken', { port: config.port, other: config.port + 1 })
    if (code === 'EACCES') throw new StartRefused('port-forbidden', { port: config.port })
    throw error
  }
  foundation.cluster?.announce(config.url)
  const lines = await greetingLines(kernel, foundation.cluster?.note ?? null)
  process.stdout.write(`${lines.join('\n')}\n`)
  return app
}

/** Settles when the operator ends the program, or its database has ended by itself. */
function ended(foundation: Foundation): Promise<void> {
  return new Promise((resolve, reject) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
    foundation.cluster?.ended.then((words) => {
      if (words !== null) reject(new StartRefused('server-ended', { words }))
    })
  })
}
