import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { findNation, openFoundation, openKernel } from './house.ts'
import { readConfig } from './kernel/config.ts'
import { refusalWords } from './kernel/http.ts'
import { type CliCommand, type Kernel, Refusal } from './kernel/index.ts'
import { loadCatalogues, translator } from './kernel/locale.ts'
import { operatorOf } from './operator.ts'
import { ROOMS } from './rooms.ts'
import { start } from './start.ts'

/** Exit status of the command line (DESIGN 6): 0 done, 1 refused, 2 wrong usage. */
const REFUSED = 1
const WRONG_USAGE = 2

const COMMANDS = ROOMS.flatMap((room) => room.cli ?? [])

/** Runs `goc …`; a room's subcommands are found by their longest fitting name. */
export async function runCommand(argv: readonly string[]): Promise<number> {
  const words = argv[0] === 'goc' ? argv.slice(1) : argv
  const [first] = words
  const config = readConfig(process.env, words)
  if (first === 'start' || first === 'worker') return start(config, { app: first === 'start' })
  if (first === 'bench') return runBench(words.slice(1))
  if (first === 'migrate') {
    await (await openFoundation(config, true)).close()
    return 0
  }
  const found = findCommand(words)
  if (found === undefined) {
    const asked = first === undefined || first === 'help' || first === '--help'
    ;(asked ? process.stdout : process.stderr).write(usage())
    return asked ? 0 : WRONG_USAGE
  }
  const foundation = await openFoundation(config, true)
  try {
    const nation = await findNation(foundation)
    if (nation === null) throw new Refusal('nation.none')
    const kernel = openKernel(foundation, nation)
    try {
      return await found.command.run(found.args, operatorOf(foundation, kernel))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      process.stderr.write(`${refusalLine(error, kernel)}\n`)
      return REFUSED
    } finally {
      await kernel.database.end()
    }
  } finally {
    await foundation.close()
  }
}

/** Benches are programs of their own: the product carries nothing of them. */
function runBench(args: readonly string[]): number {
  const program = fileURLToPath(new URL('../bench/run.ts', import.meta.url))
  const { status } = spawnSync(process.execPath, [program, ...args], { stdio: 'inherit' })
  return status ?? 1
}

function findCommand(
  words: readonly string[],
): { command: CliCommand; args: string[] } | undefined {
  for (const length of [2, 1]) {
    const command = COMMANDS.find(({ name }) => name === words.slice(0, length).join(' '))
    if (command !== undefined) return { command, args: words.slice(length) }
  }
  return undefined
}

function refusalLine(refusal: Refusal, kernel: Kernel): string {
  const rooms = ROOMS.map(({ name, locales }) => ({ name, locales: locales ?? null }))
  const t = translator(kernel.config.language, loadCatalogues(rooms))
  const { title, remedy } = refusalWords(t, refusal)
  return `${title} ${remedy} (${refusal.code})`
}

function usage(): string {
  const own = [
    'start       the program, on http://localhost:4100',
    'worker      only the work behind it',
    'migrate     bring the database up to date',
  ]
  const lines = [...own, ...COMMANDS.map(({ name, usage }) => `${name} ${usage}`)]
  return `goc COMMAND\n\n${lines.map((line) => `  goc ${line}\n`).join('')}`
}
