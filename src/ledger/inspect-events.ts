import { hash } from 'node:crypto'
import { actorCommitment, eventLeaf, merkleRoot, subjectCommitment } from '../kernel/index.ts'
import type { Line, SubjectRow } from './inspect-store.ts'

/** Everything that can be found wrong; the words are in the locales. */
export type FindingCode =
  | 'event-altered'
  | 'event-missing'
  | 'event-unlogged'
  | 'event-order'
  | 'erased-without-agreement'
  | 'actor-altered'
  | 'subjects-altered'
  | 'hidden-altered'
  | 'line-missing'
  | 'line-altered'
  | 'tile-altered'
  | 'tile-count'
  | 'place-altered'
  | 'checkpoint-altered'
  | 'checkpoint-forked'
  | 'checkpoint-ahead'
  | 'cosignature-wrong'

export interface Finding {
  readonly code: FindingCode
  /** What it is about: an event's id, a line, a tile, a size. */
  readonly at: string
}

const LEAF = Buffer.from([0, 1])

/** SHA-256(0x00 ‖ version 1 ‖ commitment). */
export function leafOfCommitment(commitment: Buffer): Buffer {
  return hash('sha256', Buffer.concat([LEAF, commitment]), 'buffer')
}

/** The leaf the stored event gives now; of an erased one, what its commitment gives. */
export function leafOfLine(line: Line): Buffer {
  if (line.body === null || line.salt === null) return leafOfCommitment(line.commitment)
  return eventLeaf(line.salt, line.body)
}

/** What is wrong with one line and its event by themselves, before any tree is looked at. */
export function findingsOfLine(line: Line, subjects: readonly SubjectRow[]): Finding[] {
  const at = line.eventId
  if (line.leaf === null) return [{ code: 'event-missing', at }]
  if (line.body === null || line.salt === null) {
    return line.erasureAgreed ? [] : [{ code: 'erased-without-agreement', at }]
  }
  const findings: Finding[] = []
  const leaf = eventLeaf(line.salt, line.body)
  if (!leaf.equals(line.leaf)) findings.push({ code: 'event-altered', at })
  else if (!leaf.equals(leafOfCommitment(line.commitment)))
    findings.push({ code: 'line-altered', at })
  return [...findings, ...findingsOfColumns(line, line.salt, { body: line.body, subjects })]
}

/** Columns that are only look-ups of what the body commits to: altering one hides a line. */
function findingsOfColumns(
  line: Line,
  salt: Buffer,
  { body, subjects }: { readonly body: string; readonly subjects: readonly SubjectRow[] },
): Finding[] {
  const at = line.eventId
  const event = parse(body)
  if (event === undefined) return []
  const codes: FindingCode[] = []
  if (event.actor?.commitment !== actorCommitment(salt, line.actorId ?? '')) {
    codes.push('actor-altered')
  }
  const named =
    line.personId === null
      ? subjects.map((one) => subjectCommitment(one.salt, one.personId))
      : [subjectCommitment(salt, line.personId)]
  const root = named.length === 0 ? undefined : merkleRoot(named).toString('hex')
  if (event.subjectRoot !== root || event.subjects !== named.length) codes.push('subjects-altered')
  if ((event.hiddenUntil ?? null) !== line.hiddenUntil) codes.push('hidden-altered')
  return codes.map((code) => ({ code, at }))
}

interface Committed {
  readonly actor?: { readonly commitment?: string }
  readonly subjects?: number
  readonly subjectRoot?: string
  readonly hiddenUntil?: string
}

/** A body that is not even JSON was altered, which its leaf has shown already. */
function parse(body: string): Committed | undefined {
  try {
    return JSON.parse(body) as Committed
  } catch {
    return undefined
  }
}

/** Does an event name several persons? Then their rows must be fetched. */
export function namesSeveral(line: Line): boolean {
  return line.personId === null && line.body !== null && line.body.includes('"subjectRoot"')
}
