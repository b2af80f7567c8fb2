import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

export interface Measured {
  readonly seconds: number
  /** Most memory that the program and those it started held at once; NaN where /proc is missing. */
  readonly most_MB: number
  readonly output: string
}

const LOOK_ms = 25

/**
 * Runs a program to its end, looking at its memory meanwhile.
 * @throws Error with what it said on its error output, when it fails
 */
export async function measured(command: string, args: readonly string[]): Promise<Measured> {
  const started = performance.now()
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const memory = new Memory(child)
  const [output, errors] = [textOf(child.stdout), textOf(child.stderr)]
  const [status] = (await once(child, 'close')) as [number | null]
  const seconds = (performance.now() - started) / 1000
  memory.stop()
  if (status !== 0) throw new Error(`${command} ${args[0]} ended with ${status}: ${errors()}`)
  return { seconds, most_MB: memory.most_MB(), output: output() }
}

function textOf(stream: ChildProcess['stdout']): () => string {
  const chunks: Buffer[] = []
  stream?.on('data', (chunk: Buffer) => void chunks.push(chunk))
  return () => Buffer.concat(chunks).toString()
}

/**
 * The kernel keeps each process's peak, so that looking now and then misses only what grows in the
 * last few milliseconds. Peaks of processes that ran one after the other are not added: of all
 * that live at one look, the peaks are.
 */
class Memory {
  private readonly timer: NodeJS.Timeout
  private most_kB = 0

  constructor({ pid }: ChildProcess) {
    this.timer = setInterval(() => {
      if (pid === undefined) return
      const held = family(pid).reduce((sum, one) => sum + peakOf(one), 0)
      this.most_kB = Math.max(this.most_kB, held)
    }, LOOK_ms)
  }

  stop(): void {
    clearInterval(this.timer)
  }

  most_MB(): number {
    return this.most_kB === 0 ? Number.NaN : Math.round(this.most_kB / 1024)
  }
}

/** A process and all below it. */
function family(pid: number): number[] {
  const children = textAt(`/proc/${pid}/task/${pid}/children`)
    .split(' ')
    .filter(Boolean)
    .map(Number)
  return [pid, ...children.flatMap(family)]
}

const peakOf = (pid: number): number =>
  Number(/^VmHWM:\s+(\d+)/m.exec(textAt(`/proc/${pid}/status`))?.[1] ?? 0)

/** A process may end between two looks at it. */
function textAt(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
