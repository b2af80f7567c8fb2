import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { openFoundation } from './house.ts'
import type { Config } from './kernel/config.ts'
import { askPartitions, askServer, countMigrations } from './kernel/doctor-store.ts'
import { loadCatalogues, type Translator, translator } from './kernel/locale.ts'
import { readMigrations } from './kernel/migrate.ts'
import { listBacklogs } from './kernel/worker-store.ts'
import { measureLag, txOn } from './ledger/index.ts'
import { terminalOf } from './operator.ts'
import { ROOMS } from './rooms.ts'

export const DOCTOR_USAGE = '[--json]   what this installation needs, with its remedies'

/** One thing that was looked at. */
export interface Finding {
  /** Its words are `doctor.<about>` and `doctor.<about>.remedy` of the kernel. */
  readonly about: string
  readonly isWell: boolean
  readonly values: Readonly<Record<string, string | number>>
}

const NEEDS_HELP = 1
const WRONG_USAGE = 2
const GB = 2 ** 30
const DISK_FREE_least_bytes = GB
const DISK_FREE_least_share = 0.05
const MONTHS_AHEAD_least = 1
const LAG_most_s = 30
const UNREAD_most = 1_000
const CLOCK_OFF_most_ms = 2_000
/** What only others than the owner could use of a key's file. */
const OTHERS = 0o077

/** `goc doctor`: looks at everything once; 1 when something needs help. */
export async function doctor(config: Config, args: readonly string[]): Promise<number> {
  if (args.some((word) => word !== '--json')) {
    process.stderr.write(`goc doctor ${DOCTOR_USAGE}\n`)
    return WRONG_USAGE
  }
  const { print } = terminalOf()
  const findings = await examine(config)
  if (args.includes('--json')) print(JSON.stringify(findings))
  else {
    const t = translator(config.language, loadCatalogues([]))
    for (const line of findings.flatMap((finding) => linesOf(t, finding))) print(line)
  }
  return findings.every(({ isWell }) => isWell) ? 0 : NEEDS_HELP
}

function linesOf(t: Translator, { about, isWell, values }: Finding): string[] {
  const line = `${isWell ? '✔' : '✖'} ${t(`kernel.doctor.${about}`, values)}`
  return isWell ? [line] : [line, `  → ${t(`kernel.doctor.${about}.remedy`, values)}`]
}

async function examine(config: Config): Promise<Finding[]> {
  const foundation = await openFoundation(config, true)
  const client = new pg.Client(foundation.connection())
  try {
    await client.connect()
    return await examineAll(client, config)
  } finally {
    await client.end()
    await foundation.close()
  }
}

/** All there is to look at; `client` is a connection of the owner's. */
export async function examineAll(client: pg.Client, config: Config): Promise<Finding[]> {
  return [
    ...(await examineServer(client)),
    examineDisk(config),
    await examineMigrations(client),
    await examinePartitions(client),
    examineKeys(config),
    await examineLedger(client),
    await examineOutbox(client),
  ]
}

async function examineServer(client: pg.Client): Promise<Finding[]> {
  const asked_ms = Date.now()
  const { version, bytes, isDurable, now_ms } = await askServer(client)
  const off_ms = Math.round(Math.abs(now_ms - (asked_ms + Date.now()) / 2))
  const isOnTime = off_ms <= CLOCK_OFF_most_ms
  return [
    { about: 'server', isWell: isDurable, values: { version, size: Math.ceil(bytes / 2 ** 20) } },
    { about: 'clock', isWell: isOnTime, values: { seconds: Math.round(off_ms / 100) / 10 } },
  ]
}

function examineDisk({ dataDir }: Config): Finding {
  const { bavail, blocks, bsize } = fs.statfsSync(dataDir)
  const free = bavail * bsize
  const isWell = free >= DISK_FREE_least_bytes && bavail >= blocks * DISK_FREE_least_share
  const values = { folder: dataDir, free: Math.floor(free / GB) }
  return { about: 'disk', isWell, values }
}

/** Every command brings the schema up to date before it looks; one of a newer program is refused. */
async function examineMigrations(client: pg.Client): Promise<Finding> {
  const [taken, known] = [await countMigrations(client), (await readMigrations(ROOMS)).length]
  return { about: 'migrations', isWell: taken === known, values: { taken, known } }
}

async function examinePartitions(client: pg.Client): Promise<Finding> {
  const { ahead, strays } = await askPartitions(client)
  const isWell = ahead >= MONTHS_AHEAD_least && strays === 0
  return { about: 'partitions', isWell, values: { ahead, strays } }
}

function examineKeys({ keysDir }: Config): Finding {
  const names = fs.readdirSync(keysDir)
  const open = ['', ...names].filter(
    (name) => (fs.statSync(path.join(keysDir, name)).mode & OTHERS) !== 0,
  )
  const values = { folder: keysDir, files: names.length, open: open.length }
  return { about: 'keys', isWell: open.length === 0 && names.length > 0, values }
}

async function examineLedger(client: pg.Client): Promise<Finding> {
  const seconds = Math.round(await measureLag(txOn(client)))
  return { about: 'ledger', isWell: seconds <= LAG_most_s, values: { seconds } }
}

async function examineOutbox(client: pg.Client): Promise<Finding> {
  const backlogs = await listBacklogs(txOn(client))
  const sum = (of: 'unread' | 'parked' | 'still') =>
    backlogs.reduce((most, one) => Math.max(most, one[of]), 0)
  const values = { unread: sum('unread'), parked: sum('parked'), still: sum('still') }
  const isWell = values.still === 0 && values.unread < UNREAD_most
  return { about: 'outbox', isWell, values }
}
