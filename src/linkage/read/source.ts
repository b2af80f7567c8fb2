import {
  accessSync,
  closeSync,
  constants,
  createReadStream,
  openSync,
  readSync,
  statSync,
} from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { RefusalCode } from '../../kernel/index.ts'
import { TableFault } from './fault.ts'
import { READ_LIMITS } from './limits.ts'

/** A file that is there and may be read; what it is, its first bytes say, whatever its name. */
export interface Source {
  readonly path: string
  /** The file that refusals name: where rows were unpacked from. */
  readonly name: string
  readonly bytes: number
  readonly form: 'text' | 'gzip' | 'parquet'
}

const CODES: Readonly<Record<string, RefusalCode>> = {
  ENOENT: 'import.file-not-found',
  ENOTDIR: 'import.file-not-found',
  ENAMETOOLONG: 'import.file-not-found',
  EISDIR: 'import.not-a-file',
  EACCES: 'table.not-permitted',
  EPERM: 'table.not-permitted',
}

/** What the file system says, as a refusal; anything else stays a fault. */
export function fileRefusal(error: unknown, file: string): unknown {
  const code = CODES[(error as NodeJS.ErrnoException).code ?? '']
  return code === undefined ? error : new TableFault(code, { file })
}

/** @throws TableFault import.file-not-found, import.not-a-file, import.empty or table.…. */
export function openSource(given: string): Source {
  const file = path.resolve(given)
  try {
    const stat = statSync(file)
    if (!stat.isFile()) throw new TableFault('import.not-a-file', { file })
    accessSync(file, constants.R_OK)
    if (stat.size === 0) throw new TableFault('import.empty', { file })
    return { path: file, name: file, bytes: stat.size, form: formOf(file) }
  } catch (error) {
    throw fileRefusal(error, file)
  }
}

/** First bytes of files that people take for tables. */
const FOREIGN: readonly (readonly [string, string])[] = [
  ['504b0304', 'Excel / ZIP'],
  ['d0cf11e0', 'Excel'],
  ['25504446', 'PDF'],
  ['28b52ffd', 'Zstandard'],
  ['fd377a58', 'XZ'],
  ['425a68', 'bzip2'],
  ['53514c69746520', 'SQLite'],
]

function formOf(file: string): Source['form'] {
  const descriptor = openSync(file, 'r')
  try {
    const head = Buffer.alloc(8)
    const hex = head.subarray(0, readSync(descriptor, head, 0, 8, 0)).toString('hex')
    if (hex.startsWith('1f8b')) return 'gzip'
    if (file.toLowerCase().endsWith('.gz')) throw new TableFault('table.damaged', { file })
    // "PAR1"; an encrypted one begins with "PARE".
    if (hex.startsWith('50415231') || hex.startsWith('50415245')) return 'parquet'
    if (/\.(parquet|pq)$/i.test(file)) throw new TableFault('table.damaged', { file })
    const foreign = FOREIGN.find(([begin]) => hex.startsWith(begin))
    if (foreign !== undefined) throw new TableFault('table.format', { file, format: foreign[1] })
    return 'text'
  } finally {
    closeSync(descriptor)
  }
}

/**
 * The file, unpacked, block by block; a block is good until the next one is asked for. `onBytes`
 * is told how many bytes of the file were read.
 */
export function readBlocks(
  source: Source,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  return source.form === 'gzip' ? readGzip(source, onBytes) : readPlain(source, onBytes)
}

async function* readPlain(
  source: Source,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const descriptor = openSync(source.path, 'r')
  try {
    const block = Buffer.allocUnsafeSlow(Math.min(READ_LIMITS.blockBytes, source.bytes + 1))
    for (let read = 0; ; ) {
      const length = readSync(descriptor, block, 0, block.length, null)
      if (length === 0) return
      read += length
      onBytes(read)
      yield block.subarray(0, length)
    }
  } catch (error) {
    throw fileRefusal(error, source.path)
  } finally {
    closeSync(descriptor)
  }
}

const GZIP_bytes = 1 << 18

async function* readGzip(
  source: Source,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const file = createReadStream(source.path, { highWaterMark: GZIP_bytes })
  let read = 0
  file.on('data', (part) => {
    read += part.length
    onBytes(read)
  })
  try {
    const unpacked = pipeline(file, createGunzip({ chunkSize: 1 << 20 }), () => {})
    for await (const part of unpacked) yield part as Buffer
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (/^Z_/.test(code)) throw new TableFault('table.damaged', { file: source.path })
    throw fileRefusal(error, source.path)
  } finally {
    file.destroy()
  }
}
