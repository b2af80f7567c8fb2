import { createHash } from 'node:crypto'
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
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Refusal, type RefusalCode } from '../../kernel/index.ts'

/** A file of rows that is there and may be read. */
export interface Source {
  readonly path: string
  readonly bytes: number
  /** By its first two bytes (RFC 1952), whatever its name says. */
  readonly gzipped: boolean
}

const CODES: Readonly<Record<string, RefusalCode>> = {
  ENOENT: 'import.file-not-found',
  ENOTDIR: 'import.file-not-found',
  EISDIR: 'import.not-a-file',
  EACCES: 'import.not-permitted',
  EPERM: 'import.not-permitted',
  EROFS: 'import.not-permitted',
}

/** What the file system says, as a refusal; anything else stays a fault. */
export function fileRefusal(error: unknown, file: string): unknown {
  const code = CODES[(error as NodeJS.ErrnoException).code ?? '']
  return code === undefined ? error : new Refusal(code, { file })
}

/** Looks at a file before anything is done: there, a file, readable, not empty, gzip if it says so. */
export function openSource(given: string): Source {
  const file = path.resolve(given)
  try {
    const stat = statSync(file)
    if (!stat.isFile()) throw new Refusal('import.not-a-file', { file })
    accessSync(file, constants.R_OK)
    if (stat.size === 0) throw new Refusal('import.empty', { file })
    const gzipped = isGzip(file)
    if (file.endsWith('.gz') && !gzipped) throw new Refusal('import.not-gzip', { file })
    return { path: file, bytes: stat.size, gzipped }
  } catch (error) {
    throw fileRefusal(error, file)
  }
}

function isGzip(file: string): boolean {
  const descriptor = openSync(file, 'r')
  try {
    const head = Buffer.alloc(2)
    return readSync(descriptor, head, 0, 2, 0) === 2 && head.readUInt16BE() === 0x1f8b
  } finally {
    closeSync(descriptor)
  }
}

const BLOCK_bytes = 1 << 18

/** Reads the file unpacked; `onBytes` is told how many bytes of the file itself were read. */
export async function* readSource(
  source: Source,
  onBytes: (bytes: number) => void = () => {},
): AsyncGenerator<Buffer> {
  const file = createReadStream(source.path, { highWaterMark: BLOCK_bytes })
  let read = 0
  file.on('data', (part) => {
    read += part.length
    onBytes(read)
  })
  const stream: Readable = source.gzipped
    ? pipeline(file, createGunzip({ chunkSize: BLOCK_bytes }), () => {})
    : file
  try {
    for await (const part of stream) yield part as Buffer
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (/^Z_/.test(code)) throw new Refusal('import.not-gzip', { file: source.path })
    throw fileRefusal(error, source.path)
  } finally {
    file.destroy()
  }
}

/** SHA-256 of the file as it lies there: the same file is the same work. */
export async function hashSource(source: Source): Promise<string> {
  const hash = createHash('sha256')
  try {
    for await (const part of createReadStream(source.path, { highWaterMark: BLOCK_bytes })) {
      hash.update(part as Buffer)
    }
  } catch (error) {
    throw fileRefusal(error, source.path)
  }
  return hash.digest('hex')
}

/** Where rejected rows are written: beside the file. */
export const rejectsPath = (source: Source): string => `${source.path}.rejects.csv`
