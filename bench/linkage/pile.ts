import { closeSync, openSync, writeSync } from 'node:fs'
import { Permutation } from '../../src/register/nation/random.ts'

const PAGE_bytes = 1 << 24
const OUT_bytes = 1 << 20
/** No row is longer. */
const ROW_bytes_most = 4096

/**
 * Rows of a file in the order they were made, written in another: where a row stands in a file says
 * nothing of the person. Texts are kept as bytes, so that millions of rows burden no collector.
 */
export class Pile {
  private readonly pages: Buffer[] = [Buffer.allocUnsafe(PAGE_bytes)]
  private used = 0
  private starts = new Float64Array(1 << 16)
  count = 0

  add(text: string): number {
    if (this.used + ROW_bytes_most > PAGE_bytes) {
      this.pages.push(Buffer.allocUnsafe(PAGE_bytes))
      this.used = 0
    }
    const page = this.pages.at(-1) as Buffer
    if (this.count + 1 >= this.starts.length) {
      const larger = new Float64Array(this.starts.length * 2)
      larger.set(this.starts)
      this.starts = larger
    }
    this.starts[this.count] = (this.pages.length - 1) * PAGE_bytes + this.used
    this.used += page.write(text, this.used)
    page[this.used++] = 10
    return this.count++
  }

  private row(at: number): { readonly page: Buffer; readonly from: number } {
    const start = this.starts[at] as number
    const page = Math.floor(start / PAGE_bytes)
    return { page: this.pages[page] as Buffer, from: start - page * PAGE_bytes }
  }

  /** Writes the rows under their ids, 1 and on, in the order of `order`. */
  write(file: string, header: string, order: Order): void {
    const out = new Out(file)
    out.text(`${header}\n`)
    for (let place = 0; place < this.count; place++) {
      const { page, from } = this.row(order.at(place))
      out.text(`${place + 1},`)
      out.bytes(page, from, page.indexOf(10, from) + 1)
    }
    out.close()
  }
}

/** Who stands at a place, and at which place somebody stands: 0 … count - 1. */
export class Order {
  private readonly made: Int32Array
  private readonly places: Int32Array

  constructor(count: number, key: number) {
    this.made = new Int32Array(count)
    this.places = new Int32Array(count)
    const scatter = new Permutation(Math.max(1, count))
    for (let place = 0; place < count; place++) {
      const made = scatter.at(place, key)
      this.made[place] = made
      this.places[made] = place
    }
  }

  at(place: number): number {
    return this.made[place] as number
  }

  /** The id under which the row that was made as the n-th is written. */
  idOf(made: number): number {
    return (this.places[made] as number) + 1
  }
}

/** A file written a megabyte at a time. */
export class Out {
  private readonly file: number
  private readonly buffer = Buffer.allocUnsafe(OUT_bytes + ROW_bytes_most)
  private used = 0

  constructor(path: string) {
    this.file = openSync(path, 'w')
  }

  text(text: string): void {
    this.used += this.buffer.write(text, this.used)
    this.flush(OUT_bytes)
  }

  bytes(page: Buffer, from: number, to: number): void {
    this.used += page.copy(this.buffer, this.used, from, to)
    this.flush(OUT_bytes)
  }

  close(): void {
    this.flush(0)
    closeSync(this.file)
  }

  private flush(over: number): void {
    if (this.used <= over) return
    writeSync(this.file, this.buffer, 0, this.used)
    this.used = 0
  }
}
