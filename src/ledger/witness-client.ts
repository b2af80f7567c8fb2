import type { Statements } from './client-tx.ts'
import { asRefusal } from './merkle.ts'
import { readCheckpoint } from './note.ts'
import { parseNote, parseSignature, verifyNote } from './offline/note.js'
import type { Witness } from './offline/policy.js'
import { fromDecimal } from './offline/text.js'
import { consistencyProof } from './prove.ts'
import { cosignedSize, insertCosignature, type StoredCheckpoint } from './store.ts'
import { submissionText } from './witness-book.ts'

const TIMEOUT_ms = 5_000
const ANSWER_CHARS_MAX = 64 * 1024

/** What came of asking one witness. */
export type Submitted =
  | { readonly state: 'cosigned' | 'already' }
  /** Down, slow or busy: it is asked again; the log goes on. */
  | { readonly state: 'away'; readonly reason: string }
  /** It has seen another log than ours under our name: ours was set back, or rewritten. */
  | { readonly state: 'contradicts'; readonly reason: string }

/** Asks one witness to cosign a checkpoint (C2SP tlog-witness), and keeps its signature. */
export async function submit(
  tx: Statements,
  witness: Witness,
  checkpoint: StoredCheckpoint,
): Promise<Submitted> {
  let old = await cosignedSize(tx, witness.key.name)
  if (old >= checkpoint.size) return { state: 'already' }
  // Twice: a witness that remembers another size than we do says which.
  for (let attempt = 0; attempt < 2; attempt++) {
    const proof = old === 0 ? [] : await consistencyProof(tx, old, checkpoint.size)
    const body = submissionText({ old, proof, checkpoint: checkpoint.note })
    const answer = await post(`${witness.url}/add-checkpoint`, body)
    if (answer.status === 200) return keep(tx, { witness, checkpoint, lines: answer.body })
    const size = answer.status === 409 ? sizeOf(answer) : undefined
    if (size === undefined) return refused(answer)
    if (size > checkpoint.size) {
      const reason = `${witness.name} has cosigned ${size} lines, the log has ${checkpoint.size}`
      return { state: 'contradicts', reason }
    }
    old = size
  }
  return { state: 'away', reason: `${witness.name} changes its mind about the size` }
}

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
}

async function post(url: string, body: string): Promise<Answer> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_ms)
    const response = await fetch(url, { method: 'POST', body, signal, redirect: 'error' })
    const type = response.headers.get('content-type') ?? ''
    return {
      status: response.status,
      type,
      body: (await response.text()).slice(0, ANSWER_CHARS_MAX),
    }
  } catch (error) {
    return { status: 0, type: '', body: error instanceof Error ? error.message : String(error) }
  }
}

function sizeOf({ type, body }: Answer): number | undefined {
  if (!type.startsWith('text/x.tlog.size') || !body.endsWith('\n')) return undefined
  return fromDecimal(body.slice(0, -1), 'ledger.proof-malformed')
}

/** 409 without a size and 422 say that our log is not the one the witness has seen. */
function refused({ status, body }: Answer): Submitted {
  const reason = `${status} ${body.trim().slice(0, 200)}`
  return { state: status === 409 || status === 422 ? 'contradicts' : 'away', reason }
}

async function keep(
  tx: Statements,
  got: { readonly witness: Witness; readonly checkpoint: StoredCheckpoint; readonly lines: string },
): Promise<Submitted> {
  const { key } = got.witness
  const { text } = readCheckpoint(got.checkpoint.note).note
  try {
    await verifyNote(parseNote(`${text}\n${got.lines}`), [key])
    const line = got.lines
      .trimEnd()
      .split('\n')
      .find((one) => parseSignature(one).keyId === key.keyId)
    if (line === undefined) return { state: 'away', reason: 'no signature of its key' }
    await insertCosignature(tx, { size: got.checkpoint.size, witness: key.name, line })
    return { state: 'cosigned' }
  } catch (error) {
    const { message } = asRefusal(error) as Error
    return { state: 'away', reason: `its signature cannot be used: ${message}` }
  }
}
