import { TableFault } from './fault.ts'
import { Ids } from './ids.ts'
import { READ_LIMITS } from './limits.ts'
import { type Room, sharedBytes, sharedCodes } from './room.ts'
import type { Cells, RowSink } from './rows.ts'
import { isSame, sortTexts } from './sort.ts'
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
  readonly dictionaries: Packed[]
  /** By field: places in its dictionary. */
  readonly codes: readonly Uint32Array[]
}

const NOTHING = new Uint8Array(0)
const DASH = 45
const ZERO = 48

/** Takes rows and gives each distinct value a number. */
export class Encoder implements RowSink {
  readonly #plan: Plan
  readonly #room: Room
  readonly #ids: Ids
  readonly #dictionaries: Texts[]
  readonly #codes: Uint32Array[]
  readonly #byFault = Object.fromEntries(ROW_FAULTS.map((fault) => [fault, 0])) as Record<
    RowFault,
    number
  >
  readonly #first: UnreadableRow[] = []
  #spread = new Uint8Array(64)
  #blankLines = 0

  constructor(plan: Plan, room: Room) {
    this.#plan = plan
    this.#room = room
    this.#ids = new Ids(room)
    this.#dictionaries = Array.from({ length: plan.dictionaries }, () => {
      const texts = new Texts(room)
      texts.put(NOTHING, 0, 0)
      return texts
    })
    this.#codes = plan.fields.map(() => sharedCodes(1 << 16))
  }

  row(cells: Cells): void {
    const { sources, from, to } = cells
    const row = this.#ids.texts.count
    this.#ids.add(sources[0] as Uint8Array, from[0] as number, to[0] as number)
    if (row === (this.#codes[0] as Uint32Array).length) this.#makeRoom()
    const { fields } = this.#plan
    for (let at = 0; at < fields.length; at++) {
      const field = fields[at] as Plan['fields'][number]
      const texts = this.#dictionaries[field.dictionary] as Texts
      const cell = field.cells[0] as number
      const codes = this.#codes[at] as Uint32Array
      if (field.cells.length > 1) {
        const length = this.#joinDay(cells, field.cells)
        codes[row] = texts.put(this.#spread, 0, length)
      } else {
        const source = sources[cell] as Uint8Array
        codes[row] = texts.put(source, from[cell] as number, to[cell] as number)
      }
    }
  }

  unreadable(line: number, fault: RowFault): void {
    this.#byFault[fault]++
    if (this.#first.length < READ_LIMITS.unreadableNamed) this.#first.push({ line, fault })
  }

  blank(): void {
    this.#blankLines++
  }

  #makeRoom(): void {
    for (const [at, codes] of this.#codes.entries()) {
      this.#codes[at] = this.#room.moreCodes(codes, READ_LIMITS.rows)
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

  /** Ends the taking. What is no longer needed is let go at once: there may be gigabytes of it. */
  finish(): Encoded {
    const { texts, empty } = this.#ids
    const rows = texts.count
    const duplicateIds = this.#ids.countRepeated()
    return {
      ids: texts.bytes.subarray(0, texts.offsets[rows]),
      idOffsets: texts.offsets.subarray(0, rows + 1),
      ...{ rows, duplicateIds, emptyIds: empty },
      byFault: this.#byFault,
      firstUnreadable: this.#first,
      blankLines: this.#blankLines,
      dictionaries: this.#dictionaries.map((_, dictionary) => this.#settle(dictionary, rows)),
      codes: this.#codes.map((codes) => codes.subarray(0, rows)),
    }
  }

  /** Puts a dictionary in order, and the places of its texts into the codes. */
  #settle(dictionary: number, rows: number): Packed {
    const { packed, rank } = packSorted(this.#dictionaries[dictionary] as Texts)
    this.#dictionaries[dictionary] = new Texts()
    for (const [at, field] of this.#plan.fields.entries()) {
      if (field.dictionary !== dictionary) continue
      remap((this.#codes[at] as Uint32Array).subarray(0, rows), rank)
    }
    return packed
  }
}

/** Rewrites codes in place. */
export function remap(codes: Uint32Array, places: Uint32Array): void {
  for (let row = 0; row < codes.length; row++) codes[row] = places[codes[row] as number] as number
}

/** The distinct texts in order, and the place of each text among them. */
export function packSorted(texts: Texts): { packed: Packed; rank: Uint32Array } {
  const { count, bytes, offsets } = texts
  const order = sortTexts(texts)
  const rank = new Uint32Array(count)
  const packed = emptyPacked(count, (offsets[count] as number) + count)
  let place = -1
  let put = 0
  for (let at = 0; at < count; at++) {
    const text = order[at] as number
    if (at === 0 || !isSame(texts, text, order[at - 1] as number)) {
      const from = offsets[text] as number
      put = append(packed, ++place, { bytes, from, to: offsets[text + 1] as number, put })
    }
    rank[text] = place
  }
  return { packed: { ...packed, count: place + 1 }, rank }
}

export function emptyPacked(count: number, bytes: number): Packed {
  if (bytes > READ_LIMITS.dictionaryBytes) throw new TableFault('table.too-large')
  return {
    bytes: sharedBytes(bytes),
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
