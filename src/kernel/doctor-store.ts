import type pg from 'pg'

export interface ServerState {
  readonly version: string
  readonly bytes: number
  /** Whether a commit is on the disk when it is answered: all three of its settings. */
  readonly isDurable: boolean
  /** The server's clock, in milliseconds since 1970. */
  readonly now_ms: number
}

export async function askServer(client: pg.Client): Promise<ServerState> {
  const { rows } = await client.query<ServerState>(
    `select current_setting('server_version') as version,
       pg_database_size(current_database()) as bytes,
       current_setting('fsync') = 'on' and current_setting('full_page_writes') = 'on'
         and current_setting('synchronous_commit') <> 'off' as "isDurable",
       (extract(epoch from clock_timestamp()) * 1000)::float8 as now_ms`,
  )
  const [row] = rows
  if (row === undefined) throw new Error('the server did not answer')
  return row
}

export async function countMigrations(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::int as count from kernel.migration',
  )
  return rows[0]?.count ?? 0
}

export interface PartitionState {
  /** Whole months ahead of the present one that have a partition, of the table that has fewest. */
  readonly ahead: number
  /** Rows that had none, and lie in a default partition; counted up to a bound. */
  readonly strays: number
}

export async function askPartitions(client: pg.Client): Promise<PartitionState> {
  const { rows } = await client.query<PartitionState>(
    `with parent (id) as (
       values ('kernel.audit_event'::regclass::oid), ('kernel.outbox'::regclass::oid)
     ), last as (
       select p.id, max(to_date(right(c.relname, 7), 'YYYY_MM')) as month
       from parent p left join pg_inherits i on i.inhparent = p.id
         left join pg_class c on c.oid = i.inhrelid and c.relname ~ '_\\d{4}_\\d{2}$'
       group by 1
     )
     select min(coalesce((extract(year from month) - extract(year from today)) * 12
         + extract(month from month) - extract(month from today), -1))::int as ahead,
       ((select count(*) from (select from kernel.audit_event_default limit 1000) a)
         + (select count(*) from (select from kernel.outbox_default limit 1000) o))::int as strays
     from last, (select (now() at time zone 'UTC')::date as today) t`,
  )
  return rows[0] ?? { ahead: -1, strays: 0 }
}
