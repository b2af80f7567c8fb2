import { Refusal } from '../../kernel/index.ts'

/** Some whole records of a file, as bytes. */
export interface Block {
  readonly bytes: Buffer
  /** Bytes of the unpacked file up to the end of this block. */
  readonly end: number
  /** Line of its first record, the header being line 1. */
  readonly firstLine: number
  /** Line behind its last record. */
  readonly nextLine: number
}

export interface Place {
  readonly end: number
  readonly nextLine: number
}

const NEWLINE = 10
const QUOTE = 34
const COMMA = 44
/** A longer record is an opening quote that somebody forgot to close. */
const RECORD_bytes = 1 << 16
/** A block is cut sooner where its rows are long: a row of commas alone is a hundred times its bytes. */
const BLOCK_bytes = 1 << 22

/**
 * Cuts a file into blocks of whole records: the header first, alone, then at most `rows` at a time from
 * `place` on (RFC 4180: a quoted field may hold a line break). Memory holds one block.
 */
export async function* readBlocks(
  parts: AsyncIterable<Buffer>,
  { rows, place }: { readonly rows: number; readonly place: Place | null },
): AsyncGenerator<Block> {
  const cutter = new Cutter()
  let isHeader = true
  for await (const part of parts) {
    let at = 0
    while (at < part.length) {
      if (!isHeader && place !== null && cutter.end < place.end) {
        at += cutter.skip(part, at, place)
        continue
      }
      const taken = cutter.take(part, at, isHeader ? 1 : rows)
      at += taken.length
      if (taken.block === null) continue
      isHeader = false
      yield taken.block
    }
  }
  const rest = cutter.rest()
  if (rest !== null) yield rest
}

class Cutter {
  end = 0
  #line = 1
  #firstLine = 1
  #records = 0
  #held: Buffer[] = []
  #heldBytes = 0
  #recordBytes = 0
  #quoted = false
  #fieldStart = true
  #justClosed = false

  /** Passes over what an earlier run has taken: a record begins behind it. */
  skip(part: Buffer, at: number, place: Place): number {
    const length = Math.min(part.length - at, place.end - this.end)
    this.end += length
    if (this.end === place.end) {
      this.#line = place.nextLine
      this.#firstLine = place.nextLine
    }
    return length
  }

  /** Takes bytes up to the end of a block, or to the end of the part. */
  take(part: Buffer, from: number, rows: number): { length: number; block: Block | null } {
    const plain = !this.#quoted && part.indexOf(QUOTE, from) === -1
    let at = from
    while (at < part.length) {
      const next = plain ? this.#nextPlain(part, at) : this.#nextQuoted(part, at)
      if (next === -1) {
        this.#recordBytes += part.length - at
        this.#refuseEndless()
        break
      }
      at = next
      this.#recordBytes = 0
      this.#records += 1
      if (this.#records < rows && this.#heldBytes + at - from < BLOCK_bytes) continue
      this.#hold(part.subarray(from, at))
      return { length: at - from, block: this.#cut() }
    }
    this.#hold(part.subarray(from))
    return { length: part.length - from, block: null }
  }

  /** The last records of a file, whose last line need not end. */
  rest(): Block | null {
    if (this.#quoted) this.#refuse()
    return this.#heldBytes === 0 ? null : this.#cut()
  }

  /** The position behind the record, or -1. */
  #nextPlain(part: Buffer, at: number): number {
    const newline = part.indexOf(NEWLINE, at)
    this.#justClosed = false
    if (newline === -1) {
      const last = part[part.length - 1]
      this.#fieldStart = last === COMMA
      return -1
    }
    this.#line += 1
    this.#fieldStart = true
    return newline + 1
  }

  #nextQuoted(part: Buffer, from: number): number {
    for (let at = from; at < part.length; at++) {
      const byte = part[at]
      if (byte === NEWLINE) this.#line += 1
      if (this.#quoted) {
        if (byte === QUOTE) {
          this.#quoted = false
          this.#justClosed = true
        }
        continue
      }
      if (byte === NEWLINE) {
        this.#fieldStart = true
        this.#justClosed = false
        return at + 1
      }
      // A quote opens a field at its start; right behind a closing one it is a quote of the text.
      if (byte === QUOTE && (this.#fieldStart || this.#justClosed)) this.#quoted = true
      this.#fieldStart = byte === COMMA
      this.#justClosed = false
    }
    return -1
  }

  #hold(bytes: Buffer): void {
    this.#held.push(bytes)
    this.#heldBytes += bytes.length
  }

  #cut(): Block {
    const bytes = this.#held.length === 1 ? this.#held[0] : Buffer.concat(this.#held)
    this.end += this.#heldBytes
    const block = { end: this.end, firstLine: this.#firstLine, nextLine: this.#line }
    this.#held = []
    this.#heldBytes = 0
    this.#records = 0
    this.#firstLine = this.#line
    return { bytes: bytes ?? Buffer.alloc(0), ...block }
  }

  #refuseEndless(): void {
    if (this.#recordBytes > RECORD_bytes) this.#refuse()
  }

  #refuse(): never {
    throw new Refusal('import.malformed', { line: String(this.#firstLine + this.#records) })
  }
}
