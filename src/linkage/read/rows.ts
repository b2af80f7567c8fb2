import { isAscii, isUtf8 } from 'node:buffer'
import { READ_LIMITS } from './limits.ts'
import { trimEnd, trimStart } from './trim.ts'
import type { RowFault } from './types.ts'

export const LF = 10
export const CR = 13
export const TAB = 9
const BLANK = 32
const QUOTE = 34

/** Where the cells of a row that are wanted lie, trimmed. The same object serves every row. */
export interface Cells {
  readonly sources: Uint8Array[]
  readonly from: Uint32Array
  readonly to: Uint32Array
}

export interface RowLayout {
  readonly separator: number
  /** LF, or CR in files of old Macs. A CR before an LF is trimmed. */
  readonly lineEnd: number
  /** By column: which cell it is, -1 where nobody asks for it. */
  readonly slots: Int32Array
  /** How many cells are wanted. */
  readonly wanted: number
  /** Line on which the first row stands. */
  readonly line: number
}

export interface RowSink {
  row(cells: Cells): void
  unreadable(line: number, fault: RowFault): void
  blank(): void
}

/** The row does not end in what is there yet. */
const MORE = -1
const BROKEN = -2

/**
 * Takes a text apart into rows (RFC 4180, and blanks around fields). A row whose quotes are broken
 * is told as unreadable and reading goes on at the line after its first: a quote that is never
 * closed costs its own row, not those behind it.
 */
export class RowReader {
  /**
   * Asked of each block that is not UTF-8 whether reading goes on, row by row, by not throwing.
   * `isProven`: letters beyond ASCII came before, all in UTF-8. Absent: all blocks are UTF-8.
   */
  onNotUtf8: ((block: Uint8Array, isProven: boolean) => void) | undefined
  readonly #layout: RowLayout
  readonly #sink: RowSink
  readonly #stops = new Uint8Array(256)
  readonly #cells: Cells
  #bytes: Uint8Array = new Uint8Array(1)
  #begin = 0
  #end = 0
  #isLast = false
  #line: number
  /** Line ends seen, by a count of its own, and lines taken: they must agree. */
  #lineEnds = 0
  #linesTaken = 0
  #lastByte = -1
  #inLongLine = false
  #checksRows = false
  #isProven = false
  /** Of the row at hand. */
  #hasNul = false
  #innerLines = 0
  #hasOwnSource = false

  constructor(layout: RowLayout, sink: RowSink) {
    this.#layout = layout
    this.#sink = sink
    this.#line = layout.line
    for (const byte of [layout.separator, layout.lineEnd, 0]) this.#stops[byte] = 1
    this.#cells = {
      sources: Array.from({ length: layout.wanted }, () => this.#bytes),
      from: new Uint32Array(layout.wanted),
      to: new Uint32Array(layout.wanted),
    }
  }

  push(block: Uint8Array): void {
    const { lineEnd } = this.#layout
    for (let at = block.indexOf(lineEnd); at >= 0; at = block.indexOf(lineEnd, at + 1)) {
      this.#lineEnds++
    }
    this.#lastByte = block.at(-1) ?? this.#lastByte
    const rest = this.#end - this.#begin
    const length = rest + block.length
    if (length < this.#bytes.length) this.#bytes.copyWithin(0, this.#begin, this.#end)
    else {
      const bytes = new Uint8Array(length + (length >> 3) + 1)
      bytes.set(this.#bytes.subarray(this.#begin, this.#end))
      this.#bytes = bytes
    }
    this.#bytes.set(block, rest)
    this.#begin = 0
    this.#end = length
    this.#read()
  }

  /** Takes the last row, and makes sure that every line went somewhere. */
  end(): void {
    this.#isLast = true
    this.#read()
    const isWhole = this.#lastByte === -1 || this.#lastByte === this.#layout.lineEnd
    const lines = this.#lineEnds + (isWhole ? 0 : 1)
    if (this.#inLongLine) this.#linesTaken++
    if (lines !== this.#linesTaken) {
      throw new Error(`of ${lines} lines ${this.#linesTaken} were taken`)
    }
  }

  #read(): void {
    // Ends every search; no part of the text.
    this.#bytes[this.#end] = this.#layout.lineEnd
    this.#cells.sources.fill(this.#bytes)
    this.#check()
    while (this.#begin < this.#end) {
      const next = this.#inLongLine ? this.#passLongLine() : this.#row(this.#begin)
      if (next === MORE) return
      this.#begin = next
    }
  }

  /** Rows are looked at one by one only where the block as a whole is not UTF-8. */
  #check(): void {
    this.#checksRows = false
    if (this.onNotUtf8 === undefined) return
    const { lineEnd } = this.#layout
    const end = this.#isLast ? this.#end : this.#bytes.lastIndexOf(lineEnd, this.#end - 1) + 1
    const block = this.#bytes.subarray(this.#begin, Math.max(this.#begin, end))
    if (isUtf8(block)) {
      this.#isProven ||= !isAscii(block)
      return
    }
    this.onNotUtf8(block, this.#isProven)
    this.#checksRows = true
  }

  /** Takes the row that begins at `start`; where the next one does, or MORE. */
  #row(start: number): number {
    const { separator, slots } = this.#layout
    const bytes = this.#bytes
    this.#hasNul = false
    this.#innerLines = 0
    if (this.#hasOwnSource) this.#cells.sources.fill(bytes)
    this.#hasOwnSource = false
    let column = 0
    let at = start
    for (;;) {
      const slot = column < slots.length ? (slots[column] as number) : -1
      while (bytes[at] === BLANK || (bytes[at] === TAB && separator !== TAB)) at++
      at = bytes[at] === QUOTE ? this.#quoted(at, slot) : this.#plain(at, slot)
      if (at < 0) return at === BROKEN ? this.#giveUp(start) : this.#wait(start)
      column++
      if (bytes[at] !== separator) break
      at++
    }
    if (at >= this.#end && !this.#isLast) return this.#wait(start)
    if (at - start > READ_LIMITS.rowBytes) return this.#giveUp(start)
    this.#settle(start, at, column)
    const lines = 1 + this.#innerLines
    this.#line += lines
    this.#linesTaken += lines
    return Math.min(at + 1, this.#end)
  }

  #plain(from: number, slot: number): number {
    const bytes = this.#bytes
    const stops = this.#stops
    let at = from
    while (stops[bytes[at] as number] === 0) at++
    while (bytes[at] === 0) {
      this.#hasNul = true
      do at++
      while (stops[bytes[at] as number] === 0)
    }
    if (slot >= 0) this.#keep(slot, from, at)
    return at
  }

  /** A field in quotes; where the separator or line end behind it is. */
  #quoted(quote: number, slot: number): number {
    const bytes = this.#bytes
    const { separator, lineEnd } = this.#layout
    let escapes = 0
    let at = quote + 1
    for (; ; at++) {
      const byte = bytes[at]
      if (byte === QUOTE) {
        if (bytes[at + 1] !== QUOTE) break
        escapes++
        at++
      } else if (byte === lineEnd) {
        if (at >= this.#end) return this.#isLast ? BROKEN : MORE
        if (at - this.#begin > READ_LIMITS.rowBytes) return BROKEN
        this.#innerLines++
      } else if (byte === 0) {
        this.#hasNul = true
      }
    }
    if (slot >= 0) {
      if (escapes === 0) this.#keep(slot, quote + 1, at)
      else this.#unescape(slot, quote + 1, at)
    }
    for (at++; ; at++) {
      const byte = bytes[at]
      if (byte === separator || byte === lineEnd) return at
      if (byte !== BLANK && byte !== CR && byte !== TAB) return BROKEN
    }
  }

  #keep(slot: number, from: number, to: number): void {
    const bytes = this.#cells.sources[slot] as Uint8Array
    const end = trimEnd(bytes, from, to)
    this.#cells.from[slot] = trimStart(bytes, from, end)
    this.#cells.to[slot] = end
  }

  /** Two quotes inside quotes are one. */
  #unescape(slot: number, from: number, to: number): void {
    const bytes = this.#bytes
    const text = new Uint8Array(to - from)
    let length = 0
    for (let at = from; at < to; at++) {
      text[length++] = bytes[at] as number
      if (bytes[at] === QUOTE) at++
    }
    this.#cells.sources[slot] = text
    this.#hasOwnSource = true
    this.#keep(slot, 0, length)
  }

  #settle(start: number, end: number, columns: number): void {
    const fault = this.#faultOf(start, end, columns)
    if (fault === 'blank') this.#sink.blank()
    else if (fault === null) this.#sink.row(this.#cells)
    else this.#sink.unreadable(this.#line, fault)
  }

  // biome-ignore format: one line for each fault
  #faultOf(start: number, end: number, columns: number): RowFault | 'blank' | null {
    if (this.#hasNul) return 'nul'
    if (this.#checksRows && !isUtf8(this.#bytes.subarray(start, end))) return 'not-utf8'
    const { length } = this.#layout.slots
    if (columns === length && (length > 1 || end > start)) return null
    if (columns === 1 && trimStart(this.#bytes, start, end) === end) return 'blank'
    return columns < length ? 'too-few-fields' : 'too-many-fields'
  }

  /** The row goes on behind the block; one that is too long already is not waited for. */
  #wait(start: number): number {
    return this.#end - start > READ_LIMITS.rowBytes ? this.#giveUp(start) : MORE
  }

  /** Passes over the line a broken row begins on. */
  #giveUp(start: number): number {
    const lineEnd = this.#bytes.indexOf(this.#layout.lineEnd, start)
    const isThere = lineEnd < this.#end || this.#isLast
    const isLong = lineEnd - start > READ_LIMITS.rowBytes
    if (!isThere && !isLong) return MORE
    this.#sink.unreadable(this.#line, isLong ? 'too-long' : 'quote')
    if (!isThere) {
      this.#inLongLine = true
      return this.#end
    }
    this.#line++
    this.#linesTaken++
    return Math.min(lineEnd + 1, this.#end)
  }

  #passLongLine(): number {
    const lineEnd = this.#bytes.indexOf(this.#layout.lineEnd, this.#begin)
    if (lineEnd >= this.#end) return this.#end
    this.#inLongLine = false
    this.#line++
    this.#linesTaken++
    return lineEnd + 1
  }
}
