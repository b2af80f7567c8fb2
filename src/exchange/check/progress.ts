import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { type PlainDay, uuidv7 } from '../../kernel/index.ts'
import { seal, unseal } from './seal.ts'

// Read by the agency's programs, which join it by `row`: written faithfully, formulas and all.
export const RESULTS = 'results.csv'
const PROGRESS = 'progress.json'
const SEALED = /^results\.part\.[0-9]+$/

/** An event of the check, for the manifest. */
export interface CheckEvent {
  readonly eventId: string
  /** Base64. */
  readonly leaf: string
}

/** What makes two runs the same work. */
export interface Same {
  readonly fileDigest: string
  readonly asOf: PlainDay
  readonly agreement: string
}

interface State extends Same {
  readonly check: string
  readonly partRows: number
  readonly rows: number
  readonly resultsBytes: number
  readonly events: readonly CheckEvent[]
  /** Most of the file was not found: nothing more is asked before somebody says why. */
  readonly isStopped: boolean
}

/**
 * What is done of a check, on the disk: results first, then how far they reach. Parts lie sealed
 * beside them until their events are in the log and their rows are among the results.
 */
export class Progress {
  readonly results: string
  readonly #out: string
  #state: State

  /**
   * Goes on where an earlier run of the same file, as of the same day and under the same agreement,
   * stopped; anything else begins anew.
   */
  constructor(out: string, same: Same, plan: { header: string; partRows: number }) {
    this.#out = out
    this.results = path.join(out, RESULTS)
    const before = this.#before(same)
    if (before !== null) {
      this.#state = before
      truncateSync(this.results, before.resultsBytes)
      return
    }
    writeFileSync(this.results, plan.header)
    for (const name of readdirSync(out)) if (SEALED.test(name)) rmSync(this.#file(name))
    this.#state = {
      ...same,
      check: uuidv7(),
      partRows: plan.partRows,
      rows: 0,
      resultsBytes: Buffer.byteLength(plan.header),
      events: [],
      isStopped: false,
    }
    this.#write()
  }

  get rows(): number {
    return this.#state.rows
  }
  get check(): string {
    return this.#state.check
  }
  get partRows(): number {
    return this.#state.partRows
  }
  get events(): readonly CheckEvent[] {
    return this.#state.events
  }
  get resultsBytes(): number {
    return this.#state.resultsBytes
  }
  get isStopped(): boolean {
    return this.#state.isStopped
  }

  setStopped(isStopped: boolean): void {
    this.#state = { ...this.#state, isStopped }
    this.#write()
  }

  sealedFile(part: number): string {
    return this.#file(`results.part.${part}`)
  }

  /** Lays the rows of a part down, to be read only with the key. */
  seal(part: number, bytes: Buffer, key: Buffer): void {
    writeFileSync(this.sealedFile(part), seal(bytes, key))
    syncFile(this.sealedFile(part))
  }

  /** Rows that were sealed, once the log has their event; null: they were not, or with another key. */
  unseal(part: number, key: Buffer): Buffer | null {
    const file = this.sealedFile(part)
    return existsSync(file) ? unseal(readFileSync(file), key) : null
  }

  /** The part is among the results. */
  take(bytes: Buffer, rows: number, event: CheckEvent): void {
    appendFileSync(this.results, bytes)
    syncFile(this.results)
    const { resultsBytes, events } = this.#state
    this.#state = {
      ...this.#state,
      rows: this.#state.rows + rows,
      resultsBytes: resultsBytes + bytes.length,
      events: [...events, event],
    }
    this.#write()
    rmSync(this.sealedFile(this.#state.events.length), { force: true })
  }

  #file(name: string): string {
    return path.join(this.#out, name)
  }

  #before(same: Same): State | null {
    const file = this.#file(PROGRESS)
    if (!existsSync(file) || !existsSync(this.results)) return null
    const before = JSON.parse(readFileSync(file, 'utf8')) as State
    const isSame =
      before.fileDigest === same.fileDigest &&
      before.asOf === same.asOf &&
      before.agreement === same.agreement &&
      before.partRows > 0
    return isSame ? before : null
  }

  /** Whole or not at all: killed in the middle of a write, the check would not find its place again. */
  #write(): void {
    const draft = this.#file(`${PROGRESS}.new`)
    writeFileSync(draft, JSON.stringify(this.#state))
    syncFile(draft)
    renameSync(draft, this.#file(PROGRESS))
  }
}

function syncFile(file: string): void {
  const descriptor = openSync(file, 'r+')
  fsyncSync(descriptor)
  closeSync(descriptor)
}
