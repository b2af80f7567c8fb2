import { Refusal } from '../kernel/index.ts'
import type { Statements } from './client-tx.ts'
import { consistencyRanges, type Hash, inclusionRanges, prove, type Range } from './merkle.ts'
import type { InclusionProof } from './proof.ts'
import {
  findLatestCheckpoint,
  findSeq,
  findTiles,
  findWitnessedCheckpoint,
  listCosignatures,
  type StoredCheckpoint,
} from './store.ts'
import { readTiles, tilesOf } from './tile.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * The proof that an event stands in the log, against the newest checkpoint that most witnesses have
 * cosigned; before any has, against the newest one. It discloses nothing of the event.
 * Refuses `ledger.event-not-found` and `ledger.not-yet-sequenced`.
 */
export async function proofFor(tx: Statements, eventId: string): Promise<InclusionProof> {
  const seq = UUID.test(eventId) ? await findSeq(tx, eventId) : undefined
  if (seq === undefined) throw new Refusal('ledger.event-not-found')
  if (seq === null) throw new Refusal('ledger.not-yet-sequenced')
  const checkpoint = (await findWitnessedCheckpoint(tx, seq)) ?? (await findLatestCheckpoint(tx))
  // A leaf and the checkpoint that covers it are written in one transaction.
  if (checkpoint === undefined || checkpoint.size <= seq)
    throw new Error(`no checkpoint over ${seq}`)
  const path = await proveRanges(tx, inclusionRanges(seq, checkpoint.size))
  return { index: seq, path, checkpoint: await withCosignatures(tx, checkpoint) }
}

/** The proof that the log of `size2` leaves begins with the log of `size1`. */
export function consistencyProof(tx: Statements, size1: number, size2: number): Promise<Hash[]> {
  return proveRanges(tx, consistencyRanges(size1, size2))
}

async function proveRanges(tx: Statements, ranges: readonly Range[]): Promise<Hash[]> {
  return prove(ranges, readTiles(await findTiles(tx, tilesOf(ranges))))
}

/** A checkpoint with the lines of all witnesses that have cosigned it. */
export async function withCosignatures(
  tx: Statements,
  checkpoint: StoredCheckpoint,
): Promise<string> {
  const lines = await listCosignatures(tx, checkpoint.size)
  return checkpoint.note + lines.map((line) => `${line}\n`).join('')
}
