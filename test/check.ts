// `npm run check`: the gate. Every step runs, and every step must show that it saw the files.
import { spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import path from 'node:path'
import { isTestFile, ROOT } from './gate/source.ts'

interface Outcome {
  readonly passed: boolean
  readonly output: string
  /** Shown even when the step passes. */
  readonly notes?: readonly string[]
}

interface Step {
  readonly name: string
  run(): Outcome
}

const BIOME = '@biomejs/biome/bin/biome'
const LEAST_FILES = 50
const CANARY = 'test/gate/unused-on-purpose.ts'

const STEPS: readonly Step[] = [
  {
    name: 'biome: format, lint, import cycles',
    run() {
      const options = ['--colors=off', '--diagnostic-level=error', '--max-diagnostics=100']
      const { status, output } = runTool(BIOME, ['check', ...options, '.'])
      const seen = Number(/^Checked (\d+) files/m.exec(output)?.[1] ?? 0)
      return sawFiles(seen, { passed: status === 0, output })
    },
  },
  {
    name: 'biome: functions that are too long or take too much, a report',
    run() {
      const rules = ['noExcessiveLinesPerFunction', 'useMaxParams']
      const only = rules.map((rule) => `--only=complexity/${rule}`)
      const options = ['--colors=off', '--max-diagnostics=none', ...only]
      const { output } = runTool(BIOME, ['lint', ...options, '.'])
      const seen = Number(/^Checked (\d+) files/m.exec(output)?.[1] ?? 0)
      const places = [...output.matchAll(/^(\S+):\d+ lint\/complexity\/(\w+)/gm)]
      const notes = places
        .filter(([, place = '']) => !isTestFile(place))
        .map(([, place = '', rule = '']) => `  ${place} ${rule}`)
      return { ...sawFiles(seen, { passed: true, output: '' }), notes }
    },
  },
  {
    name: 'tsc: types',
    run() {
      const { status, output } = runTool('typescript/bin/tsc', ['-p', '.', '--listFiles'])
      const lines = output.split('\n')
      const seen = lines.filter((line) => line.startsWith(ROOT) && !line.includes('node_modules'))
      const errors = lines.filter((line) => !line.startsWith('/') && line !== '').join('\n')
      return sawFiles(seen.length, { passed: status === 0, output: errors })
    },
  },
  {
    name: 'knip: dead code and stray packages',
    run() {
      const { output } = runTool('knip/bin/knip.js', ['--no-progress', '--reporter', 'compact'])
      const lines = output.split('\n').filter((line) => line.trim() !== '')
      const foundCanary = lines.some((line) => line.includes(CANARY))
      const found = lines.filter((line) => !line.includes(CANARY) && !/^Unused files/.test(line))
      if (!foundCanary) found.push(`the search did not find ${CANARY}, so it saw nothing`)
      return { passed: found.length === 0, output: found.join('\n') }
    },
  },
  {
    name: 'architecture, words, licences, budgets',
    run() {
      const files = ['test/architecture.test.ts', ...globSync('test/gate/*.test.ts', { cwd: ROOT })]
      const options = ['--test', '--test-reporter=spec', ...files]
      const { status, output } = run(process.execPath, options)
      const passed = Number(/^\S+ pass (\d+)$/m.exec(output)?.[1] ?? 0)
      return { passed: status === 0 && passed >= files.length, output }
    },
  },
]

let failures = 0
for (const { name, run: step } of STEPS) {
  const began = Date.now()
  const { passed, output, notes = [] } = step()
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  process.stdout.write(`${passed ? '✔' : '✖'} ${name} (${seconds} s)\n`)
  for (const note of notes) process.stdout.write(`${note}\n`)
  if (passed) continue
  failures++
  process.stdout.write(`${output.trim()}\n\n`)
}
process.stdout.write(failures === 0 ? 'The gate is open.\n' : `${failures} of the checks failed.\n`)
process.exitCode = failures === 0 ? 0 : 1

function sawFiles(seen: number, outcome: Outcome): Outcome {
  if (seen >= LEAST_FILES) return outcome
  const output = `${outcome.output}\nonly ${seen} files were seen; at least ${LEAST_FILES} exist`
  return { passed: false, output }
}

function runTool(bin: string, args: readonly string[]) {
  const script = path.join(ROOT, 'node_modules', bin)
  if (!existsSync(script)) return { status: 1, output: `${script} is missing` }
  return run(process.execPath, [script, ...args])
}

function run(command: string, args: readonly string[]) {
  const limits = { maxBuffer: 64 * 2 ** 20 }
  const result = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', ...limits })
  return { status: result.status, output: `${result.stdout}${result.stderr}` }
}
