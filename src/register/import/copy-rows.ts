import { epochDay, epochOf, type Instant, type PlainDay } from '../../kernel/index.ts'

/** PGCOPY, signature of eleven bytes, flags and an empty extension: PostgreSQL's COPY … (format binary). */
const HEADER = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex')
/** 2000-01-01, from which PostgreSQL counts days and microseconds. */
const EPOCH_days = 10_957
const EPOCH_ms = 946_684_800_000n
const FIRST_bytes = 1 << 16
const TEXT_OID = 25
const RANGE_FROM = 0x12

/** The sixteen bytes of a UUID. */
export const uuidBytes = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex')

/**
 * Rows for COPY in PostgreSQL's binary format, written into one growing buffer: a third of the bytes
 * of the text format, and nothing for the server to parse. Each method writes one field, in the order
 * of the columns, after `row`.
 */
export class CopyRows {
  #bytes = Buffer.allocUnsafe(FIRST_bytes)
  #length = 0
  rows = 0

  constructor() {
    HEADER.copy(this.#bytes)
    this.#length = HEADER.length
  }

  row(fields: number): void {
    this.#room(2)
    this.#length = this.#bytes.writeInt16BE(fields, this.#length)
    this.rows += 1
  }

  uuid(bytes: Uint8Array): void {
    this.#size(16)
    this.#bytes.set(bytes, this.#length)
    this.#length += 16
  }

  /** Text of letters, digits and signs of ASCII alone. */
  ascii(text: string): void {
    this.#size(text.length)
    this.#length += this.#bytes.write(text, this.#length, 'latin1')
  }

  text(text: string): void {
    this.#utf8(text, 0)
  }

  /** JSON text for a column of type jsonb. */
  json(text: string): void {
    this.#utf8(text, 1)
  }

  /** Days from one on, without end. */
  daysFrom(day: PlainDay): void {
    this.#size(9)
    this.#bytes[this.#length] = RANGE_FROM
    this.#bytes.writeInt32BE(4, this.#length + 1)
    this.#length = this.#bytes.writeInt32BE(epochDay(day) - EPOCH_days, this.#length + 5)
  }

  moment(moment: Instant): void {
    this.#size(8)
    const microseconds = (BigInt(epochOf(moment)) - EPOCH_ms) * 1000n
    this.#length = this.#bytes.writeBigInt64BE(microseconds, this.#length)
  }

  /** Fields that were written before, with their sizes. */
  same(fields: Uint8Array): void {
    this.#room(fields.length)
    this.#bytes.set(fields, this.#length)
    this.#length += fields.length
  }

  texts(list: readonly string[]): void {
    this.#room(24)
    const start = this.#length
    let at = this.#bytes.writeInt32BE(1, start + 4)
    at = this.#bytes.writeInt32BE(0, at)
    at = this.#bytes.writeInt32BE(TEXT_OID, at)
    at = this.#bytes.writeInt32BE(list.length, at)
    this.#length = this.#bytes.writeInt32BE(1, at)
    for (const text of list) this.text(text)
    this.#bytes.writeInt32BE(this.#length - start - 4, start)
  }

  /** The whole, with its trailer. Nothing can be added after it. */
  end(): Buffer {
    this.#room(2)
    this.#length = this.#bytes.writeInt16BE(-1, this.#length)
    return this.#bytes.subarray(0, this.#length)
  }

  /** What was written since the header, to be written again as `same`. */
  fields(): Buffer {
    return Buffer.from(this.#bytes.subarray(HEADER.length, this.#length))
  }

  #size(bytes: number): void {
    this.#room(bytes + 4)
    this.#length = this.#bytes.writeInt32BE(bytes, this.#length)
  }

  #utf8(text: string, version: 0 | 1): void {
    // No character of UTF-16 takes more than three bytes of UTF-8.
    this.#room(text.length * 3 + 5)
    const start = this.#length + 4
    if (version === 1) this.#bytes[start] = 1
    const bytes = version + this.#bytes.write(text, start + version, 'utf8')
    this.#bytes.writeInt32BE(bytes, this.#length)
    this.#length = start + bytes
  }

  #room(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + bytes))
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}
