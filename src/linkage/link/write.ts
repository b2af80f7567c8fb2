import { closeSync, openSync, writeSync } from 'node:fs'
import { probabilityOf } from '../model/model.ts'
import { type FileRows, idOf } from '../read/index.ts'
import type { LinkedPairs } from './pairs.ts'

const CHUNK_bytes = 1 << 20
/** Decimals of probabilities and of weights. */
const PROBABILITY_places = 6
const WEIGHT_places = 3

type Ids = Pick<FileRows, 'ids' | 'idOffsets'>

/** `left,right,probability,weight`: the weight is log2 of the odds, the prior included. */
export function writePairs(
  file: string,
  pairs: LinkedPairs,
  ids: { readonly left: Ids; readonly right: Ids },
): void {
  const lines = new Lines(file, 'left,right,probability,weight')
  try {
    for (let at = 0; at < pairs.weights.length; at++) {
      const weight = pairs.weights[at] as number
      lines.id(ids.left, pairs.left[at] as number)
      lines.id(ids.right, pairs.right[at] as number)
      lines.decimal(probabilityOf(weight), PROBABILITY_places)
      lines.decimal(weight, WEIGHT_places)
      lines.end()
    }
  } finally {
    lines.close()
  }
}

/** `row,cluster`; of two files also `file`, since both may use the same ids. */
export function writeClusters(
  file: string,
  clusters: Uint32Array,
  { left, right }: { readonly left: FileRows; readonly right: FileRows | null },
): void {
  const lines = new Lines(file, right === null ? 'row,cluster' : 'row,cluster,file')
  try {
    for (let at = 0; at < clusters.length; at++) {
      const isLeft = right === null || at < left.rows
      lines.id(isLeft ? left : right, isLeft ? at : at - left.rows)
      lines.decimal(clusters[at] as number, 0)
      if (right !== null) lines.word(isLeft ? 'left' : 'right')
      lines.end()
    }
  } finally {
    lines.close()
  }
}

const [COMMA, QUOTE, NEWLINE, RETURN, MINUS, POINT, ZERO] = [44, 34, 10, 13, 45, 46, 48] as const
/** More than any field but an id takes. */
const FIELD_bytes = 40

/** CSV written byte by byte: a file of millions of pairs is ids copied and numbers set down. */
class Lines {
  readonly #descriptor: number
  #chunk = Buffer.allocUnsafe(CHUNK_bytes)
  #at = 0
  #isFirst = true

  constructor(file: string, head: string) {
    this.#descriptor = openSync(file, 'w')
    this.#at = this.#chunk.write(`${head}\n`)
  }

  id({ ids, idOffsets }: Ids, row: number): void {
    const from = idOffsets[row] as number
    const to = idOffsets[row + 1] as number
    this.#next(2 * (to - from) + FIELD_bytes)
    const chunk = this.#chunk
    const start = this.#at
    let at = start
    for (let place = from; place < to; place++) {
      const byte = ids[place] as number
      if (byte === COMMA || byte === QUOTE || byte === NEWLINE || byte === RETURN) {
        const text = idOf({ ids, idOffsets }, row).replaceAll('"', '""')
        this.#at = start + chunk.write(`"${text}"`, start)
        return
      }
      chunk[at++] = byte
    }
    this.#at = at
  }

  /** Rounded to so many places; of numbers whose digits a double holds. */
  decimal(value: number, places: number): void {
    this.#next(FIELD_bytes)
    const scaled = Math.round(Math.abs(value) * 10 ** places)
    if (value < 0 && scaled > 0) this.#chunk[this.#at++] = MINUS
    const digits = Math.max(places + 1, Math.floor(Math.log10(Math.max(scaled, 1))) + 1)
    let rest = scaled
    let at = this.#at + digits + (places > 0 ? 1 : 0)
    this.#at = at
    for (let digit = 0; digit < digits; digit++) {
      if (digit === places && places > 0) this.#chunk[--at] = POINT
      const next = Math.floor(rest / 10)
      this.#chunk[--at] = ZERO + (rest - next * 10)
      rest = next
    }
  }

  word(text: string): void {
    this.#next(FIELD_bytes)
    this.#at += this.#chunk.write(text, this.#at)
  }

  end(): void {
    this.#chunk[this.#at++] = NEWLINE
    this.#isFirst = true
  }

  /** Room for a field, and the comma before it. */
  #next(bytes: number): void {
    if (this.#at + bytes > this.#chunk.length) this.#flush(bytes)
    if (!this.#isFirst) this.#chunk[this.#at++] = COMMA
    this.#isFirst = false
  }

  #flush(bytes: number): void {
    writeSync(this.#descriptor, this.#chunk, 0, this.#at)
    this.#at = 0
    if (bytes > this.#chunk.length) this.#chunk = Buffer.allocUnsafe(bytes)
  }

  close(): void {
    this.#flush(0)
    closeSync(this.#descriptor)
  }
}
