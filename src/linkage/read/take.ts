import { isUtf8 } from 'node:buffer'
import { type Encoded, Encoder, type Plan } from './encode.ts'
import { type Encoding, encodingAt, judgeNotUtf8, NotUtf8, toUtf8 } from './encoding.ts'
import { TableFault } from './fault.ts'
import { readHeader } from './header.ts'
import { Room } from './room.ts'
import { LF, RowReader } from './rows.ts'
import { readBlocks, type Source } from './source.ts'

export interface TakeTask {
  readonly source: Source
  readonly plan: Plan
  readonly encoding: string | undefined
}

/** A file as it was taken, and what its text was like. */
export interface Taken {
  readonly encoded: Encoded
  readonly columns: readonly string[]
  readonly encoding: string
  readonly separator: string
}

/** So much of a text is looked at to find encoding and header. */
const HEAD_bytes = 1 << 20

/**
 * Reads a text file once; twice where it turns out on the way not to be UTF-8.
 *
 * @throws TableFault table.…, import.empty or what the file system says.
 */
export async function takeFile(task: TakeTask, onBytes: (bytes: number) => void): Promise<Taken> {
  const { source } = task
  try {
    return await pass(task, onBytes)
  } catch (error) {
    if (!(error instanceof NotUtf8)) throw error
    if (error.label === null) throw new TableFault('table.encoding', { file: source.name })
    return await pass({ ...task, encoding: error.label }, onBytes)
  }
}

async function pass(task: TakeTask, onBytes: (bytes: number) => void): Promise<Taken> {
  const file = task.source.name
  const room = new Room()
  let before = 0
  const blocks = readBlocks(task.source, (bytesRead) => {
    // What was read last is being taken while the room is asked for.
    room.share = (before + bytesRead) / 2 / task.source.bytes
    before = bytesRead
    onBytes(bytesRead)
  })
  try {
    const { head, isAll } = await takeHead(blocks)
    if (head.subarray(0, 4).toString('latin1') === 'PAR1') {
      throw new TableFault('table.format', { file, format: 'Parquet + gzip' })
    }
    const encoding = encodingAt(head, task.encoding)
    const raw = joined(head.subarray(encoding.mark), isAll ? null : blocks)
    const isUtf8 = encoding.label === 'utf-8'
    const text = isUtf8 ? raw : toUtf8(raw, encoding.label)
    return await readText(text, { task, encoding, room })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // Not what the encoding can hold, or no encoding that is known here.
    const isEncoding = /^ERR_ENCODING_(INVALID_ENCODED_DATA|NOT_SUPPORTED)$/.test(code ?? '')
    throw isEncoding ? new TableFault('table.encoding', { file }) : error
  } finally {
    await blocks.return(undefined)
  }
}

interface Text {
  readonly task: TakeTask
  readonly encoding: Encoding
  readonly room: Room
}

async function readText(
  text: AsyncIterable<Uint8Array>,
  { task, encoding, room }: Text,
): Promise<Taken> {
  const { plan, source } = task
  const encoder = new Encoder(plan, room)
  let reader: RowReader | undefined
  let header: ReturnType<typeof readHeader> | undefined
  for await (const block of text) {
    if (reader === undefined) {
      const isRaw = encoding.label === 'utf-8'
      if (isRaw) judgeHead(block)
      header = readHeader(block, plan.columns, source.name)
      reader = new RowReader(header.layout, encoder)
      if (isRaw) reader.onNotUtf8 = judgeNotUtf8
      reader.push(block.subarray(header.end))
    } else reader.push(block)
  }
  if (reader === undefined || header === undefined) {
    throw new TableFault('import.empty', { file: source.name })
  }
  reader.end()
  const encoded = encoder.finish()
  const unreadable = Object.values(encoded.byFault).reduce((sum, count) => sum + count, 0)
  if (encoded.rows + unreadable === 0) throw new TableFault('table.no-rows', { file: source.name })
  return {
    encoded,
    columns: header.columns,
    encoding: encoding.label,
    separator: header.separator,
  }
}

/** The header must be in the right encoding before its names are read. */
function judgeHead(block: Uint8Array): void {
  const end = block.lastIndexOf(LF) + 1
  const lines = block.subarray(0, end === 0 ? block.length : end)
  if (!isUtf8(lines)) judgeNotUtf8(lines, false)
}

async function takeHead(
  blocks: AsyncGenerator<Uint8Array>,
): Promise<{ head: Buffer; isAll: boolean }> {
  const parts: Uint8Array[] = []
  for (let bytes = 0; bytes < HEAD_bytes; ) {
    const { value, done } = await blocks.next()
    if (done === true) return { head: Buffer.concat(parts), isAll: true }
    parts.push(Buffer.from(value))
    bytes += value.length
  }
  return { head: Buffer.concat(parts), isAll: false }
}

async function* joined(
  head: Uint8Array,
  rest: AsyncIterable<Uint8Array> | null,
): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head
  if (rest !== null) yield* rest
}
