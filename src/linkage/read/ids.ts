import { hashBytes } from './hash.ts'
import { radixSort } from './radix.ts'
import type { Room } from './room.ts'
import { isSame } from './sort.ts'
import { Texts } from './texts.ts'

/** Ids of rows, in their order, repeated ones too. */
export class Ids {
  readonly texts: Texts
  empty = 0

  constructor(room: Room) {
    this.texts = new Texts(room)
  }

  add(source: Uint8Array, from: number, to: number): void {
    if (from === to) this.empty++
    this.texts.add(source, from, to)
  }

  /** How many rows bear an id that an earlier row bears. Ids that are the same hash the same. */
  countRepeated(): number {
    const { texts } = this
    const hashes = new Uint32Array(texts.count - this.empty)
    const rows = new Uint32Array(hashes.length)
    for (let row = 0, at = 0; row < texts.count; row++) {
      const from = texts.offsets[row] as number
      const to = texts.offsets[row + 1] as number
      if (from === to) continue
      hashes[at] = hashBytes(texts.bytes, from, to)
      rows[at++] = row
    }
    radixSort(hashes, rows)
    let repeated = 0
    for (let first = 0; first < rows.length; ) {
      let end = first + 1
      while (end < rows.length && hashes[end] === hashes[first]) end++
      if (end - first > 1) repeated += this.#repeatedIn(rows.subarray(first, end))
      first = end
    }
    return repeated
  }

  /** Among rows whose ids hash the same; few of them are not the same. */
  #repeatedIn(rows: Uint32Array): number {
    const distinct: number[] = []
    for (const row of rows) {
      if (!distinct.some((other) => isSame(this.texts, row, other))) distinct.push(row)
    }
    return rows.length - distinct.length
  }
}
