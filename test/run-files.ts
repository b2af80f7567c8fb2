import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './gate/source.ts'
import { CLUSTER_VARIABLE, openTestCluster } from './harness.ts'

export interface TestRun {
  /** What is typed to start it, for its messages. */
  readonly name: string
  readonly patterns: readonly string[]
  /** Beginnings of paths, from where the user stands; none means all. */
  readonly wanted: readonly string[]
  readonly concurrency: number
  readonly oneTest_ms: number
}

/**
 * Runs test files on one PostgreSQL that is thrown away, and lets node print its own summary.
 * @returns the exit status: not 0 either when no test ran
 */
export async function runFiles(run: TestRun): Promise<number> {
  const starts = run.wanted.map((word) => path.relative(ROOT, path.resolve(word)))
  const files = globSync([...run.patterns], { cwd: ROOT })
    .sort()
    .filter((file) => starts.length === 0 || starts.some((start) => file.startsWith(start)))
  if (files.length === 0) return refuse(run, 'no test file was found')

  const { stop, ...cluster } = await openTestCluster()
  try {
    const { status, summary } = await runNode(run, files, JSON.stringify(cluster))
    const tests = Number(/^\S+ tests (\d+)$/m.exec(summary)?.[1] ?? 0)
    return tests === 0 ? refuse(run, 'no test ran') : status
  } finally {
    await stop()
  }
}

async function runNode(run: TestRun, files: readonly string[], cluster: string) {
  const limits = [`--test-concurrency=${run.concurrency}`, `--test-timeout=${run.oneTest_ms}`]
  const child = spawn(process.execPath, ['--test', '--test-reporter=spec', ...limits, ...files], {
    cwd: ROOT,
    env: {
      // Every file is a process of its own, and most of its start is compiling the same modules.
      NODE_COMPILE_CACHE: path.join(ROOT, 'node_modules/.cache/compile'),
      ...process.env,
      [CLUSTER_VARIABLE]: cluster,
      // The operator's own database and data must never be what a test writes to.
      GOC_DATA: '',
      DATABASE_URL: '',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  let summary = ''
  child.stdout.on('data', (text: Buffer) => {
    process.stdout.write(text)
    summary = `${summary}${text}`.slice(-100_000)
  })
  const status = await new Promise<number>((resolve) => {
    child.on('close', (code) => resolve(code ?? 1))
  })
  return { status, summary }
}

/** A run that saw nothing must not look green. */
function refuse(run: TestRun, reason: string): number {
  process.stderr.write(`${run.name}: ${reason}\n`)
  return 1
}
