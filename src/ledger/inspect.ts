import type { Statements } from './client-tx.ts'
import {
  type Finding,
  type FindingCode,
  findingsOfLine,
  leafOfLine,
  namesSeveral,
} from './inspect-events.ts'
import type { ClaimedHead, Claims } from './inspect-heads.ts'
import {
  countTiles,
  countWaiting,
  type Line,
  listLines,
  listSubjects,
  listUnlogged,
  type SubjectRow,
} from './inspect-store.ts'
import { equal } from './merkle.ts'
import { findTiles, getPosition } from './store.ts'
import { Edge, TILE_WIDTH, type Tile } from './tile.ts'

/** Lines read at a time; a multiple of the tile's width, so that tiles are read whole. */
const LINES_READ = 16 * TILE_WIDTH
/** Findings of one kind kept with their place; beyond that they are only counted. */
const FINDINGS_KEPT = 50

/** What a check of the whole log has come to. */
export interface Inspection {
  readonly lines: number
  readonly erased: number
  readonly hidden: number
  readonly waiting: number
  readonly checkpoints: number
  readonly cosignatures: number
  /** How many of each kind. */
  readonly found: ReadonlyMap<FindingCode, number>
  /** Where, for the first of each kind. */
  readonly findings: readonly Finding[]
}

export interface InspectOptions {
  readonly claims: Claims
  /** The day for which hidden events are counted. */
  readonly today: string
  readonly signal?: AbortSignal
  progress?(lines: number, of: number): void
}

/**
 * Recomputes everything: every leaf from body and salt, every tile and root, and compares them with
 * what is stored, with what was signed and cosigned, and with older heads that someone kept. Two
 * trees are grown, one from the events and one from the stored tiles: at each signed root the one
 * that fits says whether it was an event or a tile that was altered.
 */
export async function inspect(tx: Statements, options: InspectOptions): Promise<Inspection> {
  const state = new State()
  const position = await getPosition(tx)
  await options.claims.read(tx, state.find)
  let next = 0
  for (;;) {
    if (options.signal?.aborted === true) break
    const lines = await listLines(tx, next, LINES_READ)
    const last = lines.at(-1)
    if (last === undefined) break
    const tiles = await readLevelZero(tx, next, last.seq + 1)
    const subjects = await listSubjects(
      tx,
      lines.filter(namesSeveral).map((line) => line.eventId),
    )
    next = state.take({ from: next, lines, tiles, subjects }, options)
    options.progress?.(next, position.size)
  }
  await finish(tx, state, { size: position.size, claims: options.claims })
  return {
    ...state.counts,
    waiting: await countWaiting(tx),
    ...options.claims.counts,
    ...state.told,
  }
}

async function readLevelZero(tx: Statements, from: number, to: number): Promise<Tile[]> {
  const ids = []
  for (let index = Math.floor(from / TILE_WIDTH); index * TILE_WIDTH < to; index++) {
    ids.push({ level: 0, index })
  }
  return findTiles(tx, ids)
}

async function finish(
  tx: Statements,
  state: State,
  { size, claims }: { readonly size: number; readonly claims: Claims },
): Promise<void> {
  if (size !== state.counts.lines) state.find({ code: 'place-altered', at: String(size) })
  for (const head of claims.beyond(state.counts.lines)) {
    state.find({ code: 'checkpoint-ahead', at: `${head.size} ${head.from}` })
  }
  await state.compareTiles(tx)
  for (const at of await listUnlogged(tx, FINDINGS_KEPT)) state.find({ code: 'event-unlogged', at })
}

interface Portion {
  readonly from: number
  readonly lines: readonly Line[]
  readonly tiles: readonly Tile[]
  readonly subjects: readonly SubjectRow[]
}

/** What has been read so far, and what was wrong in it. */
class State {
  readonly counts = { lines: 0, erased: 0, hidden: 0 }
  readonly #found = new Map<FindingCode, number>()
  readonly #findings: Finding[] = []
  readonly #fromEvents = new Edge()
  readonly #fromTiles = new Edge()
  readonly #expectedTiles: Tile[] = []
  #tileCount = 0
  /** Lines whose event and tile disagree, until a signed root says which is right. */
  #disputed: { readonly seq: number; readonly eventId: string }[] = []
  #lastXid = -1n
  #lastEvent = ''

  readonly find = (finding: Finding): void => {
    const count = (this.#found.get(finding.code) ?? 0) + 1
    this.#found.set(finding.code, count)
    if (count <= FINDINGS_KEPT) this.#findings.push(finding)
  }

  get told() {
    return { found: this.#found, findings: this.#findings }
  }

  /** Reads a portion; answers where the next one begins. */
  take({ from, lines, tiles, subjects }: Portion, options: InspectOptions): number {
    const bySubject = Map.groupBy(subjects, (row) => row.eventId)
    const hashAt = hashesOf(tiles)
    let next = from
    for (const line of lines) {
      for (; next < line.seq; next++) this.#takeMissing(next, hashAt(next), options)
      this.#takeLine(line, bySubject.get(line.eventId) ?? [])
      if (line.hiddenUntil !== null && line.hiddenUntil > options.today) this.counts.hidden += 1
      this.#grow(leafOfLine(line), hashAt(line.seq), line)
      next += 1
      this.#settle(options.claims.at(next))
    }
    this.counts.lines = next
    return next
  }

  #takeMissing(seq: number, hash: Buffer | undefined, options: InspectOptions): void {
    this.find({ code: 'line-missing', at: String(seq) })
    const leaf = hash ?? Buffer.alloc(32)
    this.#grow(leaf, leaf, { seq, eventId: '' })
    this.#settle(options.claims.at(seq + 1))
  }

  #takeLine(line: Line, subjects: readonly SubjectRow[]): void {
    for (const finding of findingsOfLine(line, subjects)) this.find(finding)
    if (line.leaf !== null && line.body === null) this.counts.erased += 1
    if (line.xid === null) return
    const xid = BigInt(line.xid)
    const ordered = xid > this.#lastXid || (xid === this.#lastXid && line.eventId > this.#lastEvent)
    if (!ordered) this.find({ code: 'event-order', at: line.eventId })
    this.#lastXid = xid
    this.#lastEvent = line.eventId
  }

  #grow(leaf: Buffer, stored: Buffer | undefined, line: { seq: number; eventId: string }): void {
    const hash = stored ?? leaf
    if (stored === undefined) this.find({ code: 'tile-altered', at: `0 line ${line.seq}` })
    else if (!stored.equals(leaf)) this.#disputed.push(line)
    this.#fromEvents.grow(leaf)
    const full = this.#fromTiles.grow(hash)
    this.#tileCount += full.length
    this.#expectedTiles.push(...full.filter((tile) => tile.level > 0))
  }

  /** Holds the trees against what was signed of this size. */
  #settle(heads: readonly ClaimedHead[]): void {
    if (heads.length === 0) return
    const roots = [this.#fromTiles.root(), this.#fromEvents.root()] as const
    for (const head of heads) {
      const [tilesFit, eventsFit] = roots.map((root) => equal(root, head.root))
      if (tilesFit === true) this.#blame('event-altered')
      else if (eventsFit === true) this.#blame('tile-altered')
      else this.find({ code: 'checkpoint-forked', at: `${head.size} ${head.from}` })
    }
  }

  #blame(code: 'event-altered' | 'tile-altered'): void {
    const known = new Set(
      this.#findings.filter((finding) => finding.code === code).map((finding) => finding.at),
    )
    for (const { seq, eventId } of this.#disputed) {
      const at = code === 'event-altered' ? eventId : `0/${Math.floor(seq / TILE_WIDTH)}`
      if (!known.has(at)) this.find({ code, at })
      known.add(at)
    }
    this.#disputed = []
  }

  /** Tiles above the leaves, the partial ones at the edge, and that there are no others. */
  async compareTiles(tx: Statements): Promise<void> {
    for (const { eventId, seq } of this.#disputed) {
      this.find({ code: 'event-altered', at: eventId === '' ? String(seq) : eventId })
    }
    const partial = this.#fromTiles.partialTiles()
    const expected = [...this.#expectedTiles, ...partial]
    for (let at = 0; at < expected.length; at += LINES_READ) {
      const part = expected.slice(at, at + LINES_READ)
      const stored = new Map((await findTiles(tx, part)).map((tile) => [placeOf(tile), tile.data]))
      for (const tile of part) {
        if (stored.get(placeOf(tile))?.equals(tile.data) === true) continue
        this.find({ code: 'tile-altered', at: placeOf(tile) })
      }
    }
    const count = await countTiles(tx)
    const should = this.#tileCount + partial.length
    if (count !== should) this.find({ code: 'tile-count', at: `${count} / ${should}` })
  }
}

const placeOf = ({ level, index }: Tile): string => `${level}/${index}`

/** Reads single leaf hashes out of level-zero tiles. */
function hashesOf(tiles: readonly Tile[]): (seq: number) => Buffer | undefined {
  const held = new Map(tiles.map((tile) => [tile.index, tile.data]))
  return (seq) => {
    const at = (seq % TILE_WIDTH) * 32
    const data = held.get(Math.floor(seq / TILE_WIDTH))
    return data === undefined || data.length < at + 32 ? undefined : data.subarray(at, at + 32)
  }
}
