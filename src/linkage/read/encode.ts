import { TableFault } from './fault.ts'
import { READ_LIMITS } from './limits.ts'
import type { Cells, RowSink } from './rows.ts'
import { sortTexts } from './sort.ts'
import { Texts } from './texts.ts'
import { ROW_FAULTS, type RowFault, type UnreadableRow } from './types.ts'

/** What is taken from a row. Cell 0 is its id. */
export interface Plan {
  /** Names of the columns, in the order of the cells. */
  readonly columns: readonly string[]
  readonly fields: readonly {
    /** Fields with the same number share their values. */
    readonly dictionary: number
    /** One cell, or year, month and day. */
    readonly cells: readonly number[]
  }[]
  readonly dictionaries: number
}

/**
 * Distinct texts in the order of their bytes, '' first; each has a NUL behind it, which none holds.
 * Shared between threads. Text `n` is `bytes[offsets[n]]` to `bytes[offsets[n + 1] - 1]`.
 */
export interface Packed {
  readonly bytes: Uint8Array
  readonly offsets: Uint32Array
  readonly count: number
}

/** A file, encoded; all arrays are shared between threads. */
export interface Encoded {
  readonly rows: number
  readonly ids: Uint8Array
  readonly idOffsets: Uint32Array
  readonly duplicateIds: number
  readonly emptyIds: number
  readonly byFault: Readonly<Record<RowFault, number>>
  readonly firstUnreadable: readonly UnreadableRow[]
  readonly blankLines: number
  readonly dictionaries: readonly Packed[]
  /** By field: places in its dictionary. */
  readonly codes: readonly Uint32Array[]
}

const NOTHING = new Uint8Array(0)
const DASH = 45
const ZERO = 48

/** Takes rows and gives each distinct value a number. */
export class Encoder implements RowSink {
  readonly #plan: Plan
  readonly #ids = new Texts(1 << 16, 1 << 20)
  readonly #dictionaries: readonly Texts[]
  readonly #codes: Uint32Array[]
  readonly #byFault = Object.fromEntries(ROW_FAULTS.map((fault) => [fault, 0])) as Record<
    RowFault,
    number
  >
  readonly #first: UnreadableRow[] = []
  #spread = new Uint8Array(64)
  #blankLines = 0
  #duplicateIds = 0
  #emptyIds = 0

  constructor(plan: Plan) {
    this.#plan = plan
    this.#dictionaries = Array.from({ length: plan.dictionaries }, () => {
      const texts = new Texts(1 << 10, 1 << 14)
      texts.intern(NOTHING, 0, 0)
      return texts
    })
    this.#codes = plan.fields.map(() => new Uint32Array(1 << 16))
  }

  row(cells: Cells): void {
    const row = this.#ids.count
    this.#takeId(cells)
    if (row === (this.#codes[0] as Uint32Array).length) this.#makeRoom()
    const { fields } = this.#plan
    for (let at = 0; at < fields.length; at++) {
      const field = fields[at] as Plan['fields'][number]
      const texts = this.#dictionaries[field.dictionary] as Texts
      const cell = field.cells[0] as number
      const number =
        field.cells.length === 1
          ? texts.intern(
              cells.sources[cell] as Uint8Array,
              cells.from[cell] as number,
              cells.to[cell] as number,
            )
          : texts.intern(this.#spread, 0, this.#joinDay(cells, field.cells))
      ;(this.#codes[at] as Uint32Array)[row] = number < 0 ? -1 - number : number
    }
  }

  unreadable(line: number, fault: RowFault): void {
    this.#byFault[fault]++
    if (this.#first.length < READ_LIMITS.unreadableNamed) this.#first.push({ line, fault })
  }

  blank(): void {
    this.#blankLines++
  }

  #takeId(cells: Cells): void {
    const source = cells.sources[0] as Uint8Array
    const from = cells.from[0] as number
    const to = cells.to[0] as number
    if (from === to) this.#emptyIds++
    else if (this.#ids.intern(source, from, to) < 0) return
    else this.#duplicateIds++
    this.#ids.add(source, from, to)
  }

  #makeRoom(): void {
    for (const [at, codes] of this.#codes.entries()) {
      if (codes.length >= READ_LIMITS.rows) throw new TableFault('table.too-large')
      const wider = new Uint32Array(codes.length * 2)
      wider.set(codes)
      this.#codes[at] = wider
    }
  }

  /**
   * Year, month and day as `1949-07-22`; what is missing at the end is left out, `1949-07`, and in
   * front leaves its dash, `-07-22`. Nothing at all is nothing.
   */
  #joinDay(cells: Cells, parts: readonly number[]): number {
    let length = 0
    let end = 0
    for (const [place, cell] of parts.entries()) {
      const source = cells.sources[cell] as Uint8Array
      const from = cells.from[cell] as number
      const to = cells.to[cell] as number
      const needed = length + to - from + 2
      if (needed > this.#spread.length) {
        const wider = new Uint8Array(needed * 2)
        wider.set(this.#spread)
        this.#spread = wider
      }
      if (place > 0) this.#spread[length++] = DASH
      if (place > 0 && to - from === 1) this.#spread[length++] = ZERO
      for (let at = from; at < to; at++) this.#spread[length++] = source[at] as number
      if (to > from) end = length
    }
    return end
  }

  finish(): Encoded {
    const rows = this.#ids.count
    const ranks = this.#dictionaries.map((texts) => packSorted(texts))
    return {
      rows,
      ids: shared8(this.#ids.bytes.subarray(0, this.#ids.offsets[rows])),
      idOffsets: shared32(this.#ids.offsets.subarray(0, rows + 1)),
      duplicateIds: this.#duplicateIds,
      emptyIds: this.#emptyIds,
      byFault: this.#byFault,
      firstUnreadable: this.#first,
      blankLines: this.#blankLines,
      dictionaries: ranks.map(({ packed }) => packed),
      codes: this.#codes.map((codes, at) => {
        const of = this.#plan.fields[at]?.dictionary ?? 0
        const { rank } = ranks[of] as { rank: Uint32Array }
        const result = sharedCodes(rows)
        for (let row = 0; row < rows; row++) {
          result[row] = rank[codes[row] as number] as number
        }
        return result
      }),
    }
  }
}

/** The texts in order, and the place of each of them. */
function packSorted(texts: Texts): { packed: Packed; rank: Uint32Array } {
  const { count } = texts
  const order = sortTexts(texts)
  const rank = new Uint32Array(count)
  const packed = emptyPacked(count, (texts.offsets[count] as number) + count)
  let put = 0
  for (let place = 0; place < count; place++) {
    const text = order[place] as number
    rank[text] = place
    put = append(packed, place, {
      bytes: texts.bytes,
      from: texts.offsets[text] as number,
      to: texts.offsets[text + 1] as number,
      put,
    })
  }
  return { packed, rank }
}

export function emptyPacked(count: number, bytes: number): Packed {
  if (bytes > READ_LIMITS.dictionaryBytes) throw new TableFault('table.too-large')
  return {
    bytes: new Uint8Array(new SharedArrayBuffer(bytes)),
    offsets: sharedCodes(count + 1),
    count,
  }
}

/** Writes a text and its NUL at `put`; where the next one goes. */
export function append(
  packed: Packed,
  place: number,
  text: { bytes: Uint8Array; from: number; to: number; put: number },
): number {
  const { bytes, from, to } = text
  let { put } = text
  for (let at = from; at < to; at++) packed.bytes[put++] = bytes[at] as number
  put++
  packed.offsets[place + 1] = put
  return put
}

export const sharedCodes = (length: number): Uint32Array =>
  new Uint32Array(new SharedArrayBuffer(length * Uint32Array.BYTES_PER_ELEMENT))

function shared8(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length))
  copy.set(bytes)
  return copy
}

function shared32(numbers: Uint32Array): Uint32Array {
  const copy = sharedCodes(numbers.length)
  copy.set(numbers)
  return copy
}
