import type pg from 'pg'

/** Where a backup begins: from the segment of this place on, the log is needed. */
export interface BackupStart {
  /** Folder of the server's data. */
  readonly data: string
  /** Major version, as in PG_VERSION. */
  readonly version: string
  /** Name of the first log segment. */
  readonly segment: string
}

/**
 * Begins a base backup (PostgreSQL manual, "Making a Base Backup Using the Low Level API"). A slot
 * keeps the log from here on until this connection ends.
 */
export async function startBackup(client: pg.Client): Promise<BackupStart> {
  await client.query(
    `select pg_create_physical_replication_slot('goc_backup_' || pg_backend_pid(), true, true)`,
  )
  const { rows } = await client.query<BackupStart>(
    `select current_setting('data_directory') as data,
       (current_setting('server_version_num')::int / 10000)::text as version,
       pg_walfile_name(pg_backup_start('goc', fast => true)) as segment`,
  )
  const [row] = rows
  if (row === undefined) throw new Error('the server did not begin the backup')
  return row
}

export interface BackupEnd {
  /** What `backup_label` must hold; without it the copy would start from the wrong place. */
  readonly label: string
  /** Name of the last log segment needed. */
  readonly segment: string
}

export async function endBackup(client: pg.Client): Promise<BackupEnd> {
  const { rows } = await client.query<BackupEnd>(
    `select labelfile as label, pg_walfile_name(lsn) as segment
     from pg_backup_stop(wait_for_archive => false)`,
  )
  const [row] = rows
  if (row === undefined) throw new Error('the server did not end the backup')
  return row
}
