import path from 'node:path'
import pg from 'pg'
import { openFoundation } from './house.ts'
import type { Config } from './kernel/config.ts'
import { StartRefused } from './kernel/postgres.ts'
import { backUp, type Progress } from './kernel/start/backup.ts'
import { restore } from './kernel/start/restore.ts'
import { startWords } from './kernel/start/words.js'
import { terminalOf } from './operator.ts'

const WRONG_USAGE = 2
export const BACKUP_USAGE = 'DIR   a copy of the database while it works, without its keys'
export const RESTORE_USAGE = 'DIR   put a backup back where there is no database'

const MB = 2 ** 20
const told = ({ files, of, bytes }: Progress): string =>
  startWords('backup.progress', { files, of, size: Math.round(bytes / MB) })

/** `goc backup DIR`. */
export async function backUpDatabase(config: Config, args: readonly string[]): Promise<number> {
  const [folder, ...others] = args
  if (folder === undefined || others.length > 0) return wrongUsage(`backup ${BACKUP_USAGE}`)
  refuseExternal(config)
  const { print, progress, signal } = terminalOf()
  const foundation = await openFoundation(config, true)
  const client = new pg.Client(foundation.connection())
  try {
    await client.connect()
    const onProgress = (state: Progress) => progress(told(state))
    const { files } = await backUp({ client, folder: path.resolve(folder), signal, onProgress })
    const size = Math.round(files.reduce((sum, { bytes }) => sum + bytes, 0) / MB)
    print(startWords('backup.done', { folder, files: files.length, size, keys: config.keysDir }))
    return 0
  } finally {
    await client.end()
    await foundation.close()
  }
}

/** `goc restore DIR`. */
export async function restoreDatabase(config: Config, args: readonly string[]): Promise<number> {
  const [folder, ...others] = args
  if (folder === undefined || others.length > 0) return wrongUsage(`restore ${RESTORE_USAGE}`)
  refuseExternal(config)
  const { print, progress, signal } = terminalOf()
  const { dataDir, keysDir } = config
  const onProgress = (state: Progress) => progress(told(state))
  const work = { folder: path.resolve(folder), dataDir, keysDir, signal, onProgress }
  const { madeAt } = await restore(work)
  // The server replays the log of the backup once, here and not at the first start.
  await (await openFoundation(config, false)).close()
  print(startWords('restore.done', { madeAt, folder: dataDir }))
  return 0
}

/** A server of the operator's own has tools of its own for this. */
function refuseExternal({ databaseUrl }: Config): void {
  if (databaseUrl !== null) throw new StartRefused('backup-external')
}

function wrongUsage(usage: string): number {
  process.stderr.write(`goc ${usage}\n`)
  return WRONG_USAGE
}
