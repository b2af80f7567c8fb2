import path from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { columnName } from './column-name.ts'
import { TableFault } from './fault.ts'
import { listColumns } from './header.ts'
import type { Source } from './source.ts'

export interface ParquetOptions {
  /** Columns wanted, and which of them hold days. */
  readonly columns: readonly string[]
  readonly days: ReadonlySet<string>
  /** Existing folder; takes the CSV and what DuckDB spills. */
  readonly scratch: string
  readonly memory: string
  readonly threads: number
  readonly signal: AbortSignal | undefined
}

export interface Unpacked {
  /** A CSV whose columns are called 0, 1, … in the order wanted. */
  readonly path: string
  /** All columns of the file, by their own names. */
  readonly columns: readonly string[]
}

/**
 * Writes the columns wanted of a Parquet file as CSV, row by row in the file's order, for the one
 * reader of text to read. Nothing is fetched from anywhere: extensions stay off.
 *
 * @throws TableFault table.damaged, table.nested, table.column-missing or table.column-twice.
 */
export async function unpackParquet(source: Source, options: ParquetOptions): Promise<Unpacked> {
  const { scratch, signal } = options
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(options.threads),
    memory_limit: options.memory,
    temp_directory: path.join(scratch, 'spill'),
    preserve_insertion_order: 'true',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  })
  const connection = await instance.connect()
  const stop = () => connection.interrupt()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    const from = `read_parquet(${literal(escapeGlob(source.path))},
      hive_partitioning = false, binary_as_string = true)`
    await connection.run("set timezone = 'UTC'")
    const described = await describe(connection, from)
    const selected = choose(described, source.path, options)
    const target = path.join(scratch, 'rows.csv')
    await connection.run(
      `copy (select ${selected} from ${from}) to ${literal(target)}
       (format csv, header, delimiter ',', quote '"', escape '"', force_quote ("0"))`,
    )
    return { path: target, columns: described.map(({ name }) => columnName(name)) }
  } catch (error) {
    signal?.throwIfAborted()
    throw error instanceof TableFault ? error : refusalOf(error as Error, source.path)
  } finally {
    signal?.removeEventListener('abort', stop)
    connection.closeSync()
    instance.closeSync()
  }
}

/** Faults of the disk stay faults; what DuckDB says of the file is that it is no sound Parquet. */
function refusalOf(error: Error, file: string): Error {
  if (/^Out of Memory/.test(error.message)) return new TableFault('table.too-large', { file })
  if (/space left|Could not (write|create)|Permission/i.test(error.message)) return error
  if (/encoding|UTF-?8/i.test(error.message)) return new TableFault('table.encoding', { file })
  const isOfFile = /^(Invalid|IO|TProtocol|Serialization|Not implemented|Conversion)/i
  return isOfFile.test(error.message) ? new TableFault('table.damaged', { file }) : error
}

interface Described {
  readonly name: string
  readonly type: string
}

async function describe(connection: DuckDBConnection, from: string): Promise<Described[]> {
  const reader = await connection.runAndReadAll(`describe select * from ${from}`)
  return reader.getRowsJson().map(([name, type]) => ({ name: String(name), type: String(type) }))
}

/** The list of a SELECT that gives the columns wanted as text, '' where there is nothing. */
function choose(described: readonly Described[], file: string, options: ParquetOptions): string {
  const selected = options.columns.map((column, at) => {
    const [found, other] = described.filter(({ name }) => columnName(name) === column)
    if (other !== undefined) throw new TableFault('table.column-twice', { file, column })
    if (found === undefined) {
      const columns = listColumns(described.map(({ name }) => columnName(name)))
      throw new TableFault('table.column-missing', { file, column, columns })
    }
    if (/^(STRUCT|MAP|UNION|VARIANT)\b|\]$/.test(found.type)) {
      throw new TableFault('table.nested', { file, column })
    }
    return `coalesce(${asText(found, options.days.has(column))}, '') as "${at}"`
  })
  return selected.join(', ')
}

/**
 * A whole number that was stored as a floating one, as tools do that have no other empty value,
 * is written whole; an instant that stands for a day as that day.
 */
function asText({ name, type }: Described, isDay: boolean): string {
  const column = `"${name.replaceAll('"', '""')}"`
  if (type === 'DOUBLE' || type === 'FLOAT') {
    return `case when not isfinite(${column}) then ''
      when ${column} = trunc(${column}) and abs(${column}) < 1e15
        then ${column}::bigint::varchar
      else ${column}::varchar end`
  }
  if (isDay && type.startsWith('TIMESTAMP')) return `${column}::date::varchar`
  return `${column}::varchar`
}

/** SQL text: COPY and table functions take no parameters for their files. */
const literal = (value: string): string => `'${value.replaceAll("'", "''")}'`

/** A path is one file, whatever signs it has. */
const escapeGlob = (file: string): string => file.replace(/[*?[]/g, '[$&]')
