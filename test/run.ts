// `npm test`: one PostgreSQL for all test files, two files at a time.
//   npm test                 everything        npm test -- src/register   what begins so
import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import path from 'node:path'
import { CLUSTER_VARIABLE, openTestCluster } from './harness.ts'

const CONCURRENCY = 2
const ONE_FILE_ms = 170_000
const TEST_FILES = [
  'src/**/*.test.ts',
  'profiles/**/*.test.ts',
  'client/**/*.test.ts',
  'test/**/*.test.ts',
]

const root = path.dirname(import.meta.dirname)
const wanted = process.argv.slice(2).map((word) => path.relative(root, path.resolve(word)))
const files = globSync(TEST_FILES, { cwd: root })
  .sort()
  .filter((file) => wanted.length === 0 || wanted.some((start) => file.startsWith(start)))

process.exitCode = files.length === 0 ? refuseNothing('no test file was found') : await run()

async function run(): Promise<number> {
  const { stop, ...cluster } = await openTestCluster()
  try {
    const options = [`--test-concurrency=${CONCURRENCY}`, `--test-timeout=${ONE_FILE_ms}`]
    const child = spawn(
      process.execPath,
      ['--test', '--test-reporter=spec', ...options, ...files],
      {
        cwd: root,
        env: {
          ...process.env,
          [CLUSTER_VARIABLE]: JSON.stringify(cluster),
          GOC_DATA: '',
          DATABASE_URL: '',
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => child.kill(signal))
    let summary = ''
    child.stdout.on('data', (text: Buffer) => {
      process.stdout.write(text)
      summary = `${summary}${text}`.slice(-20_000)
    })
    const status = await new Promise<number>((resolve) => {
      child.on('close', (code) => resolve(code ?? 1))
    })
    const tests = Number(/^\S+ tests (\d+)$/m.exec(summary)?.[1] ?? 0)
    return tests === 0 ? refuseNothing('no test ran') : status
  } finally {
    await stop()
  }
}

/** A run that saw nothing must not look green. */
function refuseNothing(reason: string): number {
  process.stderr.write(`npm test: ${reason}\n`)
  return 1
}
