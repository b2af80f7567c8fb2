import type { Statements } from './client-tx.ts'
import type { Finding } from './inspect-events.ts'
import { type CheckpointRow, listCheckpoints } from './inspect-store.ts'
import type { Hash } from './merkle.ts'
import { openCheckpoint } from './note.ts'
import { parseNote, parseSignature, type VerifierKey, verifyNote } from './offline/note.js'

const CHECKPOINTS_READ = 5_000

/** A head that somebody signed or kept, which the log must still lead to. */
export interface ClaimedHead {
  readonly size: number
  readonly root: Hash
  /** Where it comes from: the log itself, or the name of a file. */
  readonly from: string
}

/** Everything ever claimed of the log: stored checkpoints, cosignatures, and files kept elsewhere. */
export class Claims {
  readonly #logKeys: readonly VerifierKey[]
  readonly #witnessKeys: readonly VerifierKey[]
  readonly #heads = new Map<number, ClaimedHead[]>()
  readonly #counts = { checkpoints: 0, cosignatures: 0 }

  constructor(keys: {
    readonly logs: readonly VerifierKey[]
    readonly witnesses: readonly VerifierKey[]
  }) {
    this.#logKeys = keys.logs
    this.#witnessKeys = keys.witnesses
  }

  get counts() {
    return this.#counts
  }

  /** Adds an older checkpoint someone kept. Refuses one that is not signed by the log's keys. */
  async addFile(name: string, note: string): Promise<void> {
    const { head } = await openCheckpoint(note, this.#logKeys)
    this.#add({ size: head.size, root: head.root, from: name })
  }

  /** Reads the stored checkpoints; each must be signed as it says, and so its cosignatures. */
  async read(tx: Statements, find: (finding: Finding) => void): Promise<void> {
    let above = 0
    for (;;) {
      const rows = await listCheckpoints(tx, above, CHECKPOINTS_READ)
      const last = rows.at(-1)
      if (last === undefined) return
      for (const row of rows) await this.#readRow(row, find)
      above = last.size
    }
  }

  async #readRow(row: CheckpointRow, find: (finding: Finding) => void): Promise<void> {
    this.#counts.checkpoints += 1
    try {
      const { note, head } = await openCheckpoint(row.note, this.#logKeys)
      if (head.size !== row.size || Buffer.compare(head.root, row.root) !== 0) throw new Error()
      this.#add({ size: head.size, root: head.root, from: 'checkpoint' })
      for (const line of row.cosignatures) {
        if (await this.#isCosigned(note.text, line)) this.#counts.cosignatures += 1
        else find({ code: 'cosignature-wrong', at: String(row.size) })
      }
    } catch {
      find({ code: 'checkpoint-altered', at: String(row.size) })
    }
  }

  /** A witness that is no longer in the policy is not counted as wrong: its key is not known. */
  async #isCosigned(text: string, line: string): Promise<boolean> {
    try {
      const { name, keyId } = parseSignature(line)
      const known = this.#witnessKeys.filter((key) => key.name === name && key.keyId === keyId)
      if (known.length === 0) return true
      await verifyNote(parseNote(`${text}\n${line}\n`), known)
      return true
    } catch {
      return false
    }
  }

  #add(head: ClaimedHead): void {
    const heads = this.#heads.get(head.size) ?? []
    heads.push(head)
    this.#heads.set(head.size, heads)
  }

  /** What was claimed of the log when it had this many lines. */
  at(size: number): readonly ClaimedHead[] {
    return this.#heads.get(size) ?? []
  }

  /** What was claimed of a longer log than there is: it was cut short, or set back. */
  beyond(size: number): readonly ClaimedHead[] {
    return [...this.#heads.values()].flat().filter((head) => head.size > size)
  }
}
