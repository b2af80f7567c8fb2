import type { Hash } from './merkle.ts'
import { asRefusal, inclusionRanges, prove, readLeaves } from './merkle.ts'
import type { Policy } from './offline/policy.js'
import { checkProof, DISCLOSURE_FORMAT, PROOF_HEADER } from './offline/proof.js'

/** One person's place among the subjects of an event (kernel/audit.ts: subjectCommitment). */
export interface SubjectOpening {
  readonly ref: Uint8Array
  readonly salt: Uint8Array
  readonly position: number
  readonly count: number
  readonly path: readonly Hash[]
}

/** An event opened to whoever may read it; `body` is the text exactly as it was hashed. */
export interface DisclosedEvent {
  readonly body: string
  readonly salt: Uint8Array
  readonly opening: SubjectOpening | null
}

/** What a proof file is made of. */
export interface InclusionProof {
  readonly index: number
  readonly path: readonly Hash[]
  /** The signed checkpoint, verbatim, with its cosignatures. */
  readonly checkpoint: string
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** The path that shows one subject of an event and nobody else. */
export function subjectPath(commitments: readonly Hash[], position: number): Hash[] {
  return prove(inclusionRanges(position, commitments.length), readLeaves(commitments))
}

/** A disclosed event as the JSON file a person keeps beside, or inside, the proof. */
export function disclosureText({ body, salt, opening }: DisclosedEvent): string {
  const subject = opening && {
    ref: base64(opening.ref),
    salt: base64(opening.salt),
    position: opening.position,
    count: opening.count,
    path: opening.path.map(base64),
  }
  const file = { format: DISCLOSURE_FORMAT, event: body, salt: base64(salt) }
  return `${JSON.stringify(subject === null ? file : { ...file, subject }, null, 2)}\n`
}

/**
 * A C2SP tlog-proof file. With the event, it is carried in the `extra` line, which nothing
 * authenticates and nothing has to: the leaf is recomputed from it.
 */
export function proofText(proof: InclusionProof, event?: DisclosedEvent): string {
  const extra = event && `extra ${base64(Buffer.from(disclosureText(event)))}`
  const lines = [PROOF_HEADER, extra, `index ${proof.index}`, ...proof.path.map(base64)]
  return `${lines.filter((line) => line !== undefined).join('\n')}\n\n${proof.checkpoint}`
}

/** Checks a proof as the offline page does; refuses what is malformed or wrong. */
export async function verifyProof(files: {
  readonly proof: string
  readonly disclosure?: string
  readonly policy: Policy
}) {
  try {
    return await checkProof(files)
  } catch (error) {
    throw asRefusal(error)
  }
}
