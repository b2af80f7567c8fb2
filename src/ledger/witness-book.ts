import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../kernel/index.ts'
import { asRefusal, equal, type Hash, requireConsistency } from './merkle.ts'
import { type NoteSigner, openCheckpoint, readCheckpoint } from './note.ts'
import type { VerifierKey } from './offline/note.js'
import { fromDecimal, hashFromBase64 } from './offline/text.js'

/** What a witness answers to add-checkpoint (C2SP tlog-witness). */
export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422
  readonly type: 'text/plain; charset=utf-8' | 'text/x.tlog.size'
  readonly body: string
}

interface Seen {
  readonly size: number
  /** Base64. */
  readonly root: string
}

const PROOF_LINES_MAX = 63
const plain = (status: WitnessAnswer['status'], body: string): WitnessAnswer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${body}\n`,
})

/** A submission taken apart: `old N`, proof lines, an empty line, the checkpoint. */
export interface Submission {
  readonly old: number
  readonly proof: readonly Hash[]
  readonly checkpoint: string
}

export function submissionText({ old, proof, checkpoint }: Submission): string {
  const lines = proof.map((hash) => `${Buffer.from(hash).toString('base64')}\n`)
  return `old ${old}\n${lines.join('')}\n${checkpoint}`
}

/** Refuses what is not written exactly so. */
export function parseSubmission(text: string): Submission {
  try {
    const split = text.indexOf('\n\n')
    const [old = '', ...lines] = text.slice(0, Math.max(split, 0)).split('\n')
    if (!old.startsWith('old ') || lines.length > PROOF_LINES_MAX) {
      throw new Refusal('ledger.proof-malformed', { field: 'old' })
    }
    const fault = 'ledger.proof-malformed'
    return {
      old: fromDecimal(old.slice(4), fault),
      proof: lines.map((line) => hashFromBase64(line, fault)),
      checkpoint: text.slice(split + 2),
    }
  } catch (error) {
    throw asRefusal(error)
  }
}

/**
 * What one witness has seen of each log, in a file of its own: it cosigns a checkpoint only when
 * the log it saw before is the beginning of the log it is shown now.
 */
export class WitnessBook {
  readonly #folder: string
  readonly #logs: readonly VerifierKey[]
  readonly #signer: NoteSigner

  constructor(folder: string, logs: readonly VerifierKey[], signer: NoteSigner) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    this.#folder = folder
    this.#logs = logs
    this.#signer = signer
  }

  /** Handles one add-checkpoint request; the checks stand in the order of the specification. */
  async addCheckpoint(text: string): Promise<WitnessAnswer> {
    let submission: Submission
    let head: { readonly origin: string; readonly size: number; readonly root: Hash }
    try {
      submission = parseSubmission(text)
      head = readCheckpoint(submission.checkpoint).head
    } catch (error) {
      if (error instanceof Refusal) return plain(400, error.code)
      throw error
    }
    const keys = this.#logs.filter((key) => key.name === head.origin)
    if (keys.length === 0) return plain(404, 'this log is not known here')
    try {
      await openCheckpoint(submission.checkpoint, keys)
    } catch (error) {
      if (error instanceof Refusal) return plain(403, error.code)
      throw error
    }
    return this.#compare(submission, head)
  }

  /** From here on nothing waits, so that no other request comes between check and record. */
  #compare(
    submission: Submission,
    head: { readonly origin: string; readonly size: number; readonly root: Hash },
  ): WitnessAnswer {
    const { old, proof } = submission
    if (old > head.size) return plain(400, 'the old size exceeds the new one')
    const seen = this.seen(head.origin)
    if (old !== seen.size) {
      return { status: 409, type: 'text/x.tlog.size', body: `${seen.size}\n` }
    }
    const root = Buffer.from(seen.root, 'base64')
    if (old === head.size && !equal(root, head.root)) return plain(409, 'another root of this size')
    try {
      if (old > 0) requireConsistency({ size: old, root }, head, proof)
      else if (proof.length > 0) return plain(422, 'a proof from the empty log')
    } catch (error) {
      if (error instanceof Refusal) return plain(422, error.code)
      throw error
    }
    this.#record(head.origin, {
      size: head.size,
      root: Buffer.from(head.root).toString('base64'),
    })
    const { note } = readCheckpoint(submission.checkpoint)
    return { ...plain(200, ''), body: this.#signer.sign(note.text) }
  }

  /** The last checkpoint cosigned for a log. */
  seen(origin: string): Seen {
    return this.#read()[origin] ?? { size: 0, root: '' }
  }

  #path(): string {
    return join(this.#folder, 'seen.json')
  }

  #read(): Record<string, Seen> {
    try {
      return JSON.parse(readFileSync(this.#path(), 'utf8')) as Record<string, Seen>
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
      throw error
    }
  }

  /** On the disk before anything is answered: what was cosigned must never be forgotten. */
  #record(origin: string, seen: Seen): void {
    const draft = `${this.#path()}.${process.pid}`
    const file = openSync(draft, 'w', 0o600)
    writeSync(file, JSON.stringify({ ...this.#read(), [origin]: seen }))
    fsyncSync(file)
    closeSync(file)
    renameSync(draft, this.#path())
  }
}
