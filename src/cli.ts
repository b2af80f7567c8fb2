import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { BACKUP_USAGE, backUpDatabase, RESTORE_USAGE, restoreDatabase } from './backup.ts'
import { DOCTOR_USAGE, doctor } from './doctor.ts'
import { findNation, openFoundation, openKernel } from './house.ts'
import { type Config, readConfig } from './kernel/config.ts'
import { refusalWords } from './kernel/http.ts'
import { type CliCommand, Refusal, type Tool } from './kernel/index.ts'
import { loadCatalogues, translator } from './kernel/locale.ts'
import { foundRealNation, makeNation, resetDemonstration } from './nation.ts'
import { operatorOf, terminalOf } from './operator.ts'
import { PROFILES } from './profiles.ts'
import { ROOMS } from './rooms.ts'
import { start } from './start.ts'

/** Exit status of the command line (DESIGN 6): 0 done, 1 refused, 2 wrong usage. */
const REFUSED = 1
const WRONG_USAGE = 2

/** A command of the house itself: it works before there is a nation. */
interface OwnCommand {
  readonly usage: string
  run(config: Config, args: readonly string[]): Promise<number>
}

const OWN: Readonly<Record<string, OwnCommand>> = {
  start: {
    usage: '[--no-worker]   the program, on http://localhost:4100',
    run: (config) => start(config, { app: true }),
  },
  worker: {
    usage: '  only the work behind it',
    run: (config) => start(config, { app: false }),
  },
  migrate: {
    usage: '  bring the database up to date',
    async run(config) {
      await (await openFoundation(config, true)).close()
      return 0
    },
  },
  nation: {
    usage: '--persons N [--seed S] [--profile ID]   a synthetic population',
    run: makeNation,
  },
  found: { usage: '--profile ID   an empty real nation', run: foundRealNation },
  reset: { usage: '--demo   throw the demonstration nation away', run: resetDemonstration },
  doctor: { usage: DOCTOR_USAGE, run: doctor },
  backup: { usage: BACKUP_USAGE, run: backUpDatabase },
  restore: { usage: RESTORE_USAGE, run: restoreDatabase },
  bench: {
    usage: '[NAME …]   figures beside their limits',
    async run(_config, args) {
      // Benches are programs of their own: the product carries nothing of them.
      const program = fileURLToPath(new URL('../bench/run.ts', import.meta.url))
      const { status } = spawnSync(process.execPath, [program, ...args], { stdio: 'inherit' })
      return status ?? REFUSED
    },
  },
}
const OF_ROOMS = ROOMS.flatMap((room) => room.cli ?? [])
const TOOLS = ROOMS.flatMap((room) => room.tools ?? [])

/** Runs `goc …`; a room's subcommand is found by its longest fitting name. */
export async function runCommand(argv: readonly string[]): Promise<number> {
  const words = argv[0] === 'goc' ? argv.slice(1) : argv
  const [first = 'help', ...rest] = words
  const config = readConfig(process.env, words)
  const own = OWN[first]
  const tool = TOOLS.find(({ name }) => name === first)
  const found = findCommand(words)
  if (own === undefined && tool === undefined && found === undefined) {
    const asked = first === 'help' || first === '--help'
    const unknown = new Refusal('command.unknown', { command: first })
    if (!asked) process.stderr.write(`${refusalLine(unknown, config)}\n\n`)
    ;(asked ? process.stdout : process.stderr).write(usage())
    return asked ? 0 : WRONG_USAGE
  }
  try {
    if (own !== undefined) return await own.run(config, rest)
    if (tool !== undefined) return await runTool(config, tool, rest)
    return found === undefined ? WRONG_USAGE : await runOfRoom(config, found)
  } catch (error) {
    if (isWrongUsage(error)) {
      process.stderr.write(`${error.message}\n\n${usage()}`)
      return WRONG_USAGE
    }
    if (!(error instanceof Refusal)) throw error
    process.stderr.write(`${refusalLine(error, config)}\n`)
    return REFUSED
  }
}

interface Found {
  readonly command: CliCommand
  readonly args: readonly string[]
}

function findCommand(words: readonly string[]): Found | undefined {
  for (const length of [2, 1]) {
    const command = OF_ROOMS.find(({ name }) => name === words.slice(0, length).join(' '))
    if (command !== undefined) return { command, args: words.slice(length) }
  }
  return undefined
}

async function runOfRoom(config: Config, { command, args }: Found): Promise<number> {
  const foundation = await openFoundation(config, true)
  try {
    const nation = await findNation(foundation)
    if (nation === null) throw new Refusal('nation.none')
    const kernel = openKernel(foundation, nation)
    try {
      return await command.run(args, operatorOf(foundation, kernel))
    } finally {
      await kernel.database.end()
    }
  } finally {
    await foundation.close()
  }
}

/** An option that does not exist, or lacks its value: `node:util` says which. */
function isWrongUsage(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && /^ERR_PARSE_ARGS/.test(String(error.code))
}

function runTool({ language }: Config, tool: Tool, args: readonly string[]): Promise<number> {
  return tool.run(args, { ...terminalOf(), language, profiles: PROFILES })
}

function refusalLine(refusal: Refusal, { language }: Config): string {
  const sources = ROOMS.map(({ name, locales }) => ({ name, locales: locales ?? null }))
  const { title, remedy } = refusalWords(translator(language, loadCatalogues(sources)), refusal)
  return `${title}. ${remedy} (${refusal.code})`
}

function usage(): string {
  const own = Object.entries(OWN).map(([name, { usage }]) => ({ name, usage }))
  const lines = [...own, ...TOOLS, ...OF_ROOMS].map(({ name, usage }) => `  goc ${name} ${usage}\n`)
  return `goc COMMAND\n\n${lines.join('')}`
}
