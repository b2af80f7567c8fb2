import { isUtf8 } from 'node:buffer'
import { Refusal } from '../../kernel/index.ts'
import { encodingAt, judgeNotUtf8, NotUtf8, toUtf8 } from '../read/encoding.ts'
import { TableFault } from '../read/fault.ts'
import { readHeader } from '../read/header.ts'
import { LF, RowReader, type RowSink } from '../read/rows.ts'
import { openSource, readBlocks, type Source } from '../read/source.ts'
import type { RowFault } from '../read/types.ts'
import { Dictionary } from './dictionary.ts'
import { doubled } from './tables.ts'

/** A column of a file as it stands there: each distinct text once, trimmed. */
export interface RawColumn {
  readonly texts: Dictionary
  /** By row; 0: nothing stands there, or the row cannot be read. */
  readonly codes: Uint32Array
}

/** A file, row for row: what cannot be read is a row too. */
export interface Table {
  readonly rows: number
  /** By row: its number as a spreadsheet shows it, the header being 1. */
  readonly line: Uint32Array
  /** By row: place in `ROW_FAULTS` and 1; 0: it was read. */
  readonly fault: Uint8Array
  /** In the order wanted. */
  readonly columns: readonly RawColumn[]
  /** How the text was encoded, by the label of WHATWG's Encoding Standard. */
  readonly encoding: string
  readonly separator: string
}

export interface TablePlan {
  readonly path: string
  /** Names of the columns to take, given those there are; refuses a header that will not do. */
  wanted(columns: readonly string[]): readonly string[]
  readonly onBytes: (read: number, all: number) => void
}

/** So much of a text is looked at to find its encoding. */
const HEAD_bytes = 1 << 20

/**
 * Reads a text table whole, in the encoding it is in; twice where it turns out on the way not to be
 * UTF-8.
 *
 * @throws Refusal table.…, import.…, or what `wanted` refuses.
 */
export async function readTable(plan: TablePlan): Promise<Table> {
  try {
    const source = openSource(plan.path)
    if (source.form === 'parquet') {
      throw new TableFault('table.format', { file: source.name, format: 'Parquet' })
    }
    return await passes(plan, source)
  } catch (error) {
    throw error instanceof TableFault ? new Refusal(error.code, error.details) : error
  }
}

async function passes(plan: TablePlan, source: Source): Promise<Table> {
  try {
    return await pass(plan, source, undefined)
  } catch (error) {
    if (!(error instanceof NotUtf8)) throw error
    if (error.label === null) throw new TableFault('table.encoding', { file: source.name })
    return await pass(plan, source, error.label)
  }
}

async function pass(plan: TablePlan, source: Source, said: string | undefined): Promise<Table> {
  const blocks = readBlocks(source, (bytes) => plan.onBytes(bytes, source.bytes))
  try {
    const first = await takeHead(blocks)
    const encoding = encodingAt(first, said)
    const isRaw = encoding.label === 'utf-8'
    const bytes = joined(first.subarray(encoding.mark), blocks)
    const text = isRaw ? bytes : toUtf8(bytes, encoding.label)
    return { ...(await readRows(text, { plan, source, isRaw })), encoding: encoding.label }
  } catch (error) {
    const isGarbled =
      error instanceof TypeError &&
      'code' in error &&
      error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
    throw isGarbled ? new TableFault('table.encoding', { file: source.name }) : error
  } finally {
    await blocks.return(undefined)
  }
}

interface Reading {
  readonly plan: TablePlan
  readonly source: Source
  /** Whether the bytes are the file's own. */
  readonly isRaw: boolean
}

async function readRows(
  text: AsyncIterable<Uint8Array>,
  { plan, source, isRaw }: Reading,
): Promise<Omit<Table, 'encoding'>> {
  let rows: Rows | undefined
  let reader: RowReader | undefined
  let separator = ''
  for await (const block of text) {
    if (reader === undefined) {
      if (isRaw) judgeHead(block)
      const { columns } = readHeader(block, [], source.name)
      const header = readHeader(block, plan.wanted(columns), source.name)
      rows = new Rows(header.layout.wanted, header.layout.line)
      reader = new RowReader(header.layout, rows)
      if (isRaw) reader.onNotUtf8 = judgeNotUtf8
      separator = header.separator
      reader.push(block.subarray(header.end))
    } else reader.push(block)
  }
  if (reader === undefined || rows === undefined) {
    throw new TableFault('import.empty', { file: source.name })
  }
  reader.end()
  if (rows.count === 0) throw new TableFault('table.no-rows', { file: source.name })
  return { ...rows.done(), separator }
}

/** The header must be in the right encoding before its names are read. */
function judgeHead(block: Uint8Array): void {
  const end = block.lastIndexOf(LF) + 1
  const lines = block.subarray(0, end === 0 ? block.length : end)
  if (!isUtf8(lines)) judgeNotUtf8(lines, false)
}

async function takeHead(blocks: AsyncGenerator<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for (let bytes = 0; bytes < HEAD_bytes; ) {
    const { value, done } = await blocks.next()
    if (done === true) break
    parts.push(Buffer.from(value))
    bytes += value.length
  }
  return Buffer.concat(parts)
}

async function* joined(
  head: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head
  yield* rest
}

const FAULTS: readonly RowFault[] = [
  'too-few-fields',
  'too-many-fields',
  'quote',
  'nul',
  'not-utf8',
  'too-long',
]

class Rows implements RowSink {
  count = 0
  readonly #texts: readonly Dictionary[]
  readonly #codes: Uint32Array[]
  #lines = new Uint32Array(1 << 10)
  #faults = new Uint8Array(1 << 10)
  #line: number

  constructor(columns: number, firstLine: number) {
    this.#texts = Array.from({ length: columns }, () => new Dictionary())
    this.#codes = Array.from({ length: columns }, () => new Uint32Array(1 << 10))
    this.#line = firstLine
  }

  row({ sources, from, to }: Parameters<RowSink['row']>[0]): void {
    const row = this.#next(0)
    for (let column = 0; column < sources.length; column++) {
      const texts = this.#texts[column] as Dictionary
      const codes = this.#codes[column] as Uint32Array
      const [begin, end] = [from[column] as number, to[column] as number]
      codes[row] = texts.codeOf(sources[column] as Uint8Array, begin, end)
    }
  }

  unreadable(_line: number, fault: RowFault): void {
    this.#next(FAULTS.indexOf(fault) + 1)
  }

  blank(): void {
    this.#line++
  }

  #next(fault: number): number {
    const row = this.count++
    if (row === this.#lines.length) {
      this.#lines = doubled(this.#lines)
      this.#faults = doubled(this.#faults)
      for (const [column, codes] of this.#codes.entries()) this.#codes[column] = doubled(codes)
    }
    this.#lines[row] = this.#line++
    this.#faults[row] = fault
    return row
  }

  done(): Pick<Table, 'rows' | 'line' | 'fault' | 'columns'> {
    const { count } = this
    return {
      rows: count,
      line: this.#lines.subarray(0, count),
      fault: this.#faults.subarray(0, count),
      columns: this.#texts.map((texts, column) => ({
        texts,
        codes: (this.#codes[column] as Uint32Array).subarray(0, count),
      })),
    }
  }
}
