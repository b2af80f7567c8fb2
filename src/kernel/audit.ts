import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Actor } from './actor.ts'
import { salt32, uuidv7 } from './id.ts'
import type { RefusalCode } from './refusal.ts'
import type { Instant, PlainDay } from './time.ts'

/**
 * What an event discloses to its subject and proves in the ledger: exactly the bytes that are
 * hashed, as canonical JSON (RFC 8785). Neither an internal id nor a person's data is in it: the
 * actor and the subjects stand there as salted commitments.
 */
export interface AuditBody {
  readonly v: 1
  readonly id: string
  readonly at: Instant
  readonly operation: string
  readonly outcome: 'done' | 'refused'
  readonly code?: RefusalCode
  readonly actor: {
    readonly kind: Actor['kind']
    /** The agency, or the office an officer serves. */
    readonly body: string | null
    readonly unit: string | null
    readonly role: string | null
    /** Hex of SHA-256(salt ‖ actor_id). */
    readonly commitment: string
  }
  readonly purpose: string
  readonly legalBasis: string
  readonly case?: string
  /** Names of the attributes read or changed. */
  readonly attributes: readonly string[]
  readonly subjects: number
  /** Hex of the Merkle root over the subjects' commitments; absent when there is none. */
  readonly subjectRoot?: string
  readonly flags?: readonly string[]
  /** What else the operation must answer for, such as `decision` and `request` of an agency's call. */
  readonly notes?: Readonly<Record<string, string>>
  /** The day it opens to its subject: hashed with the rest, so that no one can put it off later. */
  readonly hiddenUntil?: PlainDay
}

export interface AuditEntry {
  readonly operation: string
  readonly at: Instant
  readonly actor: Actor
  readonly unit: string | null
  readonly role: string | null
  readonly purpose: string
  readonly legalBasis: string
  readonly outcome: 'done' | 'refused'
  readonly code?: RefusalCode
  readonly case?: string
  readonly attributes: readonly string[]
  /** Person ids, in the order of their first mention. */
  readonly subjects: readonly string[]
  readonly flags?: readonly string[]
  readonly notes?: Readonly<Record<string, string>>
  readonly hiddenUntil?: PlainDay
}

/** The row of `kernel.audit_event`, ready to be stored. */
export interface AuditRow {
  readonly eventId: string
  readonly actorId: string
  readonly personId: string | null
  readonly body: string
  readonly salt: Buffer
  readonly leaf: Buffer
  readonly hiddenUntil: PlainDay | null
  readonly subjects: readonly { personId: string; salt: Buffer }[]
}

const LEAF = Buffer.from([0x00, 0x01])
const ZERO = Buffer.from([0x00])

const sha256 = (...parts: readonly Uint8Array[]): Buffer =>
  hash('sha256', Buffer.concat(parts), 'buffer')

/** The reference a person is known by in the ledger: it cannot be turned back into the id. */
export function subjectRef(personId: string): Buffer {
  return hash('sha256', `goc subject${personId}`, 'buffer').subarray(0, 16)
}

const COMMITTED = Buffer.alloc(1 + 32 + 16)

/** Commitment to one subject: an RFC 6962 leaf over salt and reference. */
export function subjectCommitment(salt: Uint8Array, personId: string): Buffer {
  if (salt.length !== 32) return sha256(ZERO, salt, subjectRef(personId))
  // A million of them are made for one file: the bytes are put together in one place.
  COMMITTED.set(salt, 1)
  COMMITTED.set(subjectRef(personId), 33)
  return hash('sha256', COMMITTED, 'buffer')
}

export function actorCommitment(salt: Uint8Array, actorId: string): string {
  return hash('sha256', Buffer.concat([salt, Buffer.from(actorId)]), 'hex')
}

/** Leaf of an event: SHA-256(0x00 ‖ version 1 ‖ SHA-256(salt ‖ body)). */
export function eventLeaf(salt: Uint8Array, body: string): Buffer {
  return sha256(LEAF, sha256(salt, Buffer.from(body)))
}

/** Root over leaf hashes as RFC 6962 section 2.1 splits them; a level at a time gives the same. */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha256()
  const node = Buffer.alloc(1 + 2 * 32, 1)
  let level = leaves
  while (level.length > 1) {
    const above: Buffer[] = []
    for (let i = 0; i < level.length; i += 2) {
      const left = level[i] as Buffer
      const right = level[i + 1]
      if (right === undefined) {
        above.push(left)
        continue
      }
      node.set(left, 1)
      node.set(right, 33)
      above.push(hash('sha256', node, 'buffer'))
    }
    level = above
  }
  return level[0] as Buffer
}

export function auditRow(entry: AuditEntry): AuditRow {
  const eventId = uuidv7()
  const salt = salt32()
  const { actor, subjects } = entry
  const several = subjects.length > 1
  const rows = several ? subjects.map((personId) => ({ personId, salt: salt32() })) : []
  const commitments = several
    ? rows.map((row) => subjectCommitment(row.salt, row.personId))
    : subjects.map((personId) => subjectCommitment(salt, personId))
  const body: AuditBody = {
    v: 1,
    id: eventId,
    at: entry.at,
    operation: entry.operation,
    outcome: entry.outcome,
    ...(entry.code !== undefined && { code: entry.code }),
    actor: {
      kind: actor.kind,
      body: actor.body,
      unit: entry.unit,
      role: entry.role,
      commitment: actorCommitment(salt, actor.id),
    },
    purpose: entry.purpose,
    legalBasis: entry.legalBasis,
    ...(entry.case !== undefined && { case: entry.case }),
    attributes: entry.attributes,
    subjects: subjects.length,
    ...(subjects.length > 0 && { subjectRoot: merkleRoot(commitments).toString('hex') }),
    ...(entry.flags !== undefined && entry.flags.length > 0 && { flags: entry.flags }),
    ...(entry.notes !== undefined && { notes: entry.notes }),
    ...(entry.hiddenUntil !== undefined && { hiddenUntil: entry.hiddenUntil }),
  }
  const text = canonicalize(body) as string
  return {
    eventId,
    actorId: actor.id,
    personId: several ? null : (subjects[0] ?? null),
    body: text,
    salt,
    leaf: eventLeaf(salt, text),
    hiddenUntil: entry.hiddenUntil ?? null,
    subjects: rows,
  }
}
