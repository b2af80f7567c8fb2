import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Kernel } from '../kernel/index.ts'
import { demonstrationFolder, logSigners } from './policy-file.ts'

const PROGRAM = fileURLToPath(new URL('./witness-process.ts', import.meta.url))
const RESTART_ms = 1_000
/** The stand-ins of a demonstration have the ports after the program's own. */
const PORT_OFFSET = 10

/**
 * Starts the demonstration witness as a process of its own, and again whenever it dies; only in a
 * demonstration nation. `undefined` elsewhere: there the operator names real witnesses.
 */
export async function startDemonstrationWitness(
  kernel: Kernel,
): Promise<{ stop(): Promise<void> } | undefined> {
  if (!kernel.demonstration) return undefined
  const folder = demonstrationFolder(kernel)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const logs = (await logSigners(kernel)).map((signer) => signer.verifierKey).join('\n')
  const { port } = kernel.config
  const env = {
    PATH: process.env.PATH,
    GOC_WITNESS_FOLDER: folder,
    GOC_WITNESS_LOGS: logs,
    GOC_WITNESS_PORT: String(port === 0 ? 0 : port + PORT_OFFSET),
  }
  let stopped = false
  let child: ChildProcess | undefined
  const start = () => {
    child = spawn(process.execPath, [PROGRAM], {
      env,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    child.once('error', () => {})
    child.once('exit', (code) => {
      if (stopped) return
      kernel.log.warn({ code }, 'the demonstration witness died and is started again')
      setTimeout(() => !stopped && start(), RESTART_ms).unref()
    })
  }
  start()
  return {
    async stop() {
      stopped = true
      const running = child
      if (running === undefined || running.exitCode !== null || running.signalCode !== null) return
      await new Promise<void>((resolve) => {
        running.once('exit', () => resolve())
        running.kill('SIGKILL')
      })
    },
  }
}
