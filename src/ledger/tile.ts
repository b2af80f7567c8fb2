import { Refusal } from '../kernel/index.ts'
import { type Hash, type Node, nodeHash, nodesOf, type Range, rootOf } from './merkle.ts'

/** Hashes of a full tile (C2SP tlog-tiles): a subtree of height 8. */
export const TILE_WIDTH = 256
const TILE_HEIGHT = 8
const HASH_BYTES = 32
/** 256^7 leaves exceed 2^53, so no tree of ours has a tile above level 6. */
const LEVELS_MAX = 7

/** Tile `index` of tile level `level`; its hashes are roots of full tiles one level below. */
export interface TileId {
  readonly level: number
  readonly index: number
}

/** A tile with its hashes one after the other; fewer than 256 of them when it is partial. */
export interface Tile extends TileId {
  readonly width: number
  readonly data: Buffer
}

/** What a path under `tile/` asks for. */
export interface TileRequest extends TileId {
  readonly kind: 'hashes' | 'entries'
  readonly width: number
}

/** `x001/x234/067`: groups of three digits, every group but the last with an x before it. */
function indexPath(index: number): string {
  const digits = String(index)
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0')
  const groups = padded.match(/.{3}/g) ?? []
  return groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/')
}

/** Path of a tile or an entry bundle under the log's prefix, `tile/<L>/<N>[.p/<W>]`. */
export function tilePath({ kind, level, index, width }: TileRequest): string {
  const partial = width === TILE_WIDTH ? '' : `.p/${width}`
  return `tile/${kind === 'entries' ? 'entries' : level}/${indexPath(index)}${partial}`
}

const PATH =
  /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/

/** Reads such a path; whatever is not spelled canonically is not found. */
export function parseTilePath(path: string): TileRequest {
  const [, level = '', groups = '', width] = PATH.exec(path) ?? []
  const request: TileRequest = {
    kind: level === 'entries' ? 'entries' : 'hashes',
    level: level === 'entries' ? 0 : Number(level),
    index: Number(groups.replace(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  }
  const exact = Number.isSafeInteger(request.index) && request.width <= TILE_WIDTH
  if (!exact || request.level > 63 || tilePath(request) !== path) {
    throw new Refusal('ledger.tile-not-found', { path: path.slice(0, 100) })
  }
  return request
}

/** How many hashes a tile has in a tree of `size` leaves: 0 when it does not exist there. */
export function widthInTree({ level, index }: TileId, size: number): number {
  const nodes = Math.floor(size / TILE_WIDTH ** level)
  return Math.max(0, Math.min(TILE_WIDTH, nodes - index * TILE_WIDTH))
}

/** Where in which tile a perfect subtree is found: hashes [from, to) of that tile, folded. */
function placeOf({ level, index }: Node): { tile: TileId; from: number; to: number } {
  const tileLevel = Math.floor(level / TILE_HEIGHT)
  const width = 2 ** (level - tileLevel * TILE_HEIGHT)
  const first = index * width
  const tileIndex = Math.floor(first / TILE_WIDTH)
  const from = first - tileIndex * TILE_WIDTH
  return { tile: { level: tileLevel, index: tileIndex }, from, to: from + width }
}

/** The tiles a proof over these ranges is read from, each once. */
export function tilesOf(ranges: readonly Range[]): TileId[] {
  const tiles = new Map<string, TileId>()
  for (const range of ranges) {
    for (const node of nodesOf(range)) {
      const { tile } = placeOf(node)
      tiles.set(keyOf(tile), tile)
    }
  }
  return [...tiles.values()]
}

const keyOf = ({ level, index }: TileId): string => `${level}/${index}`

/** Reads perfect subtrees from tiles alone; a tile that is not there, or too narrow, is a fault. */
export function readTiles(tiles: readonly Tile[]): (node: Node) => Hash {
  const held = new Map(tiles.map((tile) => [keyOf(tile), tile]))
  return (node) => {
    const { tile, from, to } = placeOf(node)
    const data = held.get(keyOf(tile))?.data
    if (data === undefined || data.length < to * HASH_BYTES) {
      throw new Error(`the ledger lacks tile ${keyOf(tile)} up to hash ${to}`)
    }
    return fold(data, from, to)
  }
}

/** Hash over 2^n hashes that stand one after the other. */
function fold(data: Buffer, from: number, to: number): Hash {
  if (to - from === 1) return data.subarray(from * HASH_BYTES, to * HASH_BYTES)
  const middle = (from + to) / 2
  return nodeHash(fold(data, from, middle), fold(data, middle, to))
}

/** The partial tiles at the right edge of a tree of `size` leaves, from the lowest level up. */
export function edgeOf(size: number): (TileId & { readonly width: number })[] {
  const tiles: (TileId & { width: number })[] = []
  for (let level = 0; level < LEVELS_MAX; level++) {
    const nodes = Math.floor(size / TILE_WIDTH ** level)
    const width = nodes % TILE_WIDTH
    if (width > 0) tiles.push({ level, index: Math.floor(nodes / TILE_WIDTH), width })
  }
  return tiles
}

/**
 * The right edge of the growing tree: the partial tile of every level, and the roots of the perfect
 * subtrees the tree consists of. That is all it takes to add leaves, one hash each, and to say the
 * root in a few; everything left of it never changes again.
 */
export class Edge {
  #size = 0
  readonly #partial: Buffer[] = []
  /** By binary level: set where the size has a one, as in a counter that carries. */
  readonly #frontier: (Hash | undefined)[] = []

  /** Begins where a tree of `size` leaves ends; `tiles` are those of `edgeOf(size)`. */
  constructor(size = 0, tiles: readonly Tile[] = []) {
    this.#size = size
    const edge = edgeOf(size).map(({ level, index, width }) => {
      const tile = tiles.find((one) => one.level === level && one.index === index)
      if (tile === undefined || tile.data.length !== width * HASH_BYTES) {
        throw new Error(`the ledger of ${size} leaves lacks tile ${level}/${index} of ${width}`)
      }
      this.#room(level).set(tile.data)
      return tile
    })
    const read = readTiles(edge)
    for (const node of nodesOf({ start: 0, end: size })) {
      this.#frontier[node.level] = Buffer.from(read(node))
    }
  }

  get size(): number {
    return this.#size
  }

  /** Adds leaf hashes standing one after the other; answers the tiles that are new or wider. */
  append(leaves: Buffer): Tile[] {
    return leaves.length === 0 ? [] : [...this.grow(leaves), ...this.partialTiles()]
  }

  /** The same, but answers only the tiles that have become full. */
  grow(leaves: Buffer): Tile[] {
    if (leaves.length % HASH_BYTES !== 0) throw new Error('leaf hashes must be 32 bytes each')
    const full: Tile[] = []
    for (let at = 0; at < leaves.length; at += HASH_BYTES) {
      this.#add(Buffer.from(leaves.subarray(at, at + HASH_BYTES)), full)
    }
    return full
  }

  /** The tiles that are not full, from the lowest level up. */
  partialTiles(): Tile[] {
    return edgeOf(this.#size).map((tile) => ({
      ...tile,
      data: Buffer.from(this.#room(tile.level).subarray(0, tile.width * HASH_BYTES)),
    }))
  }

  /** Root of the tree as it stands: the subtrees folded from the smallest. */
  root(): Hash {
    let whole: Hash | undefined
    for (const left of this.#frontier) {
      if (left !== undefined) whole = whole === undefined ? left : nodeHash(left, whole)
    }
    return whole ?? rootOf(0, readTiles([]))
  }

  #add(leaf: Hash, full: Tile[]): void {
    let hash = leaf
    let level = 0
    this.#place(0, hash, full)
    for (let left = this.#frontier[0]; left !== undefined; left = this.#frontier[level]) {
      hash = nodeHash(left, hash)
      this.#frontier[level] = undefined
      level += 1
      if (level % TILE_HEIGHT === 0) this.#place(level / TILE_HEIGHT, hash, full)
    }
    this.#frontier[level] = hash
    this.#size += 1
  }

  /** Puts a hash into the partial tile of its level, which may make it full. */
  #place(level: number, hash: Hash, full: Tile[]): void {
    const nodes = Math.floor(this.#size / TILE_WIDTH ** level)
    const room = this.#room(level)
    room.set(hash, (nodes % TILE_WIDTH) * HASH_BYTES)
    if (nodes % TILE_WIDTH !== TILE_WIDTH - 1) return
    const index = Math.floor(nodes / TILE_WIDTH)
    full.push({ level, index, width: TILE_WIDTH, data: Buffer.from(room) })
  }

  #room(level: number): Buffer {
    let room = this.#partial[level]
    if (room === undefined) {
      room = Buffer.alloc(TILE_WIDTH * HASH_BYTES)
      this.#partial[level] = room
    }
    return room
  }
}

/** A bundle of log entries: each a big-endian uint16 length and its bytes (C2SP tlog-tiles). */
export function entryBundle(entries: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(entry.length)
      return [length, entry]
    }),
  )
}
