import type { Duplex } from 'node:stream'
import type pg from 'pg'

/** Where the fields of the row at hand lie; used again by each row. Length -1: null. */
export interface CopyFields {
  readonly from: Int32Array
  readonly length: Int32Array
}

/** Takes a row of a COPY in binary format. */
export type TakeRow = (bytes: Buffer, fields: CopyFields) => void

export interface CopyPlan {
  /** `copy (…) to stdout (format binary)`. */
  readonly text: string
  readonly fields: number
  readonly take: TakeRow
}

/**
 * Reads a COPY row by row without a buffer or an event for each: PostgreSQL sends one message a row
 * (manual, "COPY Operations": "always one per row"), and rows are told from where they lie.
 */
export function copyOut(client: pg.ClientBase, plan: CopyPlan): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(new CopyOut(plan, { resolve, reject }) as unknown as pg.Submittable)
  })
}

const [DATA, RESPONSE, DONE] = [0x64, 0x48, 0x63]
const HEAD_bytes = 5
/** Of the binary format: signature of eleven bytes, flags, an extension without content. */
const SIGNATURE_bytes = 19
const END = 0xffff

interface Connection {
  readonly stream: Duplex
  query(text: string): void
}

interface Settled {
  resolve(): void
  reject(error: Error): void
}

class CopyOut {
  readonly #plan: CopyPlan
  readonly #settled: Settled
  readonly #fields: CopyFields
  #connection: Connection | undefined
  #rest: Buffer = Buffer.alloc(0)
  #handler: ((chunk: Buffer) => void) | undefined
  #isFirst = true

  constructor(plan: CopyPlan, settled: Settled) {
    this.#plan = plan
    this.#settled = settled
    this.#fields = { from: new Int32Array(plan.fields), length: new Int32Array(plan.fields) }
  }

  /** Called by pg when the connection is ours: takes the bytes before pg reads them. */
  submit(connection: Connection): void {
    this.#connection = connection
    const { stream } = connection
    this.#handler = stream.listeners('data').at(0) as (chunk: Buffer) => void
    stream.removeListener('data', this.#handler)
    stream.on('data', this.#take)
    connection.query(this.#plan.text)
  }

  #take = (chunk: Buffer): void => {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    let at = 0
    while (at + HEAD_bytes <= bytes.length) {
      const end = at + 1 + bytes.readInt32BE(at + 1)
      const code = bytes[at]
      const isOurs = code === DATA || code === RESPONSE || code === DONE
      if (isOurs && end > bytes.length) break
      if (!isOurs || code === DONE) {
        this.#giveBack(bytes.subarray(isOurs ? end : at))
        return
      }
      if (code === DATA) this.#row(bytes, at + HEAD_bytes)
      at = end
    }
    this.#rest = bytes.subarray(at)
  }

  #row(bytes: Buffer, begin: number): void {
    let at = begin
    if (this.#isFirst) {
      // The head may be a message of its own, or stand before the first row.
      this.#isFirst = false
      at += SIGNATURE_bytes
      if (at >= begin + bytes.readInt32BE(begin - 4) - 4) return
    }
    const count = ((bytes[at] as number) << 8) | (bytes[at + 1] as number)
    if (count === END) return
    at += 2
    const { from, length } = this.#fields
    for (let field = 0; field < count; field++) {
      const size =
        ((bytes[at] as number) << 24) |
        ((bytes[at + 1] as number) << 16) |
        ((bytes[at + 2] as number) << 8) |
        (bytes[at + 3] as number)
      at += 4
      from[field] = at
      length[field] = size
      if (size > 0) at += size
    }
    this.#plan.take(bytes, this.#fields)
  }

  /** What comes after the rows, an error too, is pg's affair again. */
  #giveBack(rest: Buffer): void {
    const handler = this.#handler as (chunk: Buffer) => void
    const { stream } = this.#connection as Connection
    stream.removeListener('data', this.#take)
    stream.on('data', handler)
    handler(rest)
  }

  handleError(error: Error): void {
    this.#settled.reject(error)
  }

  handleReadyForQuery(): void {
    this.#settled.resolve()
  }

  handleCommandComplete(): void {}
}
