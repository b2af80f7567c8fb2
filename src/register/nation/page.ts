/** PGCOPY, signature of eleven bytes, flags and an empty extension: COPY … (format binary). */
const HEADER = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex')
const TRAILER_bytes = 2
const FIRST_bytes = 1 << 20
const TEXT_OID = 25
const FOREVER = 0x7fffffff
/** Bounds of a range: [from, to) and [from, ). */
const BOUNDED = 0x02
const UNBOUNDED = 0x12
const WORD = 0x1_0000_0000
const SECOND_µs = 1_000_000
const UUID_bytes = 16
const ASCII_MAX = 0x7f

/**
 * Rows of one table for COPY in binary format, from the numbers of the generator: no text is made
 * that the server would have to read again. Fields are written in the order of the columns.
 */
export class Page {
  private bytes: Buffer
  private at: number
  rows = 0

  constructor(buffer?: ArrayBuffer) {
    this.bytes = buffer === undefined ? Buffer.alloc(FIRST_bytes) : Buffer.from(buffer)
    HEADER.copy(this.bytes)
    this.at = HEADER.length
  }

  /** Begins a row; `bytes` is at least what its fields will take. */
  row(fields: number, bytes: number): void {
    if (this.at + bytes + TRAILER_bytes > this.bytes.length) this.grow(bytes)
    this.at = int16(this.bytes, this.at, fields)
    this.rows++
  }

  private grow(bytes: number): void {
    const larger = Buffer.alloc(Math.max(this.bytes.length * 2, this.bytes.length + 2 * bytes))
    this.bytes.copy(larger, 0, 0, this.at)
    this.bytes = larger
  }

  absent(): void {
    this.at = int32(this.bytes, this.at, -1)
  }

  /** The `index`-th of consecutive UUIDs. */
  uuid(ids: Uint8Array, index: number): void {
    const { bytes } = this
    const at = int32(bytes, this.at, UUID_bytes)
    const from = index * UUID_bytes
    for (let byte = 0; byte < UUID_bytes; byte++) bytes[at + byte] = ids[from + byte] as number
    this.at = at + UUID_bytes
  }

  /** Bytes that were made before. */
  same(text: Uint8Array): void {
    const { bytes } = this
    const { length } = text
    const at = int32(bytes, this.at, length)
    for (let byte = 0; byte < length; byte++) bytes[at + byte] = text[byte] as number
    this.at = at + length
  }

  text(text: string): void {
    const start = this.at
    const end = letters(this.bytes, start + 4, text)
    int32(this.bytes, start, end - start - 4)
    this.at = end
  }

  /** JSON text for a column of type jsonb: version 1 of its binary form. */
  json(text: string): void {
    const start = this.at
    this.bytes[start + 4] = 1
    const end = letters(this.bytes, start + 5, text)
    int32(this.bytes, start, end - start - 4)
    this.at = end
  }

  /** Days from one up to, not including, another; FOREVER: without end. */
  days(from: number, to: number): void {
    const { bytes } = this
    const isBounded = to !== FOREVER
    let at = int32(bytes, this.at, isBounded ? 17 : 9)
    bytes[at] = isBounded ? BOUNDED : UNBOUNDED
    at = int32(bytes, int32(bytes, at + 1, 4), from)
    this.at = isBounded ? int32(bytes, int32(bytes, at, 4), to) : at
  }

  /** Seconds since 2000-01-01 UTC. */
  moment(seconds: number): void {
    const { bytes } = this
    const microseconds = seconds * SECOND_µs
    const high = Math.floor(microseconds / WORD)
    const at = int32(bytes, int32(bytes, this.at, 8), high)
    this.at = int32(bytes, at, microseconds - high * WORD)
  }

  texts(list: readonly string[]): void {
    const { bytes } = this
    const start = this.at
    let at = int32(bytes, start + 4, 1)
    at = int32(bytes, at, 0)
    at = int32(bytes, at, TEXT_OID)
    at = int32(bytes, at, list.length)
    this.at = int32(bytes, at, 1)
    for (const text of list) this.text(text)
    int32(bytes, start, this.at - start - 4)
  }

  /** The buffer and how much of it is to be sent. Nothing can be added afterwards. */
  end(): { readonly buffer: ArrayBuffer; readonly length: number } {
    this.at = int16(this.bytes, this.at, -1)
    return { buffer: this.bytes.buffer as ArrayBuffer, length: this.at }
  }
}

/** Big-endian; answers the place behind it, as do the others. */
function int16(bytes: Uint8Array, at: number, value: number): number {
  bytes[at] = value >> 8
  bytes[at + 1] = value
  return at + 2
}

function int32(bytes: Uint8Array, at: number, value: number): number {
  bytes[at] = value >> 24
  bytes[at + 1] = value >> 16
  bytes[at + 2] = value >> 8
  bytes[at + 3] = value
  return at + 4
}

/** UTF-8; texts of ASCII, which most are, without a call out of the engine. */
function letters(bytes: Buffer, at: number, text: string): number {
  const { length } = text
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index)
    if (code > ASCII_MAX) return at + index + bytes.write(text.slice(index), at + index, 'utf8')
    bytes[at + index] = code
  }
  return at + length
}
