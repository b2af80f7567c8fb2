import type { Statements } from './client-tx.ts'
import { equal, type Hash } from './merkle.ts'
import { checkpointText, type NoteSigner, readCheckpoint, signNote } from './note.ts'
import {
  appendLeaves,
  commitToDisk,
  findLatestCheckpoint,
  findTiles,
  getPosition,
  insertCheckpoint,
  movePosition,
  type Position,
  writeTiles,
} from './store.ts'
import { Edge, edgeOf } from './tile.ts'

/** Session lock of the one process that sequences; the others wait to take its place. */
export const LEADER_LOCK = 4102
/** Events one round takes: far more than a second brings, and little enough to undo. */
export const ROUND_EVENTS = 10_000

/** The stored log contradicts itself or our keys; nothing is signed until a person has looked. */
export class LedgerDamaged extends Error {}

/** What one round has done. */
export interface Round {
  readonly events: number
  readonly size: number
  /** The event that had waited longest; null when there was none. */
  readonly firstEventId: string | null
}

/** The log as its one leader holds it: the right edge of the tree and the place in the events. */
export class Sequencer {
  readonly #origin: string
  readonly #signer: NoteSigner
  readonly #edge: Edge
  #position: Position

  private constructor(origin: string, signer: NoteSigner, at: { edge: Edge; position: Position }) {
    this.#origin = origin
    this.#signer = signer
    this.#edge = at.edge
    this.#position = at.position
  }

  /**
   * Takes up the log where it stands, from its tiles alone. Refuses to go on with a log whose root
   * is not the one last signed: signing on would make its own forgery true.
   * @throws LedgerDamaged naming what is wrong
   */
  static async takeUp(
    tx: Statements,
    origin: string,
    signers: readonly NoteSigner[],
  ): Promise<Sequencer> {
    const [signer] = signers
    if (signer === undefined) throw new LedgerDamaged('there is no key to sign checkpoints with')
    const position = await getPosition(tx)
    const tiles = await findTiles(tx, edgeOf(position.size))
    let edge: Edge
    try {
      edge = new Edge(position.size, tiles)
    } catch (error) {
      throw new LedgerDamaged((error as Error).message)
    }
    await requireLastCheckpoint(tx, { origin, size: edge.size, root: edge.root() }, signers)
    return new Sequencer(origin, signer, { edge, position })
  }

  get position(): Position {
    return this.#position
  }

  /**
   * Takes what can be taken, in one transaction: leaves, tiles, a signed checkpoint, the place.
   * When it throws, the edge in memory is worth nothing and the log must be taken up anew.
   */
  async round(tx: Statements, most = ROUND_EVENTS): Promise<Round> {
    const from = this.#position
    await commitToDisk(tx)
    const batch = await appendLeaves(tx, from, most)
    if (BigInt(batch.horizon) < BigInt(from.xid)) {
      throw new LedgerDamaged(
        `the database counts transactions from ${batch.horizon}, behind the log's ${from.xid}: ` +
          'it was restored without its counter (raise it with pg_resetwal --next-transaction-id)',
      )
    }
    if (batch.last === null) return { events: 0, size: from.size, firstEventId: null }
    const tiles = this.#edge.append(batch.leaves)
    const { size } = this.#edge
    const root = Buffer.from(this.#edge.root())
    const text = checkpointText({ origin: this.#origin, size, root })
    const to = { size, ...batch.last }
    await writeTiles(tx, tiles)
    await insertCheckpoint(tx, { size, root, note: signNote(text, [this.#signer]) })
    await movePosition(tx, from, to)
    this.#position = to
    return { events: batch.count, size, firstEventId: batch.firstEventId }
  }
}

async function requireLastCheckpoint(
  tx: Statements,
  at: { readonly origin: string; readonly size: number; readonly root: Hash },
  signers: readonly NoteSigner[],
): Promise<void> {
  const last = await findLatestCheckpoint(tx)
  if ((last?.size ?? 0) !== at.size) {
    throw new LedgerDamaged(`the log has ${at.size} leaves, its last checkpoint ${last?.size ?? 0}`)
  }
  if (last === undefined) return
  const { note, head } = readCheckpoint(last.note)
  if (head.origin !== at.origin || head.size !== at.size || !equal(head.root, at.root)) {
    throw new LedgerDamaged(`the tiles are not those of the checkpoint of ${at.size} leaves`)
  }
  const own = new Set(signers.map((signer) => signer.sign(note.text).slice(0, -1)))
  if (!note.signatures.some((signature) => own.has(signature.line))) {
    throw new LedgerDamaged('the last checkpoint was not signed with a key of this installation')
  }
}
